/**
 * What screens, conditions and lessons may see of a world, made new each time something changed.
 */
import type { ResourceView } from '../contract/view.ts';
import type { Instant } from '../engine/units.ts';

/** An event in words of the vocabulary, with when, who and where. */
export interface EventView {
  readonly sequence: number;
  readonly at: Instant;
  readonly type: string;
  readonly by: string;
  /** All fields of the vocabulary; texts are the world's own, not yet made safe for a terminal. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Looks at the world as it is at this instant, and only now: at all of it or, where it can, at one thing, which is
 * cheaper. Nothing of it may be kept to be called later.
 */
export interface Look {
  (): WorldView;
  readonly now?: () => Instant;
  /** The fields of `queue/orders`, `world`, `you`; undefined: there is no such thing. */
  readonly state?: (name: string) => unknown;
}

export interface WorldView {
  readonly now: Instant;
  readonly resources: readonly ResourceView[];
  /** What conditions may name that is no resource: `world`, `you`, `cost/sqs`, with its fields. */
  readonly states?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What it would have cost so far at list prices, before the free tier. */
  readonly usd: number;
  /** API requests answered so far. */
  readonly requests: number;
  /** How many events have happened; read them with `events`. */
  readonly eventCount: number;
}
