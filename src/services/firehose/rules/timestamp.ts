/**
 * Instants as the patterns of prefixes write them: Java's DateTimeFormatter, the letters that a path needs. Firehose
 * Developer Guide, Understand custom prefixes for Amazon S3 objects.
 */

const two = (value: number): string => String(value).padStart(2, '0');
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const padded = (value: number, length: number): string => String(value).padStart(length, '0');
const named = (names: readonly string[], index: number, length: number): string =>
  length <= 3 ? names[index]!.slice(0, 3) : names[index]!;

const dayOfYear = (utc: number): number =>
  Math.floor((utc - Date.UTC(new Date(utc).getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

/** By letter: how a run of it is written, and how long it may be. */
const LETTERS: Readonly<Record<string, readonly [number, (at: Date, length: number) => string]>> = {
  y: [
    4,
    (at, length) => (length === 2 ? two(at.getUTCFullYear() % 100) : padded(at.getUTCFullYear(), length)),
  ],
  u: [
    4,
    (at, length) => (length === 2 ? two(at.getUTCFullYear() % 100) : padded(at.getUTCFullYear(), length)),
  ],
  Y: [
    4,
    (at, length) => (length === 2 ? two(at.getUTCFullYear() % 100) : padded(at.getUTCFullYear(), length)),
  ],
  M: [
    4,
    (at, length) =>
      length <= 2 ? padded(at.getUTCMonth() + 1, length) : named(MONTHS, at.getUTCMonth(), length),
  ],
  d: [2, (at, length) => padded(at.getUTCDate(), length)],
  D: [3, (at, length) => padded(dayOfYear(at.getTime()), length)],
  H: [2, (at, length) => padded(at.getUTCHours(), length)],
  h: [2, (at, length) => padded(at.getUTCHours() % 12 || 12, length)],
  m: [2, (at, length) => padded(at.getUTCMinutes(), length)],
  s: [2, (at, length) => padded(at.getUTCSeconds(), length)],
  S: [3, (at, length) => padded(at.getUTCMilliseconds(), 3).slice(0, length)],
  a: [1, (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM')],
  E: [4, (at, length) => named(DAYS, at.getUTCDay(), length)],
};

type Part = { readonly literal: string } | { readonly letter: string; readonly length: number };

/** The parts of a pattern; undefined: a quote is not closed. A text in single quotes is literal, `''` is a quote. */
function partsOf(pattern: string): Part[] | undefined {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; ) {
    const char = pattern[at]!;
    if (char === "'") {
      if (pattern[at + 1] === "'") {
        parts.push({ literal: "'" });
        at += 2;
        continue;
      }
      const end = pattern.indexOf("'", at + 1);
      if (end < 0) return undefined;
      parts.push({ literal: pattern.slice(at + 1, end) });
      at = end + 1;
    } else if (/[A-Za-z]/u.test(char)) {
      let end = at;
      while (pattern[end] === char) end++;
      parts.push({ letter: char, length: end - at });
      at = end;
    } else {
      parts.push({ literal: char });
      at++;
    }
  }
  return parts;
}

/** What is wrong with a pattern; undefined: nothing. */
export function patternProblem(pattern: string): string | undefined {
  const parts = partsOf(pattern);
  if (parts === undefined) return 'a single quote is not closed';
  for (const part of parts) {
    if ('literal' in part) continue;
    const known = LETTERS[part.letter];
    if (known === undefined)
      return `the letter ${part.letter} is not one of ${Object.keys(LETTERS).join(' ')}`;
    if (part.length > known[0]) return `${part.letter} stands ${known[0]} times at most`;
  }
  return undefined;
}

/** `utc`: milliseconds, moved by the zone's offset. */
export function formatted(pattern: string, utc: number): string {
  const at = new Date(utc);
  return (partsOf(pattern) ?? [])
    .map((part) => ('literal' in part ? part.literal : (LETTERS[part.letter]?.[1](at, part.length) ?? '')))
    .join('');
}

/** Minutes ahead of UTC; undefined: a zone that needs a table of zones. */
export function zoneOffset(zone: string): number | undefined {
  if (zone === '' || /^(?:UTC|GMT|Etc\/(?:UTC|GMT))$/u.test(zone)) return 0;
  // The sign of these names is the other way round.
  const [, sign, hours] = /^Etc\/GMT([+-])(\d{1,2})$/u.exec(zone) ?? [];
  if (sign === undefined || Number(hours) > 14) return undefined;
  return (sign === '-' ? 60 : -60) * Number(hours);
}

/** OpenSearch: the suffix of a rotated index, by the arrival in UTC. Firehose Developer Guide, Index rotation. */
export function rotationSuffix(period: string, utc: number): string {
  const day = (pattern: string): string => `-${formatted(pattern, utc)}`;
  switch (period) {
    case 'OneHour':
      return day('yyyy-MM-dd-HH');
    case 'OneDay':
      return day('yyyy-MM-dd');
    case 'OneWeek':
      return `-${weekYear(utc)}`;
    case 'OneMonth':
      return day('yyyy-MM');
    default:
      return '';
  }
}

/**
 * Weeks begin on Sunday, and week 1 with the year's first Sunday. UNSURE: the guide lets week 1 hold the year's first
 * Saturday, and its example does not; here the example is followed.
 */
function weekYear(utc: number): string {
  const sunday = new Date(utc - new Date(utc).getUTCDay() * 86_400_000);
  const week = Math.floor((dayOfYear(sunday.getTime()) - 1) / 7) + 1;
  return `${sunday.getUTCFullYear()}-w${two(week)}`;
}
