/**
 * From a graph to places: columns, rows, trunks and routes, in a picture as large as it must be. Whether it fits, and
 * which part is shown, is decided elsewhere.
 */
import type { ResourceView } from '../../contract/view.ts';
import { type Fit, sizeOf, type Views, WORKERS_SHOWN, workersOf } from './fits.ts';
import { buildGraph, type Graph, type GraphEdge, type GraphNode, type GraphOptions } from './graph.ts';
import { type Layered, layer, type Slot } from './layers.ts';
import { backSlot, type Drawing, netsOf, outRow, portRows, SHARED, sharedTarget } from './nets.ts';
import { placeRows, type SlotSize } from './rows.ts';
import { type Net, trunkColumns, trunkOrder } from './trunks.ts';

export interface Placed {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Rows of the picture at which wires arrive, and at which they leave. */
  readonly ports: readonly number[];
  readonly out: number;
  readonly boxed: boolean;
  readonly layer: number;
  /** Shows each of its workers. */
  readonly expanded: boolean;
}

/** One stretch of a route between two columns: along a row, up or down a trunk, along the row of each target. */
export interface Hop {
  /** First cell after the source, and the row there. */
  readonly from: number;
  readonly row: number;
  /** Wires of one owner join, wires of two cross. */
  readonly owner: number;
  readonly trunk: number | undefined;
  /** The cell before the target, and its rows. */
  readonly to: number;
  readonly rows: readonly number[];
}

export interface Route {
  readonly edge: GraphEdge;
  readonly hops: readonly Hop[];
  /** Closes a cycle: it runs along the bottom, on this row. */
  readonly back: number | undefined;
}

export interface Layout {
  readonly fit: Fit;
  readonly graph: Graph;
  readonly width: number;
  readonly height: number;
  readonly placed: readonly Placed[];
  readonly routes: readonly Route[];
  /** Keys in their order: what the next layout starts from. */
  readonly order: readonly string[];
}

/** Cells between a border of the pane and what stands at it; words bring a blank of their own. */
const MARGIN = 1;

/** A graph with its columns and orders: the same for every fit that folds the same. */
export interface Prepared {
  readonly graph: Graph;
  readonly layered: Layered;
}

export function prepare(
  resources: readonly ResourceView[],
  options: GraphOptions,
  before: readonly string[] | undefined,
): Prepared {
  const graph = buildGraph(resources, options);
  return { graph, layered: layer(graph, before) };
}

/** Lays out the world for one fit, spreading what is left of `room` cells over the gaps. */
export function layout(prepared: Prepared, views: Views, fit: Fit, room: number): Layout {
  const { graph } = prepared;
  const drawing = inRows(prepared, views, fit);
  const { layered } = drawing;
  const nets = netsOf(drawing);
  const columns = inColumns(drawing, nets, fit, room);
  const placed: Placed[] = [];
  for (const slot of layered.slots) {
    const node = slot.node === undefined ? undefined : graph.nodes[slot.node];
    if (node === undefined || layered.singles.includes(slot.node ?? -1)) continue;
    placed.push(place(drawing, node, slot, columns.left[slot.layer] ?? 0, columns.width[slot.layer] ?? 0));
  }
  const grid = placeSingles(drawing, columns, Math.max(room, columns.total), fit);
  const routes = routesOf(drawing, columns);
  return {
    fit,
    graph,
    width: Math.max(columns.total, grid.width),
    height: grid.height,
    placed: [...placed, ...grid.placed],
    routes,
    order: [...layered.components.flat(2).map((id) => layered.slots[id]?.key ?? '')],
  };
}

/** Whether each worker of the consumers is shown with its bar: few, and only on the largest picture. */
function showsWorkers(graph: Graph, views: Views, fit: Fit): boolean {
  if (fit.shape !== 'card') return false;
  const consumers = graph.nodes.filter(({ key }) => !key.startsWith('group/'));
  const total = consumers.reduce((sum, node) => sum + workersOf(node, views), 0);
  return total <= (fit.tight ? WORKERS_SHOWN - 1 : WORKERS_SHOWN);
}

function inRows({ graph, layered }: Prepared, views: Views, fit: Fit): Drawing {
  const expanded = showsWorkers(graph, views, fit);
  const sizes = graph.nodes.map((node) => sizeOf(node, views, fit, expanded));
  const slotSizes = new Map<number, SlotSize>();
  for (const slot of layered.slots) {
    const size = slot.node === undefined ? undefined : sizes[slot.node];
    const ports = size?.ports ?? [0];
    const centre = Math.floor(((ports[0] ?? 0) + (ports[ports.length - 1] ?? 0)) / 2);
    slotSizes.set(slot.id, { height: size?.height ?? 1, centre });
  }
  const tops = new Map<number, number>();
  let height = 0;
  const between = Math.max(fit.spacing, fit.shape === 'row' || fit.shape === 'block' ? 0 : 1);
  layered.components.forEach((component, index) => {
    const rows = placeRows(component, layered.slots, slotSizes, fit.spacing);
    if (index > 0) height += between;
    for (const [id, at] of rows.tops) tops.set(id, at + height);
    height += rows.height;
  });
  const corridors = new Map<GraphEdge, number>();
  for (const edge of layered.back) {
    corridors.set(edge, height);
    height += 1;
  }
  return { graph, layered, sizes, expanded, isRows: fit.shape === 'row', tops, height, corridors };
}

interface Columns {
  readonly left: readonly number[];
  readonly width: readonly number[];
  /** First cell of each gap. */
  readonly gapLeft: readonly number[];
  /** Per gap, the column of each net's trunk, counted from the gap's first cell. */
  readonly trunks: readonly ReadonlyMap<number, number>[];
  readonly total: number;
}

const WIDEST_GAP = 14;
const WIDER_CARD = 12;

function inColumns(drawing: Drawing, nets: readonly (readonly Net[])[], fit: Fit, room: number): Columns {
  const { layered, sizes } = drawing;
  const count = layered.layerCount;
  const width = Array.from({ length: count }, () => 0);
  const boxed = Array.from({ length: count }, () => false);
  for (const slot of layered.slots) {
    if (slot.node === undefined || layered.singles.includes(slot.node)) continue;
    width[slot.layer] = Math.max(width[slot.layer] ?? 0, sizes[slot.node]?.width ?? 0);
    if (sizes[slot.node]?.boxed === true) boxed[slot.layer] = true;
  }
  const before = fit.shape === 'row' || boxed[0] === true ? MARGIN : 0;
  const after = fit.shape === 'row' || boxed[count - 1] === true ? MARGIN : 0;
  const plans = nets.map((list) => trunkColumns(trunkOrder(list)));
  const outer = (index: number): boolean => index === 0 || index === count;
  const gaps = plans.map((plan, index) => {
    if (count === 0) return 0;
    if (outer(index)) return plan.count === 0 ? 0 : plan.count + 3;
    return fit.gap + plan.count;
  });
  const least =
    gaps.reduce((sum, gap) => sum + gap, 0) + width.reduce((sum, cells) => sum + cells, 0) + before + after;
  let spare = Math.max(0, room - least);
  for (let grown = true; spare > 0 && grown; ) {
    grown = false;
    for (let index = 1; index < count && spare > 0; index += 1) {
      if ((gaps[index] ?? 0) >= WIDEST_GAP) continue;
      gaps[index] = (gaps[index] ?? 0) + 1;
      spare -= 1;
      grown = true;
    }
  }
  // Then cards grow: a longer tray shows more messages one by one.
  if (fit.shape === 'card') {
    const cards = boxed.flatMap((isBoxed, index) => (isBoxed ? [index] : []));
    const more = Math.min(WIDER_CARD, Math.floor(spare / Math.max(1, cards.length)));
    for (const index of cards) width[index] = (width[index] ?? 0) + more;
    spare -= more * cards.length;
  }
  const left: number[] = [];
  const gapLeft: number[] = [];
  let at = before + Math.floor(spare / 2);
  for (let index = 0; index <= count; index += 1) {
    gapLeft.push(at);
    at += gaps[index] ?? 0;
    left.push(at);
    at += width[index] ?? 0;
  }
  // Trunks stand close to the source, so that a label has room between trunk and arrow; words need a cell more.
  const isRow = fit.shape === 'row' || fit.shape === 'block';
  const off = (gap: number): number => (!fit.tight && (isRow || boxed[gap - 1] !== true) ? 2 : 1);
  const trunks = plans.map(
    (plan, gap) => new Map([...plan.column].map(([slot, column]) => [slot, off(gap) + column])),
  );
  return { left, width, gapLeft, trunks, total: Math.max(least, at + after) };
}

function place(drawing: Drawing, node: GraphNode, slot: Slot, x: number, width: number): Placed {
  const size = drawing.sizes[slot.node ?? 0];
  const y = drawing.tops.get(slot.id) ?? 0;
  return {
    node,
    x,
    y,
    // On rows, figures of a column stand below each other.
    width: node.app && !drawing.isRows ? (size?.width ?? width) : width,
    height: size?.height ?? 1,
    ports: (size?.ports ?? [0]).map((port) => y + port),
    out: y + (size?.out ?? 0),
    boxed: size?.boxed ?? false,
    layer: slot.layer,
    expanded: (size?.ports.length ?? 0) > 1 || (drawing.expanded && node.app && (size?.ports[0] ?? 0) > 0),
  };
}

/** What is connected to nothing stands below the rest, side by side. */
function placeSingles(
  drawing: Drawing,
  columns: Columns,
  room: number,
  fit: Fit,
): { readonly placed: Placed[]; readonly width: number; readonly height: number } {
  const { layered, graph, sizes } = drawing;
  const ids = [...layered.singles].sort(
    (a, b) => (graph.nodes[a]?.order ?? 0) - (graph.nodes[b]?.order ?? 0),
  );
  const between = fit.shape === 'row' || fit.shape === 'block' ? 3 : 2;
  const cell = Math.max(0, ...ids.map((id) => sizes[id]?.width ?? 0));
  const perRow = Math.max(
    1,
    Math.min(ids.length, Math.floor((room - 2 * MARGIN + between) / (cell + between))),
  );
  const used = perRow * (cell + between) - between;
  const margin = fit.shape === 'block' ? 0 : MARGIN;
  // Below the first column of boxes, if they have room there, else from the left; alone, in the middle.
  const boxes = layered.slots.find((slot) => {
    const node = slot.node === undefined ? undefined : graph.nodes[slot.node];
    return node?.app === false && !ids.includes(slot.id);
  });
  const under = boxes === undefined ? 0 : (columns.left[boxes.layer] ?? 0);
  const side = under + used + MARGIN <= room ? Math.max(margin, under) : margin;
  const start = drawing.height > 0 ? side : Math.max(margin, Math.floor((room - used) / 2));
  let height = drawing.height;
  let y = drawing.height === 0 ? 0 : drawing.height + Math.max(1, fit.spacing);
  const placed: Placed[] = [];
  for (let index = 0; index < ids.length; index += perRow) {
    const row = ids.slice(index, index + perRow);
    row.forEach((id, column) => {
      const slot = layered.slots[id];
      const node = graph.nodes[id];
      if (slot === undefined || node === undefined) return;
      const made = place(drawing, node, slot, start + column * (cell + between), cell);
      const shift = (by: number): number => by + y - made.y;
      placed.push({ ...made, y, ports: made.ports.map(shift), out: shift(made.out) });
    });
    height = y + Math.max(...row.map((id) => sizes[id]?.height ?? 1));
    y = height + fit.spacing;
  }
  return { placed, width: ids.length === 0 ? 0 : start + used + MARGIN, height };
}

function routesOf(drawing: Drawing, columns: Columns): Route[] {
  const { layered } = drawing;
  const routes: Route[] = [];
  const trunkOf = (gap: number, slot: number): number | undefined => {
    const column = columns.trunks[gap]?.get(slot);
    return column === undefined ? undefined : (columns.gapLeft[gap] ?? 0) + column;
  };
  for (const [edge, chain] of layered.chains) {
    const hops: Hop[] = [];
    for (let index = 0; index + 1 < chain.length; index += 1) {
      const slot = layered.slots[chain[index] ?? 0];
      const next = layered.slots[chain[index + 1] ?? 0];
      if (slot === undefined || next === undefined) continue;
      const shared = sharedTarget(drawing, slot);
      hops.push({
        from: columns.gapLeft[slot.layer + 1] ?? 0,
        row: outRow(drawing, slot),
        owner: shared === undefined ? edge.from : SHARED + shared,
        trunk: trunkOf(slot.layer + 1, slot.id),
        to: (columns.left[next.layer] ?? 0) - 1,
        rows: portRows(drawing, next),
      });
    }
    routes.push({ edge, hops, back: undefined });
  }
  for (const [edge, row] of drawing.corridors) {
    const source = layered.slots[edge.from];
    const target = layered.slots[edge.to];
    if (source === undefined || target === undefined) continue;
    const out = trunkOf(source.layer + 1, source.id);
    const home = trunkOf(target.layer, backSlot(edge));
    const hop: Hop = {
      from: columns.gapLeft[source.layer + 1] ?? 0,
      row: outRow(drawing, source),
      owner: edge.from,
      trunk: out,
      to: home ?? 0,
      rows: [row],
    };
    const last: Hop = {
      from: home ?? 0,
      row,
      owner: edge.from,
      trunk: home,
      to: (columns.left[target.layer] ?? 0) - 1,
      rows: portRows(drawing, target),
    };
    routes.push({ edge, hops: [hop, last], back: row });
  }
  return routes;
}
