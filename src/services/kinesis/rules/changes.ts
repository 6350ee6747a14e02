/** A stream's status: changes that take seconds, and what is done when they are over. */
import { lifeTime } from '../../../contract/world.ts';
import { unreachable } from '../../../engine/assert.ts';
import type { Context } from '../../../engine/service.ts';
import { after, type Milliseconds } from '../../../engine/units.ts';
import { emit, KINESIS_PRINCIPAL } from '../events.ts';
import { shardLimits } from '../limits.ts';
import { endStream, reportStream } from '../metrics.ts';
import { addShard, type Change, type KinesisState, type Stream } from '../model.ts';
import { accrue, settleBill } from './billing.ts';
import { seedPeak } from './capacity.ts';
import { evenRanges } from './hashRange.ts';
import { endSubscriptions, wakeSubscriptions } from './pushing.ts';
import { mergeShards, scaleUniformly, splitShard } from './resharding.ts';
import { dismissReaders, wakeReaders } from './waiting.ts';

type Ctx = Context<KinesisState>;

export interface StreamDue {
  readonly type: 'kinesis/StreamDue';
  readonly stream: string;
  readonly order: number;
}

const STATUS = { create: 'CREATING', delete: 'DELETING' } as const;

/** The change begins; it is done after `wait`. */
export function begin(context: Ctx, stream: Stream, to: Change, wait: Milliseconds): void {
  const at = after(context.now, lifeTime(context, wait));
  stream.status = to.type === 'create' || to.type === 'delete' ? STATUS[to.type] : 'UPDATING';
  stream.change = Object.freeze({ to: Object.freeze(to), at, by: context.caller.by });
  context.schedule(at, { type: 'kinesis/StreamDue', stream: stream.key, order: stream.order } as StreamDue);
}

export function streamDue(context: Ctx, { stream: key, order }: StreamDue): void {
  const { state, now } = context;
  const stream = state.streams.get(key);
  // It may have been deleted meanwhile, or another change begun.
  if (stream?.order !== order || stream.change === undefined || stream.change.at > now) return;
  const { to, by } = stream.change;
  accrue(stream, now);
  stream.change = undefined;
  if (to.type === 'delete') {
    remove(context, stream);
    return;
  }
  stream.status = 'ACTIVE';
  apply(context, stream, to, by);
  wakeReaders(context, stream);
  wakeSubscriptions(context, stream);
}

function remove(context: Ctx, stream: Stream): void {
  const { state, now } = context;
  endSubscriptions(context, stream);
  dismissReaders(context, stream);
  settleBill(state, stream, now);
  endStream(state, stream, now);
  state.streams.delete(stream.key);
  emit(context, { type: 'kinesis/StreamDeleted', by: KINESIS_PRINCIPAL, stream: stream.name });
}

function apply(context: Ctx, stream: Stream, to: Exclude<Change, { type: 'delete' }>, by: string): void {
  const { state, now } = context;
  switch (to.type) {
    case 'create':
      for (const range of evenRanges(to.shards)) addShard(stream, { ...range, parents: [] }, now);
      reportStream(state, stream, now);
      emit(context, { type: 'kinesis/StreamActive', by: KINESIS_PRINCIPAL, stream: stream.name });
      return;
    case 'split':
      splitShard(context, stream, stream.shards.get(to.shard)!, { at: to.at, by });
      return;
    case 'merge':
      mergeShards(context, stream, [stream.shards.get(to.shard)!, stream.shards.get(to.other)!], by);
      return;
    case 'count':
      scaleUniformly(context, stream, to.target, by);
      return;
    case 'mode':
      if (to.mode === 'ON_DEMAND') seedPeak(stream, shardLimits(state.limits), now);
      stream.mode = to.mode;
      return;
    case 'encryption':
      stream.keyId = to.keyId;
      return;
    case 'recordSize':
      stream.recordKiB = to.kib;
      return;
    default:
      unreachable(to);
  }
}
