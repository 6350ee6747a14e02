/** The hash ring unrolled: what each slice of it takes above, whose it is below. */
import type { ShardLine, ShardsView } from '../../contract/shards.ts';
import { columns as chart } from '../paint/bars.ts';
import { rate } from '../paint/figures.ts';
import { padEnd, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

const RING = 1_000;

export const shardName = (number: number): string => `s-${number}`;

/** How full a shard is by the meter that is fuller, 0 to 1 and more. */
const heatOf = ({ recordsPerSecond, bytesPerSecond, limits }: ShardLine): number =>
  Math.max(recordsPerSecond / limits.records, bytesPerSecond / limits.bytes);

/** Every cell of the chart is a slice of one size, so that a narrow busy shard stands out from a wide calm one. */
export function ringRows(theme: Theme, view: ShardsView, columns: number, height: number): string[] {
  const open = view.shards.filter((shard) => shard.open);
  const cells = columns - 2;
  const cellOf = (thousandth: number): number => Math.round((thousandth / RING) * cells);
  const values = Array.from({ length: cells }, () => 0);
  for (const shard of open) {
    const from = cellOf(shard.from);
    const to = cellOf(shard.from + shard.share);
    const each = to > from ? shard.recordsPerSecond / (to - from) : 0;
    for (let cell = from; cell < to; cell++) values[cell] = each;
  }
  const highest = Math.max(0, ...values);
  const bars = chart(theme, { values, height, highest, role: 'visible', body: 'visible' });
  const total = open.reduce((sum, shard) => sum + shard.recordsPerSecond, 0);
  return [
    theme.second(`records over the hash range, 0 to 2^128, ${rate(total)} in all`),
    ...(highest > 0 ? bars : [theme.second('no records now')]).map((row) => ` ${row}`),
    ` ${spanRow(theme, view, open, cellOf)}`,
    ` ${nameRow(theme, view, open, cellOf)}`,
    ...hotRows(theme, view, columns),
  ];
}

type CellOf = (thousandth: number) => number;

/** Whose slice is whose; the span of a shard that takes no more is red. */
function spanRow(theme: Theme, view: ShardsView, open: readonly ShardLine[], cellOf: CellOf): string {
  return open
    .map((shard) => {
      const cells = cellOf(shard.from + shard.share) - cellOf(shard.from);
      if (cells <= 0) return '';
      const text = theme.marks.limit + theme.marks.full.repeat(cells - 1);
      const full = shard.refusedPutsPerSecond > 0 || heatOf(shard) >= 1;
      return full ? theme.bad(text) : shard.number === view.hot ? theme.flight(text) : theme.second(text);
    })
    .join('');
}

function nameRow(theme: Theme, view: ShardsView, open: readonly ShardLine[], cellOf: CellOf): string {
  return open
    .map((shard) => {
      const cells = cellOf(shard.from + shard.share) - cellOf(shard.from);
      const name = shardName(shard.number);
      const range = `${name} ${firstDigits(shard.start)} to ${firstDigits(shard.end)}`;
      const hot = shard.number === view.hot ? ' hot' : '';
      const wanted = [range + hot, name + hot, name].find((text) => width(text) < cells) ?? '';
      const text = padEnd(wanted, cells);
      return hot === '' ? theme.second(text) : theme.bad(text);
    })
    .join('');
}

/** `7f…`: the first byte of a hash key of 128 bits. */
function firstDigits(decimal: string): string {
  return (BigInt(decimal) >> 120n).toString(16).padStart(2, '0');
}

function hotRows(theme: Theme, { hot, shards }: ShardsView, columns: number): string[] {
  const shard = shards.find(({ number }) => number === hot);
  if (shard === undefined) return [];
  const said = `${shardName(shard.number)} takes over twice what the others do. A split helps when many keys make its load; one key cannot be split.`;
  return wrap(said, Math.min(76, columns - 2)).map((row, index) =>
    index === 0 ? `${theme.flight(theme.marks.slow)} ${row}` : `  ${row}`,
  );
}
