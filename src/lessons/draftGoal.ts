/**
 * Finds a goal for the lines of a step, by the proofs that `lessons check` will ask for.
 *
 * Theory of operation. The step is played whole, without the learner, and without each of its lines. A candidate that
 * is unmet at the start and met at the end *needs* a line if it is met at no instant of the play without it. The goal
 * is a cheap set of candidates that together need every line, and the learner.
 */
import { milliseconds } from '../engine/units.ts';
import { createJudge, LEAVES_MAX } from '../projection/condition.ts';
import type { Condition, StateCondition } from '../projection/conditionTypes.ts';
import type { EventView } from '../projection/snapshot.ts';
import { type Candidate, candidatesOf } from './draftCandidates.ts';
import type { LessonRunner } from './runner.ts';

export interface FoundGoal {
  /** Undefined: time alone does whatever this step does. */
  readonly goal: Condition | undefined;
  /** Places of lines that no goal can need. */
  readonly unneeded: readonly number[];
  /** When the last line had ended. */
  readonly endedAt: number;
}

const IDLE_MS_MIN = 60_000;
const IDLE = -1;

/** `runner` stands at the start of a step whose goal nothing meets; it is left anywhere. */
export function findGoal(
  runner: LessonRunner,
  lines: readonly string[],
  wished: readonly Candidate[],
): FoundGoal {
  const before = runner.session.view();
  const events: EventView[] = [];
  const stop = runner.session.watch({ observe: (seen) => void events.push(...seen) });
  runner.play(lines);
  stop();
  const after = runner.session.view();
  const took = after.now - before.now;
  const trials = new Trials(runner, [...wished, ...candidatesOf(before, after, events)]);
  trials.keepMetAtEnd(lines);
  trials.without(IDLE, () => {
    runner.session.skip(milliseconds(Math.max(IDLE_MS_MIN, 2 * took)));
  });
  const places = lines.flatMap((line, place) => (line.startsWith('#') ? [] : [place]));
  for (const place of places) {
    trials.without(place, () => {
      runner.play(lines.filter((_, other) => other !== place));
    });
  }
  const isSleep = (place: number): boolean => place !== IDLE && /^\s*sleep\b/.test(lines[place]!);
  const chosen = cover(trials.needs, [IDLE, ...places]);
  const needed = new Set(chosen.flatMap((candidate) => [...trials.needs.get(candidate)!]));
  return {
    goal: needed.has(IDLE) ? goalOf(chosen.map(({ condition }) => condition)) : undefined,
    unneeded: places.filter((place) => !needed.has(place) && !isSleep(place)),
    endedAt: after.now,
  };
}

/** Plays variants of a step, and notes which candidates were met in none of their instants. */
class Trials {
  /** Candidates that the whole step meets, and the places of the lines that each needs. */
  readonly needs = new Map<Candidate, Set<number>>();
  readonly #runner: LessonRunner;
  readonly #candidates: readonly Candidate[];

  constructor(runner: LessonRunner, candidates: readonly Candidate[]) {
    this.#runner = runner;
    this.#candidates = candidates;
  }

  keepMetAtEnd(lines: readonly string[]): void {
    this.#runner.resetStep();
    const { session } = this.#runner;
    const judged = this.#judges(this.#candidates);
    const view = session.view();
    const open = judged.filter(({ judge }) => !judge.met(view));
    const stop = session.watch({
      observe: (seen) => {
        for (const event of seen) for (const { judge } of open) judge.observe(event);
        return undefined;
      },
    });
    this.#runner.play(lines);
    stop();
    const end = session.view();
    for (const { candidate, judge } of open) if (judge.met(end)) this.needs.set(candidate, new Set());
  }

  without(place: number, play: () => void): void {
    this.#runner.resetStep();
    const { session } = this.#runner;
    let open = this.#judges([...this.needs.keys()]);
    const stop = session.watch({
      observe: (seen, world) => {
        for (const event of seen) for (const { judge } of open) judge.observe(event);
        open = open.filter(({ judge }) => !judge.met(world));
        return undefined;
      },
    });
    play();
    stop();
    for (const { candidate } of open) this.needs.get(candidate)!.add(place);
  }

  #judges(
    candidates: readonly Candidate[],
  ): { readonly candidate: Candidate; readonly judge: ReturnType<typeof createJudge> }[] {
    const at = this.#runner.current.start.at;
    return candidates.map((candidate) => ({ candidate, judge: createJudge(candidate.condition, { at }) }));
  }
}

/** Few and cheap candidates that need every place that can be needed at all. */
function cover(needs: ReadonlyMap<Candidate, ReadonlySet<number>>, places: readonly number[]): Candidate[] {
  const open = new Set(places);
  const chosen: Candidate[] = [];
  const gain = (candidate: Candidate): number =>
    [...needs.get(candidate)!].filter((place) => open.has(place)).length;
  for (;;) {
    let best: { readonly candidate: Candidate; readonly value: number } | undefined;
    for (const candidate of needs.keys()) {
      const value = gain(candidate) / candidate.cost;
      if (value > 0 && (best === undefined || value > best.value)) best = { candidate, value };
    }
    if (best === undefined || chosen.length === LEAVES_MAX) break;
    chosen.push(best.candidate);
    for (const place of needs.get(best.candidate)!) open.delete(place);
  }
  return withoutSpare(chosen, needs);
}

function withoutSpare(
  chosen: readonly Candidate[],
  needs: ReadonlyMap<Candidate, ReadonlySet<number>>,
): Candidate[] {
  let kept = [...chosen];
  for (const candidate of [...chosen].sort((a, b) => b.cost - a.cost)) {
    const others = kept.filter((other) => other !== candidate);
    const covered = new Set(others.flatMap((other) => [...needs.get(other)!]));
    if ([...needs.get(candidate)!].every((place) => covered.has(place))) kept = others;
  }
  return kept;
}

/** One condition; fields of the same resource together. */
function goalOf(conditions: readonly Condition[]): Condition {
  const states = new Map<string, StateCondition>();
  const merged: Condition[] = [];
  for (const condition of conditions) {
    const isPlain = 'state' in condition && condition.is !== undefined && Object.keys(condition).length === 2;
    const known = isPlain ? states.get(condition.state) : undefined;
    if (isPlain && known !== undefined) {
      const both: StateCondition = { ...known, is: { ...known.is, ...condition.is } };
      merged[merged.indexOf(known)] = both;
      states.set(condition.state, both);
      continue;
    }
    if (isPlain) states.set(condition.state, condition);
    merged.push(condition);
  }
  return merged.length === 1 ? merged[0]! : { all: merged };
}

/** A goal that nothing meets: for a step whose own is not known yet. */
export const NEVER_MET: Condition = { query: '`false`', is: true };
