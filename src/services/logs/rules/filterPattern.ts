/**
 * Filter patterns of terms. CloudWatch Logs User Guide, Filter pattern syntax for metric filters, subscription filters:
 * all terms must be in the message, of those with `?` one, and none of those with `-`; letters count as they are written.
 */
import { invalidParameter } from '../errors.ts';

interface Terms {
  readonly all: readonly string[];
  readonly any: readonly string[];
  readonly none: readonly string[];
}

const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/uy;

/** Saves time only. */
const memory = new Map<string, Terms>();

/** Refuses what is no pattern of terms. */
export function readPattern(pattern: string): Terms {
  const known = memory.get(pattern);
  if (known !== undefined) return known;
  const text = pattern.trim();
  if (/^[{[]/u.test(text) || /^%.*%$/u.test(text)) {
    throw invalidParameter('not modelled: filter patterns over JSON, columns or regular expressions', {
      why: 'A pattern here is words: ERROR, "not found", ?one ?other, -never; an empty one takes everything.',
    });
  }
  const all: string[] = [];
  const any: string[] = [];
  const none: string[] = [];
  let at = 0;
  while (at < text.length) {
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    if (match === null) throw invalidParameter('Invalid filter pattern');
    at = TERM.lastIndex;
    const [, sign, quoted, plain] = match;
    const term = quoted === undefined ? plain! : quoted.replaceAll(/\\(.)/gu, '$1');
    (sign === '?' ? any : sign === '-' ? none : all).push(term);
  }
  const terms = { all, any, none };
  if (memory.size > 1_000) memory.clear();
  memory.set(pattern, terms);
  return terms;
}

export function fits(pattern: string, message: string): boolean {
  const { all, any, none } = readPattern(pattern);
  return (
    all.every((term) => message.includes(term)) &&
    (any.length === 0 || any.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term))
  );
}
