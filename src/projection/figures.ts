/** Figures as people read them: counts, rates, bytes, durations, instants, money, ids. Never locale-dependent. */

/** `12,345`: thousands apart. */
export function exact(value: number): string {
  const whole = String(Math.abs(Math.trunc(value)));
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 ? `-${grouped}` : grouped;
}

const LARGE = ['k', 'M', 'G', 'T'];

/** `25.2k`, `1.2M`: three digits at most. */
export function short(value: number): string {
  let rest = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (rest < 1_000) return sign + String(Math.round(rest));
  let letter = '';
  for (const next of LARGE) {
    rest /= 1_000;
    letter = next;
    if (rest < 999.5) break;
  }
  const text = rest < 99.95 ? trimmed(rest.toFixed(1)) : String(Math.round(rest));
  return sign + text + letter;
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** A count in running text: exact to 9,999. */
export const count = (value: number): string => (Math.abs(value) <= 9_999 ? exact(value) : short(value));

/** A count on a card or in a table: exact to 99,999 where there is room, else short. */
export function cardCount(value: number, cells = 6): string {
  const whole = exact(value);
  return Math.abs(value) <= 99_999 && whole.length <= cells ? whole : short(value);
}

/** `0.5/s`, `420/s`, `2.4k/s`; below one in two seconds per minute: `4/min`. */
export function rate(perSecond: number): string {
  const value = Math.abs(perSecond);
  const sign = perSecond < 0 ? '-' : '';
  if (value === 0) return '0/s';
  if (value < 0.5) {
    const perMinute = value * 60;
    return `${sign}${perMinute < 1 ? trimmed(perMinute.toFixed(1)) : Math.round(perMinute)}/min`;
  }
  if (value < 9.95) return `${sign}${trimmed(value.toFixed(1))}/s`;
  if (value < 999.5) return `${sign}${Math.round(value)}/s`;
  return `${sign}${short(value)}/s`;
}

/** `+84/s`, `-2/s`: a rate with its direction. */
export const trend = (perSecond: number): string => (perSecond > 0 ? `+${rate(perSecond)}` : rate(perSecond));

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
export type ByteUnit = (typeof BYTES)[number];

const power1024 = (exponent: number): number => {
  let result = 1;
  for (let index = 0; index < exponent; index += 1) result *= 1024;
  return result;
};

/** The largest unit in which a size is at least one. */
export function byteUnit(bytes: number): ByteUnit {
  let index = 0;
  while (index < BYTES.length - 1 && Math.abs(bytes) >= power1024(index + 1)) index += 1;
  return BYTES[index] ?? 'B';
}

/** The figure of a size in a given unit, without the unit: `1.6`. */
export function bytesIn(bytes: number, unit: ByteUnit): string {
  const value = bytes / power1024(BYTES.indexOf(unit));
  if (unit === 'B') return exact(value);
  return value < 99.95
    ? trimmed(value.toFixed(value < 9.995 && value !== Math.round(value) ? 2 : 1))
    : exact(value);
}

/** `1.04 GiB`. */
export function size(bytes: number): string {
  const unit = byteUnit(bytes);
  return `${bytesIn(bytes, unit)} ${unit}`;
}

export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value > 0 && value < 1) return '1%';
  return `${value > 99 && value < 100 ? 99 : Math.round(value)}%`;
}

/** A running time: `18.2 s`, then `2 m 14 s`, `3 h 5 m`, `4 d 2 h`. */
export function duration(milliseconds: number): string {
  const value = Math.max(0, milliseconds);
  if (value < 59_950) return `${(Math.round(value / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(value / 1000);
  if (seconds < 3_600) return joined(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1_440) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  return joined(Math.floor(minutes / 1_440), 'd', Math.floor((minutes % 1_440) / 60), 'h');
}

const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** A set time without tenths: `30 s`, `12 of 40 s` is written from it; `1.5 s` keeps what it has. */
export function span(milliseconds: number): string {
  const value = Math.max(0, milliseconds);
  if (value < 60_000) return `${trimmed((Math.round(value / 100) / 10).toFixed(1))} s`;
  return duration(value);
}

/** Short on cards: `0:22`, `2:14`, `3:05:10`. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Time of day from the world's start: `04:12:36`, with `.400` when asked. */
function timeOfDay(at: number, withMilliseconds: boolean): string {
  const inDay = at % DAY;
  const seconds = Math.floor(inDay / 1000);
  const text = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return withMilliseconds ? `${text}.${String(inDay % 1000).padStart(3, '0')}` : text;
}

/** An instant of the world: `01:12.4` in the first hour, then `day 1 04:12:36`. Days count from 1. */
export function instantText(at: number): string {
  if (at < HOUR) {
    const tenths = Math.floor(at / 100);
    const seconds = Math.floor(tenths / 10);
    return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.${tenths % 10}`;
  }
  return `day ${Math.floor(at / DAY) + 1} ${timeOfDay(at, false)}`;
}

/** An instant to the millisecond: `00:01:12.400`, with the day from the second on: `d2 04:12:36.000`. */
export const exactInstant = (at: number): string =>
  `${at < DAY ? '' : `d${Math.floor(at / DAY) + 1} `}${timeOfDay(at, true)}`;

/** How much later: `+12 ms`, `+1.2 s`, `+60 s`, `+2 m 14 s`. */
export function later(milliseconds: number): string {
  if (milliseconds < 1_000) return `+${milliseconds} ms`;
  return `+${span(milliseconds)}`;
}

/** An instant where the day is known from elsewhere: `01:12.4`, then `04:12:36`. */
export const instantShort = (at: number): string => (at < HOUR ? instantText(at) : timeOfDay(at, false));

/** The header's instant: `00:01:12.4`, milliseconds while paused, the day once the first hour is over. */
export function headerInstant(at: number, paused: boolean): string {
  if (at >= HOUR) return `day ${Math.floor(at / DAY) + 1}  ${timeOfDay(at, paused)}`;
  return paused ? timeOfDay(at, true) : `${timeOfDay(at, false)}.${Math.floor((at % 1000) / 100)}`;
}

/** The header's instant on 80 columns: `01:12.4`, `d1 04:12:36`. */
export const headerInstantShort = (at: number): string =>
  at < HOUR ? instantText(at) : `d${Math.floor(at / DAY) + 1} ${timeOfDay(at, false)}`;

/** `$0`, two digits below one cent (`$0.000004`), four to a dollar's cents (`$0.0405`), else `$1.87`. */
export function money(usd: number): string {
  const value = Math.abs(usd);
  const sign = usd < 0 ? '-' : '';
  if (value < 1e-12) return '$0';
  if (value >= 1_000) return `${sign}$${exact(value)}`;
  if (value >= 0.01) return `${sign}$${value < 0.1 ? trimZeros(value.toFixed(4)) : value.toFixed(2)}`;
  let places = 3;
  let scaled = value * 1_000;
  while (scaled < 1 && places < 12) {
    scaled *= 10;
    places += 1;
  }
  return `${sign}$${trimZeros(value.toFixed(places + 1))}`;
}

const trimZeros = (text: string): string => text.replace(/(\.\d\d\d*?)0+$/, '$1');

/** Shortest prefix of each id that no other id shares, at least four letters. */
export function shortIds(ids: Iterable<string>): Map<string, string> {
  const sorted = [...new Set(ids)].sort();
  const shared = (a: string, b: string): number => {
    let length = 0;
    while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
    return length;
  };
  const result = new Map<string, string>();
  sorted.forEach((id, index) => {
    const before = sorted[index - 1];
    const next = sorted[index + 1];
    const common = Math.max(
      before === undefined ? 0 : shared(id, before),
      next === undefined ? 0 : shared(id, next),
    );
    result.set(id, id.slice(0, Math.max(4, common + 1)));
  });
  return result;
}
