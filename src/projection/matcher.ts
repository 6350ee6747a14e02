/**
 * Matchers of the condition language: a plain value means equal, an object combines tests, all of which must hold.
 * Paths are dotted, with list positions in brackets: `attributes.VisibilityTimeout`, `output.Messages[0].Body`.
 */
import type { Matcher, MatcherObject, Matchers, Scalar } from './conditionTypes.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { money } from './figures.ts';

const segments = new Map<string, readonly string[]>();
const SEGMENTS_KEPT = 2_000;

function segmentsOf(path: string): readonly string[] {
  let known = segments.get(path);
  if (known === undefined) {
    known = path.replace(/\[(\d+)\]/g, '.$1').split('.');
    if (segments.size >= SEGMENTS_KEPT) segments.clear();
    segments.set(path, known);
  }
  return known;
}

/** The value at a path, or undefined. Only own members are seen. */
export function readPath(subject: unknown, path: string): unknown {
  let value = subject;
  for (const name of segmentsOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** Does a path hold milliseconds, so that matchers may be durations? */
export const isDurationPath = (path: string): boolean => path.endsWith('Ms');

/** A matcher's operand as it is compared: durations become numbers on a path of milliseconds. */
function operand(value: Scalar, path: string): Scalar {
  if (typeof value !== 'string' || !isDurationPath(path)) return value;
  return parseDuration(value) ?? value;
}

function equal(value: unknown, wanted: Scalar): boolean {
  if (wanted === null) return value === null || value === undefined;
  if (value === wanted) return true;
  // An attribute can be text on one path and a number on another: "30" and 30 are the same to a reader.
  if (typeof value === typeof wanted || typeof value === 'object' || value === undefined) return false;
  return String(value) === String(wanted);
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function compare(value: unknown, wanted: number | string, path: string): number | undefined {
  const left = numberOf(value);
  const right = numberOf(operand(wanted, path));
  return left === undefined || right === undefined ? undefined : left - right;
}

function contains(value: unknown, wanted: Scalar): boolean {
  if (typeof value === 'string') return value.includes(String(wanted));
  return Array.isArray(value) && value.some((item) => equal(item, wanted));
}

/** One test of a matcher object: does it hold for this value? */
type Test = (value: unknown, wanted: never, path: string, subject: unknown) => boolean;
const TESTS: { readonly [Name in keyof MatcherObject]-?: Test } = {
  equals: (value, wanted: Scalar, path) => equal(value, operand(wanted, path)),
  atLeast: (value, wanted: number | string, path) => (compare(value, wanted, path) ?? -1) >= 0,
  atMost: (value, wanted: number | string, path) => (compare(value, wanted, path) ?? 1) <= 0,
  moreThan: (value, wanted: number | string, path) => (compare(value, wanted, path) ?? -1) > 0,
  lessThan: (value, wanted: number | string, path) => (compare(value, wanted, path) ?? 1) < 0,
  not: (value, wanted: Matcher, path, subject) => !matches(value, wanted, path, subject),
  in: (value, wanted: readonly Scalar[], path) => wanted.some((item) => equal(value, operand(item, path))),
  contains: (value, wanted: Scalar) => contains(value, wanted),
  startsWith: (value, wanted: string) => typeof value === 'string' && value.startsWith(wanted),
  exists: (value, wanted: boolean) => (value !== undefined && value !== null) === wanted,
  sameAs: (value, wanted: string, _path, subject) => {
    const other = readPath(subject, wanted);
    return other !== undefined && JSON.stringify(value) === JSON.stringify(other);
  },
};

type MatcherName = keyof MatcherObject;
const MATCHER_NAMES = Object.keys(TESTS) as readonly MatcherName[];

/** Does the value at `path` of `subject` fit the matcher? */
export function matches(value: unknown, matcher: Matcher, path: string, subject: unknown): boolean {
  if (typeof matcher !== 'object' || matcher === null) return equal(value, operand(matcher, path));
  for (const name of MATCHER_NAMES) {
    const wanted = matcher[name];
    if (wanted !== undefined && !TESTS[name](value, wanted as never, path, subject)) return false;
  }
  return true;
}

/** The first path of a subject that does not fit, or undefined when all do. */
export function firstMismatch(subject: unknown, matchers: Matchers): string | undefined {
  for (const path of Object.keys(matchers)) {
    if (!matches(readPath(subject, path), matchers[path]!, path, subject)) return path;
  }
  return undefined;
}

const NAMES: { readonly [Name in MatcherName]: string } = {
  equals: '',
  atLeast: 'at least ',
  atMost: 'at most ',
  moreThan: 'more than ',
  lessThan: 'less than ',
  not: 'not ',
  in: 'one of ',
  contains: 'containing ',
  startsWith: 'starting with ',
  exists: '',
  sameAs: 'the same as ',
};

/** A matcher in words: "at least 1", "not 0 and at most 5". */
export function matcherWords(matcher: Matcher, path: string): string {
  if (typeof matcher !== 'object' || matcher === null) return valueWords(matcher, path);
  const parts: string[] = [];
  for (const name of MATCHER_NAMES) {
    const wanted = matcher[name];
    if (wanted === undefined) continue;
    if (name === 'exists') parts.push(wanted === true ? 'something' : 'nothing');
    else if (name === 'not') parts.push(NAMES.not + matcherWords(wanted as Matcher, path));
    else if (name === 'in') parts.push(NAMES.in + (wanted as readonly Scalar[]).map(String).join(', '));
    else parts.push(NAMES[name] + valueWords(wanted, path));
  }
  return parts.join(' and ');
}

const VALUE_LENGTH_MAX = 60;

/** A value in words, short: durations as people write them. */
export function valueWords(value: unknown, path: string): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number') {
    if (isDurationPath(path)) return formatDuration(Math.round(value));
    if (/usd$/iu.test(path)) return money(value);
    return String(Math.round(value * 100) / 100);
  }
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX - 1)}…` : text;
}

/** For a value that grows by 1 a millisecond (an age): in how many milliseconds it will fit; undefined: not by waiting. */
export function fitsAfter(value: unknown, matcher: Matcher, path: string): number | undefined {
  const now = numberOf(value);
  if (now === undefined || typeof matcher !== 'object' || matcher === null) return undefined;
  let wait = 0;
  if (matcher.atLeast !== undefined) wait = Math.max(wait, -(compare(now, matcher.atLeast, path) ?? 0));
  if (matcher.moreThan !== undefined) wait = Math.max(wait, 1 - (compare(now, matcher.moreThan, path) ?? 1));
  return wait > 0 ? Math.ceil(wait) : undefined;
}
