/** Where records end: delivered, dropped or lost; what is written is told and counted. */
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { emit, FIREHOSE_PRINCIPAL } from '../events.ts';
import { WRITTEN_KEPT } from '../limits.ts';
import { countStream, deliveryPrefix, noteFreshness } from '../metrics.ts';
import type { DeliveryStream, FirehoseRecord, FirehoseState, Job, Written } from '../model.ts';
import { isError } from '../model.ts';
import { isPipeline } from './buffering.ts';
import { spansOf } from './spans.ts';

type Ctx = Context<FirehoseState>;

export const sizeOf = (records: readonly FirehoseRecord[]): number =>
  records.reduce((sum, { size }) => sum + size, 0);

export const dataBytes = (records: readonly FirehoseRecord[]): number =>
  records.reduce((sum, { data }) => sum + data.length, 0);

/** They are where they were to go. */
export function delivered(
  context: Ctx,
  stream: DeliveryStream,
  records: readonly FirehoseRecord[],
  to: string,
): void {
  if (records.length === 0) return;
  const { state, now } = context;
  const { counters, outgoing, destination } = stream;
  const bytes = dataBytes(records);
  counters.delivered += records.length;
  counters.deliveredBytes += sizeOf(records);
  countTraffic(outgoing, now, records.length);
  const prefix = deliveryPrefix(destination.kind);
  countStream(state, stream, now, `${prefix}.Records`, records.length);
  countStream(state, stream, now, `${prefix}.Bytes`, bytes);
  if (destination.kind === 's3') return;
  emit(context, {
    type: 'firehose/RecordsDelivered',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    to,
    records: records.length,
    bytes,
  });
}

export function dropped(stream: DeliveryStream, records: readonly FirehoseRecord[]): void {
  stream.counters.dropped += records.length;
  stream.counters.droppedBytes += sizeOf(records);
}

/** Given up. What had failed before is not in the error prefix either: it is lost instead. */
export function lost(
  context: Ctx,
  stream: DeliveryStream,
  { purpose, records, problem }: Pick<Job, 'purpose' | 'records' | 'problem'>,
): void {
  const { counters } = stream;
  if (records.length === 0) return;
  const bytes = sizeOf(records);
  if (isError(purpose)) {
    counters.failed -= records.length;
    counters.failedBytes -= bytes;
  }
  if (purpose !== 'backup') {
    counters.lost += records.length;
    counters.lostBytes += bytes;
  }
  emit(context, {
    type: 'firehose/RecordsLost',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    result: problem ?? 'the delivery stream was deleted',
    records: records.length,
  });
}

/** An object is in its bucket. */
export function written(context: Ctx, stream: DeliveryStream, job: Job, bytes: number): void {
  const { now, state } = context;
  const { purpose, records, reason, key = '', place } = job;
  const bucket = place?.bucket ?? '';
  const { counters } = stream;
  counters.objects++;
  const object: Written = Object.freeze({
    at: now,
    bucket,
    key,
    records: records.length,
    bytes,
    reason,
    purpose,
  });
  stream.written = [...stream.written.slice(1 - WRITTEN_KEPT), object];
  const backup = purpose !== 'data';
  const spans = spansOf(stream, records);
  if (backup) {
    counters.backedUp += records.length;
    counters.backedUpBytes += sizeOf(records);
    countStream(state, stream, now, 'BackupToS3.Records', records.length);
    countStream(state, stream, now, 'BackupToS3.Bytes', bytes);
    countStream(state, stream, now, 'BackupToS3.Success', 1);
  } else {
    countStream(state, stream, now, 'DeliveryToS3.ObjectCount');
    countStream(state, stream, now, 'DeliveryToS3.Success', 1);
  }
  emit(context, {
    type: backup ? 'firehose/BackedUp' : 'firehose/ObjectDelivered',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    bucket,
    key,
    records: records.length,
    bytes,
    reason,
    result: purpose,
    ...(spans !== undefined && { spans }),
  });
}

/** A job is over, however it ended. */
export function over(context: Ctx, stream: DeliveryStream, job: Job): void {
  context.state.jobs.delete(job.id);
  if (isPipeline(job.purpose)) noteFreshness(context, stream);
}
