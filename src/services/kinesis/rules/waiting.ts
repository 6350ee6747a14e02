/** Readers that wait for the next record of a shard: told at the put, so that nobody has to ask meanwhile. */
import {
  READ_STEP,
  type ReadsSkipped,
  type RecordsArrived,
  readsSince,
  type WaitForRecords,
} from '../../../contract/streamWaiting.ts';
import type { Context } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import { shardLimits } from '../limits.ts';
import { countSkipped } from '../metrics.ts';
import { type KinesisState, type Shard, type Stream, shardId, type WaitingReader } from '../model.ts';
import { iteratorText, readIterator } from './iterator.ts';
import { nextNumber } from './shardLog.ts';

type Ctx = Context<KinesisState>;

/** A reader begins to wait; it is told at once when there is something already. */
export function waitForRecords(context: Ctx, { to, reader, iterator: text, asked }: WaitForRecords): void {
  const { state } = context;
  const iterator = readIterator(state.seed, text);
  if (iterator === undefined) return;
  const { shard: number, position } = iterator;
  const stream = state.streams.get(iterator.stream);
  const isThere = stream?.order === iterator.order;
  const waiting: WaitingReader = Object.freeze({ to, reader, shard: number, position, asked });
  if (!isThere || hasNews(stream.shards.get(number), position)) {
    tell(context, isThere ? stream : undefined, waiting);
    return;
  }
  const others = (state.waiting.get(stream.key) ?? []).filter(
    (one) => one.to !== to || one.reader !== reader || one.shard !== number,
  );
  state.waiting.set(stream.key, Object.freeze([...others, waiting]));
  const counted = others.filter((one) => one.shard === number && one.asked !== undefined).length + 1;
  if (counted > shardLimits(state.limits).calls) wakeAll(context, stream, number);
}

/** A reader asks again: what it left out is counted, in metrics and on the bill. */
export function readsSkipped(context: Ctx, { to, reader, iterator: text, count }: ReadsSkipped): void {
  const { state, now } = context;
  const iterator = readIterator(state.seed, text);
  const stream = iterator && state.streams.get(iterator.stream);
  if (stream?.order !== iterator?.order || stream === undefined) return;
  const shard = stream.shards.get(iterator!.shard);
  const all = state.waiting.get(stream.key) ?? [];
  keep(
    state,
    stream,
    all.filter((one) => one.to !== to || one.reader !== reader || one.shard !== iterator!.shard),
  );
  if (shard === undefined || count === 0) return;
  state.used.getRecords += count;
  countSkipped(state, stream, shard, now, count);
}

/** Somebody else reads the shard: those who wait have read it in this second, too, and will. */
export function shareReads(context: Ctx, stream: Stream, shard: Shard): void {
  const { state, now } = context;
  const all = state.waiting.get(stream.key);
  if (all === undefined) return;
  const counted = all.filter((one) => one.shard === shard.number && one.asked !== undefined);
  const second = Math.floor(now / SECOND_MS);
  const calls = shard.read.second === second ? shard.read.calls : 0;
  if (counted.length === 0 || calls + counted.length < shardLimits(state.limits).calls) return;
  wakeAll(context, stream, shard.number);
  if (shard.read.second !== second) Object.assign(shard.read, { second, calls: 0, bytes: 0, iterators: 0 });
  shard.read.calls += counted.filter((one) => hasReadInSecond(one.asked!, now)).length;
}

const SECOND_MS: number = READ_STEP;

/** Would it have read in this second, before now? One that is due now reads for itself; the last one that it made is counted. */
function hasReadInSecond(asked: Instant, now: Instant): boolean {
  const start = Math.floor(now / SECOND_MS) * SECOND_MS;
  return asked < start && asked % SECOND_MS < now % SECOND_MS;
}

/** Each of them reads for itself again, at its next turn. */
function wakeAll(context: Ctx, stream: Stream, shard: number): void {
  const { state } = context;
  const all = state.waiting.get(stream.key) ?? [];
  const woken = all.filter((one) => one.shard === shard && one.asked !== undefined);
  keep(
    state,
    stream,
    all.filter((one) => !woken.includes(one)),
  );
  for (const one of woken) tell(context, stream, one);
}

function keep({ waiting }: KinesisState, { key }: Stream, still: readonly WaitingReader[]): void {
  if (still.length === 0) waiting.delete(key);
  else waiting.set(key, Object.freeze(still));
}

/** How often those who wait would have asked since they began, for the bill. */
export function quietReads({ waiting }: KinesisState, now: Instant): number {
  let reads = 0;
  for (const all of waiting.values()) {
    for (const { asked } of all) if (asked !== undefined) reads += readsSince(asked, now);
  }
  return reads;
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
  keep(context.state, stream, still);
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
