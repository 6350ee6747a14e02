/** Things a second over the last ten seconds of the world: a ring of ten counts. Plain data. */
import type { Instant } from '../engine/units.ts';

export interface Traffic {
  second: number;
  readonly counts: number[];
}

const SECONDS = 10;

export const newTraffic = (): Traffic => ({ second: 0, counts: new Array<number>(SECONDS).fill(0) });

export function countTraffic(traffic: Traffic, now: Instant, count = 1): void {
  const second = Math.floor(now / 1000);
  if (second !== traffic.second) {
    const passed = Math.min(SECONDS, second - traffic.second);
    for (let step = 0; step < passed; step++) traffic.counts[(second - step) % SECONDS] = 0;
    traffic.second = second;
  }
  traffic.counts[second % SECONDS]! += count;
}

/** Looks only: what was counted in the ten seconds that end with the present one, over the time they span. */
export function perSecond(traffic: Traffic, now: Instant): number {
  const second = Math.floor(now / 1000);
  let sum = 0;
  for (let back = 0; back < SECONDS; back++) {
    const at = second - back;
    if (at >= 0 && at <= traffic.second && at > traffic.second - SECONDS)
      sum += traffic.counts[at % SECONDS]!;
  }
  return sum / SECONDS;
}
