/** Small bounded records of what happened lately: counts per second, and the newest latencies. */
import type { Instant, Milliseconds } from '../../engine/units.ts';

const SECONDS = 10;

/** Counts of the last ten seconds of the world, the running one included. Plain data. */
export interface RateRing {
  /** The newest second that was counted. */
  second: number;
  readonly counts: number[];
}

export const rateRing = (): RateRing => ({ second: 0, counts: new Array<number>(SECONDS).fill(0) });

export function countIn(ring: RateRing, now: Instant, amount: number): void {
  const second = Math.floor(now / 1_000);
  if (second - ring.second >= SECONDS) ring.counts.fill(0);
  else for (let passed = ring.second + 1; passed <= second; passed++) ring.counts[passed % SECONDS] = 0;
  ring.second = second;
  ring.counts[second % SECONDS]! += amount;
}

/** Per second, over the last nine to ten seconds, or since `since` if that is later (but at least one second). */
export function perSecond(ring: RateRing, now: Instant, since: Instant): number {
  const second = Math.floor(now / 1_000);
  let sum = 0;
  const oldest = second - SECONDS + 1;
  for (let at = Math.max(oldest, ring.second - SECONDS + 1); at <= ring.second; at++) {
    if (at >= 0) sum += ring.counts[at % SECONDS]!;
  }
  const window = Math.max(1_000, now - Math.max(oldest * 1_000, since));
  return Math.round((sum * 100_000) / window) / 100;
}

const SAMPLES = 200;

/** The newest latencies, in milliseconds. Plain data. */
export interface Latencies {
  next: number;
  readonly samples: number[];
}

export const latencies = (): Latencies => ({ next: 0, samples: [] });

export function sample(record: Latencies, value: Milliseconds): void {
  record.samples[record.next] = value;
  record.next = (record.next + 1) % SAMPLES;
}

/** Percentiles of the newest samples, in milliseconds; 0 while there are none. */
export function percentiles(record: Latencies): {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
} {
  const sorted = Float64Array.from(record.samples).sort();
  const at = (percent: number): number => sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0;
  return { p50: at(50), p95: at(95), p99: at(99), max: at(100) };
}
