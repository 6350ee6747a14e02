/**
 * One world and the people at it: what screens, lessons and `run` do with a session. `session.ts` implements it.
 *
 * Time passes only through `advance` (the pacer calls it with wall time × speed) and `drain` (headless: time leaps
 * from event to event). Everything is synchronous: after a call returns, `view()` shows what it did.
 */
import type { ConsoleState, LineResult, Surroundings, Wait } from '../command/console.ts';
import type { MessageRow, ResourceId } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Instant, Milliseconds } from '../engine/units.ts';
import type { EventView, Look, WorldView } from '../projection/snapshot.ts';
import type { ClientsAtDoor } from './clientTypes.ts';
import type { Insight } from './insight.ts';
import type { You } from './you.ts';

/** One entry of the Console pane, oldest first. */
export interface ConsoleEntry {
  readonly id: number;
  readonly at: Instant;
  readonly by: string;
  /** As it is echoed. */
  readonly line: string;
  /** Undefined while it runs. */
  readonly result: LineResult | undefined;
}

/** What the console waits for now. */
export interface Running {
  readonly line: string;
  readonly wait: Wait;
  readonly since: Instant;
  /** When the wait ends at the latest, if that is known: a long poll's or a sleep's countdown. */
  readonly until: Instant | undefined;
}

/** A place in a branch of the world: an instant, and how many outside commands had been given. */
export interface Position {
  readonly at: Instant;
  readonly commands: number;
}

export interface BranchView {
  readonly id: number;
  readonly name: string;
  readonly parent: number | undefined;
  readonly forkedAt: Instant | undefined;
  readonly head: Instant;
  /** The outside commands of this branch, oldest first: when, by whom, the line that gave it. */
  readonly commands: readonly { readonly at: Instant; readonly by: string; readonly line: string }[];
}

export interface TimelineView {
  readonly branches: readonly BranchView[];
  readonly current: number;
  readonly now: Instant;
  /** The furthest instant this branch has been at; `past` when now is before it. */
  readonly head: Instant;
  readonly past: boolean;
}

/** A refusal of the session's own: what was expected and how to mend it. */
export type Done = { readonly ok: true } | { readonly ok: false; readonly why: string };

export const SPEEDS: readonly number[] = [1, 2, 5, 10, 60, 600, 3_600, 10_000, 100_000];

export interface Watcher {
  /** The events since the last call, oldest first. `hold` stops time at this instant until `release` or `resume`. */
  observe(events: readonly EventView[], world: Look): 'hold' | undefined;
  /** The next instant at which it must be asked even if nothing happens. */
  wakeAt?(now: Instant): Instant | undefined;
  /** What came after this event, or later than this instant, no longer counts. */
  rewound?(eventCount: number, now: Instant): void;
}

export interface Session {
  readonly settings: AwsWorldSettings;
  /** The save's name; `untitled` until it has one. */
  readonly name: string;
  /** Grows with each change that a screen could show. */
  readonly version: number;
  subscribe(listener: () => void): () => void;

  // What can be seen.
  view(): WorldView;
  messages(queue: ResourceId, from: number, limit: number): readonly MessageRow[];
  /** Events from number `since` on, oldest first, at most the newest `limit`. */
  events(since: number, limit: number): readonly EventView[];
  /** Why, what became of it, what it cost, how forks differ. */
  readonly insight: Insight;
  /** The real clients of a served world. */
  readonly clients: ClientsAtDoor;
  /** What the person does beside the world, for conditions. */
  readonly you: You;
  timeline(): TimelineView;
  /** Where we are in the current branch. */
  readonly position: Position;
  console(): readonly ConsoleEntry[];
  /** Empties the Console; what runs stays. */
  clearConsole(): void;
  readonly consoleState: ConsoleState;
  surroundings(): Surroundings;

  /**
   * Hears of every instant at which something happened, when all its work is done. Not told while looking back; after
   * a fork in the past `rewound` says how many events are left.
   */
  watch(watcher: Watcher): () => void;

  // The prompt. Lines are run in the order given, one at a time.
  enter(line: string, by?: string): ConsoleEntry;
  /** Several lines, for a paste or a script: they stop at the first refusal that no `|| true` expects. */
  enterAll(text: string, by?: string): readonly ConsoleEntry[];
  readonly running: Running | undefined;
  /** Gives up what runs, and the lines that wait behind it. `note`: said below them; empty: nothing. */
  interrupt(note?: string): void;

  // Time.
  readonly paused: boolean;
  readonly speed: number;
  /** A watcher stopped time at this instant; nothing moves until `release` or `resume`. */
  readonly held: boolean;
  release(): void;
  pause(): void;
  resume(): void;
  setSpeed(factor: number): void;
  /**
   * The pacer's call: lets up to this much virtual time pass, if time passes at all just now. `enough` is asked after
   * each instant and ends it early: a screen that must be painted.
   */
  advance(by: Milliseconds, enough?: () => boolean): void;
  /** Does time pass now: not paused, or a line waits? */
  readonly moving: boolean;
  /** The next instant at which something is due; undefined when nothing is. */
  nextDue(): Instant | undefined;
  /** To the next event, while paused. */
  step(): Done;
  skip(by: Milliseconds): Done;
  /** Runs time until all entered lines are answered. */
  drain(): void;

  // Going back.
  goTo(position: Position | Instant): Done;
  toHead(): Done;
  back(): Done;
  fork(name?: string): Done;
  switchTo(branch: number): Done;
  /** Back to before my last command, and a fork from there. */
  undo(): Done;
}
