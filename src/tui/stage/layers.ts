/**
 * Which column each node stands in and in what order down the column: longest path from the producers, cycles cut at
 * the newest edge, then two barycentre sweeps. An order known from before is kept, so that nothing swaps places.
 */
import type { Graph, GraphEdge } from './graph.ts';

/** A place in a column: a node, or the passage of an edge that goes on to a later column. */
export interface Slot {
  readonly id: number;
  readonly key: string;
  /** Index into the graph's nodes; undefined for a passage. */
  readonly node: number | undefined;
  readonly layer: number;
  readonly order: number;
  readonly next: number[];
  readonly previous: number[];
}

export interface Layered {
  readonly slots: readonly Slot[];
  /** Slot ids per component, per layer, in order from top to bottom. */
  readonly components: readonly (readonly (readonly number[])[])[];
  /** Nodes that are connected to nothing. */
  readonly singles: readonly number[];
  readonly layerCount: number;
  /** For each edge drawn forward: its slots from source to target. */
  readonly chains: ReadonlyMap<GraphEdge, readonly number[]>;
  /** Edges that close a cycle. */
  readonly back: readonly GraphEdge[];
}

export function layer(graph: Graph, before?: readonly string[]): Layered {
  const { forward, back } = withoutCycles(graph);
  const depth = depths(graph, forward);
  const parts = components(graph);
  const singles = parts.filter((part) => part.length === 1).flat();
  const groups = parts
    .filter((part) => part.length > 1)
    .sort((a, b) => b.length - a.length || order(graph, a, b));
  align(graph, groups, depth);
  const made = slots(graph, forward, depth);
  const rank = before === undefined ? undefined : new Map(before.map((key, index) => [key, index]));
  const columns = groups.map((group) => sorted(made.all, new Set(group), made.chains, rank));
  const layerCount = Math.max(
    0,
    ...made.all.map((slot) => (singles.includes(slot.node ?? -1) ? 0 : slot.layer + 1)),
  );
  return { slots: made.all, components: columns, singles, layerCount, chains: made.chains, back };
}

const order = (graph: Graph, a: readonly number[], b: readonly number[]): number =>
  (graph.nodes[a[0] ?? 0]?.order ?? 0) - (graph.nodes[b[0] ?? 0]?.order ?? 0);

/** Takes edges from the oldest to the newest and leaves out each that would close a cycle. */
function withoutCycles(graph: Graph): { readonly forward: GraphEdge[]; readonly back: GraphEdge[] } {
  const forward: GraphEdge[] = [];
  const back: GraphEdge[] = [];
  const out = new Map<number, number[]>();
  const reaches = (from: number, to: number): boolean => {
    const seen = new Set([from]);
    const open = [from];
    while (open.length > 0) {
      const at = open.pop();
      if (at === to) return true;
      for (const next of out.get(at ?? -1) ?? []) {
        if (!seen.has(next)) {
          seen.add(next);
          open.push(next);
        }
      }
    }
    return false;
  };
  const oldestFirst = [...graph.edges].sort(
    (a, b) => Number(a.redrive) - Number(b.redrive) || a.order - b.order,
  );
  for (const edge of oldestFirst) {
    if (reaches(edge.to, edge.from)) {
      if (!edge.redrive) back.push(edge);
      continue;
    }
    forward.push(edge);
    out.set(edge.from, [...(out.get(edge.from) ?? []), edge.to]);
  }
  return { forward, back };
}

function depths(graph: Graph, forward: readonly GraphEdge[]): number[] {
  const depth = graph.nodes.map(() => 0);
  let changed = true;
  while (changed) {
    changed = false;
    for (const edge of forward) {
      const wanted = (depth[edge.from] ?? 0) + (edge.redrive ? 0 : 1);
      if ((depth[edge.to] ?? 0) < wanted) {
        depth[edge.to] = wanted;
        changed = true;
      }
    }
  }
  // Producers stand just left of their first target.
  graph.nodes.forEach((_, index) => {
    if (forward.some((edge) => edge.to === index)) return;
    const targets = forward
      .filter((edge) => edge.from === index && !edge.redrive)
      .map((edge) => depth[edge.to] ?? 0);
    if (targets.length > 0) depth[index] = Math.min(...targets) - 1;
  });
  return depth;
}

function components(graph: Graph): number[][] {
  const of = graph.nodes.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (of[at] !== at) at = of[at] ?? at;
    return at;
  };
  for (const edge of graph.edges)
    of[Math.max(root(edge.from), root(edge.to))] = Math.min(root(edge.from), root(edge.to));
  const parts = new Map<number, number[]>();
  graph.nodes.forEach((_, index) => {
    const list = parts.get(root(index)) ?? [];
    list.push(index);
    parts.set(root(index), list);
  });
  return [...parts.values()];
}

/** Moves smaller components to the right where that puts like under like. */
function align(graph: Graph, groups: readonly (readonly number[])[], depth: number[]): void {
  const kindAt = new Map<string, number>();
  const kind = (index: number): string =>
    graph.nodes[index]?.app === true ? 'app' : (graph.nodes[index]?.key.split('/')[0] ?? '');
  const deepest = Math.max(0, ...(groups[0] ?? []).map((index) => depth[index] ?? 0));
  groups.forEach((group, place) => {
    const lowest = Math.min(...group.map((index) => depth[index] ?? 0));
    const own = Math.max(...group.map((index) => depth[index] ?? 0)) - lowest;
    let best = 0;
    let bestScore = -1;
    for (let shift = 0; place > 0 && shift <= deepest - own; shift += 1) {
      const score = group.reduce(
        (sum, index) => sum + (kindAt.get(`${(depth[index] ?? 0) - lowest + shift}${kind(index)}`) ?? 0),
        0,
      );
      if (score > bestScore) {
        bestScore = score;
        best = shift;
      }
    }
    for (const index of group) {
      depth[index] = (depth[index] ?? 0) - lowest + best;
      const key = `${depth[index]}${kind(index)}`;
      kindAt.set(key, (kindAt.get(key) ?? 0) + 1);
    }
  });
}

function slots(
  graph: Graph,
  forward: readonly GraphEdge[],
  depth: readonly number[],
): { readonly all: Slot[]; readonly chains: Map<GraphEdge, number[]> } {
  const all: Slot[] = graph.nodes.map((node, index) => ({
    id: index,
    key: node.key,
    node: index,
    layer: depth[index] ?? 0,
    order: node.order,
    next: [],
    previous: [],
  }));
  const chains = new Map<GraphEdge, number[]>();
  for (const edge of forward) {
    if (edge.redrive) continue;
    const chain = [edge.from];
    for (let at = (depth[edge.from] ?? 0) + 1; at < (depth[edge.to] ?? 0); at += 1) {
      const key = `pass:${graph.nodes[edge.from]?.key}>${graph.nodes[edge.to]?.key}:${at}`;
      chain.push(all.length);
      all.push({
        id: all.length,
        key,
        node: undefined,
        layer: at,
        order: edge.order,
        next: [],
        previous: [],
      });
    }
    chain.push(edge.to);
    chain.forEach((id, index) => {
      const following = chain[index + 1];
      if (following === undefined) return;
      all[id]?.next.push(following);
      all[following]?.previous.push(id);
    });
    chains.set(edge, chain);
  }
  return { all, chains };
}

function sorted(
  all: readonly Slot[],
  group: ReadonlySet<number>,
  chains: ReadonlyMap<GraphEdge, readonly number[]>,
  rank: ReadonlyMap<string, number> | undefined,
): number[][] {
  const members = new Set(group);
  for (const [edge, chain] of chains) {
    if (group.has(edge.from)) for (const id of chain) members.add(id);
  }
  const columns: Slot[][] = [];
  for (const slot of all) {
    if (!members.has(slot.id)) continue;
    while (columns.length <= slot.layer) columns.push([]);
    columns[slot.layer]?.push(slot);
  }
  for (const column of columns) column.sort((a, b) => a.order - b.order || a.id - b.id);
  const place = new Map<number, number>();
  const number = (column: readonly Slot[]): void => {
    column.forEach((slot, index) => {
      place.set(slot.id, index);
    });
  };
  columns.forEach(number);
  const centre = (slot: Slot, side: 'next' | 'previous'): number | undefined => {
    const list = slot[side];
    if (list.length === 0) return undefined;
    return list.reduce((sum, id) => sum + (place.get(id) ?? 0), 0) / list.length;
  };
  const sweep = (column: Slot[], side: 'next' | 'previous'): void => {
    const wanted = new Map(column.map((slot) => [slot.id, centre(slot, side) ?? place.get(slot.id) ?? 0]));
    column.sort(
      (a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0) || a.order - b.order || a.id - b.id,
    );
    number(column);
  };
  for (let round = 0; round < 2; round += 1) {
    for (const column of columns) sweep(column, 'previous');
    for (const column of [...columns].reverse()) sweep(column, 'next');
  }
  if (rank !== undefined) for (const column of columns) keepOrder(column, rank);
  return columns.map((column) => column.map((slot) => slot.id));
}

/** Puts those known from before back into their order; the new ones stay behind the one they came after. */
function keepOrder(column: Slot[], rank: ReadonlyMap<string, number>): void {
  const known = column
    .filter((slot) => rank.has(slot.key))
    .sort((a, b) => (rank.get(a.key) ?? 0) - (rank.get(b.key) ?? 0));
  column.forEach((slot, index) => {
    if (!rank.has(slot.key)) return;
    const next = known.shift();
    if (next !== undefined) column[index] = next;
  });
}
