/** What may come next behind `aws s3`: its verbs, and the buckets of the world as places. */
import type { CompletionItem } from './completionItems.ts';
import type { Surroundings } from './console.ts';
import { S3_VERBS } from './s3Commands.ts';

export interface S3Offer {
  readonly items: readonly CompletionItem[];
  readonly title: string;
  /** The line can be run as it is. */
  readonly runnable: boolean;
}

/** How many places a verb takes, at least and at most. */
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  ls: [0, 1],
  mb: [1, 1],
  rb: [1, 1],
  rm: [1, 1],
  cp: [2, 2],
};

/** `before`: the words between `s3` and the one at the cursor, which is `current`. */
export function s3Offer(before: readonly string[], current: string, surroundings: Surroundings): S3Offer {
  const [verb, ...given] = before;
  if (verb === undefined) {
    const items = Object.entries(S3_VERBS).map(
      ([text, { purpose }]): CompletionItem => ({ text, kind: 'operation', purpose }),
    );
    return { items, title: 's3', runnable: current === 'ls' };
  }
  const [least, most] = PLACES[verb] ?? [0, 0];
  const count = given.length + (current === '' ? 0 : 1);
  const items = given.length < most ? placesOf(verb, given.length, surroundings) : [];
  return { items, title: `s3 ${verb}`, runnable: count >= least && count <= most };
}

/** A bucket for `mb` does not exist yet. Objects lie behind the slash. */
function placesOf(verb: string, place: number, surroundings: Surroundings): CompletionItem[] {
  if (verb === 'mb') return [{ text: 's3://', kind: 'value', purpose: 'a name of 3 to 63 small letters' }];
  const slash = verb === 'rb' || verb === 'ls' ? '' : '/';
  const buckets = surroundings.candidates('bucketName').map(
    ({ value, about }): CompletionItem => ({
      text: `s3://${value}${slash}`,
      kind: 'resource',
      purpose: about,
    }),
  );
  return verb === 'cp' && place === 1
    ? [...buckets, { text: '-', kind: 'value', purpose: 'show the object here' }]
    : buckets;
}
