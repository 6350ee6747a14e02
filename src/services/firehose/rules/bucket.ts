/** Objects written to S3: data, what failed, and backups; a bucket that refuses is tried again for a day. */
import type { Context, Outcome } from '../../../engine/service.ts';
import { milliseconds } from '../../../engine/units.ts';
import { compressed, EXTENSION, joined } from '../codecs/compress.ts';
import { BACKOFF, S3_RETRY } from '../limits.ts';
import { countStream } from '../metrics.ts';
import {
  type Buffer,
  type DeliveryStream,
  type FirehoseRecord,
  type FirehoseState,
  type FlushReason,
  isError,
  type Job,
  objectUuid,
} from '../model.ts';
import type { S3Place } from './destination.ts';
import { callerOf, newJob, tokenOf } from './jobs.ts';
import { dataFolder, errorFolder, fileName } from './prefix.ts';
import { backoff, planRetry } from './retrying.ts';
import { delivered, lost, over, written } from './settling.ts';
import { refusedOnPurpose } from './trouble.ts';

type Ctx = Context<FirehoseState>;

/** What differs from records in a row: a converted file. */
export interface Converted {
  readonly body: Uint8Array;
  readonly extension: string;
  readonly records: readonly FirehoseRecord[];
}

/** Writes a buffer as one object. */
export function writeBuffer(
  context: Ctx,
  stream: DeliveryStream,
  buffer: Buffer,
  reason: FlushReason,
  place: S3Place,
  converted?: Converted,
): void {
  const { records, purpose, oldest } = buffer;
  const key = keyFor(context, stream, buffer, place, converted?.extension);
  const of = converted?.records ?? records;
  if (of.length === 0) return;
  const job = newJob(context, stream, {
    purpose,
    step: 's3',
    records: of,
    oldest,
    reason,
    place,
    key,
    body: converted?.body,
  });
  sendObject(context, stream, job);
}

function keyFor(
  context: Ctx,
  stream: DeliveryStream,
  { purpose, partition, oldest }: Buffer,
  place: S3Place,
  extension: string | undefined,
): string {
  const { state } = context;
  const at = state.epoch + oldest + place.zone * 60_000;
  const evaluation = { at, random: context.random('random strings'), partition };
  const folder = isError(purpose)
    ? errorFolder(place.prefix, place.errorPrefix, { ...evaluation, errorType: purpose })
    : dataFolder(place.prefix, evaluation);
  const uuid = objectUuid(state.seed, ++state.objectsMade);
  const end = place.extension ?? extension ?? EXTENSION[place.compression];
  return folder + fileName(stream.name, stream.version, at, uuid, end);
}

export function sendObject(context: Ctx, stream: DeliveryStream, job: Job): void {
  const { place, key = '', records, body } = job;
  job.attempt++;
  job.next = undefined;
  const refusal =
    job.purpose === 'data' && stream.destination.kind === 's3' && refusedOnPurpose(context, stream);
  if (refusal) {
    objectFailed(context, stream, job, 'S3.InternalError', 'The destination refuses: a fault.');
    return;
  }
  if (context.peek('s3') === undefined) {
    objectFailed(context, stream, job, 'S3.NoSuchBucket', 'There is no S3 in this world.');
    return;
  }
  const raw = body ?? joined(records.map(({ data }) => data));
  const file = key.slice(key.lastIndexOf('/') + 1).replace(/\.zip$/u, '');
  const Body = body ?? compressed(place!.compression, raw, file);
  const input = { Bucket: place!.bucket, Key: key, Body };
  context.request({ service: 's3', operation: 'PutObject', input, caller: callerOf(stream) }, tokenOf(job));
}

export type Staged = (context: Ctx, stream: DeliveryStream, job: Job) => void;

/** `staged`: Redshift goes on from here. */
export function objectAnswered(
  context: Ctx,
  stream: DeliveryStream,
  job: Job,
  outcome: Outcome,
  staged: Staged,
): void {
  if (!outcome.ok) {
    const { code, message } = outcome.refusal;
    objectFailed(context, stream, job, `S3.${code}`, message);
    return;
  }
  written(context, stream, job, job.body?.length ?? job.bytes);
  over(context, stream, job);
  if (job.purpose !== 'data') return;
  if (stream.destination.kind === 'redshift') {
    staged(context, stream, job);
    return;
  }
  delivered(context, stream, job.records, `bucket/${job.place!.bucket}`);
}

function objectFailed(context: Ctx, stream: DeliveryStream, job: Job, code: string, message: string): void {
  const { state, now } = context;
  const until = (job.firstFailure ?? now) + keptFor(stream);
  const metric = job.purpose === 'data' ? 'DeliveryToS3.Success' : 'BackupToS3.Success';
  countStream(state, stream, now, metric, 0);
  const plan = { wait: backoff(job.attempt, BACKOFF), until: until + 1 };
  // The last attempt is made when the day ends.
  if (now < until && now + plan.wait > until) plan.wait = until - now;
  if (planRetry(context, stream, job, { code, message }, plan)) return;
  over(context, stream, job);
  lost(context, stream, job);
}

/** SIMPLER THAN AWS: of a stream that reads a data stream, a day as well, whatever that one's retention. */
const keptFor = (_stream: DeliveryStream): number => milliseconds(S3_RETRY);
