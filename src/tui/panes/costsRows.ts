/** The rows of the Costs pane: each item of the bill, its share, and what the same work costs done differently. */
import type { Alternative, CostLine, CostView } from '../../projection/cost.ts';
import { amount, differenceText, priceText, quantityText, serviceName } from '../../projection/costText.ts';
import { meter } from '../paint/bars.ts';
import { count, money } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import { cut, padEnd, padStart, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

/** Below these many columns the share, then the unit price is left out. */
const SHARE_FROM = 62;
const PRICE_FROM = 72;
const WIDE_FROM = 90;
/** Wider, a row is hard to follow. */
const COLUMNS_MAX = 94;
const PROSE_MAX = 74;

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** At most `rows` rows: reasons give way first, then what is below scrolls. The last row names the price list. */
export function costsRows(theme: Theme, view: CostView, scroll: number, { columns, rows }: Size): string[] {
  const inner = Math.min(columns - 2, COLUMNS_MAX);
  const table = tableRows(theme, view, inner);
  const room = rows - 1;
  const full = [...table, ...alternativeRows(theme, view, inner, true)];
  const shown = full.length <= room ? full : [...table, ...alternativeRows(theme, view, inner, false)];
  const fitting = scrolled(theme, shown, scroll, room);
  const blank = Array.from({ length: Math.max(0, room - fitting.length) }, () => '');
  return [...fitting, ...blank, sourceRow(theme, view, inner)].map((row) =>
    row === '' ? '' : ` ${cut(row, inner, theme.marks.more)}`,
  );
}

function scrolled(theme: Theme, all: readonly string[], scroll: number, room: number): readonly string[] {
  if (all.length <= room) return all;
  const from = Math.max(0, Math.min(scroll, all.length - room + 1));
  const shown = all.slice(from, from + room - 1);
  const below = all.length - from - shown.length;
  const said = below === 0 ? `${theme.marks.up} the end` : `${theme.marks.down} ${count(below)} more rows`;
  return [...shown, theme.second(said)];
}

interface CostColumn extends Column {
  readonly from?: number;
  readonly cell: (line: CostLine) => string;
}

function tableRows(theme: Theme, { lines, usd }: CostView, columns: number): string[] {
  const most = Math.max(...lines.map((line) => line.usd));
  const share = columns < WIDE_FROM ? 6 : 10;
  const all: readonly CostColumn[] = [
    {
      title: 'item',
      flexible: true,
      least: 12,
      cell: ({ service, title }) => `${theme.second(serviceName(service))} ${title}`,
    },
    {
      title: 'quantity',
      align: 'right',
      cell: (line) => (unitIsSaid(line, columns) ? amount(line.quantity) : quantityText(line)),
    },
    { title: 'unit price', align: 'right', from: PRICE_FROM, cell: (line) => theme.second(priceText(line)) },
    {
      title: 'share',
      from: SHARE_FROM,
      width: share,
      cell: (line) =>
        meter(theme, { ratio: most === 0 ? 0 : line.usd / most, width: share, role: 'visible' }),
    },
    { title: 'cost', align: 'right', cell: (line) => theme.strong(money(line.usd)) },
  ];
  const shape = all.filter(({ from = 0 }) => columns >= from);
  const cells = lines.map((line) => shape.map(({ cell }) => cell(line)));
  const table = tableLines(theme, shape, cells, columns);
  if (lines.length < 2) return [table.header, ...table.rows];
  const total = money(usd);
  const label = theme.second('all');
  const sum = `${label}${padStart(theme.strong(total), Math.max(width(total) + 1, columns - width(label)))}`;
  return [table.header, ...table.rows, sum];
}

/** Where cells are few: the title, or the unit price beside it, already says what is counted. */
const unitIsSaid = ({ title, unit, per }: CostLine, columns: number): boolean =>
  columns < WIDE_FROM && (title.startsWith(`${unit}s`) || (per === 1 && columns >= PRICE_FROM));

/** The cheapest first: the bars rise like stairs, and what is as it is stands among them. */
function alternativeRows(theme: Theme, view: CostView, columns: number, reasons: boolean): string[] {
  const services = [...new Set(view.alternatives.map(({ service }) => service))];
  return services.flatMap((service) => {
    const others = view.alternatives.filter((other) => other.service === service);
    const first = others[0]!;
    const asItIs: Shown = { name: 'as it is', usd: first.usd - first.difference, other: undefined };
    const shown = [
      asItIs,
      ...others.map((other): Shown => ({ name: `with ${other.name}`, usd: other.usd, other })),
    ].sort((a, b) => a.usd - b.usd);
    const most = shown.at(-1)!.usd;
    const names = Math.min(Math.max(...shown.map(({ name }) => width(name))), Math.floor(columns * 0.45));
    return [
      '',
      theme.second(`The same work of ${serviceName(service)}, done differently`),
      ...shown.flatMap((row) => [
        shownRow(theme, row, { most, names, columns }),
        ...(reasons && row.other !== undefined
          ? wrap(row.other.why, Math.min(PROSE_MAX, columns) - 2).map((text) => `  ${theme.second(text)}`)
          : []),
      ]),
    ];
  });
}

interface Shown {
  readonly name: string;
  readonly usd: number;
  /** Undefined: the work as it is. */
  readonly other: Alternative | undefined;
}

const COST_CELLS = 10;
const DIFFERENCE_CELLS = 12;

function shownRow(
  theme: Theme,
  { name, usd, other }: Shown,
  { most, names, columns }: { readonly most: number; readonly names: number; readonly columns: number },
): string {
  const role = other === undefined ? 'visible' : other.difference < 0 ? 'done' : 'flight';
  const label = padEnd(other === undefined ? theme.strong(name) : name, names, theme.marks.more);
  const cost = padStart(theme.strong(money(usd)), COST_CELLS);
  const difference = padStart(
    other === undefined ? '' : theme[role](differenceText(other)),
    DIFFERENCE_CELLS,
  );
  const cells = Math.min(40, columns - names - COST_CELLS - DIFFERENCE_CELLS - 2);
  const bar = cells < 4 ? '' : ` ${meter(theme, { ratio: most === 0 ? 0 : usd / most, width: cells, role })}`;
  return `${label}${bar} ${cost}${difference}`.trimEnd();
}

function sourceRow(theme: Theme, { prices, period }: CostView, columns: number): string {
  const ascii = theme.marks.ascii;
  const name = plain(prices.title, { ascii, limit: 60 });
  const whole = `${name} of ${prices.date}, ${prices.region}: check AWS`;
  const free = `${whole} ${theme.marks.dot} ${period === 'month' ? 'after' : 'before'} the free tier`;
  const short = `list of ${prices.date}: check AWS`;
  return theme.second([free, whole, short].find((text) => width(text) <= columns) ?? short);
}
