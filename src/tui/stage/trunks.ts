/**
 * Wires between two columns. Each source has one upright trunk in the gap; which stands left of which decides how
 * often wires cross, and that no two of them run over each other.
 */

/** The wires of one source in one gap. Rows are of the whole picture. */
export interface Net {
  readonly slot: number;
  /** The row from which it comes; undefined when it comes from below (an edge that closes a cycle). */
  readonly source: number | undefined;
  readonly targets: readonly number[];
}

const rowsOf = (net: Net): readonly number[] =>
  net.source === undefined ? net.targets : [net.source, ...net.targets];
const top = (net: Net): number => Math.min(...rowsOf(net));
const bottom = (net: Net): number => Math.max(...rowsOf(net));

/** A straight wire needs no trunk. */
export const isStraight = (net: Net): boolean =>
  net.source !== undefined && net.targets.every((row) => row === net.source);

/** What it costs to have `left` stand left of `right`: crossings, and very much for running over each other. */
function cost(left: Net, right: Net): number {
  let sum = 0;
  for (const row of left.targets) {
    if (right.targets.includes(row)) continue;
    if (row === right.source) sum += 100;
    else if (row >= top(right) && row <= bottom(right)) sum += 1;
  }
  if (right.source !== undefined && right.source >= top(left) && right.source <= bottom(left)) {
    if (!left.targets.includes(right.source)) sum += 1;
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
    column.set(net.slot, at);
    placed.push({ net, at });
    count = Math.max(count, at + 1);
  }
  return { column, count };
}
