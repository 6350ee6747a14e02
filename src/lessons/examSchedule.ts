/**
 * When a fact is asked again. A missed fact comes back soon; each right answer at its time moves it further away, and
 * after the last box it is known. All of it follows from the answers in the progress file: two files put together give
 * one schedule, and nothing is kept twice.
 */
import type { FactProgress, Progress } from './progress.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Wait before the next question, by box. */
const WAITS: readonly number[] = [10 * MINUTE, DAY, 3 * DAY, 7 * DAY, 16 * DAY];

export interface Repetition {
  /** Right answers at their time since it was missed last. */
  readonly box: number;
  /** UTC milliseconds. */
  readonly due: number;
}

/** Undefined: never missed, or known by now. */
export function repetitionOf(asked: FactProgress['asked']): Repetition | undefined {
  let now: Repetition | undefined;
  for (const { right, when } of asked) {
    const at = Date.parse(when);
    if (!right) now = { box: 0, due: at + WAITS[0]! };
    else if (now !== undefined && at >= now.due) {
      const box = now.box + 1;
      const wait = WAITS[box];
      now = wait === undefined ? undefined : { box, due: at + wait };
    }
  }
  return now;
}

export interface Scheduled extends Repetition {
  readonly fact: string;
}

/** All facts that come back, soonest first. `facts`: those that can be asked about. */
export function scheduled(progress: Progress, facts: readonly string[]): readonly Scheduled[] {
  return facts
    .flatMap((fact) => {
      const repetition = repetitionOf(progress.facts[fact]?.asked ?? []);
      return repetition === undefined ? [] : [{ fact, ...repetition }];
    })
    .sort((a, b) => a.due - b.due);
}

/** `now`: UTC milliseconds. */
export const dueNow = (all: readonly Scheduled[], now: number): readonly Scheduled[] =>
  all.filter(({ due }) => due <= now);
