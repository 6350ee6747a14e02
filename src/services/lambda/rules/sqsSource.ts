/** A queue of SQS as an event source. Lambda Developer Guide, Using Lambda with Amazon SQS. */
import type { Context, Outcome } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { invalidValue, outOfRange } from '../errors.ts';
import { emit } from '../events.ts';
import { BATCH, LANES, MAXIMUM_CONCURRENCY, SYNC_PAYLOAD_MAX, THROTTLE_WAIT, WINDOW_MAX } from '../limits.ts';
import type { Execution, LambdaState } from '../model.ts';
import { queueUrlOf } from './destinations.ts';
import type { EventSource } from './eventSources.ts';
import { startExecution } from './executing.ts';
import { passes } from './filterPattern.ts';
import type { MappingRecord, MappingSettings } from './mappingRecord.ts';
import { commonSettings, type MappingInput, refuseMembers } from './mappingSettings.ts';
import { batchResult } from './partialResponse.ts';
import {
  ask,
  deleteHeld,
  type Held,
  type Lane,
  laneIdle,
  newWork,
  openLanes,
  poll,
  rest,
  type SqsDue,
  type SqsToken,
  type SqsWork,
  scaleDue,
  scaleUp,
  tokenOf,
  visibilityFor,
  workOf,
} from './sqsLanes.ts';
import { type Received, recordOf } from './sqsRecord.ts';

/** What only streams take. */
const FOR_STREAMS = [
  'ParallelizationFactor',
  'StartingPosition',
  'StartingPositionTimestamp',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'TumblingWindowInSeconds',
] as const;

/** Ten more messages could be too much for one call: a message has 1 MB at most, texts grow in JSON. */
const FULL_CHARACTERS = SYNC_PAYLOAD_MAX / 2;

/** A queue that cannot be read is tried again after so long, in ms. UNSURE: how long Lambda waits. */
const TROUBLE_WAIT = 30_000;

export const sqsSource: EventSource = {
  settings: readSettings,
  probe: (arn) => ({
    service: 'sqs',
    operation: 'GetQueueAttributes',
    input: { QueueUrl: queueUrlOf(arn), AttributeNames: ['VisibilityTimeout'] },
  }),
  judge(outcome, _settings, record) {
    const timeout = queueTimeout(outcome);
    if (timeout < record.config.timeout) {
      throw invalidValue(
        `Queue visibility timeout: ${timeout} seconds is less than Function timeout: ${record.config.timeout} seconds`,
        { why: 'Else a message would come again while the function still works on it.' },
      );
    }
  },
  start(context, mapping) {
    mapping.work = newWork();
    ask(
      context,
      mapping,
      'GetQueueAttributes',
      { AttributeNames: ['VisibilityTimeout'] },
      tokenOf(mapping, 'attributes'),
    );
  },
  stop(context, mapping) {
    const work = workOf(mapping);
    if (work === undefined) return;
    work.ending = true;
    for (const lane of [...work.lanes.values()]) {
      if (lane.state !== 'polling' && lane.state !== 'waiting') continue;
      if (lane.call !== undefined) context.abandon(lane.call);
      work.lanes.delete(lane.id);
    }
    work.polling = 0;
  },
  isBusy: (mapping) => (workOf(mapping)?.lanes.size ?? 0) > 0,
  answered(context, mapping, token, outcome) {
    const work = workOf(mapping);
    const { what, lane: id } = token as SqsToken;
    if (work === undefined || what === 'drop') return;
    if (what === 'attributes') {
      begin(context, mapping, work, outcome);
      return;
    }
    const lane = work.lanes.get(id);
    if (lane === undefined) return;
    if (what === 'poll') polled(context, mapping, work, lane, outcome);
    else if (--lane.deletes === 0) poll(context, mapping, work, lane);
  },
  due(context, mapping, timer) {
    const work = workOf(mapping);
    const { what, lane: id } = timer as SqsDue;
    if (work === undefined) return;
    if (what === 'scale') {
      scaleDue(context, mapping, work);
      return;
    }
    const lane = work.lanes.get(id);
    if (lane?.state === 'waiting' && lane.wakes === context.now) poll(context, mapping, work, lane);
  },
  ended,
};

function readSettings(
  input: MappingInput,
  arn: string,
  before: MappingSettings | undefined,
): MappingSettings {
  const fifo = arn.endsWith('.fifo');
  refuseMembers(input, FOR_STREAMS, 'SQS');
  if (fifo && (input.MaximumBatchingWindowInSeconds ?? 0) > 0) {
    // UNSURE: the sentence.
    throw invalidValue('Batching window is not supported for FIFO queues.');
  }
  const common = commonSettings(input, before, {
    batchDefault: BATCH.default,
    batchMax: fifo ? BATCH.fifoMax : BATCH.max,
    windowMax: WINDOW_MAX,
  });
  if (input.ScalingConfig === undefined) return common;
  const maximum = input.ScalingConfig.MaximumConcurrency;
  const { min, max } = MAXIMUM_CONCURRENCY;
  if (maximum !== undefined && (maximum < min || maximum > max)) {
    const bound = maximum < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
    throw outOfRange(maximum, 'scalingConfig.maximumConcurrency', `Member must have value ${bound}`);
  }
  return { ...common, maximumConcurrency: maximum };
}

/** Seconds. Refuses as Lambda does when the queue does. */
function queueTimeout(outcome: Outcome): number {
  if (outcome.ok) {
    const { Attributes } = outcome.output as { readonly Attributes?: Readonly<Record<string, string>> };
    return Number(Attributes?.VisibilityTimeout ?? 30);
  }
  const { code, message } = outcome.refusal;
  if (code === 'AccessDenied' || code === 'AccessDeniedException') {
    throw invalidValue(
      'The function execution role does not have permissions to call ReceiveMessage on SQS',
      { why: message },
    );
  }
  throw invalidValue(troubleWords(code, message));
}

const troubleWords = (code: string, message: string): string =>
  `Error occurred while ReceiveMessage. SQS Error Code: ${code}. SQS Error Message: ${message}`;

function begin(context: Context<LambdaState>, mapping: MappingRecord, work: SqsWork, outcome: Outcome): void {
  if (work.ending) return;
  const timeout = outcome.ok ? queueTimeout(outcome) : 30;
  work.visibility = visibilityFor(mapping, context.state.functions.get(mapping.function), timeout);
  openLanes(context, mapping, work, LANES.first);
}

/** A poll was answered. */
function polled(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  work: SqsWork,
  lane: Lane,
  outcome: Outcome,
): void {
  work.polling--;
  lane.call = undefined;
  if (!outcome.ok) {
    const { code, message } = outcome.refusal;
    mapping.trouble = troubleWords(code, message);
    lane.held = [];
    lane.until = undefined;
    rest(context, mapping, lane, TROUBLE_WAIT);
    return;
  }
  mapping.trouble = undefined;
  const { Messages = [] } = outcome.output as { readonly Messages?: readonly Received[] };
  if (Messages.length > 0) gather(context, mapping, lane, Messages);
  const { settings } = mapping;
  if (lane.held.length === 0) {
    if (Messages.length > 0) poll(context, mapping, work, lane);
    else laneIdle(context, mapping, work, lane);
    return;
  }
  lane.empty = 0;
  const full = lane.held.length >= settings.batchSize || lane.characters > FULL_CHARACTERS;
  if (!full && lane.until !== undefined && context.now < lane.until) poll(context, mapping, work, lane);
  else callFunction(context, mapping, work, lane);
  if (Messages.length > 0) scaleUp(context, mapping, work);
}

/** Keeps what the filters let through; the rest is deleted. */
function gather(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  lane: Lane,
  messages: readonly Received[],
): void {
  const { settings, counters, source } = mapping;
  const kept: Held[] = [];
  const dropped: Pick<Held, 'handle'>[] = [];
  for (const message of messages) {
    const record = recordOf(message, source, context.state.region);
    const handle = message.ReceiptHandle;
    if (!passes(settings.filters, record, 'body')) {
      dropped.push({ handle });
      continue;
    }
    const text = JSON.stringify(record);
    lane.characters += text.length;
    kept.push(Object.freeze({ id: message.MessageId, handle, text }));
  }
  lane.held = Object.freeze([...lane.held, ...kept]);
  if (lane.until === undefined && kept.length > 0 && settings.window > 0) {
    lane.until = after(context.now, milliseconds(settings.window * 1_000));
  }
  if (dropped.length === 0) return;
  counters.filtered += dropped.length;
  deleteHeld(context, mapping, dropped, tokenOf(mapping, 'drop'));
  emit(context, {
    type: 'lambda/MessagesFiltered',
    by: nameOf(mapping),
    function: nameOf(mapping),
    mapping: mapping.uuid,
    source,
    count: dropped.length,
  });
}

const nameOf = ({ function: key }: MappingRecord): string => key.slice(key.indexOf('/') + 1);

function callFunction(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  work: SqsWork,
  lane: Lane,
): void {
  const { state } = context;
  const { counters } = mapping;
  const record = state.functions.get(mapping.function);
  const text = `{"Records":[${lane.held.map((held) => held.text).join(',')}]}`;
  const batch = ++state.batchesMade;
  lane.until = undefined;
  lane.characters = 0;
  if (record === undefined) {
    mapping.trouble = `Function not found: ${nameOf(mapping)}`;
    lane.held = [];
    rest(context, mapping, lane, TROUBLE_WAIT);
    return;
  }
  const origin = Object.freeze({ type: 'batch', mapping: mapping.uuid, batch } as const);
  const started = startExecution(context, record, { origin, by: 'lambda.amazonaws.com', text });
  if (started === undefined) {
    // Nothing is deleted: the messages come again when their visibility timeout ends.
    counters.throttled++;
    lane.held = [];
    const doubled = THROTTLE_WAIT.first * 2 ** Math.min(lane.throttles, 6);
    lane.throttles++;
    rest(context, mapping, lane, doubled);
    return;
  }
  lane.throttles = 0;
  lane.state = 'working';
  lane.held = Object.freeze(lane.held.map(({ id, handle }) => Object.freeze({ id, handle, text: '' })));
  work.batches.set(batch, lane.id);
  counters.batches++;
  counters.records += lane.held.length;
}

/** The function answered: what went well is deleted, the rest comes again. */
function ended(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  batch: number,
  execution: Execution,
): void {
  const work = workOf(mapping);
  const lane = work?.lanes.get(work.batches.get(batch) ?? -1);
  if (work === undefined || lane === undefined) return;
  work.batches.delete(batch);
  const { held } = lane;
  lane.held = [];
  const ids = held.map(({ id }) => id);
  const result = batchResult(execution.ending, mapping.settings.reportsFailures, ids);
  const done =
    result.type === 'success'
      ? held
      : result.type === 'failure'
        ? []
        : held.filter(({ id }) => !result.ids.has(id));
  const failed = held.length - done.length;
  mapping.counters.failed += failed;
  emit(context, {
    type: 'lambda/BatchEnded',
    by: nameOf(mapping),
    function: nameOf(mapping),
    mapping: mapping.uuid,
    source: mapping.source,
    records: held.length,
    failed,
  });
  lane.deletes = deleteHeld(context, mapping, done, tokenOf(mapping, 'delete', lane.id));
  lane.state = 'deleting';
  if (lane.deletes === 0) poll(context, mapping, work, lane);
}
