/** Tags: labels of a topic, case-sensitive. SNS API Reference, TagResource. */
import { invalidParameter, tagLimitExceeded } from '../errors.ts';
import { TAGS_MAX } from '../limits.ts';

const KEY_LENGTH_MAX = 128;
const VALUE_LENGTH_MAX = 256;

export interface GivenTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

/** UNSURE: the sentences about lengths. SIMPLER THAN AWS: which characters a tag may hold is not checked. */
export function readTags(given: readonly GivenTag[]): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const { Key = '', Value = '' } of given) {
    if (Object.hasOwn(result, Key)) throw invalidParameter('Duplicated keys are not allowed.');
    if (Key.length === 0 || Key.length > KEY_LENGTH_MAX) {
      throw invalidParameter(`Tags Reason: Tag keys must be between 1 and ${KEY_LENGTH_MAX} characters long`);
    }
    if (Value.length > VALUE_LENGTH_MAX) {
      throw invalidParameter(`Tags Reason: Tag values must be at most ${VALUE_LENGTH_MAX} characters long`);
    }
    result[Key] = Value;
  }
  return result;
}

export function checkCount(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(tags).length > TAGS_MAX) throw tagLimitExceeded();
  return Object.freeze(tags);
}

export const listed = (tags: Readonly<Record<string, string>>): GivenTag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
