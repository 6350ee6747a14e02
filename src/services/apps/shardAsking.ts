/** What a reader of a shard asks Kinesis for, and its timers. */
import { utf8Text } from '../../contract/text.ts';
import { settingsOf } from '../../contract/world.ts';
import type { CallId, Context } from '../../engine/service.ts';
import { instant } from '../../engine/units.ts';
import { opened } from './aggregation.ts';
import { call } from './calling.ts';
import type { AppsState, Consumer } from './model.ts';
import type { HeldRecord, ShardReader } from './shardModel.ts';
import type { ShardDue, ShardToken } from './timers.ts';

export type AppsContext = Context<AppsState>;

export interface ListedShard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
}

export interface ReadAnswer {
  readonly Records: readonly {
    readonly SequenceNumber: string;
    readonly PartitionKey: string;
    readonly Data: Uint8Array;
    /** UTC milliseconds. */
    readonly ApproximateArrivalTimestamp: number;
  }[];
  readonly NextShardIterator?: string;
  readonly MillisBehindLatest?: number;
  readonly ChildShards?: readonly { readonly ShardId: string; readonly ParentShards: readonly string[] }[];
}

/** Who a reader is to Kinesis: one app reads all shards, or one worker of a group those whose leases it holds. */
export const nameOf = (app: Consumer, by = ''): string =>
  by !== '' ? by : app.kcl === undefined ? app.name : `${app.name}-1`;

export function turn(
  context: AppsContext,
  app: Consumer,
  reader: ShardReader,
  state: ShardReader['state'],
  until = context.now,
): void {
  reader.state = state;
  reader.turn = ++app.turns;
  reader.since = context.now;
  reader.until = until;
}

export function wake(context: AppsContext, app: Consumer, { shard, turn: at, until }: ShardReader): void {
  const timer: ShardDue = { type: 'app/ShardDue', app: app.name, life: app.life, shard, turn: at };
  context.schedule(until, timer);
}

function ask(
  context: AppsContext,
  app: Consumer,
  operation: string,
  input: object,
  at: Pick<ShardToken, 'shard' | 'turn'> & { readonly by?: string },
): CallId {
  const { shard, turn: turnNow } = at;
  const token: ShardToken = { type: 'shard', app: app.name, life: app.life, shard, turn: turnNow };
  return call(context, app, nameOf(app, at.by), operation, input, token, 'kinesis');
}

/** The shards that are open, or with trim-horizon those that are still kept. */
export function askShards(context: AppsContext, app: Consumer): void {
  const { reading, settings } = app;
  reading.turn = ++app.turns;
  const isFirst = reading.readers.size === 0 && reading.ended.size === 0;
  const input = {
    StreamName: settings.from.name,
    MaxResults: 10_000,
    ...(isFirst && settings.start === 'latest' && { ShardFilter: { Type: 'AT_LATEST' } }),
  };
  ask(context, app, 'ListShards', input, { shard: '', turn: reading.turn });
}

/** From after the newest record that is dealt with; without one, from when it looked last. */
export function askIterator(context: AppsContext, app: Consumer, reader: ShardReader): void {
  const { from, start } = app.settings;
  turn(context, app, reader, 'asking');
  const { epoch } = settingsOf(context);
  const where =
    reader.done !== ''
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: reader.done }
      : reader.issued > 0
        ? { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: epoch + reader.issued }
        : { ShardIteratorType: reader.isChild || start === 'trim-horizon' ? 'TRIM_HORIZON' : 'LATEST' };
  const input = { StreamName: from.name, ShardId: reader.shard, ...where };
  reader.call = ask(context, app, 'GetShardIterator', input, reader);
}

export function askRecords(context: AppsContext, app: Consumer, reader: ShardReader): void {
  turn(context, app, reader, 'reading');
  reader.asked = context.now;
  const input = { ShardIterator: reader.iterator, Limit: app.settings.batch };
  reader.call = ask(context, app, 'GetRecords', input, reader);
}

/** The records of an answer, in their order; aggregated ones are opened, as the KCL does. */
export function recordsOf(
  context: AppsContext,
  { settings: { failOn } }: Consumer,
  { Records }: ReadAnswer,
): readonly HeldRecord[] {
  const { epoch } = settingsOf(context);
  return Object.freeze(
    Records.flatMap(({ SequenceNumber: sequenceNumber, PartitionKey, Data, ApproximateArrivalTimestamp }) => {
      const arrived = instant(ApproximateArrivalTimestamp - epoch);
      const held = (key: string, data: Uint8Array): HeldRecord => ({
        sequenceNumber,
        key,
        arrived,
        poison: failOn !== undefined && (utf8Text(data) ?? '').includes(failOn),
      });
      const inside = opened(Data);
      if (inside === undefined) return Object.freeze(held(PartitionKey, Data));
      return inside.map(({ key, data }, sub) =>
        Object.freeze({ ...held(key, data), sub, isLastSub: sub === inside.length - 1 }),
      );
    }),
  );
}
