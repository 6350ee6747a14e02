/**
 * Wires between two columns. Each source has one upright trunk in the gap; which stands left of which decides how
 * often wires cross, and that no two of them run over each other.
 */

/** Wires in one gap that belong together: from one source to its targets, or from several to the one they share. */
export interface Net {
  /** The slots whose wires these are. */
  readonly slots: readonly number[];
  /** The rows from which they come; none when from below (an edge that closes a cycle). */
  readonly sources: readonly number[];
  readonly targets: readonly number[];
}

const top = (net: Net): number => Math.min(...net.sources, ...net.targets);
const bottom = (net: Net): number => Math.max(...net.sources, ...net.targets);

/** A straight wire needs no trunk. */
const isStraight = (net: Net): boolean => {
  const row = net.sources[0];
  return row !== undefined && [...net.sources, ...net.targets].every((other) => other === row);
};

/** What it costs to have `left` stand left of `right`: crossings, and very much for running over each other. */
function cost(left: Net, right: Net): number {
  let sum = 0;
  for (const row of left.targets) {
    if (right.targets.includes(row)) continue;
    if (right.sources.includes(row)) sum += 100;
    else if (row >= top(right) && row <= bottom(right)) sum += 1;
  }
  for (const row of right.sources) {
    if (row >= top(left) && row <= bottom(left) && !left.targets.includes(row)) sum += 1;
  }
  return sum;
}

/** Nets that need a trunk, from left to right. */
export function trunkOrder(nets: readonly Net[]): Net[] {
  const order = nets.filter((net) => !isStraight(net)).sort((a, b) => top(a) - top(b));
  for (let round = 0; round < order.length; round += 1) {
    let swapped = false;
    for (let index = 0; index + 1 < order.length; index += 1) {
      const a = order[index];
      const b = order[index + 1];
      if (a === undefined || b === undefined) continue;
      if (cost(b, a) < cost(a, b)) {
        order[index] = b;
        order[index + 1] = a;
        swapped = true;
      }
    }
    if (!swapped) break;
  }
  return order;
}

/**
 * Column of each trunk, counted from 0, in as few columns as the order allows: nets whose rows do not meet share one.
 */
export function trunkColumns(order: readonly Net[]): {
  readonly column: ReadonlyMap<number, number>;
  readonly count: number;
} {
  const column = new Map<number, number>();
  const placed: { readonly net: Net; readonly at: number }[] = [];
  let count = 0;
  for (const net of order) {
    let at = 0;
    for (const other of placed) {
      const apart = top(net) > bottom(other.net) || bottom(net) < top(other.net);
      if (!apart) at = Math.max(at, other.at + 1);
    }
    for (const slot of net.slots) column.set(slot, at);
    placed.push({ net, at });
    count = Math.max(count, at + 1);
  }
  return { column, count };
}
