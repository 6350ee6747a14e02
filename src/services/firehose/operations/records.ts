/** Records are put: one, or up to five hundred, of which some may be refused. */
import {
  PutRecord$,
  PutRecordBatch$,
  type PutRecordBatchInput,
  type PutRecordInput,
} from '@aws-sdk/client-firehose';
import { utf8Bytes } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { firehoseOperation, STREAM_NAME } from '../define.ts';
import { invalidArgument, notOnSource, notReady, slowDown } from '../errors.ts';
import { emit } from '../events.ts';
import { BATCH_BYTES_MAX } from '../limits.ts';
import { countStream } from '../metrics.ts';
import { type DeliveryStream, type FirehoseState, recordIdOf } from '../model.ts';
import { send } from '../rules/dispatch.ts';
import { streamNamed } from '../rules/lookup.ts';
import { takeIn } from '../rules/pipeline.ts';
import { type Gauge, gaugeWords, takeRecord, takeRequest } from '../rules/throughput.ts';

type Ctx = Context<FirehoseState>;

/** Services may hand data over as text. */
const dataOf = (record: { readonly Data?: Uint8Array | string | undefined } | undefined): Uint8Array => {
  const data = record?.Data ?? '';
  return typeof data === 'string' ? utf8Bytes(data) : data;
};

/** A stream that takes puts now, and has a request left in this second. */
function writable(context: Ctx, name: string): DeliveryStream {
  const stream = streamNamed(context, name);
  if (stream.source !== undefined) throw notOnSource(stream.type);
  if (stream.status !== 'ACTIVE') throw notReady(stream.name, stream.status);
  return stream;
}

const isEncrypted = ({ encryption }: DeliveryStream): boolean =>
  encryption.status === 'ENABLED' || encryption.status === 'DISABLING';

function throttled(context: Ctx, stream: DeliveryStream, gauge: Gauge, records: number): void {
  const { state, now, caller } = context;
  stream.counters.throttled += records;
  countTraffic(stream.refusals, now, records);
  countStream(state, stream, now, 'ThrottledRecords', records);
  emit(context, {
    type: 'firehose/Throttled',
    by: caller.by,
    delivery: stream.name,
    records,
    meter: gauge.meter,
  });
}

function counted(
  context: Ctx,
  stream: DeliveryStream,
  operation: string,
  records: number,
  bytes: number,
): void {
  const { state, now, caller } = context;
  stream.counters.requests++;
  countStream(state, stream, now, 'IncomingPutRequests');
  countStream(state, stream, now, 'IncomingRecords', records);
  countStream(state, stream, now, 'IncomingBytes', bytes);
  countStream(state, stream, now, `${operation}.Requests`);
  countStream(state, stream, now, `${operation}.Bytes`, bytes);
  if (records === 0) return;
  emit(context, { type: 'firehose/RecordsPut', by: caller.by, delivery: stream.name, records, bytes });
}

export const putRecord = firehoseOperation<PutRecordInput>(PutRecord$, {
  summary: 'Puts one record into a delivery stream.',
  members: {
    DeliveryStreamName: STREAM_NAME,
    Record: { purpose: 'the data, Data=…; no delimiter is added' },
  },
  handle(context, { DeliveryStreamName, Record }) {
    const { state, now } = context;
    const stream = writable(context, DeliveryStreamName!);
    const data = dataOf(Record);
    const full = takeRequest(state, stream, now) ?? takeRecord(state, stream, data.length, now);
    if (full !== undefined) {
      throttled(context, stream, full, 1);
      throw slowDown(gaugeWords(full));
    }
    counted(context, stream, 'PutRecord', 1, data.length);
    const record = takeIn(context, stream, { data, at: now }, send);
    return { RecordId: recordIdOf(record), Encrypted: isEncrypted(stream) };
  },
});

export const putRecordBatch = firehoseOperation<PutRecordBatchInput>(PutRecordBatch$, {
  summary: 'Puts up to 500 records; look at FailedPutCount, some may be refused.',
  members: {
    DeliveryStreamName: STREAM_NAME,
    Records: { purpose: 'the records, Data=…', min: 1, max: 500, unit: 'entries' },
  },
  handle(context, { DeliveryStreamName, Records = [] }) {
    const { state, now } = context;
    const stream = writable(context, DeliveryStreamName!);
    const all = Records.map(dataOf);
    const total = all.reduce((sum, { length }) => sum + length, 0);
    if (total > BATCH_BYTES_MAX) {
      // UNSURE: the sentence.
      throw invalidArgument(
        'Records size exceeds 4 MB limit',
        `The batch has ${total} of ${BATCH_BYTES_MAX} bytes.`,
      );
    }
    const none = takeRequest(state, stream, now);
    if (none !== undefined) {
      throttled(context, stream, none, all.length);
      throw slowDown(gaugeWords(none));
    }
    let full: Gauge | undefined;
    let failed = 0;
    let bytes = 0;
    const RequestResponses = all.map((data) => {
      const gauge = takeRecord(state, stream, data.length, now);
      if (gauge !== undefined) {
        full = gauge;
        failed++;
        return { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };
      }
      bytes += data.length;
      return { RecordId: recordIdOf(takeIn(context, stream, { data, at: now }, send)) };
    });
    counted(context, stream, 'PutRecordBatch', all.length - failed, bytes);
    countStream(state, stream, now, 'PutRecordBatch.Records', all.length - failed);
    if (full !== undefined) throttled(context, stream, full, failed);
    return { FailedPutCount: failed, Encrypted: isEncrypted(stream), RequestResponses };
  },
});
