/** Which wires of a gap belong together, from a drawing whose rows are known. */
import type { NodeSize } from './fits.ts';
import type { Graph, GraphEdge } from './graph.ts';
import type { Layered, Slot } from './layers.ts';
import type { Net } from './trunks.ts';

export interface Drawing {
  readonly graph: Graph;
  readonly layered: Layered;
  readonly sizes: readonly NodeSize[];
  readonly expanded: boolean;
  readonly isRows: boolean;
  readonly tops: ReadonlyMap<number, number>;
  /** Rows used by what is connected, and by the corridors of cycles below it. */
  readonly height: number;
  readonly corridors: ReadonlyMap<GraphEdge, number>;
}

export function outRow(drawing: Drawing, slot: Slot): number {
  const size = slot.node === undefined ? undefined : drawing.sizes[slot.node];
  return (drawing.tops.get(slot.id) ?? 0) + (size?.out ?? 0);
}

export function portRows(drawing: Drawing, slot: Slot): number[] {
  const size = slot.node === undefined ? undefined : drawing.sizes[slot.node];
  const top = drawing.tops.get(slot.id) ?? 0;
  return (size?.ports ?? [0]).map((port) => top + port);
}

/** The target that a slot shares with others and that is its only one: their wires join into one trunk. */
export function sharedTarget(drawing: Drawing, slot: Slot): number | undefined {
  const { layered } = drawing;
  const target = slot.next[0];
  if (target === undefined || slot.next.length !== 1) return undefined;
  if (layered.back.some((edge) => edge.from === slot.id)) return undefined;
  const others = layered.slots[target]?.previous.filter((id) => {
    const other = layered.slots[id];
    return other?.next.length === 1 && !layered.back.some((edge) => edge.from === id);
  });
  return (others?.length ?? 0) > 1 ? target : undefined;
}

/** Slots by net: alone, or with those that go to the same target only. */
function together(drawing: Drawing): number[][] {
  const groups = new Map<string, number[]>();
  for (const slot of drawing.layered.slots) {
    const target = sharedTarget(drawing, slot);
    const key = target === undefined ? `own ${slot.id}` : `to ${target}`;
    groups.set(key, [...(groups.get(key) ?? []), slot.id]);
  }
  return [...groups.values()];
}

/** Wires of one owner join where they meet; those to a shared target belong to it. */
export const SHARED = 10_000;

/** The nets of each gap; gap 0 is left of the first column. */
export function netsOf(drawing: Drawing): Net[][] {
  const { layered, corridors } = drawing;
  const nets: Net[][] = Array.from({ length: layered.layerCount + 1 }, () => []);
  const below = new Map<number, number[]>();
  for (const [edge, row] of corridors) {
    below.set(edge.from, [...(below.get(edge.from) ?? []), row]);
    const target = layered.slots[edge.to];
    if (target === undefined) continue;
    nets[target.layer]?.push({
      slots: [backSlot(edge)],
      sources: [],
      targets: [row, ...portRows(drawing, target)],
    });
  }
  for (const slots of together(drawing)) {
    const first = layered.slots[slots[0] ?? -1];
    if (first === undefined) continue;
    const targets = first.next.flatMap((id) => {
      const next = layered.slots[id];
      return next === undefined ? [] : portRows(drawing, next);
    });
    const all = [...targets, ...slots.flatMap((id) => below.get(id) ?? [])];
    const sources = slots.flatMap((id) => layered.slots[id] ?? []).map((slot) => outRow(drawing, slot));
    if (all.length > 0) nets[first.layer + 1]?.push({ slots, sources, targets: all });
  }
  return nets;
}

/** Names the net of a back edge near its target, apart from all slots. */
export const backSlot = (edge: GraphEdge): number => -1 - edge.from * 1_000 - edge.to;
