/** Clocks, memory, and the result of a bench. Everything here is wall time of this machine. */
import { performance } from 'node:perf_hooks';

export interface Result {
  readonly what: string;
  /** As it is printed. */
  readonly figure: string;
  readonly budget: string;
  readonly held: boolean;
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  run(): Result[] | Promise<Result[]>;
}

/** Work whose result is looked at, so that no compiler leaves it out. */
let sink: unknown;

/**
 * Milliseconds of processor time that one run takes, its garbage collection included. On a machine with other work
 * to do, wall time tells of that work.
 */
export function timeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  sink = work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** Milliseconds that somebody waits for one run. */
export function waitFor(work: () => unknown): number {
  const start = performance.now();
  sink = work();
  return performance.now() - start;
}

/** Milliseconds of the fastest of some runs. */
export function bestOf(runs: number, work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) best = Math.min(best, timeOf(work));
  return sink === best ? 0 : best;
}

/** The fastest of some runs of each, taken in turn, so that a busy machine slows both. */
export function bestOfBoth(runs: number, one: () => number, other: () => number): [number, number] {
  const best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < runs; run++) {
    best[0] = Math.min(best[0], one());
    best[1] = Math.min(best[1], other());
  }
  return best;
}

export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export function collectGarbage(): void {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error('run node with --expose-gc');
  gc();
  gc();
}

/** Bytes in use after a collection. */
export function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export const ratio = (what: string, value: number, least: number, note = ''): Result => ({
  what,
  figure: `${value.toFixed(2)}×${note}`,
  budget: `≥ ${least.toFixed(2)}×`,
  held: value >= least,
});

export const atMost = (what: string, value: number, most: number, unit: string, note = ''): Result => ({
  what,
  figure: `${tidy(value)} ${unit}${note}`,
  budget: `≤ ${tidy(most)} ${unit}`,
  held: value <= most,
});

/** Something to know that has no budget. */
export const remark = (what: string, figure: string): Result => ({ what, figure, budget: '', held: true });

const tidy = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));
