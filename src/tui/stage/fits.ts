/** The sizes in which a picture is tried, largest first, and how much room each node takes in each. */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import { width } from '../paint/text.ts';
import type { GraphNode } from './graph.ts';

/** What a person calls the size; `fold` groups what is alike. */
export type StageLevel = 'card' | 'box' | 'row' | 'fold';

/** `slim` is a box of one line; `block` two lines without border; `row` one. */
export type Shape = 'card' | 'box' | 'slim' | 'block' | 'row';

export interface Fit {
  readonly level: StageLevel;
  readonly shape: Shape;
  /** Longest name, in cells; longer ones are cut. */
  readonly cap: number;
  /** Blank rows between nodes of a column. */
  readonly spacing: number;
  /** Cells of a gap without its trunks. */
  readonly gap: number;
  /** Dead letters go into the bottom border, and boxes are as narrow as they can be. */
  readonly tight: boolean;
  /** Groups of this many or more are folded. */
  readonly folds: number | undefined;
}

const tried = (
  level: StageLevel,
  shape: Shape,
  cap: number,
  spacing: number,
  gap: number,
  tight = false,
  folds?: number,
): Fit => ({ level, shape, cap, spacing, gap, tight, folds });

/** Largest first. Cards are for few resources: see `mayBeCards`. */
export const FITS: readonly Fit[] = [
  tried('card', 'card', 28, 1, 7),
  tried('card', 'card', 20, 1, 4, true),
  tried('box', 'box', 28, 1, 7),
  tried('box', 'box', 20, 1, 5, true),
  tried('box', 'slim', 16, 1, 4, true),
  tried('row', 'block', 20, 1, 5),
  tried('row', 'block', 14, 0, 3, true),
  tried('row', 'block', 11, 0, 3, true),
  tried('row', 'row', 20, 1, 5),
  tried('row', 'row', 14, 0, 4, true),
  tried('row', 'row', 10, 0, 3, true),
  tried('fold', 'box', 24, 1, 7, false, 3),
  tried('fold', 'slim', 20, 1, 5, true, 3),
  tried('fold', 'slim', 14, 0, 4, true, 2),
  tried('fold', 'block', 14, 0, 4, true, 2),
  tried('fold', 'row', 14, 0, 4, true, 2),
  tried('fold', 'row', 10, 0, 3, true, 2),
];

export interface NodeSize {
  readonly width: number;
  readonly height: number;
  /** Rows, from the node's top, at which wires arrive. */
  readonly ports: readonly number[];
  /** The row at which wires leave. */
  readonly out: number;
  /** Has a border that a wire may be joined to. */
  readonly boxed: boolean;
}

/** One picture shows the workers of few consumers one by one. */
export const WORKERS_SHOWN = 3;

/** Cells of a worker's bar, and of its line of words. */
export const WORKER_WIDTH = 25;

/** Squares on one line under a consumer's name. */
export const SQUARES: Readonly<Record<Shape, number>> = { card: 14, box: 14, slim: 12, block: 12, row: 8 };

export const ROW_TRAY = 8;
export const ROW_COUNTS = 13;

export type Views = ReadonlyMap<ResourceId, ResourceView>;

export function firstOf(node: GraphNode, views: Views): ResourceView | undefined {
  const id = node.ids[0];
  return id === undefined ? undefined : views.get(id);
}

/** The name a node carries, cut nowhere yet. */
export function nameOf(node: GraphNode, views: Views): string {
  return node.pattern ?? firstOf(node, views)?.name ?? '';
}

export const workersOf = (node: GraphNode, views: Views): number =>
  node.ids.reduce((sum, id) => sum + (views.get(id)?.workers?.length ?? 0), 0);

/** `×12` after a name, when there is more than one of it. */
export function timesOf(node: GraphNode, views: Views): number {
  const workers = workersOf(node, views);
  return Math.max(node.ids.length, workers, 1);
}

function appSize(node: GraphNode, views: Views, by: Fit, single: boolean): NodeSize {
  const view = firstOf(node, views);
  const workers = workersOf(node, views);
  const indent = by.shape === 'row' ? 0 : 1;
  const plain = { ports: [0], out: 0, boxed: false };
  // Level with the one line of a slim box.
  const level = { ports: [1], out: 1, boxed: false };
  if (node.ghost && by.shape === 'slim') return { ...level, width: indent + 12, height: 3 };
  if (node.ghost) {
    return { ...plain, width: indent + 12, height: by.shape === 'row' ? 1 : 2 };
  }
  const title = view === undefined || view.kind === 'app' ? 0 : width(view.title) + 1;
  const name = title + Math.min(width(nameOf(node, views)), by.cap);
  const times = timesOf(node, views) > 1 ? 1 + width(`×${timesOf(node, views)}`) : 0;
  if (by.shape === 'row') {
    // On one line: the name, then the squares of a consumer or the rate of a producer.
    return { ...plain, width: name + times + 1 + (workers > 0 ? SQUARES.row : 6), height: 1 };
  }
  if (single) {
    // Name, bar, and a line for where hiding ends; where rows are scarce that line is the next name's.
    const each = by.tight ? 2 : 3;
    const ports = Array.from({ length: workers }, (_, index) => 1 + each * index);
    return { width: indent + WORKER_WIDTH, height: Math.max(3, each * workers), ports, out: 1, boxed: false };
  }
  const few = by.shape === 'block' && by.tight && view?.role !== 'sink';
  const notes = (view?.notes ?? []).slice(0, few ? 1 : 2);
  const squares = Math.min(Math.max(workers, 0), SQUARES[by.shape]);
  const words = by.shape === 'block' ? 8 : 15;
  const lines =
    workers > 0
      ? [squares, workers > 1 && by.shape !== 'block' ? words : 8]
      : notes.map((note) => Math.min(width(note), 14));
  const rows = workers > 0 ? (by.shape === 'block' ? 2 : 3) : 1 + Math.max(1, notes.length);
  const wide = indent + Math.max(name + times, ...lines, 6);
  return by.shape === 'slim' ? { ...level, width: wide, height: 3 } : { ...plain, width: wide, height: rows };
}

function boxContent(view: ResourceView | undefined, most: number): number {
  const figures = view?.figures?.length ?? 0;
  const own = (view?.meters?.length ?? 0) + Math.min(figures, 2);
  const lines = own > 0 ? own : (view?.notes?.length ?? 0);
  return Math.min(most, Math.max(1, lines));
}

function resourceSize(node: GraphNode, views: Views, by: Fit): NodeSize {
  const view = firstOf(node, views);
  const group = node.ids.length > 1;
  const hangs = node.hangs.length > 0;
  const bars = group ? Math.min(node.ids.length + 8, 32) : 0;
  const title = width(view?.title ?? '') + 1 + Math.min(width(nameOf(node, views)), by.cap) + (group ? 5 : 0);
  const stock = view?.stock !== undefined;
  if (by.shape === 'row' && !stock && !group) {
    const cells = Math.max(title, view?.meters === undefined ? 12 : 18);
    return { width: cells, height: 2, ports: [0], out: 0, boxed: false };
  }
  if (by.shape === 'row') {
    const high = hangs || group || !by.tight ? 2 : 1;
    return {
      width: Math.max(title, 12) + 1 + ROW_TRAY + 1 + ROW_COUNTS,
      height: high,
      ports: [0],
      out: 0,
      boxed: false,
    };
  }
  if (by.shape === 'block') {
    const least =
      !stock && !group ? (view?.meters === undefined ? 12 : 16) : by.tight ? Math.min(27, 15 + by.cap) : 30;
    const lines = stock ? 1 : boxContent(view, 2);
    const high = group ? 3 : 1 + lines + (hangs ? 1 : 0);
    return {
      width: 1 + Math.max(least, title + (stock || group ? 8 : 0)),
      height: high,
      ports: [0],
      out: 0,
      boxed: false,
    };
  }
  const most = { card: 3, box: 2, slim: 1 }[by.shape];
  const inner = group ? 3 : stock ? most : boxContent(view, most);
  const below = hangs && !by.tight ? (by.shape === 'card' ? 2 : 1) : 0;
  const least = stock || group ? { card: 29, box: by.tight ? 30 : 34, slim: 34 }[by.shape] : 23;
  const scope = by.shape === 'card' ? 11 : by.tight ? 0 : 9;
  const port = inner >= 3 ? 2 : 1;
  return {
    width: Math.max(least, bars + 4, title + 6 + (view?.scope === undefined ? 0 : scope)),
    height: inner + 2 + below,
    ports: [port],
    out: port,
    boxed: true,
  };
}

/** Room of a node; `expanded` shows each worker with its bar. */
export function sizeOf(node: GraphNode, views: Views, by: Fit, expanded: boolean): NodeSize {
  // The instances of a group have squares only: what they do is told by their fleet.
  const isGroup = firstOf(node, views)?.kind === 'group';
  const isConsumer = node.app && !isGroup && workersOf(node, views) > 0 && node.ids.length === 1;
  return node.app ? appSize(node, views, by, expanded && isConsumer) : resourceSize(node, views, by);
}
