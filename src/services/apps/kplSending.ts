/**
 * A producer that uses the Kinesis Producer Library: what falls due within the buffered time goes out in one
 * PutRecords, all user records of a shard in as few records as possible. Developer Guide, Develop producers using the
 * KPL. An explicit hash key sends an aggregated record to its shard.
 *
 * SIMPLER THAN AWS: its map of the shards is always the present one.
 */
import { md5Hex } from '../../contract/md5.ts';
import { settingsOf } from '../../contract/world.ts';
import type { Context } from '../../engine/service.ts';
import { AGGREGATE_BYTES_MAX, aggregate, RECORD_OVERHEAD, type UserRecord } from './aggregation.ts';
import { call } from './calling.ts';
import type { AppsState, Producer } from './model.ts';
import { dataOf } from './recordSending.ts';
import { fill } from './template.ts';
import type { SendToken } from './timers.ts';

/** CollectionMaxSize of the KPL is 5 MiB; here with room for keys. */
const COLLECTION_BYTES = 4_500_000;
const COLLECTION_MAX = 20_000;
/** Kinesis API Reference, PutRecords. */
const RECORDS_MAX = 500;

/** How many user records go out in one call at most. */
export function collectionMax({ settings: { size, body } }: Producer): number {
  const each = (size ?? 64 + body.parts.length * 32) + RECORD_OVERHEAD + 64;
  return Math.max(1, Math.min(COLLECTION_MAX, Math.floor(COLLECTION_BYTES / each)));
}

/** What it reads of Kinesis: the ranges of the open shards, as 32 hexadecimal digits. */
interface ShardMap {
  readonly streams: ReadonlyMap<
    string,
    {
      readonly shards: ReadonlyMap<
        number,
        { readonly start: string; readonly end: string; readonly closed: number | undefined }
      >;
    }
  >;
}

interface Group {
  readonly hashKey: string;
  readonly numbers: number[];
  readonly records: UserRecord[];
  bytes: number;
}

/** User records by shard, in pieces that fit into one record each. */
function groupsOf(context: Context<AppsState>, app: Producer, numbers: readonly number[]): Group[] {
  const { account } = settingsOf(context);
  const { to, key } = app.settings;
  const map = context.peek('kinesis') as ShardMap | undefined;
  const shards = [...(map?.streams.get(`${account}/${to.name}`)?.shards.values() ?? [])].filter(
    ({ closed }) => closed === undefined,
  );
  const groups: Group[] = [];
  const filling = new Map<string, Group>();
  for (const n of numbers) {
    const record = { key: fill(key, n), data: dataOf(app, n) };
    const hash = md5Hex(record.key);
    const start = shards.find((shard) => shard.start <= hash && hash <= shard.end)?.start ?? hash;
    const size = record.key.length * 3 + record.data.length + RECORD_OVERHEAD;
    let group = filling.get(start);
    if (group === undefined || group.bytes + size > AGGREGATE_BYTES_MAX) {
      group = { hashKey: BigInt(`0x${start}`).toString(), numbers: [], records: [], bytes: 0 };
      filling.set(start, group);
      groups.push(group);
    }
    group.numbers.push(n);
    group.records.push(record);
    group.bytes += size;
  }
  return groups;
}

/** One user record alone goes as it is. The token remembers which numbers are in which record. */
export function putAggregated(
  context: Context<AppsState>,
  app: Producer,
  numbers: readonly number[],
  token: SendToken,
): void {
  const groups = groupsOf(context, app, numbers);
  for (let from = 0; from < groups.length; from += RECORDS_MAX) {
    const some = groups.slice(from, from + RECORDS_MAX);
    const Records = some.map(({ hashKey, records }) => {
      const [first] = records;
      return records.length === 1
        ? { Data: first!.data, PartitionKey: first!.key }
        : { Data: aggregate(records), PartitionKey: 'a', ExplicitHashKey: hashKey };
    });
    const inRecords = some.map((group) => group.numbers);
    const mine: SendToken = { ...token, numbers: inRecords.flat(), inRecords };
    const input = { StreamName: app.settings.to.name, Records };
    call(context, app, app.name, 'PutRecords', input, mine, 'kinesis');
  }
}
