/** Messages of a queue as marks in a row: one mark a message while all fit, else one mark for 2, 5, 10, 20 … */
import type { Role } from '../paint/palettes.ts';

export interface Stock {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface TrayMarks {
  /** How many messages one mark stands for. */
  readonly scale: number;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What is not nothing shows at least one mark. */
const marksFor = (amount: number, scale: number): number =>
  amount <= 0 ? 0 : Math.max(1, Math.round(amount / scale));

/** The finest scale of 1, 2, 5, 10, 20, 50 … at which all three states fit in `cells`. */
export function trayOf(stock: Stock, cells: number): TrayMarks {
  for (let power = 1; ; power *= 10) {
    for (const scale of [power, power * 2, power * 5]) {
      const visible = marksFor(stock.visible, scale);
      const inFlight = marksFor(stock.inFlight, scale);
      const delayed = marksFor(stock.delayed, scale);
      if (visible + inFlight + delayed <= Math.max(3, cells)) return { scale, visible, inFlight, delayed };
    }
  }
}

/** Marks of several kinds squeezed into a row: each kind that is there keeps at least one. */
export function proportion(counts: readonly number[], cells: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= cells) return [...counts];
  const shares = counts.map((count) => (count <= 0 ? 0 : Math.max(1, Math.floor((count * cells) / total))));
  for (let over = shares.reduce((sum, share) => sum + share, 0) - cells; over > 0; over -= 1) {
    const largest = shares.indexOf(Math.max(...shares));
    shares[largest] = (shares[largest] ?? 1) - 1;
  }
  return shares;
}

export const STATE_ROLES = {
  visible: 'visible',
  inFlight: 'flight',
  delayed: 'delayed',
} as const satisfies Record<keyof Stock, Role>;

export const stockTotal = (stock: Stock | undefined): number =>
  stock === undefined ? 0 : stock.visible + stock.inFlight + stock.delayed;
