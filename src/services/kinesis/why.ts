/** Why Kinesis refused a put or a read, or gave nothing: which meter, which shard, which key, and when it changes. */
import {
  counted,
  helps,
  helpsNot,
  lasting,
  mayHelp,
  sized,
  type Why,
  type WhyGround,
  type WhyQuestion,
  type WhyRow,
} from '../../contract/why.ts';
import { several } from '../../contract/whyWords.ts';
import { instant } from '../../engine/units.ts';
import { ITERATOR_LIFE, shardLimits } from './limits.ts';
import type { KinesisState, Shard, Stream } from './model.ts';
import { shardOfHash, shardOfKey, toHash } from './rules/hashRange.ts';
import { readIterator } from './rules/iterator.ts';
import { sizeOf } from './rules/putting.ts';
import { behindOf } from './rules/reading.ts';
import { horizon, trimmedOf } from './rules/retention.ts';
import { nextNumber } from './rules/shardLog.ts';
import { fullRead, hasTank, putClears, secondOf } from './rules/throughput.ts';
import { remediesFor } from './whyKeys.ts';
import { limited } from './whyLimits.ts';
import { RULES } from './whyRules.ts';
import { whyResource } from './whyStanding.ts';

type Ground = WhyGround<KinesisState>;
type CallQuestion = WhyQuestion & { readonly type: 'call' };

interface Input {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly PartitionKey?: string;
  readonly ExplicitHashKey?: string;
  readonly Data?: Uint8Array;
  readonly Records?: readonly Required<Pick<Input, 'PartitionKey' | 'Data'>>[];
  readonly ShardIterator?: string;
  readonly ShardToSplit?: string;
  readonly TargetShardCount?: number;
}

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  switch (question.type) {
    case 'call':
      return question.request.service === 'kinesis' ? whyCall(ground, question) : undefined;
    case 'resource':
      return whyResource(ground, question.id);
    case 'message':
      return undefined;
  }
}

/** An answer in which records failed, or that brought none. */
export function wonders({ operation }: { readonly operation: string }, output: object): boolean {
  const { FailedRecordCount = 0, Records } = output as {
    readonly FailedRecordCount?: number;
    readonly Records?: readonly unknown[];
  };
  return (
    (operation === 'PutRecords' && FailedRecordCount > 0) ||
    (operation === 'GetRecords' && Records?.length === 0)
  );
}

function whyCall(ground: Ground, { request, outcome }: CallQuestion): Why | undefined {
  const input = request.input as Input;
  const stream = streamOf(ground, input, request.caller.account);
  if (stream === undefined) return undefined;
  const { operation } = request;
  if (outcome.ok) {
    if (!wonders(request, outcome.output)) return undefined;
    return operation === 'PutRecords'
      ? batchFailed(ground, stream, input, outcome.output)
      : emptyRead(ground, stream, input);
  }
  switch (outcome.refusal.code) {
    case 'ProvisionedThroughputExceededException':
      return input.ShardIterator === undefined && operation === 'PutRecord'
        ? putRefused(ground, stream, input)
        : readRefused(ground, stream, input, outcome.refusal.why);
    case 'ExpiredIteratorException':
      return expired(ground, stream, input);
    case 'LimitExceededException':
      return limited(ground, stream, operation, input);
    default:
      return undefined;
  }
}

function streamOf({ state }: Ground, input: Input, account: string): Stream | undefined {
  const { StreamName, StreamARN, ShardIterator } = input;
  if (ShardIterator !== undefined) {
    return state.streams.get(readIterator(state.seed, ShardIterator)?.stream ?? '');
  }
  const name = StreamName ?? StreamARN?.slice(StreamARN.indexOf('/') + 1) ?? '';
  return state.streams.get(`${account}/${name}`);
}

const keyed = (stream: Stream, { PartitionKey = '', ExplicitHashKey }: Input): Shard =>
  ExplicitHashKey === undefined
    ? shardOfKey(stream, PartitionKey)
    : shardOfHash(stream, toHash(BigInt(ExplicitHashKey)));

function putRefused(ground: Ground, stream: Stream, input: Input): Why {
  const { state, now } = ground;
  const limits = shardLimits(state.limits);
  const shard = keyed(stream, input);
  const size = sizeOf({ PartitionKey: input.PartitionKey ?? '', Data: input.Data ?? new Uint8Array() });
  const byRecords = shard.put.records >= limits.records;
  const clears = putClears(stream, shard, size, limits, now);
  return {
    title: `your put to ${stream.name} was refused`,
    answer: `The key ${input.PartitionKey} belongs to shard ${shard.number}, which is full in this second.`,
    at: now,
    rule: hasTank(stream) ? RULES.largeRecords : RULES.write,
    values: [
      {
        label: byRecords ? 'records in this second' : 'bytes in this second',
        is: byRecords ? counted(shard.put.records) : sized(shard.put.bytes),
        against: {
          label: 'a shard takes',
          is: byRecords ? counted(limits.records) : sized(limits.bytes),
        },
      },
      { label: 'this record', is: sized(size) },
    ],
    changes: { by: 'time', at: clears, into: 'the same put is accepted, if nobody else puts' },
    remedies: remediesFor(ground, stream, shard),
    see: [`shard/${stream.name}/${shard.number}`],
  };
}

function batchFailed(ground: Ground, stream: Stream, input: Input, output: object): Why {
  const { now } = ground;
  const { FailedRecordCount, Records } = output as {
    readonly FailedRecordCount: number;
    readonly Records: readonly { readonly ErrorCode?: string }[];
  };
  const all = input.Records ?? [];
  const failed = new Map<number, { count: number; keys: Set<string> }>();
  for (const [index, { ErrorCode }] of Records.entries()) {
    const record = all[index];
    if (ErrorCode === undefined || record === undefined) continue;
    const shard = keyed(stream, record).number;
    const row = failed.get(shard) ?? { count: 0, keys: new Set() };
    row.count++;
    row.keys.add(record.PartitionKey);
    failed.set(shard, row);
  }
  const next = instant((secondOf(now) + 1) * 1_000);
  const rows = [...failed].map(
    ([shard, { count, keys }]): WhyRow => ({
      mark: 'no',
      name: `shard ${shard}`,
      state: `${count} failed`,
      reason: several(keys.size, 'key'),
      change: next,
    }),
  );
  const [busiest] = [...failed].sort((a, b) => b[1].count - a[1].count);
  const shard = stream.shards.get(busiest?.[0] ?? 0);
  return {
    title: `${several(FailedRecordCount, 'record')} of your call to ${stream.name} failed`,
    answer: 'Each record stands for itself: those of full shards failed, the others are in the stream.',
    at: now,
    rule: RULES.batch,
    values: [
      {
        label: 'failed',
        is: counted(FailedRecordCount),
        against: { label: 'of', is: counted(all.length) },
      },
    ],
    table: { heads: ['shard', 'outcome', 'keys', 'clears'], rows, more: 0 },
    changes: { by: 'time', at: next, into: 'the failed ones are accepted again, as far as there is room' },
    remedies: [
      helps('put only the failed ones again; they come after those that were put meanwhile'),
      ...(shard === undefined ? [] : remediesFor(ground, stream, shard)),
    ],
  };
}

/** The shard that an iterator is about. */
function iterated({ state }: Ground, stream: Stream, input: Input) {
  const iterator = readIterator(state.seed, input.ShardIterator ?? '');
  const shard = iterator === undefined ? undefined : stream.shards.get(iterator.shard);
  return iterator === undefined || shard === undefined ? undefined : { iterator, shard };
}

function readRefused(
  ground: Ground,
  stream: Stream,
  input: Input,
  words: string | undefined,
): Why | undefined {
  const { state, now } = ground;
  const found = iterated(ground, stream, input);
  if (found === undefined) return undefined;
  const limits = shardLimits(state.limits);
  const { shard } = found;
  // The meters of the present second: they are not changed by looking.
  const full = fullRead({ ...shard, read: { ...shard.read } }, limits, now);
  const byCalls = full?.meter === 'calls';
  return {
    title: `your read of ${stream.name} was refused`,
    answer: words ?? 'The shard gave what it gives in a second.',
    at: now,
    rule: RULES.read,
    values: [
      {
        label: byCalls ? 'calls in this second' : 'bytes read lately',
        is: byCalls ? counted(shard.read.calls) : sized(shard.read.bytes),
        against: { label: 'a shard gives', is: byCalls ? counted(limits.calls) : sized(limits.bytesOut) },
      },
      { label: 'readers', is: counted(shard.readers.size) },
    ],
    changes: {
      by: 'time',
      at: full?.clears ?? instant((secondOf(now) + 1) * 1_000),
      into: 'the same call is answered, if nobody else reads',
    },
    remedies: [
      mayHelp('poll once a second, not more often'),
      helps(
        'give the consumer a meter of its own: enhanced fan-out',
        `aws kinesis register-stream-consumer --stream-arn ${stream.arn} --consumer-name NAME`,
      ),
      helpsNot('another consumer of the same kind: all that poll share the meter'),
    ],
  };
}

function expired(ground: Ground, stream: Stream, input: Input): Why | undefined {
  const found = iterated(ground, stream, input);
  if (found === undefined) return undefined;
  const age = ground.now - found.iterator.issued;
  return {
    title: `your iterator of ${stream.name} is too old`,
    answer: 'An iterator is good for five minutes, however long the stream keeps its records.',
    at: ground.now,
    rule: RULES.iterator,
    values: [
      {
        label: 'its age',
        is: lasting(age),
        against: { label: 'allowed', is: lasting(ITERATOR_LIFE) },
      },
      {
        label: 'records still there',
        is: counted(nextNumber(found.shard.log) - horizon(stream, found.shard, ground.now)),
      },
    ],
    changes: { by: 'act', into: 'a new iterator, from the last record that you read' },
    remedies: [
      helps(
        'ask for one after the last sequence number',
        `aws kinesis get-shard-iterator --stream-name ${stream.name} --shard-id ${found.shard.id} --shard-iterator-type AFTER_SEQUENCE_NUMBER --starting-sequence-number NUMBER`,
      ),
      helpsNot('a longer retention period: it is about records, not about iterators'),
    ],
  };
}

function emptyRead(ground: Ground, stream: Stream, input: Input): Why | undefined {
  const { now } = ground;
  const found = iterated(ground, stream, input);
  if (found === undefined) return undefined;
  const { shard, iterator } = found;
  const trimmed = trimmedOf(stream, shard, now);
  const put = nextNumber(shard.log) - 1;
  const others = [...stream.shards.values()].filter(
    (other) => other !== shard && nextNumber(other.log) > horizon(stream, other, now),
  );
  const answer =
    put === 0
      ? 'This shard never got a record: no key that was put belongs to it.'
      : trimmed === put
        ? 'Its records have outlived the retention period.'
        : 'You are at the tip: everything before it was read, or lies before where you began.';
  return {
    title: `your read of ${stream.name} brought nothing`,
    answer: `${answer} Nothing is wrong: go on with NextShardIterator.`,
    at: now,
    rule: RULES.tip,
    values: [
      { label: 'put into this shard', is: counted(put) },
      { label: 'outlived', is: counted(trimmed) },
      {
        label: 'you are behind',
        is: lasting(behindOf(shard, Math.max(iterator.position, horizon(stream, shard, now)), now)),
      },
    ],
    changes: { by: 'act', into: 'a record is put whose key belongs to this shard' },
    remedies: [
      ...(others.length > 0
        ? [helps(`read the other shards: ${others.map(({ number }) => number).join(', ')} hold records`)]
        : []),
      mayHelp('TRIM_HORIZON begins with the oldest record, LATEST after the newest'),
    ],
    see: [`stream/${stream.name}`],
  };
}
