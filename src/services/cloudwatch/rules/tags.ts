/** Labels of alarms. */
import { validation } from '../errors.ts';
import { TAGS_MAX } from '../limits.ts';

export interface GivenTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

export function readTags(given: readonly GivenTag[] = []): Readonly<Record<string, string>> {
  if (given.length > TAGS_MAX) {
    // UNSURE: the sentence.
    throw validation(`A resource can have at most ${TAGS_MAX} tags.`);
  }
  return Object.freeze(Object.fromEntries(given.map(({ Key = '', Value = '' }) => [Key, Value])));
}
