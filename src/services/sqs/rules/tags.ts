/** Tags: labels of a queue, case-sensitive. SQS Developer Guide, Amazon SQS cost allocation tags. */
import { invalidParameterValue } from '../errors.ts';

const KEY_LENGTH_MAX = 128;
const VALUE_LENGTH_MAX = 256;
export const TAGS_MAX = 50;

export const keyLength = (): Error =>
  invalidParameterValue(`Tag keys must be between 1 and ${KEY_LENGTH_MAX} characters in length.`);

/** UNSURE: the sentences. SIMPLER THAN AWS: which characters a tag may hold is not checked. */
export function readTags(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(given)) {
    if (key.length === 0 || key.length > KEY_LENGTH_MAX) throw keyLength();
    if (value.length > VALUE_LENGTH_MAX) {
      throw invalidParameterValue(
        `Tag values must be between 0 and ${VALUE_LENGTH_MAX} characters in length.`,
      );
    }
  }
  return Object.freeze({ ...given });
}
