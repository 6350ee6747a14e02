/**
 * Random histories against a model, few in `npm test`, many in `npm run soak`:
 *
 *     HISTORIES=10000 FIRST=1 npx vitest run --config test/vitest.config.ts test/oracle/kinesis.test.ts
 *
 * A history that fails is shrunk: steps are left out as long as it still fails, and what is left is told as a script
 * for `msg-playground run`.
 */
import type { Random, RandomState } from '../../src/engine/random.ts';
import { recorded, scriptOf } from './histories/recording.ts';
import { fewest } from './histories/shrinking.ts';

/** The steps of one history. Each begins with the same chance whether or not others before it were left out. */
export class Steps {
  readonly states: RandomState[];
  readonly #kept: ReadonlySet<number> | undefined;

  constructor(states: RandomState[] = [], kept?: readonly number[]) {
    this.states = states;
    this.#kept = kept === undefined ? undefined : new Set(kept);
  }

  /** The numbers of the steps to take. */
  *of(random: Random, count: number): Generator<number> {
    for (let step = 0; step < count; step++) {
      if (this.#kept === undefined) this.states.push([...random.state]);
      else if (!this.#kept.has(step)) continue;
      else random.state.splice(0, 4, ...this.states[step]!);
      yield step;
    }
  }
}

export interface Histories {
  readonly first: number;
  readonly count: number;
  /** In milliseconds: for the test. */
  readonly timeout: number;
  readonly seeds: readonly number[];
}

/** As many as `npm test` can afford, or as the environment asks for. */
export function histories(few: number): Histories {
  const first = Number(process.env.FIRST ?? 1);
  const count = Number(process.env.HISTORIES ?? few);
  const seeds = Array.from({ length: count }, (_, at) => first + at);
  return { first, count, timeout: 60_000 + count * 2_000, seeds };
}

export type Play = (seed: number, steps: Steps) => void;

/** Plays each seed; the first that fails is shrunk and told. */
export function playAll(seeds: readonly number[], play: Play): void {
  for (const seed of seeds) {
    const steps = new Steps();
    try {
      play(seed, steps);
    } catch (error) {
      throw new Error(told(seed, steps.states, play, error as Error), { cause: error });
    }
  }
}

const attempt = (work: () => void): Error | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
};

function told(seed: number, states: RandomState[], play: Play, found: Error): string {
  const fails = (kept: readonly number[]): Error | undefined =>
    attempt(() => play(seed, new Steps(states, kept)));
  const all = states.map((_, step) => step);
  // What is outside of the steps (a last look, say) may need all of them.
  const kept = fails(all) === undefined ? all : fewest(all, (some) => fails(some) !== undefined);
  let last = found;
  const calls = recorded(() => {
    last = fails(kept) ?? found;
  });
  return [
    `seed ${seed}: ${found.message}`,
    '',
    `Shrunk to ${kept.length} of ${all.length} steps (${kept.join(' ')}): ${last.message}`,
    '',
    `# msg-playground run --seed ${seed} FILE`,
    scriptOf(calls),
  ].join('\n');
}
