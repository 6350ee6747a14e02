/** Readers that wait for the next record of a shard: told at the put, so that nobody has to ask meanwhile. */
import type { RecordsArrived, WaitForRecords } from '../../../contract/streamWaiting.ts';
import type { Context } from '../../../engine/service.ts';
import { type KinesisState, type Shard, type Stream, shardId, type WaitingReader } from '../model.ts';
import { iteratorText, readIterator } from './iterator.ts';
import { nextNumber } from './shardLog.ts';

type Ctx = Context<KinesisState>;

/** A reader begins to wait; it is told at once when there is something already. */
export function waitForRecords(context: Ctx, { to, reader, iterator: text }: WaitForRecords): void {
  const { state } = context;
  const iterator = readIterator(state.seed, text);
  if (iterator === undefined) return;
  const { shard: number, position } = iterator;
  const stream = state.streams.get(iterator.stream);
  const isThere = stream?.order === iterator.order;
  const waiting: WaitingReader = Object.freeze({ to, reader, shard: number, position });
  if (!isThere || hasNews(stream.shards.get(number), position)) {
    tell(context, isThere ? stream : undefined, waiting);
    return;
  }
  const others = (state.waiting.get(stream.key) ?? []).filter(
    (one) => one.to !== to || one.reader !== reader || one.shard !== number,
  );
  state.waiting.set(stream.key, Object.freeze([...others, waiting]));
}

/** A shard that was trimmed away is news, too. */
const hasNews = (shard: Shard | undefined, position: number): boolean =>
  shard === undefined || shard.closed !== undefined || position < nextNumber(shard.log);

/** After puts, and after a split or merge. */
export function wakeReaders(context: Ctx, stream: Stream): void {
  const { waiting } = context.state;
  const all = waiting.get(stream.key);
  if (all === undefined) return;
  const still = all.filter(({ shard, position }) => !hasNews(stream.shards.get(shard), position));
  if (still.length === all.length) return;
  if (still.length === 0) waiting.delete(stream.key);
  else waiting.set(stream.key, Object.freeze(still));
  for (const one of all) if (!still.includes(one)) tell(context, stream, one);
}

/** The stream is gone: nobody waits for it. */
export function dismissReaders(context: Ctx, stream: Stream): void {
  const { waiting } = context.state;
  const all = waiting.get(stream.key) ?? [];
  waiting.delete(stream.key);
  for (const one of all) tell(context, undefined, one);
}

function tell(
  context: Ctx,
  stream: Stream | undefined,
  { to, reader, shard, position }: WaitingReader,
): void {
  const { state, now } = context;
  const payload: RecordsArrived = Object.freeze({
    type: 'RecordsArrived',
    reader,
    shardId: shardId(shard),
    iterator:
      stream &&
      iteratorText(state.seed, { issued: now, stream: stream.key, order: stream.order, shard, position }),
  });
  context.deliver({ to, from: 'kinesis', payload });
}
