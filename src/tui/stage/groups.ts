/** A group of folded resources: one column a member, the member that differs most by name, and the others counted. */
import type { ResourceView } from '../../contract/view.ts';
import { cardCount, exact } from '../paint/figures.ts';
import type { Role } from '../paint/palettes.ts';
import { cut, width } from '../paint/text.ts';
import { countParts } from './boxes.ts';
import type { Canvas } from './canvas.ts';
import type { GraphNode } from './graph.ts';
import type { Placed } from './layout.ts';
import { type Part, partsWidth, putParts, putPartsEnd, type Scene, viewsOf } from './scene.ts';
import { type Stock, stockTotal } from './tray.ts';

/** What a member's column shows: its backlog, or what it takes in where it keeps nothing. */
const loadOf = (view: ResourceView): number =>
  view.stock === undefined ? (view.rates?.in ?? 0) + (view.rates?.out ?? 0) : stockTotal(view.stock);

/** Dead letters below a member. */
function deadOf(view: ResourceView, scene: Scene): number {
  return view.links
    .filter((link) => link.type === 'redrive')
    .reduce((sum, link) => sum + stockTotal(scene.views.get(link.to)?.stock), 0);
}

const isTroubled = (view: ResourceView, scene: Scene): boolean =>
  view.full !== undefined || (view.rates?.refused ?? 0) > 0 || deadOf(view, scene) > 0;

/** The member furthest from the middle one; troubled ones first. */
function oddOne(node: GraphNode, scene: Scene): ResourceView | undefined {
  const views = viewsOf(node, scene.views);
  const loads = views.map(loadOf).sort((a, b) => a - b);
  const middle = loads[Math.floor(loads.length / 2)] ?? 0;
  let best: ResourceView | undefined;
  let most = -1;
  for (const view of views) {
    const away = Math.abs(loadOf(view) - middle) + (isTroubled(view, scene) ? 1e12 : 0);
    if (away > most) {
      most = away;
      best = view;
    }
  }
  return best;
}

/** One cell a member, or several members a cell where there are too many: the highest of them shows. */
function bars(node: GraphNode, cells: number, scene: Scene): Part[] {
  const views = viewsOf(node, scene.views);
  const per = Math.max(1, Math.ceil(views.length / cells));
  const odd = oddOne(node, scene);
  const highest = Math.max(1, ...views.map(loadOf));
  const parts: Part[] = [];
  for (let index = 0; index < views.length; index += per) {
    const members = views.slice(index, index + per);
    const load = Math.max(...members.map(loadOf));
    const step = load <= 0 ? 0 : Math.max(1, Math.round((load / highest) * scene.marks.heights.length));
    const isOdd = odd !== undefined && members.includes(odd) && loadOf(odd) > 0;
    const role: Role = step === 0 ? 'faint' : isOdd ? (isTroubled(odd, scene) ? 'bad' : 'flight') : 'visible';
    parts.push([step === 0 ? scene.marks.dot : (scene.marks.heights[step - 1] ?? ''), role]);
  }
  return parts;
}

const sum = (views: readonly ResourceView[]): Stock =>
  views.reduce<Stock>(
    (total, view) => ({
      visible: total.visible + (view.stock?.visible ?? 0),
      inFlight: total.inFlight + (view.stock?.inFlight ?? 0),
      delayed: total.delayed + (view.stock?.delayed ?? 0),
    }),
    { visible: 0, inFlight: 0, delayed: 0 },
  );

function oddParts(
  node: GraphNode,
  cells: number,
  scene: Scene,
): { readonly name: Part[]; readonly figures: Part[] } {
  const odd = oddOne(node, scene);
  if (odd === undefined) return { name: [], figures: [] };
  const dead = deadOf(odd, scene);
  const role: Role = isTroubled(odd, scene) ? 'bad' : 'strong';
  const figures: Part[] =
    odd.stock === undefined ? [] : [[scene.marks.visible, 'visible'], [` ${cardCount(odd.stock.visible)}`]];
  const after: Part[] = dead > 0 ? [[` ${scene.marks.dead} ${exact(dead)}`, 'bad']] : [];
  const room = Math.max(8, cells - partsWidth(figures) - 1 - partsWidth(after));
  return { name: [[cut(odd.name, room, scene.marks.more), role, true], ...after], figures };
}

/** The three lines inside a group's box. */
export function drawGroup(canvas: Canvas, placed: Placed, scene: Scene): void {
  const left = placed.x + 2;
  const end = placed.x + placed.width - 2;
  const cells = placed.width - 4;
  const views = viewsOf(placed.node, scene.views);
  const hasStock = views.some((view) => view.stock !== undefined);
  const word = hasStock ? ' backlog' : ' load';
  const at = putParts(canvas, left, placed.y + 1, bars(placed.node, cells - width(word), scene));
  canvas.put(at, placed.y + 1, word, 'second');
  const odd = oddParts(placed.node, cells, scene);
  putParts(canvas, left, placed.y + 2, odd.name);
  putPartsEnd(canvas, end, placed.y + 2, odd.figures);
  const others = views.filter((view) => view !== oddOne(placed.node, scene));
  const words = `the other ${exact(others.length)}`;
  canvas.put(left, placed.y + 3, words, 'second');
  const counts = countParts(sum(others), scene, 0);
  if (hasStock && partsWidth(counts) + width(words) + 1 <= cells)
    putPartsEnd(canvas, end, placed.y + 3, counts);
}

/** A group on two or three lines without border; gives nothing where only one line is free. */
export function drawGroupLines(
  canvas: Canvas,
  x: number,
  y: number,
  cells: number,
  rows: number,
  placed: Placed,
  scene: Scene,
): void {
  if (rows < 1) return;
  const odd = oddParts(placed.node, cells, scene);
  if (rows === 1) {
    putParts(canvas, x, y, odd.name);
    return;
  }
  putParts(canvas, x, y, bars(placed.node, cells, scene));
  putParts(canvas, x, y + 1, odd.name);
  putPartsEnd(canvas, x + cells, y + 1, odd.figures);
}

export const groupBars = bars;
