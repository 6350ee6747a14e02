/** What one frame of the stage is drawn from, besides the layout. */
import type { LinkView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Marks } from '../paint/marks.ts';
import type { Role } from '../paint/palettes.ts';
import { width } from '../paint/text.ts';
import type { Canvas } from './canvas.ts';
import type { Views } from './fits.ts';
import type { GraphEdge, GraphNode } from './graph.ts';
import type { Stock } from './tray.ts';

export interface Followed {
  readonly messageId: string;
  /** Its short name, as lists show it: `a1f3`. */
  readonly label: string;
  /** The resources it has been in or is on its way to, in order. */
  readonly path: readonly ResourceId[];
  /** Where it is kept now, and in which state. */
  readonly at?: ResourceId;
  readonly state?: keyof Stock;
}

/** Marks on their way and signs at doors, as of now: made by `motion.ts`. */
export interface Motion {
  /** Per edge key: how far each mark has come, 0 to 1. */
  readonly dots: ReadonlyMap<string, readonly Dot[]>;
  /** Edges that show a figure instead of marks. */
  readonly rates: ReadonlySet<string>;
  /** Edges at whose door something was refused within the last second. */
  readonly refused: ReadonlySet<string>;
  /** Resources from which a message was deleted just now, and workers that did it. */
  readonly deleted: ReadonlySet<string>;
}

export interface Dot {
  readonly progress: number;
  readonly state: keyof Stock;
  readonly followed: boolean;
  /** The worker it goes to, where a consumer shows each of its own. */
  readonly worker?: string | undefined;
}

export interface Scene {
  readonly views: Views;
  readonly marks: Marks;
  readonly now: number;
  readonly selected: ResourceId | undefined;
  readonly followed: Followed | undefined;
  readonly motion: Motion;
  /** The key that makes a new resource, as the footer calls it. */
  readonly newKey: string;
}

export type Part = readonly [text: string, role?: Role, bold?: boolean];

/** A fault that holds: its mark and its word. */
export function troubleParts(views: readonly ResourceView[], scene: Scene): Part[] | undefined {
  const trouble = views.find((view) => view.trouble !== undefined)?.trouble;
  return trouble === undefined ? undefined : [[`${scene.marks.slow} ${trouble}`, 'flight']];
}

export const partsWidth = (parts: readonly Part[]): number =>
  parts.reduce((sum, [text]) => sum + width(text), 0);

/** Writes parts one after the other; gives the column after them. */
export function putParts(canvas: Canvas, x: number, y: number, parts: readonly Part[]): number {
  let at = x;
  for (const [text, role, bold] of parts) at = canvas.put(at, y, text, role ?? 'normal', bold ?? false);
  return at;
}

export const putPartsEnd = (canvas: Canvas, end: number, y: number, parts: readonly Part[]): void => {
  putParts(canvas, end - partsWidth(parts), y, parts);
};

export const viewsOf = (node: GraphNode, views: Views): ResourceView[] =>
  node.ids.flatMap((id) => views.get(id) ?? []);

export const isSelected = (node: GraphNode, scene: Scene): boolean =>
  scene.selected !== undefined && node.ids.includes(scene.selected);

/** The messages of all members together. */
export function stockOf(node: GraphNode, views: Views): Stock | undefined {
  let sum: Stock | undefined;
  for (const view of viewsOf(node, views)) {
    if (view.stock === undefined) continue;
    sum = {
      visible: (sum?.visible ?? 0) + view.stock.visible,
      inFlight: (sum?.inFlight ?? 0) + view.stock.inFlight,
      delayed: (sum?.delayed ?? 0) + view.stock.delayed,
    };
  }
  return sum;
}

export function ratesOf(
  node: GraphNode,
  views: Views,
): { readonly in: number; readonly out: number; readonly refused: number } {
  const all = viewsOf(node, views).flatMap((view) => view.rates ?? []);
  const sum = (of: 'in' | 'out' | 'refused'): number => all.reduce((total, rates) => total + rates[of], 0);
  return { in: sum('in'), out: sum('out'), refused: sum('refused') };
}

export interface Flow {
  readonly perSecond: number;
  readonly refusedPerSecond: number;
}

/** What goes along an edge now, all its links together. */
export function flowOf(edge: GraphEdge, views: Views): Flow {
  let perSecond = 0;
  let refusedPerSecond = 0;
  for (const place of edge.links) {
    const link = linkOf(place.owner, place.to, place.type, views);
    perSecond += link?.perSecond ?? 0;
    refusedPerSecond += link?.refusedPerSecond ?? 0;
  }
  return { perSecond, refusedPerSecond };
}

function linkOf(
  owner: ResourceId,
  to: ResourceId,
  type: LinkView['type'],
  views: Views,
): LinkView | undefined {
  return views.get(owner)?.links.find((link) => link.to === to && link.type === type);
}
