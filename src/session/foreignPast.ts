/**
 * A world that was opened from the checkpoint of another version: what lies before that checkpoint is replayed by
 * this version and may come out different, so it is only to look at. A command given there would fork from a past
 * that never was.
 */
import type { LineResult } from '../command/console.ts';
import { notAfter } from '../engine/journal.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { RunningLine } from './lineRunner.ts';
import type { Done, Position } from './sessionTypes.ts';
import { DONE, no } from './travel.ts';

export interface ForeignPast {
  /** The place of the checkpoint. */
  readonly before: Position;
  /** The version that made it. */
  readonly version: string;
}

/** May one act where the world is now? */
export function mayActHere(world: Timeline, past: ForeignPast | undefined): Done {
  if (past === undefined || !world.past || notAfter(past.before, world.position)) return DONE;
  return no(
    `this past was made by version ${past.version} and is only to look at; go to the present to act, or open the save with --replay`,
  );
}

/** The line, but it ends where it would act and may not. */
export function* heldBack(line: RunningLine, echo: string, mayAct: () => Done): RunningLine {
  let next = line.next();
  for (;;) {
    if (next.done) return next.value;
    const allowed = next.value.type === 'request' ? mayAct() : DONE;
    if (!allowed.ok) {
      const refused: LineResult = {
        echo,
        output: '',
        notes: [],
        error: { kind: 'usage', text: allowed.why },
        tolerated: false,
      };
      line.return(refused);
      return refused;
    }
    next = line.next(yield next.value);
  }
}
