/**
 * How much a FIFO topic takes a second. Windows of one second, as of a FIFO queue, so that a refusal can name the
 * instant at which the same call is accepted. SNS Developer Guide, High throughput for FIFO topics: 3,000 messages or
 * 20 MB a second for a topic; with FifoThroughputScope MessageGroup 300 messages a second for each group.
 *
 * UNSURE: that PublishBatch is refused as a whole.
 */
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { throttled } from '../errors.ts';
import { emit } from '../events.ts';
import { GUIDE_CALLS_MAX, quotas } from '../limits.ts';
import type { Meters, SnsState, Topic } from '../model.ts';

export interface Load {
  readonly bytes: number;
  readonly group: string | undefined;
}

interface Gauge {
  readonly what: string;
  readonly used: number;
  readonly asked: number;
  readonly limit: number;
}

const secondOf = (now: number): number => Math.floor(now / 1000);

function metersOf({ meters }: Topic, now: number): Meters {
  const second = secondOf(now);
  if (meters.second !== second) {
    meters.second = second;
    meters.messages = meters.bytes = meters.calls = 0;
    meters.groups.clear();
  }
  return meters;
}

/** Counts a call, or refuses it; a refused call does not count. */
export function admit(
  context: Context<SnsState>,
  topic: Topic,
  load: readonly Load[],
  operation: string,
): void {
  if (!topic.fifo) return;
  const { state, now } = context;
  const meters = metersOf(topic, now);
  const groups = new Map<string, number>();
  let bytes = 0;
  for (const item of load) {
    bytes += item.bytes;
    groups.set(item.group!, (groups.get(item.group!) ?? 0) + 1);
  }
  for (const gauge of gaugesOf(state, topic, { messages: load.length, bytes, groups })) {
    if (gauge.used + gauge.asked > gauge.limit) throw refuse(context, topic, operation, gauge);
  }
  meters.messages += load.length;
  meters.bytes += bytes;
  meters.calls++;
  for (const [group, asked] of groups) meters.groups.set(group, (meters.groups.get(group) ?? 0) + asked);
}

function gaugesOf(
  { limits }: SnsState,
  topic: Topic,
  asked: {
    readonly messages: number;
    readonly bytes: number;
    readonly groups: ReadonlyMap<string, number>;
  },
): Gauge[] {
  const { meters, settings, name } = topic;
  if (limits === 'study-guide') {
    return [{ what: `${name}: calls`, used: meters.calls, asked: 1, limit: GUIDE_CALLS_MAX }];
  }
  const max = quotas(limits);
  if (settings.FifoThroughputScope === 'Topic') {
    return [
      { what: `${name}: messages`, used: meters.messages, asked: asked.messages, limit: max.fifoMessages },
      { what: `${name}: bytes`, used: meters.bytes, asked: asked.bytes, limit: max.fifoBytes },
    ];
  }
  const groups = [...asked.groups].map(([group, count]) => ({
    what: `group ${group}: messages`,
    used: meters.groups.get(group) ?? 0,
    asked: count,
    limit: max.groupMessages,
  }));
  const whole = {
    what: `${name}: messages`,
    used: meters.messages,
    asked: asked.messages,
    limit: max.groupedMessages,
  };
  return [whole, ...groups];
}

function refuse(context: Context<SnsState>, topic: Topic, operation: string, gauge: Gauge) {
  const { now, caller, state } = context;
  topic.counters.throttled++;
  countTraffic(topic.refusals, now);
  const { what, used, asked, limit } = gauge;
  const scaled = state.limits === 'scaled' ? ' (scaled: 1/100 of the AWS figure)' : '';
  const reason = `${what} ${used} of ${limit} in this second, ${asked} more asked${scaled}; it clears in ${1000 - (now % 1000)} ms, when the next second begins.`;
  emit(context, { type: 'sns/Throttled', by: caller.by, topic: topic.name, operation, reason });
  return throttled(reason);
}

/** Looks only: the meters of now, for the card. */
export function gaugesNow(state: SnsState, topic: Topic, now: number): readonly Gauge[] {
  if (!topic.fifo) return [];
  const fresh = topic.meters.second === secondOf(now);
  const meters = fresh
    ? topic.meters
    : { ...topic.meters, messages: 0, bytes: 0, calls: 0, groups: new Map() };
  return gaugesOf(state, { ...topic, meters }, { messages: 0, bytes: 0, groups: new Map() });
}
