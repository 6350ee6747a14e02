/**
 * Redshift: objects are staged in S3 and loaded by COPY, one at a time. Firehose Developer Guide, Amazon Redshift
 * data delivery; RedshiftRetryOptions: the time includes the first attempt.
 *
 * SIMPLER THAN AWS: every row fits its table; a COPY fails only by a fault on the delivery stream.
 */
import { utf8Bytes } from '../../../contract/text.ts';
import type { Context, Timer } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { emit, FIREHOSE_PRINCIPAL } from '../events.ts';
import { BACKOFF } from '../limits.ts';
import { countStream } from '../metrics.ts';
import { type DeliveryStream, type FirehoseState, type Job, objectUuid } from '../model.ts';
import { partOf } from './destination.ts';
import { noteProblem } from './failing.ts';
import { newJob } from './jobs.ts';
import { backoff, planRetry } from './retrying.ts';
import { dataBytes, delivered, over, sizeOf } from './settling.ts';
import { targetOf } from './targets.ts';
import { formatted } from './timestamp.ts';
import { refusedOnPurpose } from './trouble.ts';

type Ctx = Context<FirehoseState>;

/** A COPY has run. */
export interface CopyDue extends Timer {
  readonly type: 'firehose/CopyDue';
  readonly job: number;
  readonly attempt: number;
}

export const tableOf = ({ destination }: DeliveryStream): string =>
  String(partOf(destination.config, 'CopyCommand').DataTableName);

/** A staged object waits for its turn. */
export function staged(context: Ctx, stream: DeliveryStream, from: Job): void {
  const { records, oldest, reason, place, key } = from;
  const job = newJob(context, stream, { purpose: 'data', step: 'copy', records, oldest, reason, place, key });
  stream.copies.push(job.id);
  if (stream.copies.length === 1) startCopy(context, job);
}

export function startCopy(context: Ctx, job: Job): void {
  job.attempt++;
  job.next = undefined;
  const takes = milliseconds(context.random('copies').integer(1_000, 5_000));
  const timer: CopyDue = { type: 'firehose/CopyDue', job: job.id, attempt: job.attempt };
  context.schedule(after(context.now, takes), timer);
}

export function copyDone(
  context: Ctx,
  stream: DeliveryStream,
  job: Job,
  write: (context: Ctx, stream: DeliveryStream, manifest: Job) => void,
): void {
  const { state, now } = context;
  const table = targetOf(state, 'table', tableOf(stream));
  if (!refusedOnPurpose(context, stream)) {
    table.records += job.records.length;
    table.bytes += dataBytes(job.records);
    table.loads++;
    countStream(state, stream, now, 'DeliveryToRedshift.Success', 1);
    delivered(context, stream, job.records, `table/${table.name}`);
    done(context, stream, job);
    return;
  }
  countStream(state, stream, now, 'DeliveryToRedshift.Success', 0);
  const problem = { code: 'Redshift.CopyFailed', message: 'COPY failed: the cluster refuses connections.' };
  const until = job.started + stream.destination.retry;
  if (planRetry(context, stream, job, problem, { wait: backoff(job.attempt, BACKOFF), until })) return;
  table.failed += job.records.length;
  skip(context, stream, job, write);
  done(context, stream, job);
}

function done(context: Ctx, stream: DeliveryStream, job: Job): void {
  over(context, stream, job);
  stream.copies.shift();
  const next = context.state.jobs.get(stream.copies[0] ?? -1);
  if (next !== undefined) startCopy(context, next);
}

/** What could not be loaded stays in S3, and a manifest lists it. */
function skip(
  context: Ctx,
  stream: DeliveryStream,
  job: Job,
  write: (context: Ctx, stream: DeliveryStream, manifest: Job) => void,
): void {
  const { state, now } = context;
  const { records, place, key = '', reason, oldest } = job;
  stream.counters.failed += records.length;
  stream.counters.failedBytes += sizeOf(records);
  const url = `s3://${place!.bucket}/${key}`;
  noteProblem(context, stream, 'Redshift.Skipped', `${url} was not loaded.`);
  emit(context, {
    type: 'firehose/RecordsFailed',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    result: 'redshift-failed',
    records: records.length,
  });
  const folder = formatted('yyyy/MM/dd/HH/', state.epoch + oldest);
  const name = `${stream.name}-${stream.version}-${formatted('yyyy-MM-dd-HH-mm-ss', state.epoch + now)}`;
  const uuid = objectUuid(state.seed, ++state.objectsMade);
  const manifest = newJob(context, stream, {
    purpose: 'backup',
    step: 's3',
    records: [],
    oldest,
    reason,
    place,
    key: `${place!.prefix ?? ''}errors/manifests/${folder}${name}-${uuid}`,
    body: utf8Bytes(JSON.stringify({ entries: [{ url, mandatory: true }] })),
  });
  write(context, stream, manifest);
}
