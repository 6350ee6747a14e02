/** How a stream or a shard stands: what it refused lately, and for which keys. */
import { counted, type Why, type WhyGround, type WhyRow } from '../../contract/why.ts';
import { several, spanWords } from '../../contract/whyWords.ts';
import { instant } from '../../engine/units.ts';
import type { KinesisState, Shard, Stream } from './model.ts';
import { shardNumber } from './rules/lookup.ts';
import { secondOf } from './rules/throughput.ts';
import { refusedKeys, remediesFor } from './whyKeys.ts';
import { RULES } from './whyRules.ts';

type Ground = WhyGround<KinesisState>;

export function whyResource(ground: Ground, id: string): Why | undefined {
  const { state, now } = ground;
  const [kind, name = '', number] = id.split('/');
  if (kind !== 'stream' && kind !== 'shard') return undefined;
  const stream = state.streams.get(`${state.account}/${name}`);
  if (stream === undefined) return undefined;
  const wanted = kind === 'shard' ? shardNumber(number ?? '') : undefined;
  const shards = [...stream.shards.values()].filter(
    (shard) => wanted === undefined || shard.number === wanted,
  );
  const rows = shards.slice(0, 20).map((shard): WhyRow => rowOf(ground, stream, shard));
  const refusing = rows.filter(({ mark }) => mark === 'no').length;
  return {
    title: kind === 'shard' ? `how shard ${number} of ${name} stands` : `how ${name} stands`,
    answer:
      stream.status !== 'ACTIVE'
        ? `Its status is ${stream.status}: a change takes some seconds.`
        : `${several(refusing, 'shard')} refused records lately; ${spanWords(stream.retentionHours * 3_600_000)} are kept.`,
    at: now,
    rule: RULES.write,
    values: [
      { label: 'records put', is: counted(stream.counters.put) },
      { label: 'puts refused', is: counted(stream.counters.throttledPuts) },
      { label: 'reads refused', is: counted(stream.counters.throttledReads) },
    ],
    table: { heads: ['shard', 'state', 'lately', 'changes'], rows, more: shards.length - rows.length },
    changes:
      stream.change === undefined
        ? { by: 'act', into: 'other keys, other shards' }
        : { by: 'time', at: stream.change.at, into: 'it is ACTIVE' },
    remedies: shards.length === 1 && refusing > 0 ? remediesFor(ground, stream, shards[0]!) : [],
  };
}

function rowOf(ground: Ground, stream: Stream, shard: Shard): WhyRow {
  const name = `shard ${shard.number}`;
  if (shard.closed !== undefined) {
    return {
      mark: 'idle',
      name,
      state: 'closed',
      reason: 'its records stay until they outlive',
      change: 'never',
    };
  }
  const keys = refusedKeys(ground, stream, shard);
  const [hottest] = keys;
  if (hottest === undefined)
    return { mark: 'yes', name, state: 'open', reason: 'takes records', change: 'now' };
  const reason =
    keys.length === 1 ? `only key ${hottest[0]}` : `${keys.length} keys, most of all ${hottest[0]}`;
  const change = instant((secondOf(ground.now) + 1) * 1_000);
  return { mark: 'no', name, state: 'refuses', reason, change };
}
