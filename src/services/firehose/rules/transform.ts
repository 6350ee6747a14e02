/**
 * The function of a stream: it gets records in batches and says of each what becomes of it. Firehose Developer Guide,
 * Transform source data in Amazon Data Firehose.
 */
import { utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import type { Context, Outcome } from '../../../engine/service.ts';
import { emit, FIREHOSE_PRINCIPAL } from '../events.ts';
import { LAMBDA_RETRY_WAIT } from '../limits.ts';
import { countStream } from '../metrics.ts';
import {
  type Buffer,
  type DeliveryStream,
  type FirehoseRecord,
  type FirehoseState,
  type FlushReason,
  type Job,
  recordIdOf,
  requestUuid,
} from '../model.ts';
import type { Sender } from './buffering.ts';
import { fail, type Problem } from './failing.ts';
import { callerOf, newJob, tokenOf } from './jobs.ts';
import { enter } from './pipeline.ts';
import { planRetry } from './retrying.ts';
import { dropped, over } from './settling.ts';

type Ctx = Context<FirehoseState>;

export function transformBuffer(
  context: Ctx,
  stream: DeliveryStream,
  { records, oldest }: Buffer,
  reason: FlushReason,
  send: Sender,
): void {
  const job = newJob(context, stream, { purpose: 'transform', step: 'transform', records, oldest, reason });
  invoke(context, stream, job, send);
}

export function invoke(context: Ctx, stream: DeliveryStream, job: Job, send: Sender): void {
  const { state } = context;
  const { lambda } = stream.destination.processing;
  if (lambda === undefined) {
    // The destination was changed meanwhile: there is no function any more.
    over(context, stream, job);
    for (const record of job.records) enter(context, stream, record, undefined, send);
    return;
  }
  job.attempt++;
  job.next = undefined;
  if (context.peek('lambda') === undefined) {
    invokeFailed(context, stream, job, 'Lambda.FunctionNotFound', 'There is no Lambda in this world.', send);
    return;
  }
  const payload = JSON.stringify({
    invocationId: requestUuid(state.seed, job.id),
    deliveryStreamArn: stream.arn,
    region: state.region,
    ...(stream.source !== undefined && { sourceKinesisStreamArn: stream.source.arn }),
    records: job.records.map((record) => asEvent(state, record)),
  });
  const input = { FunctionName: lambda.arn, InvocationType: 'RequestResponse', Payload: payload };
  context.request({ service: 'lambda', operation: 'Invoke', input, caller: callerOf(stream) }, tokenOf(job));
}

function asEvent({ epoch }: FirehoseState, record: FirehoseRecord): object {
  const { at, data, origin } = record;
  return {
    recordId: recordIdOf(record),
    approximateArrivalTimestamp: epoch + at,
    data: base64(data),
    ...(origin !== undefined && {
      kinesisRecordMetadata: {
        sequenceNumber: origin.sequenceNumber,
        subsequenceNumber: 0,
        partitionKey: origin.partitionKey,
        shardId: origin.shardId,
        approximateArrivalTimestamp: epoch + at,
      },
    }),
  };
}

interface Answer {
  readonly StatusCode?: number;
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array | string;
}

interface Returned {
  readonly recordId?: unknown;
  readonly result?: unknown;
  readonly data?: unknown;
  readonly metadata?: { readonly partitionKeys?: Readonly<Record<string, unknown>> };
}

export function invokeAnswered(
  context: Ctx,
  stream: DeliveryStream,
  job: Job,
  outcome: Outcome,
  send: Sender,
): void {
  const { state, now } = context;
  if (!outcome.ok) {
    const { code, message } = outcome.refusal;
    invokeFailed(context, stream, job, `Lambda.${code.replace(/Exception$/u, '')}`, message, send);
    return;
  }
  const { FunctionError, Payload = '' } = outcome.output as Answer;
  const text = typeof Payload === 'string' ? Payload : (utf8Text(Payload) ?? '');
  countStream(state, stream, now, 'ExecuteProcessing.Duration', now - job.started);
  if (FunctionError !== undefined) {
    const message = `The Lambda function was successfully invoked but it returned an error result. ${text}`;
    invokeFailed(context, stream, job, 'Lambda.FunctionError', message, send);
    return;
  }
  countStream(state, stream, now, 'ExecuteProcessing.Success', 1);
  const returned = returnedIn(text);
  over(context, stream, job);
  if (returned === undefined) {
    const message =
      'There was an error parsing the output of the Lambda function: there are no records in it.';
    failAll(context, stream, job, { code: 'Lambda.JsonProcessingException', message }, send);
    return;
  }
  settle(context, stream, job, returned, send);
}

function returnedIn(text: string): readonly Returned[] | undefined {
  try {
    const { records } = JSON.parse(text) as { records?: unknown };
    return Array.isArray(records) ? (records as Returned[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Of each record exactly one answer; one that is missing, or comes twice, fails that record. */
function settle(
  context: Ctx,
  stream: DeliveryStream,
  job: Job,
  returned: readonly Returned[],
  send: Sender,
): void {
  const byId = new Map<unknown, Returned[]>();
  for (const each of returned) byId.set(each.recordId, [...(byId.get(each.recordId) ?? []), each]);
  const failed = new Map<FirehoseRecord, Omit<Problem, 'attempts'>>();
  const gone: FirehoseRecord[] = [];
  const good: [FirehoseRecord, Returned, Uint8Array][] = [];
  for (const record of job.records) {
    const answers = byId.get(recordIdOf(record)) ?? [];
    const [answer] = answers;
    const problem = problemOf(answers);
    if (problem !== undefined || answer === undefined) failed.set(record, problem ?? MISSING);
    else if (answer.result === 'Dropped') gone.push(record);
    else good.push([record, answer, fromBase64(String(answer.data))]);
  }
  const { state, now } = context;
  const count = (result: 'Ok' | 'Dropped' | 'ProcessingFailed', records: number): void => {
    if (records === 0) return;
    emit(context, {
      type: 'firehose/RecordTransformed',
      by: FIREHOSE_PRINCIPAL,
      delivery: stream.name,
      result,
      records,
    });
  };
  count('Ok', good.length);
  count('Dropped', gone.length);
  count('ProcessingFailed', failed.size);
  dropped(stream, gone);
  stream.counters.transformed += good.length;
  const bytes = [...good.map(([record]) => record), ...gone].reduce((sum, { data }) => sum + data.length, 0);
  countStream(state, stream, now, 'SucceedProcessing.Records', good.length + gone.length);
  countStream(state, stream, now, 'SucceedProcessing.Bytes', bytes);
  for (const [record, { metadata }, data] of good) {
    enter(context, stream, Object.freeze({ ...record, data }), metadata?.partitionKeys, send);
  }
  const { arn } = stream.destination.processing.lambda ?? { arn: '' };
  const problemFor = (record: FirehoseRecord): Problem => ({
    ...failed.get(record)!,
    attempts: job.attempt,
    more: { lambdaArn: arn },
  });
  fail(context, stream, [...failed.keys()], 'processing-failed', problemFor, send);
}

const MISSING = {
  code: 'Lambda.MissingRecordId',
  message:
    'One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.',
};

/** UNSURE: the codes and sentences. */
function problemOf(answers: readonly Returned[]): Omit<Problem, 'attempts'> | undefined {
  const [answer] = answers;
  if (answer === undefined) return MISSING;
  if (answers.length > 1) {
    return {
      code: 'Lambda.DuplicatedRecordId',
      message: 'Multiple records were returned with the same record Id.',
    };
  }
  const { result, data } = answer;
  if (result === 'ProcessingFailed') {
    return { code: 'Lambda.ProcessingFailedStatus', message: 'ProcessingFailed status set for record' };
  }
  if (result === 'Dropped') return undefined;
  if (result !== 'Ok') {
    const message = `Invalid result: ${String(result)}. Expected is Ok, Dropped or ProcessingFailed.`;
    return { code: 'Lambda.InvalidResult', message };
  }
  return typeof data === 'string' && /^[A-Za-z0-9+/]*={0,2}$/u.test(data)
    ? undefined
    : { code: 'Lambda.InvalidData', message: 'The data of the record is not in base64.' };
}

/** Firehose Developer Guide, Data transformation failure handling: retried three times, then skipped. */
function invokeFailed(
  context: Ctx,
  stream: DeliveryStream,
  job: Job,
  code: string,
  message: string,
  send: Sender,
): void {
  const { state, now } = context;
  const retries = stream.destination.processing.lambda?.retries ?? 0;
  countStream(state, stream, now, 'ExecuteProcessing.Success', 0);
  const until = job.attempt <= retries ? Number.POSITIVE_INFINITY : 0;
  if (planRetry(context, stream, job, { code, message }, { wait: LAMBDA_RETRY_WAIT, until })) return;
  over(context, stream, job);
  failAll(context, stream, job, { code, message }, send);
}

function failAll(
  context: Ctx,
  stream: DeliveryStream,
  job: Job,
  { code, message }: Omit<Problem, 'attempts'>,
  send: Sender,
): void {
  const lambdaArn = stream.destination.processing.lambda?.arn;
  const problem = { code, message, attempts: job.attempt, more: { lambdaArn } };
  fail(context, stream, job.records, 'processing-failed', problem, send);
}
