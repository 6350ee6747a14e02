/**
 * The stage where a screen is narrow: from top to bottom. Columns become storeys, wires the arrows between them.
 */
import type { ResourceView } from '../../contract/view.ts';
import { rate } from '../paint/figures.ts';
import { cut, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { drawApp } from './apps.ts';
import { drawFrame, drawInside } from './boxes.ts';
import { Canvas } from './canvas.ts';
import { type Fit, sizeOf, workersOf } from './fits.ts';
import { buildGraph, type GraphNode } from './graph.ts';
import { drawHang } from './hangs.ts';
import { layer } from './layers.ts';
import type { Placed } from './layout.ts';
import type { PictureInput } from './picture.ts';
import { type Hidden, type Size, viewsById } from './plan.ts';
import { flowOf, type Scene } from './scene.ts';

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
const BLOCK_WIDTH = 36;

interface Storey {
  readonly node: GraphNode;
  readonly index: number;
  readonly height: number;
  readonly width: number;
  readonly ports: readonly number[];
  /** An arrow stands above it. */
  readonly fed: boolean;
}

function storeys(
  resources: readonly ResourceView[],
  size: Size,
): { readonly list: Storey[]; readonly graph: ReturnType<typeof buildGraph> } {
  const graph = buildGraph(resources);
  const layered = layer(graph);
  const views = viewsById(resources);
  const connected = layered.components.flatMap((component) => component.flatMap((column) => [...column]));
  const order = [...connected, ...layered.singles].flatMap((id) => layered.slots[id]?.node ?? []);
  const workers = graph.nodes.reduce((sum, node) => sum + workersOf(node, views), 0);
  const list = order.flatMap((index): Storey[] => {
    const node = graph.nodes[index];
    if (node === undefined) return [];
    const made = sizeOf(node, views, CARD, workers <= 3);
    const cells = node.app ? size.width - 2 : Math.min(BLOCK_WIDTH, size.width - 4);
    const fed = graph.edges.some((edge) => edge.to === index && !edge.redrive);
    return [{ node, index, height: made.height, width: cells, ports: made.ports, fed }];
  });
  return { list, graph };
}

/** Draws as many storeys as fit, from the one that keeps the selected in view. */
export function narrowStage(input: PictureInput, size: Size, theme: Theme): NarrowPicture {
  const { list, graph } = storeys(input.resources, size);
  const gapOf = (storey: Storey): number => (storey.fed ? 2 : 0);
  const at = list.findIndex(
    (storey) => input.selected !== undefined && storey.node.ids.includes(input.selected),
  );
  let first = 0;
  const heightTo = (start: number, end: number): number =>
    list.slice(start, end + 1).reduce((sum, storey) => sum + storey.height + gapOf(storey), 0);
  while (at > 0 && first < at && heightTo(first, at) > size.height) first += 1;
  const canvas = new Canvas(size);
  const scene: Scene = {
    views: viewsById(input.resources),
    marks: theme.marks,
    now: input.now,
    selected: input.selected,
    followed: input.followed,
    motion: input.motion,
    newKey: input.newKey ?? 'n',
  };
  let y = heightTo(0, list.length - 1) + 1 <= size.height ? 1 : 0;
  let index = first;
  for (; index < list.length; index += 1) {
    const storey = list[index];
    if (storey === undefined || y + gapOf(storey) + storey.height > size.height) break;
    if (storey.fed) drawArrow(canvas, graph, storey, y, scene);
    y += gapOf(storey);
    drawStorey(canvas, storey, y, scene);
    y += storey.height;
  }
  const count = (part: readonly Storey[]): number =>
    part.reduce((sum, storey) => sum + storey.node.ids.length + storey.node.hangs.length, 0);
  const hidden = { left: 0, right: 0, up: count(list.slice(0, first)), down: count(list.slice(index)) };
  return { rows: canvas.rows(theme), shown: count(list.slice(first, index)), hidden };
}

function drawArrow(
  canvas: Canvas,
  graph: ReturnType<typeof buildGraph>,
  storey: Storey,
  y: number,
  scene: Scene,
): void {
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
  canvas.put(5, y, moving ? marks.column : marks.lifeline, role);
  canvas.put(5, y + 1, refused > 0 ? marks.refused : marks.down, role);
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

function drawStorey(canvas: Canvas, storey: Storey, y: number, scene: Scene): void {
  const x = storey.node.app ? 1 : 2;
  const placed: Placed = {
    node: storey.node,
    x,
    y,
    width: storey.width,
    height: storey.height,
    ports: storey.ports.map((port) => y + port),
    out: y,
    boxed: !storey.node.app,
    layer: 0,
    expanded: storey.node.app && (storey.ports[0] ?? 0) > 0,
  };
  if (storey.node.app) {
    drawApp(canvas, placed, CARD, scene);
    const view = scene.views.get(storey.node.ids[0] ?? 'none/none');
    const from =
      view?.links.map((link) => scene.views.get(link.to)?.name ?? '').filter((name) => name !== '') ?? [];
    const note = from.length === 0 ? '' : `${view?.role === 'source' ? 'to' : 'from'} ${from.join(', ')}`;
    canvas.putEnd(
      x + storey.width - 1,
      y,
      cut(note, Math.max(0, storey.width - 30), scene.marks.more),
      'faint',
    );
    return;
  }
  drawFrame(canvas, placed, storey.height, scene);
  drawInside(canvas, placed, storey.height, scene);
  drawHang(canvas, placed, CARD, scene);
}
