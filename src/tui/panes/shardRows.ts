/** Shards one a line: what comes in and goes out a second, each against its limit. */
import type { ShardLine, ShardsView } from '../../contract/shards.ts';
import { fullness, meter } from '../paint/bars.ts';
import { bytesIn, byteUnit, cardCount, count, duration, rate } from '../paint/figures.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import type { Theme } from '../paint/theme.ts';
import { shardName } from './shardRing.ts';

interface ShardColumn extends Column {
  /** Left out where there are fewer columns. */
  readonly from?: number;
  readonly cell: (shard: ShardLine) => string;
}

export function shardTable(
  theme: Theme,
  view: ShardsView,
  columns: number,
): { readonly header: string; readonly rows: readonly string[] } {
  const bar = columns >= 100 ? 10 : columns >= 74 ? 6 : 0;
  const shape = columnsOf(theme, view, bar).filter(({ from = 0 }) => columns >= from);
  const cells = view.shards.map((shard) => shape.map(({ cell }) => cell(shard)));
  return tableLines(theme, shape, cells, columns);
}

function columnsOf(theme: Theme, { hot, shards }: ShardsView, bar: number): readonly ShardColumn[] {
  const { limits } = shards[0]!;
  const unit = byteUnit(limits.bytes);
  const outUnit = byteUnit(limits.bytesOut);
  const filled = (used: number, limit: number, text: string): string => {
    const ratio = used / limit;
    const line = bar === 0 ? '' : `${meter(theme, { ratio, width: bar, role: fullness(ratio) })} `;
    return `${line}${text.padStart(6)}`;
  };
  return [
    { title: 'shard', cell: ({ number }) => theme.strong(shardName(number)) },
    { title: 'state', cell: (shard) => stateOf(theme, shard, hot) },
    {
      title: `records in of ${count(limits.records)}`,
      align: 'right',
      cell: ({ open, recordsPerSecond: used }) =>
        open ? filled(used, limits.records, cardCount(Math.round(used))) : '',
    },
    {
      title: `in of ${bytesIn(limits.bytes, unit)} ${unit}`,
      align: 'right',
      cell: ({ open, bytesPerSecond: used }) => (open ? filled(used, limits.bytes, bytesIn(used, unit)) : ''),
    },
    {
      title: `out of ${bytesIn(limits.bytesOut, outUnit)} ${outUnit}`,
      align: 'right',
      from: 60,
      cell: ({ readBytesPerSecond: used }) => filled(used, limits.bytesOut, bytesIn(used, outUnit)),
    },
    {
      title: 'refused',
      align: 'right',
      cell: ({ refusedPutsPerSecond: puts, refusedReadsPerSecond: reads }) =>
        puts + reads > 0 ? theme.bad(`${theme.marks.refused} ${rate(puts + reads)}`) : '',
    },
    { title: 'kept', align: 'right', from: 92, cell: ({ kept }) => count(kept) },
    { title: 'behind', align: 'right', from: 92, cell: behindOf },
  ];
}

const stateOf = (theme: Theme, { open, number }: ShardLine, hot: number | undefined): string =>
  !open
    ? theme.second(`${theme.marks.idle} closed`)
    : number === hot
      ? theme.bad(`${theme.marks.working} hot`)
      : `${theme.done(theme.marks.working)} open`;

/** Of its readers the one that is furthest behind. */
function behindOf({ readers }: ShardLine): string {
  if (readers.length === 0) return '';
  return duration(Math.max(...readers.map(({ behindMs }) => behindMs)));
}
