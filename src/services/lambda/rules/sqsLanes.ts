/**
 * The lanes of a mapping that reads a queue: each polls, gathers a batch, has the function called, and deletes what
 * went well, one batch at a time. Lambda Developer Guide, Configuring scaling behavior for SQS event source mappings.
 */
import type { CallId, Context } from '../../../engine/service.ts';
import { after, type Instant, milliseconds } from '../../../engine/units.ts';
import { LANES, POLL_SECONDS } from '../limits.ts';
import type { LambdaFunction, LambdaState } from '../model.ts';
import { callerOf, queueUrlOf } from './destinations.ts';
import type { SourceDue, SourceToken } from './eventSources.ts';
import type { MappingRecord } from './mappingRecord.ts';

/** A message that a lane holds. Frozen. */
export interface Held {
  readonly id: string;
  readonly handle: string;
  /** As the function gets it, JSON; empty when it got it. */
  readonly text: string;
}

export interface Lane {
  readonly id: number;
  state: 'polling' | 'working' | 'deleting' | 'waiting';
  /** The poll that waits. */
  call: CallId | undefined;
  held: readonly Held[];
  /** Of what is held. */
  characters: number;
  /** When gathering ends; undefined: nothing is gathered. */
  until: Instant | undefined;
  /** Deletes whose answer is not there. */
  deletes: number;
  /** Polls in a row that found nothing, and throttles in a row. */
  empty: number;
  throttles: number;
  /** When a lane that waits goes on. */
  wakes: Instant;
}

/** What is kept of a mapping that is enabled. */
export interface SqsWork {
  lanesMade: number;
  readonly lanes: Map<number, Lane>;
  /** Batches at the function: which lane. */
  readonly batches: Map<number, number>;
  polling: number;
  /** More lanes are due. */
  scaleDue: boolean;
  /** The visibility timeout that its receives ask for; undefined: the queue's. Seconds. */
  visibility: number | undefined;
  /** It is stopped: lanes end with what they do. */
  ending: boolean;
}

export const newWork = (): SqsWork => ({
  lanesMade: 0,
  lanes: new Map(),
  batches: new Map(),
  polling: 0,
  scaleDue: false,
  visibility: undefined,
  ending: false,
});

export const workOf = (mapping: MappingRecord): SqsWork | undefined => mapping.work as SqsWork | undefined;

export interface SqsToken extends SourceToken {
  readonly what: 'attributes' | 'poll' | 'delete' | 'drop';
  readonly lane: number;
}

export interface SqsDue extends SourceDue {
  readonly what: 'lane' | 'scale';
  readonly lane: number;
}

export const tokenOf = (mapping: MappingRecord, what: SqsToken['what'], lane = 0): SqsToken =>
  Object.freeze({ type: 'source', mapping: mapping.uuid, what, lane });

const dueOf = (mapping: MappingRecord, what: SqsDue['what'], lane = 0): SqsDue => ({
  type: 'lambda/SourceDue',
  mapping: mapping.uuid,
  what,
  lane,
});

/** A call to SQS as the function. */
export function ask(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  operation: string,
  input: object,
  token: SqsToken,
): CallId {
  const [account = '', name = ''] = mapping.function.split('/');
  const caller = callerOf({ name, account });
  return context.request(
    { service: 'sqs', operation, input: { QueueUrl: queueUrlOf(mapping.source), ...input }, caller },
    token,
  );
}

/** Batches at once, at most. */
const lanesMax = ({ settings }: MappingRecord): number => settings.maximumConcurrency ?? LANES.max;

export function openLanes(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  work: SqsWork,
  wanted: number,
): void {
  const end = Math.min(wanted, lanesMax(mapping));
  while (work.lanes.size < end) {
    const lane: Lane = {
      id: ++work.lanesMade,
      state: 'waiting',
      call: undefined,
      held: [],
      characters: 0,
      until: undefined,
      deletes: 0,
      empty: 0,
      throttles: 0,
      wakes: context.now,
    };
    work.lanes.set(lane.id, lane);
    poll(context, mapping, work, lane);
  }
}

/** Looks for messages; one that gathers waits no longer than its window lasts. */
export function poll(context: Context<LambdaState>, mapping: MappingRecord, work: SqsWork, lane: Lane): void {
  if (work.ending || work.lanes.size > lanesMax(mapping)) {
    work.lanes.delete(lane.id);
    return;
  }
  const left = lane.until === undefined ? POLL_SECONDS : Math.ceil((lane.until - context.now) / 1_000);
  lane.state = 'polling';
  work.polling++;
  const input = {
    MaxNumberOfMessages: Math.min(10, mapping.settings.batchSize - lane.held.length),
    WaitTimeSeconds: Math.min(POLL_SECONDS, Math.max(1, left)),
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
    ...(work.visibility !== undefined && { VisibilityTimeout: work.visibility }),
  };
  lane.call = ask(context, mapping, 'ReceiveMessage', input, tokenOf(mapping, 'poll', lane.id));
}

/** The lane does nothing for a while. */
export function rest(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  lane: Lane,
  waitMs: number,
): void {
  lane.state = 'waiting';
  lane.wakes = after(context.now, milliseconds(waitMs));
  context.schedule(lane.wakes, dueOf(mapping, 'lane', lane.id));
}

/** Nothing was found: some lanes are too many. At least two stay. */
export function laneIdle(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  work: SqsWork,
  lane: Lane,
): void {
  lane.empty++;
  const tooMany = work.lanes.size > LANES.first || (lane.empty >= IDLE_POLLS && work.lanes.size > LANES.idle);
  if (tooMany) work.lanes.delete(lane.id);
  else poll(context, mapping, work, lane);
}

/** A minute of empty polls. */
const IDLE_POLLS = 3;
const SCALE = milliseconds(1_000);

/** Messages were found, and no lane looks for more: more lanes, five a second. */
export function scaleUp(context: Context<LambdaState>, mapping: MappingRecord, work: SqsWork): void {
  if (work.ending) return;
  openLanes(context, mapping, work, LANES.first);
  if (work.polling > 0 || work.scaleDue || work.lanes.size >= lanesMax(mapping)) return;
  work.scaleDue = true;
  context.schedule(after(context.now, SCALE), dueOf(mapping, 'scale'));
}

export function scaleDue(context: Context<LambdaState>, mapping: MappingRecord, work: SqsWork): void {
  work.scaleDue = false;
  if (work.ending || work.polling > 0) return;
  openLanes(context, mapping, work, work.lanes.size + LANES.more);
}

/** In calls of ten. Answers how many calls. */
export function deleteHeld(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  held: readonly Pick<Held, 'handle'>[],
  token: SqsToken,
): number {
  let calls = 0;
  for (let from = 0; from < held.length; from += 10) {
    const Entries = held
      .slice(from, from + 10)
      .map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
    ask(context, mapping, 'DeleteMessageBatch', { Entries }, token);
    calls++;
  }
  return calls;
}

/**
 * Lambda Developer Guide: when window and function timeout together are longer than the queue's visibility timeout,
 * receives ask for both and 30 s more.
 */
export function visibilityFor(
  mapping: MappingRecord,
  record: LambdaFunction | undefined,
  queueTimeout: number,
): number | undefined {
  const needed = mapping.settings.window + (record?.config.timeout ?? 0);
  return needed > queueTimeout ? Math.min(needed + 30, 43_200) : undefined;
}
