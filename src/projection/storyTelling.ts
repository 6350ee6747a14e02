/** What tellers of events have in common: what they are given, what they answer, and how they read fields. */
import type { EventView } from './snapshot.ts';
import type { StoryState, StoryTone } from './storyTypes.ts';

/** What is known of a copy when an event about it is told. */
export interface CopyBefore {
  readonly state: StoryState | undefined;
  readonly holder: string | undefined;
  /** The holder crashed since it took the message. */
  readonly crashed: boolean;
  /** For how long it was hidden, or delayed. */
  readonly timeoutMs: number | undefined;
}

export interface Told {
  readonly words: string;
  readonly detail?: string;
  readonly tone?: StoryTone;
  /** Undefined: as before. */
  readonly after?: StoryState;
  /** The resource it happens in, `queue/orders`. */
  readonly place: string | undefined;
  /** Who or what it comes from: an actor, drawn as a lane of its own. */
  readonly from?: string;
  /** The resource it goes to. */
  readonly to?: string;
  /** It lies in a dead-letter queue from here on. */
  readonly dead?: true;
}

type Fields = Readonly<Record<string, unknown>>;

export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};
export const numberOf = (fields: Fields, name: string): number =>
  typeof fields[name] === 'number' ? fields[name] : 0;

export type Tell = (event: EventView, before: CopyBefore) => Told;

const KINDS: Readonly<Record<string, string>> = {
  sqs: 'queue',
  sns: 'topic',
  lambda: 'function',
  firehose: 'delivery',
  kinesis: 'stream',
};

/** `arn:aws:sqs:us-east-1:000000000000:orders` is `queue/orders`; other endpoints stand for themselves. */
export function placeOfEndpoint(endpoint: string): string {
  const [, service = '', resource = ''] = /^arn:aws:(\w+):[^:]*:[^:]*:(.+)$/.exec(endpoint) ?? [];
  const kind = KINDS[service];
  return kind === undefined
    ? `endpoint/${endpoint}`
    : `${kind}/${resource.replace(/^(?:function:|deliverystream\/|stream\/)/, '')}`;
}
