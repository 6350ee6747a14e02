/** Labels of a delivery stream. */
import { invalidArgument, limitExceeded } from '../errors.ts';
import { TAGS_MAX } from '../limits.ts';

/** `old` and `given` together. UNSURE: the sentences. */
export function readTags(
  old: Readonly<Record<string, string>>,
  given: readonly { readonly Key: string; readonly Value?: string }[] = [],
): Readonly<Record<string, string>> {
  const keys = given.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) throw invalidArgument('Duplicate tag keys are not allowed.');
  const tags = { ...old, ...Object.fromEntries(given.map(({ Key, Value = '' }) => [Key, Value])) };
  const count = Object.keys(tags).length;
  if (count > TAGS_MAX)
    throw limitExceeded(`A delivery stream can have ${TAGS_MAX} tags at most`, `There would be ${count}.`);
  return Object.freeze(tags);
}
