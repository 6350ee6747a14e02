/** Changes that come, readers that wait for them, and the places in a stream that readers hold. */
import type { RecordsArrived, WaitForRecords } from '../../contract/streamWaiting.ts';
import type { TableNews } from '../../contract/tableStreams.ts';
import type { Context } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import { expiredIterator } from './errors.ts';
import { type StreamsState, shardOf, type TableStream, tableStreamArn } from './model.ts';

type Ctx = Context<StreamsState>;

/** DynamoDB Developer Guide, Change data capture for DynamoDB Streams: 24 hours; an iterator lasts 15 minutes. */
const KEPT_MS = 24 * 3_600_000;
const ITERATOR_MS = 15 * 60_000;

export function tableNews(context: Ctx, news: TableNews): void {
  const { state, now } = context;
  const stream = state.streams.get(news.table);
  switch (news.type) {
    case 'TableStreamOpened':
      state.streams.set(news.table, {
        table: news.table,
        arn: tableStreamArn(state, news.table, now),
        view: news.view,
        created: now,
        records: Object.freeze([]),
        made: 0,
        waiting: new Map(),
      });
      return;
    case 'TableStreamClosed':
      if (stream === undefined) return;
      state.streams.delete(news.table);
      for (const one of stream.waiting.values()) wake(context, stream, one, true);
      return;
    case 'ItemWritten': {
      if (stream === undefined) return;
      const record = Object.freeze({ number: ++stream.made, at: now, keys: news.keys, item: news.item });
      stream.records = Object.freeze([...keptIn(stream, now), record]);
      const waiting = [...stream.waiting.values()];
      stream.waiting.clear();
      for (const one of waiting) wake(context, stream, one, false);
    }
  }
}

export const keptIn = ({ records }: TableStream, now: Instant): TableStream['records'] =>
  records.length > 0 && now - records[0]!.at >= KEPT_MS
    ? records.filter(({ at }) => now - at < KEPT_MS)
    : records;

function wake(
  context: Ctx,
  stream: TableStream,
  { to, reader, position }: { readonly to: string; readonly reader: string; readonly position: number },
  isGone: boolean,
): void {
  const payload: RecordsArrived = Object.freeze({
    type: 'RecordsArrived',
    reader,
    shardId: shardOf(context.state, stream),
    iterator: isGone ? undefined : iteratorAt(stream, position, context.now),
  });
  context.deliver({ to, from: 'dynamodbstreams', payload });
}

export function waitFor(context: Ctx, { to, reader, iterator }: WaitForRecords): void {
  const { stream, position } = placeOf(context, iterator);
  if (stream === undefined) return;
  const one = Object.freeze({ to, reader, position });
  if (stream.made >= position) wake(context, stream, one, false);
  else stream.waiting.set(`${to}/${reader}`, one);
}

/** ARN, number of the next record, and when it was issued. */
export const iteratorAt = ({ arn }: TableStream, position: number, now: Instant): string =>
  `${arn}|1|${position}.${now}`;

export function placeOf(
  { state, now }: Pick<Ctx, 'state' | 'now'>,
  iterator: string,
): { readonly stream: TableStream | undefined; readonly position: number } {
  const [, arn = '', position = '', issued = ''] =
    /^(arn:.+)\|1\|(\d{1,12})\.(\d{1,15})$/u.exec(iterator) ?? [];
  const stream = [...state.streams.values()].find((one) => one.arn === arn);
  if (stream !== undefined && now - Number(issued) > ITERATOR_MS) throw expiredIterator();
  return { stream, position: Number(position) };
}
