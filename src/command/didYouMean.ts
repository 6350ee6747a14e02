/** The known word that was perhaps meant. */
import { closeMatches } from './python/closeMatches.ts';

/** Undefined when none is close. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const same = known.find((choice) => choice.toLowerCase() === lower);
  if (same !== undefined) return same;
  const close = closeMatches(lower, known, 0.6)[0];
  if (close !== undefined) return close;
  // A word of several: `receive` for `receive-message`.
  return lower.length >= 3 ? known.find((choice) => choice.toLowerCase().startsWith(lower)) : undefined;
}
