/**
 * The way of a record: taken in, taken apart, through the function, to its partition, into the buffer of the
 * destination. Firehose Developer Guide, the order of processors.
 */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { BILLED_STEP, roundedUp } from '../../../contract/usage.ts';
import type { Context } from '../../../engine/service.ts';
import { decompressed, joined } from '../codecs/compress.ts';
import { countStream } from '../metrics.ts';
import { type DeliveryStream, type FirehoseRecord, type FirehoseState, type Origin, use } from '../model.ts';
import { put, type Sender } from './buffering.ts';
import { fail } from './failing.ts';
import { jsonValues } from './jsonValues.ts';
import { EXCEEDED, partitionOf } from './partitioning.ts';

type Ctx = Context<FirehoseState>;

export interface Incoming {
  readonly data: Uint8Array;
  readonly at: FirehoseRecord['at'];
  readonly origin?: Origin;
}

/** A record is accepted. */
export function takeIn(
  context: Ctx,
  stream: DeliveryStream,
  incoming: Incoming,
  send: Sender,
): FirehoseRecord {
  const { state, now } = context;
  const { data, at, origin } = incoming;
  const record: FirehoseRecord = Object.freeze({
    number: ++state.recordsMade,
    at,
    data,
    size: data.length,
    origin,
  });
  const { counters, destination } = stream;
  counters.records++;
  counters.bytes += data.length;
  countTraffic(stream.incoming, now);
  countTraffic(stream.incomingBytes, now, data.length);
  const billed = roundedUp(data.length, BILLED_STEP.firehoseRecord);
  counters.billedBytes += billed;
  use(state, 'firehose/ingested-data', billed);
  if (destination.backup !== undefined) put(context, stream, record, { purpose: 'backup' }, send);
  for (const part of apart(context, stream, record, send)) {
    if (destination.processing.lambda === undefined) enter(context, stream, part, undefined, send);
    else put(context, stream, part, { purpose: 'transform' }, send);
  }
  return record;
}

/** Decompressed, and one record for each in it; nothing when that failed. */
function apart(
  context: Ctx,
  stream: DeliveryStream,
  record: FirehoseRecord,
  send: Sender,
): readonly FirehoseRecord[] {
  const { decompress, messages, split } = stream.destination.processing;
  if (!decompress && !messages && split === undefined) return [record];
  let data = record.data;
  if (decompress) {
    const whole = decompressed(data);
    if (whole === undefined) {
      const message = 'Data is not in GZIP format.';
      failOne(context, stream, record, 'Decompression.InvalidData', message, send);
      return [];
    }
    data = whole;
    use(context.state, 'firehose/decompression', data.length);
  }
  if (messages) data = messagesOf(data) ?? data;
  if (split === undefined) return [Object.freeze({ ...record, data })];
  const parts = split.type === 'JSON' ? jsonParts(data) : delimited(data, split.delimiter);
  if (parts === undefined) {
    const message = 'The record is not JSON objects in a row.';
    failOne(context, stream, record, 'DeAggregation.InvalidData', message, send);
    return [];
  }
  return divided(context, stream, record, parts);
}

const failOne = (
  context: Ctx,
  stream: DeliveryStream,
  record: FirehoseRecord,
  code: string,
  message: string,
  send: Sender,
): void => fail(context, stream, [record], 'processing-failed', { code, message, attempts: 1 }, send);

/** The bytes that came in are divided between the parts; the last one has the rest. */
function divided(
  { state }: Ctx,
  stream: DeliveryStream,
  record: FirehoseRecord,
  parts: readonly Uint8Array[],
): readonly FirehoseRecord[] {
  if (parts.length === 0) return [record];
  stream.counters.split += parts.length - 1;
  let rest = record.size;
  return parts.map((data, index) => {
    const size = index === parts.length - 1 ? rest : Math.min(rest, data.length);
    rest -= size;
    return Object.freeze({
      ...record,
      number: index === 0 ? record.number : ++state.recordsMade,
      data,
      size,
    });
  });
}

/** What CloudWatch Logs sends: only the texts of its events, a line each. */
function messagesOf(data: Uint8Array): Uint8Array | undefined {
  const values = jsonValues(utf8Text(data) ?? '');
  const events = values?.flatMap((value) => {
    const { logEvents } = (value ?? {}) as { logEvents?: readonly { readonly message?: string }[] };
    return Array.isArray(logEvents) ? logEvents : [];
  });
  if (events === undefined || events.length === 0) return undefined;
  return utf8Bytes(events.map(({ message = '' }) => `${message}\n`).join(''));
}

function jsonParts(data: Uint8Array): Uint8Array[] | undefined {
  const values = jsonValues(utf8Text(data) ?? '');
  return values
    ?.flatMap((value) => (Array.isArray(value) ? value : [value]))
    .map((value) => utf8Bytes(JSON.stringify(value)));
}

function delimited(data: Uint8Array, delimiter: string): Uint8Array[] | undefined {
  return utf8Text(data)
    ?.split(delimiter)
    .filter((part) => part !== '')
    .map(utf8Bytes);
}

/** After the function: the delimiter, the partition, and the buffer of the destination. */
export function enter(
  context: Ctx,
  stream: DeliveryStream,
  record: FirehoseRecord,
  keys: Readonly<Record<string, unknown>> | undefined,
  send: Sender,
): void {
  const { partitioned, processing } = stream.destination;
  const partition = partitioned ? partitionOf(context, stream, record, keys) : undefined;
  if (partition !== undefined && 'problem' in partition) {
    if (partition.code === EXCEEDED)
      countStream(context.state, stream, context.now, 'PartitionCountExceeded');
    failOne(context, stream, record, partition.code, partition.problem, send);
    return;
  }
  const { delimiter } = processing;
  const whole =
    delimiter === undefined
      ? record
      : Object.freeze({ ...record, data: joined([record.data, utf8Bytes(delimiter)]) });
  put(context, stream, whole, { purpose: 'data', partition: partition?.keys }, send);
}
