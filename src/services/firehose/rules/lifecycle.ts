/** Streams come, change their encryption and go; each takes a while. */
import { lifeTime } from '../../../contract/world.ts';
import type { Context, Timer } from '../../../engine/service.ts';
import { after, type Milliseconds } from '../../../engine/units.ts';
import { emit, FIREHOSE_PRINCIPAL } from '../events.ts';
import { endStream } from '../metrics.ts';
import type { DeliveryStream, FirehoseState } from '../model.ts';
import { isPipeline } from './buffering.ts';
import { keyOf, streamOfLife } from './lookup.ts';
import { lost } from './settling.ts';
import { endQuiet, startSource } from './source.ts';

type Ctx = Context<FirehoseState>;

export interface ChangeDue extends Timer {
  readonly type: 'firehose/ChangeDue';
  readonly stream: string;
  readonly life: number;
  readonly change: 'active' | 'gone' | 'encrypted' | 'plain';
}

export function planChange(
  context: Ctx,
  stream: DeliveryStream,
  change: ChangeDue['change'],
  wait: Milliseconds,
): void {
  const timer: ChangeDue = { type: 'firehose/ChangeDue', stream: keyOf(stream), life: stream.life, change };
  context.schedule(after(context.now, lifeTime(context, wait)), timer);
}

export function changeDue(context: Ctx, timer: ChangeDue): void {
  const stream = streamOfLife(context.state, timer);
  if (stream === undefined) return;
  switch (timer.change) {
    case 'active':
      if (stream.status !== 'CREATING') return;
      stream.status = 'ACTIVE';
      emit(context, { type: 'firehose/StreamActive', by: FIREHOSE_PRINCIPAL, delivery: stream.name });
      startSource(context, stream);
      break;
    case 'encrypted':
      if (stream.encryption.status === 'ENABLING') {
        stream.encryption = Object.freeze({ ...stream.encryption, status: 'ENABLED' });
      }
      break;
    case 'plain':
      if (stream.encryption.status === 'DISABLING') stream.encryption = Object.freeze({ status: 'DISABLED' });
      break;
    case 'gone':
      remove(context, stream);
  }
}

/** Firehose API Reference, DeleteDeliveryStream: data that wait may be lost. Here they are. */
function remove(context: Ctx, stream: DeliveryStream): void {
  const { state, now } = context;
  let count = 0;
  endQuiet(context, stream, false);
  const giveUp = (part: Parameters<typeof lost>[2]): void => {
    if (isPipeline(part.purpose)) count += part.records.length;
    lost(context, stream, part);
  };
  for (const { purpose, records } of stream.buffers.values())
    giveUp({ purpose, records, problem: undefined });
  stream.buffers.clear();
  for (const job of state.jobs.values()) {
    if (job.life !== stream.life) continue;
    giveUp({ ...job, problem: undefined });
    state.jobs.delete(job.id);
  }
  state.streams.delete(keyOf(stream));
  endStream(state, stream, now);
  emit(context, {
    type: 'firehose/StreamDeleted',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    lost: count,
  });
}
