/**
 * Patterns of policies: `*` stands for any characters, `?` for one; `${key}` for a value of the request.
 * IAM User Guide, IAM JSON policy elements: Resource; Variables and tags.
 */
import type { RequestKeys } from './request.ts';

/** Stand for a star, a question mark that a policy wrote as `${*}`, `${?}`: themselves, not patterns. */
const STAR = '\uE000';
const QUESTION = '\uE001';

/** Does the whole text match? Case counts. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let resume = 0;
  while (from < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      resume = from;
    } else if (wanted !== undefined && (wanted === '?' || isSame(wanted, text[from]!))) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

const isSame = (wanted: string, actual: string): boolean =>
  wanted === actual || (wanted === STAR && actual === '*') || (wanted === QUESTION && actual === '?');

const ARN_PARTS = 6;

/** The six parts of an ARN; the last holds all that follows the fifth colon. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  if (parts.length > ARN_PARTS) parts.push(parts.splice(ARN_PARTS - 1).join(':'));
  return parts;
}

/** Part by part, as ArnLike does; a pattern with too few parts ends in stars. `*` alone matches everything. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*' || pattern === arn) return true;
  if (!arn.startsWith('arn:')) return false;
  const wanted = partsOf(pattern);
  const actual = partsOf(arn);
  if (wanted[0] !== 'arn') return false;
  return actual.every((part, index) => matchesGlob(wanted[index] ?? '*', part));
}

const VARIABLE = /\$\{([^}]*)\}/gu;

/** A pattern with its variables filled in; undefined when one has no value, for then nothing can match. */
export type Fill = (pattern: string) => string | undefined;

/** Policies of version 2008-10-17 have no variables. */
export const AS_WRITTEN: Fill = (pattern) => pattern;

/** Fills variables in from the request. `${key, 'text'}` names what to take when the request lacks the key. */
export const fillFrom =
  (request: RequestKeys): Fill =>
  (pattern) => {
    if (!pattern.includes('${')) return pattern;
    let complete = true;
    const filled = pattern.replace(VARIABLE, (_, inside: string) => {
      if (inside === '*') return STAR;
      if (inside === '?') return QUESTION;
      if (inside === '$') return '$';
      const [key = '', otherwise] = inside.split(',');
      const value = request.key(key.trim().toLowerCase()) ?? otherwise?.trim().replace(/^'(.*)'$/u, '$1');
      if (typeof value === 'string') return value;
      complete = false;
      return '';
    });
    return complete ? filled : undefined;
  };

/** A filled-in pattern as plain text, for operators that know no stars. */
export const asLiteral = (pattern: string): string => pattern.replaceAll(STAR, '*').replaceAll(QUESTION, '?');
