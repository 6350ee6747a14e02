/** The values of words: variables put in, unquoted values taken apart at spaces, as in bash. */
import { CliFailure } from './cliFailure.ts';
import type { Argument } from './python/argparse.ts';
import type { RawWord, WordPart } from './shellWords.ts';

/** A word's plain text when nothing in it is a variable. */
export const literal = (word: RawWord | undefined): string | undefined =>
  word?.parts.every((part) => part.type === 'text')
    ? word.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
    : undefined;

/** Puts in the values of variables. An unquoted value with spaces becomes several words, as in bash. */
export function expand(words: readonly RawWord[], variables: ReadonlyMap<string, string>): Argument[] {
  return words.flatMap((word) => expandWord(word, variables));
}

/** The value of an assignment: no splitting into words. */
export function expandValue(word: RawWord, variables: ReadonlyMap<string, string>): string {
  return word.parts
    .map((part) => (part.type === 'text' ? part.text : valueOfVariable(part, variables)))
    .join('');
}

function expandWord(word: RawWord, variables: ReadonlyMap<string, string>): Argument[] {
  const { from, to } = word;
  const values: string[] = [];
  // Undefined: no word begun.
  let current: string | undefined;
  for (const part of word.parts) {
    if (part.type === 'text' || part.quoted) {
      current = (current ?? '') + (part.type === 'text' ? part.text : valueOfVariable(part, variables));
      continue;
    }
    const value = valueOfVariable(part, variables);
    const pieces = value.split(/[ \t\n]+/);
    if (pieces[0] !== '') current = (current ?? '') + (pieces[0] ?? '');
    for (const piece of pieces.slice(1)) {
      if (current !== undefined) values.push(current);
      current = piece === '' ? undefined : piece;
    }
  }
  if (current !== undefined) values.push(current);
  return values.map((value) => ({ value, from, to }));
}

function valueOfVariable(
  part: WordPart & { type: 'variable' },
  variables: ReadonlyMap<string, string>,
): string {
  const value = variables.get(part.name);
  if (value !== undefined) return value;
  const known = [...variables.keys()];
  const names = known.length > 0 ? `set are ${known.join(', ')}` : 'none is set yet';
  throw new CliFailure(`$${part.name} is not set`, undefined, {
    at: part.at,
    why: `variables are set by NAME=value or NAME=$(aws …); ${names}`,
  });
}
