/** Why a consumer of a stream does nothing, or is behind. */
import {
  counted,
  helps,
  helpsNot,
  lasting,
  mayHelp,
  type Why,
  type WhyGround,
  type WhyRow,
} from '../../contract/why.ts';
import { several, spanWords } from '../../contract/whyWords.ts';
import type { Instant } from '../../engine/units.ts';
import type { AppsState, Consumer } from './model.ts';
import type { ShardReader } from './shardModel.ts';
import { behindOf } from './shardReading.ts';

/** No more than a read a second: so much is no delay. */
const USUAL_MS = 2_000;
const ROWS_MAX = 6;

export function whyReading({ now }: WhyGround<AppsState>, app: Consumer): Why {
  const { settings, counters, refusal } = app;
  const readers = [...app.reading.readers.values()];
  const behind = behindOf(app, now);
  const working = readers.filter(({ state }) => state === 'working').length;
  const isRefused = refusal !== null && now - refusal.at < 5_000;
  const stream = `stream/${settings.from.name}` as const;
  const answer =
    isRefused && working === 0
      ? `${app.name} reads, and is refused: ${refusal.code}.`
      : readers.length === 0
        ? `${app.name} asks for the shards of ${settings.from.name}; it has none yet.`
        : behind > USUAL_MS
          ? `${app.name} is ${spanWords(behind)} behind: its slowest shard brings more than it works.`
          : settings.fanOut === true
            ? `${app.name} is pushed the records of ${several(readers.length, 'shard')}, and works on what comes.`
            : `${app.name} reads ${several(readers.length, 'shard')} once a second, and works on what comes.`;
  const next = readers
    .filter(({ state, until }) => (state === 'working' || state === 'resting') && until > now)
    .map(({ until }) => until)
    .sort((a, b) => a - b)[0];
  return {
    title: `what ${app.name} does`,
    answer,
    at: now,
    rule: {
      name: 'app/readers',
      says: 'One record of a shard after the other; the children of a shard when it is read to its end.',
      page: 'msg-playground',
    },
    values: [
      { label: 'received', is: counted(counters.received) },
      { label: 'processed', is: counted(counters.processed) },
      { label: 'failed, and passed over', is: counted(counters.failed) },
      { label: 'behind', is: lasting(behind) },
      { label: 'reads refused as too fast', is: counted(counters.throttled) },
    ],
    table: {
      heads: ['shard', 'state', 'why', 'until'],
      rows: readers.slice(0, ROWS_MAX).map((reader) => rowOf(reader, now)),
      more: Math.max(0, readers.length - ROWS_MAX),
    },
    changes:
      next === undefined
        ? { by: 'act', into: 'the stream must answer' }
        : { by: 'time', at: next, into: 'a shard is read, or a record is done' },
    remedies:
      behind > USUAL_MS
        ? [
            helps('less time for each record', `app update --name ${app.name} --time 1ms`),
            mayHelp('more shards, each has a reader; one key stays in one shard'),
            helpsNot('a second app: it would read every record too'),
          ]
        : [],
    see: [stream],
  };
}

const REASONS: Readonly<Record<ShardReader['state'], string>> = {
  idle: 'the app is stopped',
  waiting: 'its parents are not read to their ends',
  asking: 'asks where to begin',
  reading: 'asks for records',
  working: 'works on a record',
  resting: 'reads once a second',
  subscribed: 'is pushed what comes',
};

function rowOf({ shard, state, until, behindMs }: ShardReader, now: Instant): WhyRow {
  const isTimed = (state === 'working' || state === 'resting') && until > now;
  return {
    mark: state === 'working' ? 'working' : 'idle',
    name: `shard ${Number(shard.slice(shard.indexOf('-') + 1))}`,
    state,
    reason: behindMs > USUAL_MS ? `${REASONS[state]}; ${spanWords(behindMs)} behind` : REASONS[state],
    change: isTimed ? until : state === 'waiting' || state === 'idle' ? 'never' : 'now',
  };
}
