/** The commands that came from outside, with their instants: with seed and settings, the truth of a world. */
import type { CallId, Request } from './service.ts';
import type { Instant } from './units.ts';

export type JournalEntry = {
  readonly at: Instant;
  /** The line that somebody typed, on the first command it gave; for the screen and for undo. */
  readonly line?: string;
} & (
  | { readonly type: 'request'; readonly request: Request }
  /** Somebody stopped waiting for an answer. */
  | { readonly type: 'abandon'; readonly call: CallId; readonly by: string }
);

/** A place in a journal: an instant, and how many of the commands had been given. */
export interface Position {
  readonly at: Instant;
  readonly commands: number;
}

/** Is `a` at or before `b`, on the same branch? */
export const notAfter = (a: Position, b: Position): boolean => a.at <= b.at && a.commands <= b.commands;

/** How many commands had been given when `at` was over. */
export function commandsUntil(journal: readonly JournalEntry[], at: Instant): number {
  let low = 0;
  let high = journal.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (journal[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const whoGave = (entry: JournalEntry): string =>
  entry.type === 'request' ? entry.request.caller.by : entry.by;
