/** Resources without a border: two or three lines (`block`), or one and what hangs below it (`row`). */
import { rate, short } from '../paint/figures.ts';
import { width } from '../paint/text.ts';
import { countParts, drawLines, titleParts, trayParts, trendParts } from './boxes.ts';
import type { Canvas } from './canvas.ts';
import { nameOf, ROW_COUNTS, ROW_TRAY } from './fits.ts';
import { drawGroupLines, groupBars } from './groups.ts';
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
  viewsOf,
} from './scene.ts';
import { STATE_ROLES, type Stock } from './tray.ts';

/** The word at the end of a block's first line: full, how many, the trend, or the scope. */
function endParts(placed: Placed, scene: Scene): Part[] {
  const views = viewsOf(placed.node, scene.views);
  if (placed.node.ids.length > 1) return [[`${scene.marks.times}${placed.node.ids.length}`, 'second']];
  if (views.some((view) => view.full !== undefined)) return [['full', 'bad', true]];
  if (stockOf(placed.node, scene.views) !== undefined) return trendParts(placed, scene);
  const scope = views[0]?.scope;
  return scope === undefined ? [] : [[`${scope.label} `, 'second'], [scope.value]];
}

function title(placed: Placed, cells: number, scene: Scene): Part[] {
  const isFull = viewsOf(placed.node, scene.views).some((view) => view.full !== undefined);
  const parts = titleParts(placed, scene, cells);
  if (!isFull || isSelected(placed.node, scene)) return parts;
  return parts.map((part, index) => (index === parts.length - 1 ? [part[0], 'bad', true] : part));
}

export function drawBlock(canvas: Canvas, placed: Placed, scene: Scene): void {
  const x = placed.x + 1;
  const cells = placed.width - 1;
  const view = viewsOf(placed.node, scene.views)[0];
  if (view === undefined) return;
  const end = endParts(placed, scene);
  if (isSelected(placed.node, scene)) canvas.select(placed.x, placed.y, placed.width);
  const used = putParts(canvas, x, placed.y, title(placed, cells, scene));
  if (used + 1 + partsWidth(end) <= x + cells) putPartsEnd(canvas, x + cells, placed.y, end);
  if (placed.node.ids.length > 1) {
    drawGroupLines(canvas, x, placed.y + 1, cells, placed.height - 1, placed, scene);
    return;
  }
  const stock = stockOf(placed.node, scene.views);
  if (stock === undefined) {
    const rows = placed.height - 1 - (placed.node.hangs.length > 0 ? 1 : 0);
    drawLines(canvas, x, placed.y + 1, cells, rows, view, scene);
    return;
  }
  const counts = countParts(stock, scene, 7);
  const room = Math.max(3, cells - partsWidth(counts) - 2);
  putParts(canvas, x, placed.y + 1, trayParts(stock, Math.min(14, room), placed, scene));
  putPartsEnd(canvas, x + cells, placed.y + 1, counts);
}

/** `●5,040 ◐336`, shortened to its room. */
function tightCounts(stock: Stock, cells: number, scene: Scene): Part[] {
  const { marks } = scene;
  const total = stock.visible + stock.inFlight + stock.delayed;
  if (total === 0) return [['empty', 'second']];
  const second = stock.inFlight > 0 || stock.delayed === 0 ? 'inFlight' : 'delayed';
  const mark = second === 'inFlight' ? marks.inFlight : marks.delayed;
  const make = (format: (value: number) => string): Part[] => {
    const parts: Part[] = [[marks.visible, 'visible'], [format(stock.visible)]];
    if (stock[second] > 0) parts.push([' '], [mark, STATE_ROLES[second]], [format(stock[second])]);
    return parts;
  };
  const exactly = countParts(stock, scene, 0, '').filter((part) => part[0] !== '');
  return partsWidth(exactly) <= cells ? exactly : make(short);
}

export function drawRow(canvas: Canvas, placed: Placed, scene: Scene): void {
  const { x, y } = placed;
  const view = viewsOf(placed.node, scene.views)[0];
  if (view === undefined) return;
  const right = x + placed.width;
  const trayAt = right - ROW_COUNTS - 1 - ROW_TRAY;
  if (isSelected(placed.node, scene)) canvas.select(x, y, placed.width);
  const stock = stockOf(placed.node, scene.views);
  const isWide = stock !== undefined || placed.node.ids.length > 1;
  putParts(canvas, x, y, title(placed, isWide ? trayAt - 1 - x : placed.width, scene));
  if (placed.node.ids.length > 1) {
    const times = `${scene.marks.times}${placed.node.ids.length}`;
    const named = width(view.title) + 1 + width(nameOf(placed.node, scene.views)) + 1;
    if (x + named + width(times) < trayAt) canvas.put(x + named, y, times, 'second');
    putParts(canvas, trayAt, y, groupBars(placed.node, ROW_TRAY, scene));
    if (placed.height > 1) drawGroupLines(canvas, trayAt, y + 1, ROW_TRAY + 1 + ROW_COUNTS, 1, placed, scene);
  } else if (stock === undefined) {
    rowWords(canvas, placed, scene);
  } else {
    putParts(canvas, trayAt, y, trayParts(stock, ROW_TRAY, placed, scene));
  }
  if (stock !== undefined) putPartsEnd(canvas, right, y, tightCounts(stock, ROW_COUNTS, scene));
  if (placed.height > 1 && stock !== undefined && placed.node.ids.length === 1)
    below(canvas, trayAt, y + 1, placed, scene);
}

function below(canvas: Canvas, x: number, y: number, placed: Placed, scene: Scene): void {
  const views = viewsOf(placed.node, scene.views);
  const { refused } = ratesOf(placed.node, scene.views);
  if (views.some((view) => view.full !== undefined)) {
    putParts(canvas, x, y, [
      ['full', 'bad', true],
      ...(refused > 0 ? [[`    ${scene.marks.refused} ${rate(refused)}`, 'bad'] as Part] : []),
    ]);
    return;
  }
  putParts(canvas, x, y, trendParts(placed, scene));
}

/** Under a name on one line: the fullest meter, or the first words. */
function rowWords(canvas: Canvas, placed: Placed, scene: Scene): void {
  const view = viewsOf(placed.node, scene.views)[0];
  if (view !== undefined) drawLines(canvas, placed.x, placed.y + 1, placed.width, 1, view, scene);
}
