/**
 * Where the messages of a standard queue lie, and which hosts a receive asks.
 *
 * A queue has eight hosts where the world has no dials of its own; each message lies on two, which its number decides. A short poll asks some hosts, in
 * an order of chance; each gives its oldest message in turn. A message none of whose hosts was asked is missed by this
 * poll. A long poll asks all hosts: it may find messages out of order, and never misses one. A delete can miss one of
 * its hosts: the copy there comes back when its visibility timeout ends. The delete of such a copy never misses.
 *
 * SIMPLER THAN AWS: the figures are ours (SQS Developer Guide, Amazon SQS at-least-once delivery, and Short and long
 * polling, name none); a poll looks at the first messages of the queue only, so that it costs the same however many
 * wait; a deleted message whose copy is left counts in flight until the copy comes back; the numbers of messages are
 * exact.
 */
import { faultOn } from '../../../contract/faults.ts';
import { type HostDials, NAMED_DIALS } from '../../../contract/hostDials.ts';
import { type AwsWorldSettings, settingsOf } from '../../../contract/world.ts';
import type { Context } from '../../../engine/service.ts';
import type { Row } from '../../../engine/store/index.ts';
import type { MessageContent, Queue, SqsState } from '../model.ts';

/** Visible messages that a receive looks at, where it does not ask all hosts in the order of sending. */
export const HOSTS_LOOK_AHEAD = 32;

/** Undefined: one list, first in first out, nothing missed. */
export const dialsIn = ({ delivery, dials }: AwsWorldSettings): HostDials | undefined =>
  dials ?? (delivery === 'calm' ? undefined : NAMED_DIALS[delivery]);

/** Of this world; a FIFO queue has none. */
export const dialsOf = (context: Context<SqsState>, queue: Queue): HostDials | undefined =>
  queue.fifo ? undefined : dialsIn(settingsOf(context));

/** Every choice of `copies` different hosts, the highest first in each: 28 of two in eight. */
function choicesOf(hosts: number, copies: number): readonly (readonly number[])[] {
  if (copies === 0) return [[]];
  return Array.from({ length: hosts }, (_, first) =>
    choicesOf(first, copies - 1).map((rest) => [first, ...rest]),
  ).flat();
}

const known = new Map<string, readonly (readonly number[])[]>();
function choices({ hosts, copies }: Pick<HostDials, 'hosts' | 'copies'>): readonly (readonly number[])[] {
  const key = `${hosts} ${copies}`;
  const found = known.get(key) ?? choicesOf(hosts, copies);
  known.set(key, found);
  return found;
}

/** The hosts of a message; a copy that a delete missed lies on the first. */
export function hostsOf(
  { seed, sequence }: Pick<MessageContent, 'seed' | 'sequence'>,
  dials: Pick<HostDials, 'hosts' | 'copies'> = NAMED_DIALS.typical,
): readonly number[] {
  const all = choices(dials);
  let word = Math.imul(sequence + 1, 0x9e3779b1) ^ seed;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  word ^= word >>> 15;
  return all[(word >>> 0) % all.length]!;
}

/** The hosts that a receive asks, in the order of asking. */
export function askHosts(
  context: Context<SqsState>,
  { hosts: all }: HostDials,
  count: number,
): readonly number[] {
  const random = context.random('hosts');
  const hosts = Array.from({ length: all }, (_, host) => host);
  for (let place = 0; place < count; place++) {
    const other = random.integer(place, all - 1);
    const host = hosts[place]!;
    hosts[place] = hosts[other]!;
    hosts[other] = host;
  }
  return hosts.slice(0, count);
}

/** At most `max` of the rows (in order of sending): each host asked gives its oldest in turn. */
export function gather(
  state: SqsState,
  queue: Queue,
  rows: readonly Row[],
  {
    asked,
    dials,
    max,
  }: { readonly asked: readonly number[]; readonly dials: HostDials; readonly max: number },
): readonly Row[] {
  const copies = state.copies.get(queue.key);
  const lists: Row[][] = Array.from({ length: dials.hosts }, () => []);
  for (const row of rows) {
    const content = state.store.content(row) as MessageContent;
    const places = hostsOf(content, dials);
    const isCopyLeft = copies?.has(content.sequence) === true;
    for (const host of isCopyLeft ? places.slice(0, 1) : places) lists[host]!.push(row);
  }
  const found = new Set<Row>();
  const next = asked.map(() => 0);
  for (let more = true; more && found.size < max; ) {
    more = false;
    for (let turn = 0; turn < asked.length && found.size < max; turn++) {
      const list = lists[asked[turn]!]!;
      while (next[turn]! < list.length && found.has(list[next[turn]!]!)) next[turn]!++;
      const row = list[next[turn]!];
      if (row === undefined) continue;
      found.add(row);
      more = true;
    }
  }
  return [...found];
}

/** Does this delete miss a host? Then the copy there is noted. */
export function missesHost(context: Context<SqsState>, queue: Queue, { sequence }: MessageContent): boolean {
  const { copies } = context.state;
  if (queue.fifo || copies.get(queue.key)?.has(sequence)) return false;
  const fault = faultOn(context, `queue/${queue.name}`, 'duplicate');
  const dials = dialsOf(context, queue);
  if (fault !== undefined) {
    if (!context.random('faults').chance(fault.chance.numerator, fault.chance.denominator)) return false;
  } else if (dials === undefined || dials.missed.numerator === 0) return false;
  else if (!context.random('deletes').chance(dials.missed.numerator, dials.missed.denominator)) return false;
  const ofQueue = copies.get(queue.key);
  if (ofQueue === undefined) copies.set(queue.key, new Set([sequence]));
  else ofQueue.add(sequence);
  return true;
}

/** The message left the queue. */
export function forgetCopy(state: SqsState, queue: Queue, { sequence }: MessageContent): void {
  state.copies.get(queue.key)?.delete(sequence);
}
