/** What a save holds, in memory. */
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Position } from '../engine/journal.ts';
import type { TimelineData } from '../engine/timelineData.ts';
import type { ConsoleEntry } from './sessionTypes.ts';

/** The format that this program writes; older ones are migrated, newer ones are refused. */
export const FORMAT_VERSION = 1;

/** The world's digest at a place of a branch. */
export interface DigestMark extends Position {
  readonly branch: number;
  readonly digest: string;
}

export type SavedConsoleEntry = Omit<ConsoleEntry, 'id'>;

export interface Save {
  readonly name: string;
  /** The version of the program that wrote it. */
  readonly engineVersion: string;
  /** Grows with each writing; an autosave journal names the one it belongs to. */
  readonly revision: number;
  readonly settings: AwsWorldSettings;
  /** Branches with their journals, where it was left, the digest there, and the checkpoint if there is one. */
  readonly timeline: TimelineData;
  /** Digests of earlier moments, for `replay --verify` to say where a difference begins. */
  readonly digests: readonly DigestMark[];
  /** The newest lines of the Console. */
  readonly console: readonly SavedConsoleEntry[];
  readonly variables: Readonly<Record<string, string>>;
  /** From an autosave journal: a later place than the checkpoint's, reached by replay. */
  readonly onward?: Position & { readonly branch: number };
}
