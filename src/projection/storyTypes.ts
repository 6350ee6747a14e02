/** The life of one message, as data: where it was, in which state, why that changed, and what can still happen. */
import type { Instant } from '../engine/units.ts';

/** `gone`: purged, or its queue was deleted. `moved`: it goes on elsewhere under a new id. */
export type StoryState =
  | 'visible'
  | 'inFlight'
  | 'delayed'
  | 'deleted'
  | 'expired'
  | 'gone'
  | 'moved'
  | 'passed'
  | 'lost';

/** States in which nothing more happens to this copy. `passed`: a topic or a broker handed it on. */
export const ENDED: ReadonlySet<StoryState> = new Set([
  'deleted',
  'expired',
  'gone',
  'moved',
  'passed',
  'lost',
]);

export interface StoryLane {
  /** `queue/orders`, `by/web`. */
  readonly id: string;
  /** `SQS`, `app`; empty for a person. */
  readonly title: string;
  readonly name: string;
}

/** What a moment means beside the states: how its mark is painted. */
export type StoryTone = 'good' | 'bad' | 'watch' | 'quiet';

export interface StoryItem {
  /** The event's number in the world. */
  readonly sequence: number;
  readonly at: Instant;
  readonly type: string;
  readonly by: string;
  readonly messageId: string;
  /** Where it happens, by its place in `lanes`; and where it leads, when it travels. */
  readonly lane: number;
  readonly to?: number;
  /** Of the copy, before and after; undefined: it was not there yet. */
  readonly before: StoryState | undefined;
  readonly after: StoryState | undefined;
  /** It lies in a dead-letter queue from here on. */
  readonly dead?: true;
  readonly tone?: StoryTone;
  readonly words: string;
  /** What else is to be said, dim: "hidden 30 s". */
  readonly detail?: string;
}

/** One message id of the story and where it stands now. */
export interface StoryCopy {
  readonly messageId: string;
  readonly body: string;
  readonly group: string | undefined;
  /** The resource it is in, or was in last, by its place in `lanes`. */
  readonly lane: number;
  readonly state: StoryState;
  readonly dead: boolean;
  readonly since: Instant;
  readonly sent: Instant | undefined;
  /** When it turns visible, while it is in flight or delayed. */
  readonly due: Instant | undefined;
  readonly receiveCount: number;
  /** Who holds it, or held it last. */
  readonly holder: string | undefined;
  /** Who received it, in order, one entry a receive. */
  readonly receivers: readonly string[];
}

export interface StoryNext {
  readonly where: string;
  readonly what: string;
  /** How, or why then. */
  readonly how: string;
  readonly at?: Instant;
}

/** Time that all copies together spent, in milliseconds. */
interface StorySpent {
  readonly visible: number;
  readonly hidden: number;
  readonly delayed: number;
  readonly dead: number;
}

export interface Story {
  /** The message that was asked for. */
  readonly messageId: string;
  readonly now: Instant;
  /** Undefined: it is told from the beginning. Else why not, in a sentence. */
  readonly missing: string | undefined;
  readonly lanes: readonly StoryLane[];
  readonly items: readonly StoryItem[];
  /** What is known to have happened later on this branch, while one looks back. */
  readonly later: readonly StoryItem[];
  readonly copies: readonly StoryCopy[];
  readonly next: readonly StoryNext[];
  readonly spent: StorySpent;
  /** Plain sentences. */
  readonly summary: readonly string[];
}
