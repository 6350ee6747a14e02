/** What lies on which host of a standard queue, and which ones a poll asked. */
import type { WhyHost } from '../../../contract/why.ts';
import { HOSTS, type hostsOf } from '../rules/hosts.ts';
import type { Met } from './receiving.ts';
import { shortId } from './standing.ts';

const SHOWN = 3;

export function hostRows({ all, asked = [], ground, queue }: Met, placeOf: typeof hostsOf): WhyHost[] {
  const copies = ground.state.copies.get(queue.key);
  const lists = Array.from({ length: HOSTS }, (): WhyHost['messages'][number][] => []);
  for (const { content, state } of all) {
    const [first, second] = placeOf(content);
    const message = { mark: state, name: shortId(content) };
    lists[first]!.push(message);
    if (!copies?.has(content.sequence)) lists[second]!.push(message);
  }
  return lists.map((messages, index) => ({
    number: index + 1,
    asked: asked.includes(index),
    messages: messages.slice(0, SHOWN),
    more: Math.max(0, messages.length - SHOWN),
  }));
}
