/**
 * The stage where a screen is narrow: from top to bottom. Columns become storeys, wires the arrows between them.
 */
import type { ResourceView, WorkerView } from '../../contract/view.ts';
import { rate } from '../paint/figures.ts';
import { cut, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { nameParts } from './apps.ts';
import { drawFrame, drawInside } from './boxes.ts';
import { Canvas } from './canvas.ts';
import { type Fit, firstOf, sizeOf, WORKERS_SHOWN } from './fits.ts';
import { buildGraph, type GraphNode, isCaller } from './graph.ts';
import { drawHang } from './hangs.ts';
import { layer } from './layers.ts';
import type { Placed } from './layout.ts';
import type { PictureInput } from './picture.ts';
import { type Hidden, type Size, viewsById } from './plan.ts';
import { flowOf, isSelected, type Part, partsWidth, putParts, type Scene, viewsOf } from './scene.ts';
import {
  drawBar,
  isAtWork,
  missingOf,
  squareParts,
  stateWords,
  workersSeen,
  workerWords,
} from './workers.ts';

export interface NarrowPicture {
  readonly rows: string[];
  /** Resources drawn, and those out of view. */
  readonly shown: number;
  readonly hidden: Hidden;
}

const CARD: Fit = {
  level: 'card',
  shape: 'card',
  cap: 20,
  spacing: 0,
  gap: 0,
  tight: true,
  folds: undefined,
};
const WIDEST_CARD = 40;

interface Storey {
  readonly node: GraphNode;
  readonly index: number;
  readonly height: number;
  /** An arrow stands above it. */
  readonly fed: boolean;
}

type Graph = ReturnType<typeof buildGraph>;

/** Few workers have a line each, and one for where hiding ends. */
function appHeight(node: GraphNode, resources: ReadonlyMap<string, ResourceView>): number {
  const workers = node.ids.reduce((sum, id) => sum + (resources.get(id)?.workers?.length ?? 0), 0);
  return workers > 0 && workers <= WORKERS_SHOWN ? workers + 1 : 1;
}

function storeys(resources: readonly ResourceView[]): { readonly list: Storey[]; readonly graph: Graph } {
  const graph = buildGraph(resources);
  const layered = layer(graph);
  const views = viewsById(resources);
  const connected = layered.components.flatMap((component) => component.flatMap((column) => [...column]));
  const order = [...connected, ...layered.singles].flatMap((id) => layered.slots[id]?.node ?? []);
  const list = order.flatMap((index): Storey[] => {
    const node = graph.nodes[index];
    if (node === undefined) return [];
    const fed = graph.edges.some((edge) => edge.to === index && !edge.redrive);
    const first = firstOf(node, views);
    const isApp = first !== undefined && isCaller(first);
    const height = isApp ? appHeight(node, views) : sizeOf(node, views, CARD, false).height;
    return [{ node, index, height, fed }];
  });
  return { list, graph };
}

/** Draws as many storeys as fit, from the one that keeps the selected in view, and says how many are out of it. */
export function narrowStage(input: PictureInput, size: Size, theme: Theme): NarrowPicture {
  const { list, graph } = storeys(input.resources);
  const total = (gap: number): number =>
    list.reduce((sum, storey) => sum + storey.height + (storey.fed ? gap : 0), 0);
  const gap = total(2) <= size.height ? 2 : 1;
  const needs = (storey: Storey): number => storey.height + (storey.fed ? gap : 0);
  const at = list.findIndex(
    (storey) => input.selected !== undefined && storey.node.ids.includes(input.selected),
  );
  const heightOf = (start: number, end: number): number =>
    list.slice(start, end + 1).reduce((sum, storey) => sum + needs(storey), 0);
  let first = 0;
  while (at > 0 && first < at && heightOf(first, at) > size.height) first += 1;
  const canvas = new Canvas(size);
  const scene = sceneOf(input, theme);
  let y = total(gap) + 1 <= size.height ? 1 : 0;
  let index = first;
  for (; index < list.length; index += 1) {
    const storey = list[index];
    if (storey === undefined || y + needs(storey) > size.height) break;
    if (storey.fed) drawArrow(canvas, graph, storey, y, gap, scene);
    y += needs(storey) - storey.height;
    drawStorey(canvas, storey, y, size.width, scene);
    y += storey.height;
  }
  const count = (part: readonly Storey[]): number =>
    part.reduce((sum, storey) => sum + storey.node.ids.length + storey.node.hangs.length, 0);
  const hidden = { left: 0, right: 0, up: count(list.slice(0, first)), down: count(list.slice(index)) };
  const { marks } = theme;
  if (hidden.up > 0) canvas.putEnd(size.width - 1, 0, `${marks.up} ${hidden.up} more`, 'second');
  if (hidden.down > 0)
    canvas.putEnd(size.width - 1, size.height - 1, `${marks.down} ${hidden.down} more`, 'second');
  return { rows: canvas.rows(theme), shown: count(list.slice(first, index)), hidden };
}

const sceneOf = (input: PictureInput, theme: Theme): Scene => ({
  views: viewsById(input.resources),
  marks: theme.marks,
  now: input.now,
  selected: input.selected,
  followed: input.followed,
  motion: input.motion,
  newKey: input.newKey ?? 'n',
});

function drawArrow(canvas: Canvas, graph: Graph, storey: Storey, y: number, gap: number, scene: Scene): void {
  const edges = graph.edges.filter((edge) => edge.to === storey.index && !edge.redrive);
  const dots = edges.flatMap((edge) => scene.motion.dots.get(edge.key) ?? []);
  const flows = edges.map((edge) => flowOf(edge, scene.views));
  const moving = dots.length > 0 || flows.some((flow) => flow.perSecond > 0);
  const refused = flows.reduce((sum, flow) => sum + flow.refusedPerSecond, 0);
  const dot = dots.find((one) => one.followed) ?? dots[0];
  const role = dot?.followed === true ? 'accent' : refused > 0 ? 'bad' : moving ? 'second' : 'faint';
  const { marks } = scene;
  const looks = { visible: marks.visible, inFlight: marks.inFlight, delayed: marks.delayed };
  const roles = { visible: 'visible', inFlight: 'flight', delayed: 'delayed' } as const;
  if (gap > 1) canvas.put(5, y, moving ? marks.column : marks.lifeline, role);
  canvas.put(5, y + gap - 1, refused > 0 ? marks.refused : marks.down, role);
  if (dot !== undefined) {
    const text = dots.length === 1 ? looks[dot.state] : dots.length <= 9 ? String(dots.length) : '+';
    canvas.put(7, y, text, dot.followed ? 'accent' : roles[dot.state]);
    if (dot.followed) canvas.put(9, y, scene.followed?.label ?? '', 'accent', true);
    return;
  }
  const total = flows.reduce((sum, flow) => sum + flow.perSecond, 0);
  if (total > 0) canvas.put(7, y, rate(total), 'normal');
  if (refused > 0)
    canvas.put(7 + (total > 0 ? width(rate(total)) + 2 : 0), y, `${marks.refused} ${rate(refused)}`, 'bad');
}

function drawStorey(canvas: Canvas, storey: Storey, y: number, columns: number, scene: Scene): void {
  const [first] = viewsOf(storey.node, scene.views);
  const isApp = first !== undefined && isCaller(first);
  const width = isApp ? columns - 2 : Math.min(WIDEST_CARD, columns - 4);
  const placed: Placed = {
    node: storey.node,
    x: 2,
    y,
    width,
    height: storey.height,
    ports: [y + (storey.height >= 5 ? 2 : 1)],
    out: y,
    boxed: !isApp,
    layer: 0,
    expanded: false,
  };
  if (isApp) {
    drawPeople(canvas, placed, scene);
    return;
  }
  drawFrame(canvas, placed, storey.height, scene);
  drawInside(canvas, placed, storey.height, scene);
  drawHang(canvas, placed, CARD, scene);
}

/** Where a worker's bar begins. */
const BAR_AT = 30;

function drawPeople(canvas: Canvas, placed: Placed, scene: Scene): void {
  const views = viewsOf(placed.node, scene.views);
  const workers = workersSeen(views, scene);
  const isStopped = views.every((view) => view.stopped === true);
  if (workers.length > 0 && workers.length <= WORKERS_SHOWN) {
    workers.forEach((worker, row) => {
      drawWorker(canvas, placed, worker, row, workers[row + 1], isStopped, scene);
    });
    return;
  }
  const missing = missingOf(views, scene);
  const words: Part[] =
    missing !== undefined
      ? [[missing, 'bad']]
      : workers.length > 0
        ? [...squareParts(workers, 16, scene), [`  ${workerWords(workers, isStopped)}`, 'second']]
        : [[(views[0]?.notes ?? []).join('  '), 'second']];
  const parts: Part[] = [...nameParts(placed, CARD, scene), ['  '], ...words];
  if (partsWidth(parts) <= placed.width) putParts(canvas, placed.x, placed.y, parts);
  else putParts(canvas, placed.x, placed.y, parts.slice(0, -1));
}

function drawWorker(
  canvas: Canvas,
  placed: Placed,
  worker: WorkerView,
  row: number,
  next: WorkerView | undefined,
  isStopped: boolean,
  scene: Scene,
): void {
  const y = placed.y + row;
  const role = isSelected(placed.node, scene) ? 'accent' : 'strong';
  const name = cut(worker.name, 16, scene.marks.more);
  const at = canvas.put(placed.x, y, name, role, true);
  const missing = missingOf(viewsOf(placed.node, scene.views), scene);
  const words = missing ?? (isStopped ? 'stopped' : stateWords(worker, scene));
  const isWrong = missing !== undefined || worker.state === 'crashed';
  canvas.put(at + 1, y, words, isWrong ? 'bad' : 'second');
  if (isStopped || !isAtWork(worker)) return;
  const hintRow = next !== undefined && isAtWork(next) ? undefined : y + 1;
  drawBar(canvas, placed.x + BAR_AT, y, worker, hintRow, scene);
}
