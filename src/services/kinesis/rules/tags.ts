/** Labels of streams and consumers. Kinesis Developer Guide, Tag your resources. */
import { invalidArgument, limitExceeded } from '../errors.ts';
import { TAGS_MAX } from '../limits.ts';

export type Tags = Readonly<Record<string, string>>;
const VALID = /^[\p{L}\p{Z}\p{N}_.:/=+\-%@]*$/u;

export function readTags(had: Tags, given: Tags = {}): Tags {
  for (const [key, value] of Object.entries(given)) {
    if (!VALID.test(key) || !VALID.test(value)) {
      throw invalidArgument(
        'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.',
      );
    }
  }
  const all = { ...had, ...given };
  // UNSURE: the sentence.
  if (Object.keys(all).length > TAGS_MAX) {
    throw limitExceeded(`Failed to add tags. A resource can have at most ${TAGS_MAX} tags.`);
  }
  return Object.freeze(all);
}

export function withoutTags(had: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys);
  return Object.freeze(Object.fromEntries(Object.entries(had).filter(([key]) => !gone.has(key))));
}

export const listed = (tags: Tags): { Key: string; Value: string }[] =>
  Object.keys(tags)
    .sort()
    .map((Key) => ({ Key, Value: tags[Key]! }));
