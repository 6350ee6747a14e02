/** The row of each node: level with the middle of its neighbours, then pushed apart. */
import type { Slot } from './layers.ts';

export interface SlotSize {
  readonly height: number;
  /** The row, from the top of the slot, that should be level with its neighbours. */
  readonly centre: number;
}

function middle(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[half];
  return Math.floor(((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2);
}

/** Tops as near to the wanted ones as the order and the spacing allow, between 0 and `limit`. */
function settle(
  wanted: readonly number[],
  heights: readonly number[],
  spacing: number,
  limit: number,
): number[] {
  // With what stands above taken off each, the places need only not decrease; blocks that do are averaged.
  const offsets: number[] = [];
  let total = 0;
  for (const height of heights) {
    offsets.push(total);
    total += height + spacing;
  }
  const slack = Math.max(0, limit - (total - spacing));
  const blocks: { sum: number; count: number }[] = [];
  wanted.forEach((top, index) => {
    blocks.push({ sum: top - (offsets[index] ?? 0), count: 1 });
    while (blocks.length > 1) {
      const last = blocks[blocks.length - 1];
      const before = blocks[blocks.length - 2];
      if (last === undefined || before === undefined || before.sum / before.count <= last.sum / last.count)
        break;
      before.sum += last.sum;
      before.count += last.count;
      blocks.pop();
    }
  });
  const tops: number[] = [];
  for (const block of blocks) {
    const place = Math.min(slack, Math.max(0, Math.floor(block.sum / block.count)));
    for (let index = 0; index < block.count; index += 1) tops.push(place + (offsets[tops.length] ?? 0));
  }
  return tops;
}

/** Tops of the slots of one component, from 0, and its height. */
export function placeRows(
  columns: readonly (readonly number[])[],
  slots: readonly Slot[],
  sizes: ReadonlyMap<number, SlotSize>,
  spacing: number,
): { readonly tops: Map<number, number>; readonly height: number } {
  const heightOf = (id: number): number => sizes.get(id)?.height ?? 1;
  const centreOf = (id: number): number => sizes.get(id)?.centre ?? 0;
  const stack = (column: readonly number[]): number =>
    column.reduce((sum, id) => sum + heightOf(id) + spacing, -spacing);
  const limit = Math.max(0, ...columns.map(stack));
  const tops = new Map<number, number>();
  for (const column of columns) {
    let at = 0;
    for (const id of column) {
      tops.set(id, at);
      at += heightOf(id) + spacing;
    }
  }
  const level = (id: number): number => (tops.get(id) ?? 0) + centreOf(id);
  const pull = (column: readonly number[], sides: readonly ('next' | 'previous')[]): void => {
    const wanted = column.map((id) => {
      const around = sides.flatMap((side) => slots[id]?.[side] ?? []);
      return (middle(around.map(level)) ?? level(id)) - centreOf(id);
    });
    const made = settle(wanted, column.map(heightOf), spacing, limit);
    column.forEach((id, index) => {
      tops.set(id, made[index] ?? 0);
    });
  };
  // From the fullest column outwards, so that it stays compact and the others arrange themselves around it.
  const fullest = columns.reduce(
    (best, column, index) => (stack(column) > stack(columns[best] ?? []) ? index : best),
    0,
  );
  for (let round = 0; round < 2; round += 1) {
    for (let index = fullest - 1; index >= 0; index -= 1) pull(columns[index] ?? [], ['next']);
    for (let index = fullest + 1; index < columns.length; index += 1)
      pull(columns[index] ?? [], ['previous']);
    if (round === 0) pull(columns[fullest] ?? [], ['previous', 'next']);
  }
  const highest = Math.min(0, ...tops.values());
  let height = 0;
  for (const [id, at] of tops) {
    tops.set(id, at - highest);
    height = Math.max(height, at - highest + heightOf(id));
  }
  return { tops, height };
}
