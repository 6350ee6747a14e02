/** The branches of a world, in memory and in a file. */
import type { Checkpoints } from './checkpoints.ts';
import { Journal, type JournalEntry, type Position } from './journal.ts';
import type { SimulationImage } from './simulation.ts';
import { START } from './units.ts';

/** A branch as a save file has it. */
export interface BranchData {
  readonly id: number;
  readonly name: string;
  readonly parent: number | undefined;
  readonly forkedAt: Position | undefined;
  readonly head: Position;
  readonly journal: readonly JournalEntry[];
}

export interface Branch extends Omit<BranchData, 'journal'> {
  readonly journal: Journal;
  /** The furthest place this branch has been at. Every command moves it: it is written to, not replaced. */
  readonly head: { -readonly [Member in keyof Position]: Position[Member] };
  readonly checkpoints: Checkpoints;
  /** The world at the head, while we are elsewhere. */
  present: SimulationImage | undefined;
}

export const BEGINNING: Position = { at: START, commands: 0 };

export const firstBranch = (checkpoints: Checkpoints, journal: Journal, head = BEGINNING): Branch => ({
  id: 0,
  name: 'main',
  parent: undefined,
  forkedAt: undefined,
  journal,
  head: { ...head },
  checkpoints,
  present: undefined,
});

/** A branch as it was saved. */
export const branchFrom = (data: BranchData, checkpoints: Checkpoints): Branch => ({
  ...data,
  head: { ...data.head },
  journal: new Journal(data.journal),
  checkpoints,
  present: undefined,
});

/** A, B, … Z, then A2, B2 … */
export function forkLetter(index: number): string {
  const letter = String.fromCharCode(65 + ((index - 1) % 26));
  const round = Math.floor((index - 1) / 26);
  return round === 0 ? letter : `${letter}${round + 1}`;
}
