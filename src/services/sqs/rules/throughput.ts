/**
 * How many calls a FIFO queue takes a second. Each action has its meter (a batch is one call, so ten messages a call
 * make ten times as many messages); a standard queue has none.
 *
 * A meter is two integers: the second of the world it counts in, and the calls so far. It is a window of one second
 * and not a bucket that refills, so that a refusal can name the one instant at which the same call is accepted: when
 * the next second begins. SIMPLER THAN AWS: how AWS meters inside a second is not documented.
 *
 * SQS Developer Guide, Amazon SQS message quotas: 300 calls a second for each action. With high throughput
 * (FifoThroughputLimit perMessageGroupId) the Region's figure, and 300 a second for one message group, which stays on
 * one partition. SIMPLER THAN AWS: a group is metered where it is named, when it sends.
 */
import type { ServiceError } from '../../../contract/errors.ts';
import { countTraffic, newTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import { requestThrottled } from '../errors.ts';
import { emit } from '../events.ts';
import { fifoCallsMax, highThroughputCallsMax } from '../limits.ts';
import type { CallMeters, MeteredAction, Queue, SqsState } from '../model.ts';

const secondOf = (now: Instant): number => Math.floor(now / 1000);

const newMeters = (): CallMeters => ({
  second: 0,
  send: 0,
  receive: 0,
  delete: 0,
  change: 0,
  groups: new Map(),
  refused: 0,
  refusals: newTraffic(),
});

export const isHighThroughput = ({ settings }: Queue): boolean =>
  settings.FifoThroughputLimit === 'perMessageGroupId';

/** Calls of one action a second. */
export const callsMax = (state: SqsState, queue: Queue): number =>
  isHighThroughput(queue) ? highThroughputCallsMax(state.limits, state.region) : fifoCallsMax(state.limits);

/** The queue's meters, in the second of now. */
function metersOf(state: SqsState, queue: Queue, now: Instant): CallMeters {
  let meters = state.meters.get(queue.key);
  if (meters === undefined) {
    meters = newMeters();
    state.meters.set(queue.key, meters);
  }
  const second = secondOf(now);
  if (meters.second !== second) {
    meters.second = second;
    meters.send = meters.receive = meters.delete = meters.change = 0;
    meters.groups.clear();
  }
  return meters;
}

/** Counts a call, or refuses it. A refused call does not count; nothing but the refusal is noted. */
export function admit(
  context: Context<SqsState>,
  queue: Queue,
  action: MeteredAction,
  operation: string,
): void {
  if (!queue.fifo) return;
  const { state, now } = context;
  const meters = metersOf(state, queue, now);
  const limit = callsMax(state, queue);
  if (meters[action] >= limit) {
    throw refuse(context, queue, operation, `${queue.name} took ${limit} of ${limit} ${action} calls`);
  }
  meters[action]++;
}

/** Counts that a call sends to this group; `counted` are the groups that the same call named before. */
export function admitGroup(
  context: Context<SqsState>,
  queue: Queue,
  group: string | undefined,
  operation: string,
  counted?: Set<string>,
): void {
  if (!queue.fifo || group === undefined || !isHighThroughput(queue) || counted?.has(group)) return;
  const { state, now } = context;
  const { groups } = metersOf(state, queue, now);
  const limit = fifoCallsMax(state.limits);
  const used = groups.get(group) ?? 0;
  if (used >= limit) {
    throw refuse(context, queue, operation, `Group ${group} took ${limit} of ${limit} send calls`);
  }
  groups.set(group, used + 1);
  counted?.add(group);
}

function refuse(context: Context<SqsState>, queue: Queue, operation: string, full: string): ServiceError {
  const { state, now, caller } = context;
  const meters = metersOf(state, queue, now);
  meters.refused++;
  countTraffic(meters.refusals, now);
  emit(context, { type: 'sqs/Throttled', by: caller.by, queue: queue.name, operation });
  const clears = 1000 - (now % 1000);
  const scaled = state.limits === 'scaled' ? ' (scaled: 1/100 of the AWS figure)' : '';
  return requestThrottled(
    `${full} in this second${scaled}; it clears in ${clears} ms, when the next second begins.`,
  );
}

/** Looks only: the calls that sent to a group in the second of now. */
export function groupCallsNow(state: SqsState, queue: Queue, group: string, now: Instant): number {
  const meters = state.meters.get(queue.key);
  return meters?.second === secondOf(now) ? (meters.groups.get(group) ?? 0) : 0;
}

/** Looks only: the calls of an action in the second of now. */
export function callsNow(state: SqsState, queue: Queue, action: MeteredAction, now: Instant): number {
  const meters = state.meters.get(queue.key);
  return meters?.second === secondOf(now) ? meters[action] : 0;
}
