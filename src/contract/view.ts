/**
 * How a service makes its resources visible: small plain values, from which the stage draws any resource and
 * conditions read their fields. A new service needs no new drawing.
 */
import type { MessageState } from '../engine/store/messageStore.ts';
import type { Instant } from '../engine/units.ts';

/** `queue/orders`, `app/web`. */
export type ResourceId = `${string}/${string}`;

export interface ResourceView {
  readonly id: ResourceId;
  /** The vocabulary's kind: `queue`, `app`, `topic` … */
  readonly kind: string;
  readonly name: string;
  /** `SQS`; for an app what it is: `producer`, `consumer`. */
  readonly title: string;
  /** Where the stage puts it by nature: apps that only send to the left, those that only take to the right. */
  readonly role: 'source' | 'resource' | 'sink';
  /** Order of creation in the world. */
  readonly order: number;
  /** The vocabulary of conditions (lesson format, section 6): `attributes`, `visible`, `sent` … */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The figure that scopes the card, on its top line: label and value, "hides" "30 s". */
  readonly scope?: { readonly label: string; readonly value: string };
  /** Messages kept, by state: drawn as a tray. */
  readonly stock?: { readonly visible: number; readonly inFlight: number; readonly delayed: number };
  /** Messages per second, over the last ten seconds of the world. */
  readonly rates?: { readonly in: number; readonly out: number; readonly refused: number };
  /** A limit is reached now: the word "full" and what is full. */
  readonly full?: string;
  readonly workers?: readonly WorkerView[];
  readonly meters?: readonly MeterView[];
  /** What matters of a resource that keeps no messages, most telling first: drawn below its meters. */
  readonly figures?: readonly FigureView[];
  readonly links: readonly LinkView[];
  /** Lines of words under an app's name: "12/s", "burst". */
  readonly notes?: readonly string[];
  readonly stopped?: boolean;
  /** A fault on purpose holds for it now: which, in a word or two. */
  readonly trouble?: string;
  /** An alarm: the resource whose metric it watches, and where it hangs on the stage. */
  readonly watches?: ResourceId;
  /** Set by the stage: the alarms that watch it. */
  readonly watchedBy?: readonly ResourceView[];
  /** Listed, but not drawn: users and keys are no part of the way that messages take. */
  readonly offStage?: true;
}

export interface WorkerView {
  readonly name: string;
  readonly state: 'idle' | 'polling' | 'working' | 'slow' | 'crashed';
  /** While polling or working: since when, and until when (as planned). */
  readonly since?: Instant;
  readonly until?: Instant;
  /** While working: the message, and when it stops being hidden. */
  readonly messageId?: string;
  /** When the answer that brought it came. */
  readonly received?: Instant;
  readonly hiddenUntil?: Instant;
  /** What it has for itself, in a few words: shards 0, 2. */
  readonly holds?: string;
}

export interface FigureView {
  readonly label: string;
  readonly value: number;
  /** Bytes, per second, or a plain count. */
  readonly unit: 'B' | '/s' | '';
  /** Lost, refused: bad when it is not zero. */
  readonly bad?: true;
}

export interface MeterView {
  readonly label: string;
  /** Where the label does not fit: `mem` for `memory`. */
  readonly short?: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
  /** It is meant to fill: full is when it is emptied, not when somebody is refused. Stands before the others. */
  readonly fills?: true;
}

export interface LinkView {
  readonly to: ResourceId;
  /** `send`: towards the target. `poll`: the target is taken from (drawn target → this). `redrive`: hangs below. */
  readonly type: 'send' | 'poll' | 'redrive' | 'deliver';
  readonly label?: string;
  readonly perSecond: number;
  readonly refusedPerSecond: number;
}

/** One line of the Messages pane. */
export interface MessageRow {
  readonly messageId: string;
  readonly body: string;
  readonly state: MessageState;
  readonly sent: Instant;
  readonly received: Instant | undefined;
  readonly due: Instant | undefined;
  readonly receiveCount: number;
  /** Who holds it: `you`, `worker-1`. */
  readonly holder: string | undefined;
  readonly group: string | undefined;
}

/** One line of a list of objects that a bucket holds. */
export interface ObjectRow {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly eTag: string;
  readonly modified: Instant;
  readonly contentType: string;
}

/** An object, to look into. Its bytes are only read. */
export interface ObjectView extends ObjectRow {
  readonly metadata: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
