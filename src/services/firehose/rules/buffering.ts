/**
 * Buffers: opened by the first record, sent on when full or old enough, whichever comes first. Firehose Developer
 * Guide, Buffering hints. A timer runs only while a buffer holds something.
 */
import type { Context, Timer } from '../../../engine/service.ts';
import { instant, type Milliseconds, milliseconds } from '../../../engine/units.ts';
import { emit, FIREHOSE_PRINCIPAL } from '../events.ts';
import { ZERO_BUFFERING_WAIT } from '../limits.ts';
import { countStream, noteFreshness } from '../metrics.ts';
import {
  type Buffer,
  type DeliveryStream,
  type FirehoseRecord,
  type FirehoseState,
  type FlushReason,
  isError,
  type Purpose,
} from '../model.ts';
import type { Hints } from './destination.ts';
import { keyOf } from './lookup.ts';

export interface BufferDue extends Timer {
  readonly type: 'firehose/BufferDue';
  readonly stream: string;
  readonly life: number;
  readonly key: string;
  readonly buffer: number;
}

/** What is done with a buffer that is flushed. */
export type Sender = (
  context: Context<FirehoseState>,
  stream: DeliveryStream,
  buffer: Buffer,
  reason: FlushReason,
) => void;

/** Which hints hold for a buffer. */
function hintsOf({ destination }: DeliveryStream, purpose: Purpose): Hints {
  const { processing, hints, place, backup } = destination;
  if (purpose === 'transform') return processing.lambda ?? hints;
  if (purpose === 'data') return hints;
  if (purpose === 'backup') return (backup ?? place).hints;
  return place.hints;
}

const waitOf = ({ interval }: Hints): Milliseconds =>
  interval === 0 ? ZERO_BUFFERING_WAIT : milliseconds(interval);

export function bufferKey(purpose: Purpose, partition: Buffer['partition']): string {
  return partition === undefined ? purpose : `${purpose} ${JSON.stringify(partition)}`;
}

/** Puts a record into the buffer of its purpose; a full one is sent on at once. */
export function put(
  context: Context<FirehoseState>,
  stream: DeliveryStream,
  record: FirehoseRecord,
  where: { readonly purpose: Purpose; readonly partition?: Buffer['partition'] },
  send: Sender,
): void {
  const { purpose, partition } = where;
  const key = bufferKey(purpose, partition);
  const buffer = stream.buffers.get(key) ?? opened(context, stream, key, where, record);
  buffer.records.push(record);
  buffer.bytes += record.data.length;
  if (record.at < buffer.oldest) {
    buffer.oldest = record.at;
    noteFreshness(context, stream);
  }
  if (buffer.bytes >= buffer.sizeMax) flush(context, stream, key, 'size', send);
}

function opened(
  context: Context<FirehoseState>,
  stream: DeliveryStream,
  key: string,
  { purpose, partition }: { readonly purpose: Purpose; readonly partition?: Buffer['partition'] },
  { at }: FirehoseRecord,
): Buffer {
  const { state, now } = context;
  const hints = hintsOf(stream, purpose);
  const due = instant(now + waitOf(hints));
  const buffer: Buffer = {
    id: ++state.buffersMade,
    purpose,
    partition,
    records: [],
    bytes: 0,
    opened: now,
    oldest: at,
    due,
    sizeMax: hints.size,
    interval: hints.interval,
  };
  stream.buffers.set(key, buffer);
  noteFreshness(context, stream);
  const timer: BufferDue = {
    type: 'firehose/BufferDue',
    stream: keyOf(stream),
    life: stream.life,
    key,
    buffer: buffer.id,
  };
  context.schedule(due, timer);
  return buffer;
}

/** The first record is old enough; a buffer that was full before is another one by now. */
export function bufferDue(
  context: Context<FirehoseState>,
  stream: DeliveryStream,
  { key, buffer: id }: BufferDue,
  send: Sender,
): void {
  const buffer = stream.buffers.get(key);
  if (buffer?.id !== id) return;
  flush(context, stream, key, buffer.interval === 0 ? 'off' : 'interval', send);
}

function flush(
  context: Context<FirehoseState>,
  stream: DeliveryStream,
  key: string,
  reason: FlushReason,
  send: Sender,
): void {
  const buffer = stream.buffers.get(key)!;
  stream.buffers.delete(key);
  Object.freeze(buffer.records);
  const { purpose, records, bytes } = buffer;
  emit(context, {
    type: 'firehose/BufferFlushed',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    reason,
    purpose,
    records: records.length,
    bytes,
  });
  if (stream.destination.partitioned && purpose === 'data') {
    countStream(context.state, stream, context.now, 'PartitionCount', activePartitions(stream));
  }
  send(context, stream, buffer, reason);
  noteFreshness(context, stream);
}

export const activePartitions = ({ buffers }: DeliveryStream): number => {
  let count = 0;
  for (const { purpose, partition } of buffers.values()) {
    if (purpose === 'data' && partition !== undefined) count++;
  }
  return count;
};

/** Does this purpose hold records that are not counted elsewhere yet? */
export const isPipeline = (purpose: Purpose): boolean => purpose !== 'backup' && !isError(purpose);
