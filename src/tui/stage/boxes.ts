/** Resources as boxes: cards of one line a state, boxes of two lines, slim ones of one. */
import type { FigureView, MeterView, ResourceView } from '../../contract/view.ts';
import { fullness, halfCells } from '../paint/bars.ts';
import {
  type ByteUnit,
  bytesIn,
  byteUnit,
  cardCount,
  exact,
  percent,
  rate,
  short,
  size,
  trend,
} from '../paint/figures.ts';
import type { Role } from '../paint/palettes.ts';
import { cut, width } from '../paint/text.ts';
import { drawAlarms } from './alarms.ts';
import type { Canvas } from './canvas.ts';
import { nameOf } from './fits.ts';
import type { Placed } from './layout.ts';
import {
  isSelected,
  type Part,
  partsWidth,
  putParts,
  putPartsEnd,
  ratesOf,
  type Scene,
  stockOf,
  troubleParts,
  viewsOf,
} from './scene.ts';
import { STATE_ROLES, type Stock, trayOf } from './tray.ts';

/** The border's colour: yours, or refusing, or none of both. */
export function borderRole(placed: Placed, scene: Scene): Role {
  const views = viewsOf(placed.node, scene.views);
  if (views.some((view) => view.full !== undefined)) return 'bad';
  if (isSelected(placed.node, scene)) return 'accent';
  const isCard = placed.node.ids.length === 1 && (placed.ports[0] ?? 0) - placed.y >= 2;
  return isCard ? 'second' : 'faint';
}

export function drawFrame(canvas: Canvas, placed: Placed, rows: number, scene: Scene): void {
  const { marks } = scene;
  const { x, y, width: cells } = placed;
  const role = borderRole(placed, scene);
  const line = marks.line.repeat(cells - 2);
  canvas.put(x, y, marks.topLeft + line + marks.topRight, role);
  for (let row = 1; row < rows - 1; row += 1) {
    canvas.put(x, y + row, marks.column, role);
    canvas.put(x + cells - 1, y + row, marks.column, role);
  }
  canvas.put(x, y + rows - 1, marks.bottomLeft + line + marks.bottomRight, role);
  const title = titleParts(placed, scene, cells - 4);
  const end = putParts(canvas, x + 1, y, [[' '], ...title, [' ']]);
  const room = x + cells - 4 - end;
  const whole = scopeParts(placed, scene);
  const isTrouble = troubleParts(viewsOf(placed.node, scene.views), scene) !== undefined;
  // Where a fault's word has no room, its mark still tells.
  const scope: Part[] = isTrouble && partsWidth(whole) > room ? [[scene.marks.slow, 'flight']] : whole;
  if (scope.length > 0 && partsWidth(scope) <= room) {
    putPartsEnd(canvas, x + cells - 1, y, [[' '], ...scope, [' ']]);
  }
}

/** `SQS orders`, `SQS tenant-* ` with its number of members at the right. */
export function titleParts(placed: Placed, scene: Scene, cells: number): Part[] {
  const view = scene.views.get(placed.node.ids[0] ?? 'none/none');
  const title = view?.title ?? '';
  const room = Math.max(8, cells - width(title) - (title === '' ? 0 : 1));
  const name = cut(nameOf(placed.node, scene.views), room, scene.marks.more);
  const role: Role = isSelected(placed.node, scene) ? 'accent' : 'strong';
  return title === ''
    ? [[name, role, true]]
    : [
        [`${title} `, 'second'],
        [name, role, true],
      ];
}

function scopeParts(placed: Placed, scene: Scene): Part[] {
  const views = viewsOf(placed.node, scene.views);
  const trouble = troubleParts(views, scene);
  if (trouble !== undefined) return trouble;
  if (views.some((view) => view.full !== undefined)) return [['full', 'bad', true]];
  if (placed.node.ids.length > 1) return [[`${scene.marks.times}${placed.node.ids.length}`, 'second']];
  const scope = views[0]?.scope;
  return scope === undefined ? [] : [[`${scope.label} `, 'second'], [scope.value]];
}

/** The tray's marks; the followed message's own is accent, one just deleted is a tick. */
export function trayParts(
  stock: Stock,
  cells: number,
  placed: Placed,
  scene: Scene,
  only?: keyof Stock,
): Part[] {
  const { marks, followed } = scene;
  const tray = trayOf(stock, cells);
  const here = followed?.at !== undefined && placed.node.ids.includes(followed.at);
  const parts: Part[] = [];
  for (const state of ['visible', 'inFlight', 'delayed'] as const) {
    if (only !== undefined && state !== only) continue;
    const mark = { visible: marks.visible, inFlight: marks.inFlight, delayed: marks.delayed }[state];
    let amount = tray[state];
    if (here && followed?.state === state && amount > 0) {
      parts.push([mark, 'accent', true]);
      amount -= 1;
    }
    if (amount > 0) parts.push([mark.repeat(amount), STATE_ROLES[state]]);
  }
  const ticked =
    placed.node.ids.some((id) => scene.motion.deleted.has(id)) && (only === undefined || only === 'inFlight');
  if (ticked && partsWidth(parts) < cells) parts.push([marks.done, 'done']);
  return parts;
}

const scaleText = (scale: number): string => `is ${scale < 1_000 ? String(scale) : short(scale)}`;

export function trendParts(placed: Placed, scene: Scene): Part[] {
  const view = viewsOf(placed.node, scene.views)[0];
  const rates = ratesOf(placed.node, scene.views);
  if (view?.full !== undefined) return [[rate(rates.in), 'bad']];
  const change = rates.in - rates.out;
  // Below what a person can see grow, the trend would only flicker.
  if (Math.abs(change) < 0.05) return rates.in + rates.out > 0 ? [['0/s', 'second']] : [];
  return [[trend(change), change > 0 ? 'visible' : 'done']];
}

/** `● 5,040   ◐ 336`: the states that matter, each with its mark. */
export function countParts(stock: Stock, scene: Scene, column: number, gap = ' '): Part[] {
  const { marks } = scene;
  const parts: Part[] = [];
  const add = (mark: string, amount: number, role: Role): void => {
    const text = `${gap}${cardCount(amount)}`;
    const used = parts.length === 0 ? 0 : Math.max(1, column - lastWidth(parts));
    if (used > 0) parts.push([' '.repeat(used)]);
    parts.push([mark, amount > 0 ? role : 'second'], [text, amount > 0 ? 'normal' : 'second']);
  };
  add(marks.visible, stock.visible, 'visible');
  if (stock.inFlight > 0 || stock.delayed === 0) add(marks.inFlight, stock.inFlight, 'flight');
  if (stock.delayed > 0) add(marks.delayed, stock.delayed, 'delayed');
  return parts;
}

const lastWidth = (parts: readonly Part[]): number => partsWidth(parts.slice(-2));

/** One line a state: label, marks, figure; the scale, when it is not one, in the bottom border. */
function drawCardStock(canvas: Canvas, placed: Placed, stock: Stock, scene: Scene): void {
  const left = placed.x + 2;
  const end = placed.x + placed.width - 2;
  const largest = Math.max(stock.visible, stock.inFlight, stock.delayed);
  const cells = trayCells(placed, largest);
  const { scale } = trayOf({ visible: largest, inFlight: 0, delayed: 0 }, cells);
  CARD_LINES.forEach(({ state, label }, row) => {
    const y = placed.y + 1 + row;
    const amount = stock[state];
    const own: Stock = { visible: 0, inFlight: 0, delayed: 0, [state]: Math.ceil(amount / scale) };
    canvas.put(left, y, label, 'second');
    putParts(canvas, left + 11, y, trayParts(own, cells, placed, scene, state));
    canvas.putEnd(end, y, cardCount(amount), amount === 0 ? 'second' : STATE_ROLES[state], amount > 0);
  });
  const below = cardBelow(placed, scene);
  putPartsEnd(canvas, end, placed.y + 4, below);
  if (placed.height === 5) drawAlarms(canvas, placed, scene, partsWidth(below));
}

const trayCells = (placed: Placed, largest: number): number =>
  Math.max(3, placed.width - 4 - 11 - width(cardCount(largest)) - 1);

/** What a card says in its bottom border: its trend, and what one mark stands for. */
export function cardBelow(placed: Placed, scene: Scene): Part[] {
  const stock = stockOf(placed.node, scene.views);
  if (stock === undefined) return [];
  const largest = Math.max(stock.visible, stock.inFlight, stock.delayed);
  const { scale } = trayOf({ visible: largest, inFlight: 0, delayed: 0 }, trayCells(placed, largest));
  const mark: Part[] = scale > 1 ? [[` ${scene.marks.visible} ${scaleText(scale)} `, 'second']] : [];
  const rates = ratesOf(placed.node, scene.views);
  const hangsInside = placed.node.hangs.length > 0 && placed.height <= 5;
  const changes = Math.abs(rates.in - rates.out) >= 1 && !hangsInside;
  return changes ? [[' '], ...trendParts(placed, scene), [' '], ...mark] : mark;
}

const CARD_LINES = [
  { state: 'visible', label: 'visible' },
  { state: 'inFlight', label: 'in flight' },
  { state: 'delayed', label: 'delayed' },
] as const;

/** Marks, scale; counts, trend. */
function drawBoxStock(canvas: Canvas, placed: Placed, stock: Stock, scene: Scene): void {
  const left = placed.x + 2;
  const end = placed.x + placed.width - 2;
  const cells = Math.min(20, placed.width - 4 - 10);
  const { scale } = trayOf(stock, cells);
  putParts(canvas, left, placed.y + 1, trayParts(stock, cells, placed, scene));
  if (scale > 1) {
    putPartsEnd(canvas, end, placed.y + 1, [
      [scene.marks.visible, 'second'],
      [` ${scaleText(scale)}`, 'second'],
    ]);
  }
  const counts = putParts(canvas, left, placed.y + 2, countParts(stock, scene, 10));
  const change = trendParts(placed, scene);
  if (counts + 1 + partsWidth(change) <= end) putPartsEnd(canvas, end, placed.y + 2, change);
}

/** Marks at the left, counts at the right of one line. */
function drawSlimStock(canvas: Canvas, placed: Placed, stock: Stock, scene: Scene): void {
  const counts = countParts(stock, scene, 0);
  const room = placed.width - 4 - partsWidth(counts) - 1;
  putParts(canvas, placed.x + 2, placed.y + 1, trayParts(stock, Math.max(3, room), placed, scene));
  putPartsEnd(canvas, placed.x + placed.width - 2, placed.y + 1, counts);
}

/** Cells of a meter's bar that its figures have to leave. */
const BAR_LEAST = 4;

/** A meter on one line: name, bar, how full. */
function drawMeter(canvas: Canvas, x: number, y: number, cells: number, view: MeterView, scene: Scene): void {
  const ratio = view.limit <= 0 ? 0 : view.used / view.limit;
  const role = view.fills === true ? 'visible' : fullness(ratio);
  const most = Math.max(4, Math.floor(cells / 3));
  const label =
    width(view.label) <= most ? view.label : cut(view.short ?? view.label, most, scene.marks.more);
  const start = canvas.put(x, y, `${label} `, 'second');
  const words = meterValue(view);
  const isWordy = cells >= 27 && x + cells - start - partsWidth(words) > BAR_LEAST;
  const value: Part[] =
    ratio >= 1 && view.fills !== true ? [['full', 'bad', true]] : isWordy ? words : [[percent(ratio)]];
  const room = x + cells - start - Math.max(partsWidth(value), isWordy ? 12 : 5) - 1;
  const halves = halfCells(ratio, Math.max(0, room));
  const whole = Math.floor(halves / 2);
  const filled = scene.marks.full.repeat(whole) + (halves % 2 === 1 ? scene.marks.half : '');
  const at = canvas.put(start, y, filled, role);
  canvas.put(at, y, scene.marks.track.repeat(Math.max(0, room - width(filled))), 'faint');
  putPartsEnd(canvas, x + cells, y, value);
}

function meterValue(view: MeterView): Part[] {
  if (view.unit === 'B' || view.unit.startsWith('B/s')) {
    const unit: ByteUnit = byteUnit(view.limit);
    const words = ` of ${bytesIn(view.limit, unit)} ${unit}${view.unit.slice(1)}`;
    return [[bytesIn(view.used, unit)], [words, 'second']];
  }
  const whole = view.limit > 99_999 ? short(view.limit) : exact(view.limit);
  return [[cardCount(view.used)], [` of ${whole}${view.unit === '' ? '' : ` ${view.unit}`}`, 'second']];
}

/** What a resource without messages of its own says: meters, else its words. */
export function drawLines(
  canvas: Canvas,
  x: number,
  y: number,
  cells: number,
  rows: number,
  view: ResourceView,
  scene: Scene,
): void {
  const byFullness = [...(view.meters ?? [])].sort((a, b) =>
    a.fills === b.fills ? (a.fills === true ? 0 : b.used / b.limit - a.used / a.limit) : a.fills ? -1 : 1,
  );
  const figures = figureLines(view.figures ?? [], cells);
  const [fullest] = byFullness;
  // On its only line a meter stands once it is to be watched.
  const least = fullest !== undefined && (rows > 1 || fullest.used / fullest.limit >= 0.6) ? 1 : 0;
  const meters = byFullness.slice(0, figures.length === 0 ? rows : Math.max(least, rows - figures.length));
  meters.forEach((one, row) => {
    drawMeter(canvas, x, y + row, cells, one, scene);
  });
  const left = rows - meters.length;
  figures.slice(0, left).forEach((parts, row) => {
    putParts(canvas, x, y + meters.length + row, parts);
  });
  if (meters.length + figures.length > 0) return;
  (view.notes ?? []).slice(0, rows).forEach((note, row) => {
    canvas.put(x, y + row, cut(note, cells, scene.marks.more), 'second');
  });
}

/** Figures side by side, as many as fit on a line. */
function figureLines(figures: readonly FigureView[], cells: number): Part[][] {
  const lines: Part[][] = [];
  for (const { label, value, unit, bad } of figures) {
    const role: Role = bad === true && value > 0 ? 'bad' : value > 0 ? 'normal' : 'second';
    const text = unit === 'B' ? size(value) : unit === '/s' ? rate(value) : cardCount(value);
    const parts: Part[] = [
      [`${label} `, 'second'],
      [text, role],
    ];
    const last = lines.at(-1);
    if (last !== undefined && partsWidth(last) + 2 + partsWidth(parts) <= cells) last.push(['  '], ...parts);
    else if (partsWidth(parts) <= cells) lines.push(parts);
  }
  return lines;
}

/** The inside of a single resource's box of `rows` rows. */
export function drawInside(canvas: Canvas, placed: Placed, rows: number, scene: Scene): void {
  const stock = stockOf(placed.node, scene.views);
  const view = viewsOf(placed.node, scene.views)[0];
  if (view === undefined) return;
  if (stock === undefined) {
    drawLines(canvas, placed.x + 2, placed.y + 1, placed.width - 4, rows - 2, view, scene);
    return;
  }
  if (rows >= 5) drawCardStock(canvas, placed, stock, scene);
  else if (rows === 4) drawBoxStock(canvas, placed, stock, scene);
  else drawSlimStock(canvas, placed, stock, scene);
}
