/**
 * The reference loop: one step of a random generator, one small object, one `Map.set`, one `Map.delete`. Absolute
 * budgets hold on a machine where an operation of it takes 100 ns, and scale with it.
 */
import { bestOf } from '../measure.ts';

export const REFERENCE_NANOSECONDS = 100;

/** Nanoseconds an operation takes here. */
export function referenceLoop(operations = 1_000_000): number {
  const milliseconds = bestOf(5, () => {
    const map = new Map<number, { readonly id: number; readonly at: number }>();
    let word = 0x2545f491;
    for (let step = 0; step < operations; step++) {
      word ^= word << 13;
      word ^= word >>> 17;
      word ^= word << 5;
      map.set(word & 0xfff, { id: step, at: word });
      map.delete((word >>> 12) & 0xfff);
    }
    return map.size;
  });
  return (milliseconds * 1e6) / operations;
}

/** How much slower this machine is than the one absolute budgets are written for. */
export const machineFactor = (): number => referenceLoop() / REFERENCE_NANOSECONDS;
