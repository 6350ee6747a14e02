/**
 * When a producer's messages are due.
 *
 * A constant, bursting, spiking or waving producer earns credit: its rate × a factor of the pattern × the time. One
 * message costs a fixed amount. All in whole numbers, so that 12/s is exactly 12 a second over any length of time.
 * A Poisson producer draws the gaps instead, in microseconds.
 */
import type { Random } from '../../engine/random.ts';
import { type Instant, instant, type Milliseconds, milliseconds } from '../../engine/units.ts';
import type { Rate } from './values.ts';

export const PATTERNS = ['constant', 'poisson', 'burst', 'spike', 'sine'] as const;
export type Pattern = (typeof PATTERNS)[number];

export const PATTERN_WORDS: Readonly<Record<Pattern, string>> = {
  constant: 'evenly spaced',
  poisson: 'at random, on average at the rate',
  burst: 'ten seconds’ worth within one second, every 10 s',
  spike: 'ten times the rate for 10 s, once a minute',
  sine: 'between nothing and twice the rate, in waves of 60 s',
};

/** Where a producer stands in its pattern. Plain data. */
export interface Progress {
  /** The pattern's own time 0. */
  begun: Instant;
  /** Up to when credit has been earned. */
  earnedUntil: Instant;
  credit: number;
  /** Poisson: the due time of the next message, in microseconds of the world. */
  nextMicros: number;
}

/** One message, in units of `rate.count` × thousandths × milliseconds. */
const costOf = (rate: Rate): number => rate.per * 1_000;

/** The first message is due at once, where the pattern sends at that moment. */
export function begin(rate: Rate, pattern: Pattern, now: Instant, random: Random): Progress {
  return {
    begun: now,
    earnedUntil: now,
    credit: costOf(rate),
    nextMicros: pattern === 'poisson' ? now * 1_000 + gapMicros(rate, random) : 0,
  };
}

/** Another rate or pattern from now on; no catching up. */
export function changePace(
  progress: Progress,
  rate: Rate,
  pattern: Pattern,
  now: Instant,
  random: Random,
): void {
  Object.assign(progress, begin(rate, pattern, now, random), { credit: 0 });
}

/** How many messages are due now; they are then accounted for. */
export function takeDue(
  progress: Progress,
  rate: Rate,
  pattern: Pattern,
  now: Instant,
  random: Random,
): number {
  let due = 0;
  if (pattern === 'poisson') {
    while (progress.nextMicros < (now + 1) * 1_000) {
      due++;
      progress.nextMicros += gapMicros(rate, random);
    }
    return due;
  }
  earn(progress, rate, pattern, now);
  due = Math.floor(progress.credit / costOf(rate));
  progress.credit -= due * costOf(rate);
  return due;
}

function gapMicros(rate: Rate, random: Random): number {
  return Math.max(1, random.exponential(milliseconds((rate.per * 1_000) / rate.count)));
}

function earn(progress: Progress, rate: Rate, pattern: Pattern, now: Instant): void {
  while (progress.earnedUntil < now) {
    const until = Math.min(now, nextChange(pattern, progress.begun, progress.earnedUntil));
    const factor = factorAt(pattern, milliseconds(progress.earnedUntil - progress.begun));
    progress.credit += rate.count * factor * (until - progress.earnedUntil);
    progress.earnedUntil = instant(until);
  }
}

/** How far ahead a plan looks before it looks again. */
const HORIZON_MS = 300_000;

/** When the next `count` messages will be due: never before now, at most five minutes ahead. */
export function nextDue(
  progress: Progress,
  rate: Rate,
  pattern: Pattern,
  now: Instant,
  count: number,
): Instant {
  if (pattern === 'poisson') return instant(Math.max(now, Math.floor(progress.nextMicros / 1_000)));
  const wanted = count * costOf(rate);
  let credit = progress.credit;
  let at: number = progress.earnedUntil;
  while (at - now < HORIZON_MS) {
    if (credit >= wanted) break;
    const change = nextChange(pattern, progress.begun, instant(at));
    const pace = rate.count * factorAt(pattern, milliseconds(at - progress.begun));
    const enough = pace === 0 ? change : at + Math.ceil((wanted - credit) / pace);
    if (enough <= change) return instant(Math.max(now, enough));
    credit += pace * (change - at);
    at = change;
  }
  return instant(Math.max(now, at));
}

const SECOND = 1_000;

/** The pattern's factor in thousandths, `time` after its beginning. */
function factorAt(pattern: Pattern, time: Milliseconds): number {
  switch (pattern) {
    case 'burst':
      return time % 10_000 < SECOND ? 10_000 : 0;
    case 'spike': {
      const inMinute = time % 60_000;
      return inMinute >= 20_000 && inMinute < 30_000 ? 10_000 : 1_000;
    }
    case 'sine':
      return 1_000 + sineThousandths((Math.floor(time / SECOND) % 60) * 6);
    default:
      return 1_000;
  }
}

/** sin of whole degrees in thousandths, by Bhaskara's formula: fractions only, the same on every engine. */
function sineThousandths(degrees: number): number {
  const half = degrees % 180;
  const product = half * (180 - half);
  const value = Math.round((4_000 * product) / (40_500 - product));
  return degrees < 180 ? value : -value;
}

/** The next instant at which the factor may change. */
function nextChange(pattern: Pattern, begun: Instant, at: Instant): number {
  const time = at - begun;
  const next = (period: number, edges: readonly number[]): number => {
    const round = Math.floor(time / period) * period;
    for (const edge of edges) if (round + edge > time) return begun + round + edge;
    return begun + round + period + edges[0]!;
  };
  switch (pattern) {
    case 'burst':
      return next(10_000, [SECOND, 10_000]);
    case 'spike':
      return next(60_000, [20_000, 30_000]);
    case 'sine':
      return next(SECOND, [SECOND]);
    default:
      return Number.MAX_SAFE_INTEGER;
  }
}
