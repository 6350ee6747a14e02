/** Where a shard comes from and what became of it; and who reads the shards of a stream, furthest behind first. */
import type { ReaderLine, ShardLine, ShardsView } from '../../contract/shards.ts';
import { fullness, meter } from '../paint/bars.ts';
import { count, duration } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { padEnd, padStart, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { shardName } from './shardRing.ts';

/** `s-0 ─ split ─► s-1 s-2`: of the chosen shard; nothing when it was there from the start and is still open. */
export function lineageRows(theme: Theme, view: ShardsView, chosen: ShardLine, columns: number): string[] {
  const { parents, children } = chosen;
  if (parents.length === 0 && children.length === 0) return [];
  const name = (number: number): string => {
    const found = view.shards.find((shard) => shard.number === number);
    const mark = found?.open === true ? theme.done(theme.marks.working) : theme.second(theme.marks.idle);
    return `${mark} ${number === chosen.number ? theme.strong(shardName(number)) : shardName(number)}`;
  };
  const arrow = (word: string): string =>
    ` ${theme.second(`${theme.marks.line} ${word} ${theme.marks.line}${theme.marks.right}`)} `;
  const before = parents.map(name).join(' ');
  const after = children.map(name).join(' ');
  const made = parents.length === 0 ? '' : before + arrow(parents.length > 1 ? 'merge' : 'split');
  const became = children.length === 0 ? '' : arrow(children.length > 1 ? 'split' : 'merge') + after;
  const line = `${theme.second('lineage')}  ${made}${name(chosen.number)}${became}`;
  return width(line) <= columns ? [line] : [];
}

interface Reading extends ReaderLine {
  readonly shard: number;
}

/** The age of a reader's place against a minute: what is later than that is late. */
const LATE_MS = 60_000;

export function readerRows(theme: Theme, view: ShardsView, columns: number): string[] {
  const readings: readonly Reading[] = view.shards
    .flatMap((shard) => shard.readers.map((reader) => ({ ...reader, shard: shard.number })))
    .sort((a, b) => b.behindMs - a.behindMs || a.shard - b.shard);
  if (readings.length === 0) return [theme.second('nobody reads it')];
  const bar = Math.max(8, Math.min(24, columns - 56));
  return [
    theme.second(`${padEnd('reader', 22)} ${padEnd('shard', 7)}${padEnd('behind', bar + 1)}`),
    ...readings.map(({ name, fanOut, shard, behindMs, records }) => {
      const shown = plain(name, { ascii: theme.marks.ascii, limit: 60 }) + (fanOut ? ' (fan-out)' : '');
      const ratio = behindMs / LATE_MS;
      const line = meter(theme, { ratio, width: bar, role: fullness(ratio) });
      const left = records === 0 ? '' : `  ${count(records)} to read`;
      const start = `${padEnd(shown, 22)} ${padEnd(shardName(shard), 7)}${line}`;
      return `${start} ${padStart(duration(behindMs), 9)}${theme.second(left)}`;
    }),
  ];
}
