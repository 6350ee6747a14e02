/** What lies on which host of a standard queue, and which ones a poll asked. */

import { NAMED_DIALS } from '../../../contract/hostDials.ts';
import type { WhyHost } from '../../../contract/why.ts';
import { dialsIn, type hostsOf } from '../rules/hosts.ts';
import type { Met } from './receiving.ts';
import { shortId } from './standing.ts';

const SHOWN = 3;

export function hostRows({ all, asked = [], ground, queue }: Met, placeOf: typeof hostsOf): WhyHost[] {
  const copies = ground.state.copies.get(queue.key);
  const dials = dialsIn(ground.settings) ?? NAMED_DIALS.typical;
  const lists = Array.from({ length: dials.hosts }, (): WhyHost['messages'][number][] => []);
  for (const { content, state } of all) {
    const places = placeOf(content, dials);
    const message = { mark: state, name: shortId(content) };
    const isCopyLeft = copies?.has(content.sequence) === true;
    for (const host of isCopyLeft ? places.slice(0, 1) : places) lists[host]!.push(message);
  }
  return lists.map((messages, index) => ({
    number: index + 1,
    asked: asked.includes(index),
    messages: messages.slice(0, SHOWN),
    more: Math.max(0, messages.length - SHOWN),
  }));
}
