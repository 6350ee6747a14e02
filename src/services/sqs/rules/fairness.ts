/**
 * Fair queues: on a standard queue a message group is a tenant. A tenant is noisy while it holds more than a tenth of
 * what is in flight and at least 30 messages; then messages of quiet tenants go first whenever one is there. A message
 * without a group is a tenant of its own. Nothing is refused or lost. SQS Developer Guide, Amazon SQS fair queues.
 *
 * SIMPLER THAN AWS: noisy is decided anew at each receive, from the messages in flight alone (there, the time that
 * consumers spend counts, too, and a tenant stays noisy until its backlog is gone or it did not send for five
 * minutes); a receive looks for quiet tenants among the first thousand messages only, so that its cost has a bound.
 */
import type { Row } from '../../../engine/store/index.ts';
import type { MessageContent, Queue, SqsState, Tenants } from '../model.ts';

const NOISY_MIN = 30;
/** Noisy is more than one part in so many of what is in flight. */
const NOISY_PART = 10;
/** Visible messages that a receive looks at while a tenant is noisy. */
export const FAIR_LOOK_AHEAD = 1_024;

/** A message of the queue went into flight (1) or left it (-1). Of a FIFO queue this is only counted. */
export function countTenant(state: SqsState, queue: Queue, content: MessageContent, step: 1 | -1): void {
  const { group } = content;
  if (group === undefined) return;
  let tenants = state.tenants.get(queue.key);
  if (tenants === undefined) {
    tenants = { inFlight: new Map(), busy: new Set() };
    state.tenants.set(queue.key, tenants);
  }
  setCount(tenants, group, (tenants.inFlight.get(group) ?? 0) + step);
}

function setCount({ inFlight, busy }: Tenants, group: string, count: number): void {
  if (count <= 0) inFlight.delete(group);
  else inFlight.set(group, count);
  if (count >= NOISY_MIN) busy.add(group);
  else busy.delete(group);
}

/** Messages in flight by noisy group; undefined when none is noisy. */
export function noisyGroups(state: SqsState, queue: Queue): ReadonlyMap<string, number> | undefined {
  const tenants = state.tenants.get(queue.key);
  if (tenants === undefined || tenants.busy.size === 0) return undefined;
  const { inFlight } = state.store.counts(queue.row);
  const noisy = new Map<string, number>();
  for (const group of tenants.busy) {
    const own = tenants.inFlight.get(group)!;
    if (own * NOISY_PART > inFlight) noisy.set(group, own);
  }
  return noisy.size > 0 ? noisy : undefined;
}

/** The rows apart: those of quiet tenants, then those of each noisy one, fewest in flight first. */
export function byNoise(
  state: SqsState,
  rows: readonly Row[],
  noisy: ReadonlyMap<string, number>,
): readonly (readonly Row[])[] {
  const quiet: Row[] = [];
  const loud = new Map<string, Row[]>([...noisy.keys()].map((group) => [group, []]));
  for (const row of rows) {
    const { group = '' } = state.store.content(row) as MessageContent;
    (loud.get(group) ?? quiet).push(row);
  }
  const order = [...noisy].sort(([, one], [, other]) => one - other);
  return [quiet, ...order.map(([group]) => loud.get(group)!)];
}
