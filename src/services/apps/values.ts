/**
 * What is typed into an app's flags, read once at the edge: rates, durations, chances, sizes, spans of time and
 * references to resources. Each reader takes the flag's name for its refusal.
 */
import { type Chance, chanceOf, durationOf, isPossible } from '../../contract/quantities.ts';
import { type Bytes, bytes, type Milliseconds, milliseconds } from '../../engine/units.ts';
import { invalidValue } from './errors.ts';

/** `count` messages in each `per`. Whole numbers, so that a rate adds up exactly. */
export interface Rate {
  readonly count: number;
  readonly per: Milliseconds;
}

/** A time drawn evenly between two bounds, both included. */
export interface Span {
  readonly min: Milliseconds;
  readonly max: Milliseconds;
}

export const TARGET_KINDS = ['queue', 'topic', 'database', 'stream', 'delivery', 'bus', 'iot'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

export interface Target {
  readonly kind: TargetKind;
  readonly name: string;
}

/** More would only slow the picture down: no client of one process sends faster. */
const RATE_MAX_PER_SECOND = 20_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
};

/** `12/s`, `0.5/s`, `300/min`, `5/h`. */
export function readRate(flag: string, text: string): Rate {
  const [, whole, fraction = '', unit] =
    /^(\d{1,9})(?:\.(\d{1,3}))?\s*\/\s*([a-z]+)$/.exec(text.trim()) ?? [];
  const per = unit === undefined || unit === 'ms' ? undefined : UNIT_MS[unit];
  if (whole === undefined || per === undefined) {
    throw invalidValue(flag, text, 'a rate is a number per time, like 12/s, 300/min or 5/h');
  }
  const scale = [1, 10, 100, 1_000][fraction.length]!;
  const count = Number(whole) * scale + Number(fraction || '0');
  if (count === 0) throw invalidValue(flag, text, 'a rate is above 0; app stop ends the sending');
  if (count * 1_000 > RATE_MAX_PER_SECOND * per * scale) {
    throw invalidValue(flag, text, `at most ${RATE_MAX_PER_SECOND}/s`);
  }
  return Object.freeze({ count, per: milliseconds(per * scale) });
}

/** `40s`, `1m30s`, `250ms`, `2h`, `0`. */
export function readDuration(flag: string, text: string): Milliseconds {
  const total = durationOf(text.trim());
  if (total === undefined) {
    throw invalidValue(flag, text, 'a duration has a unit, like 250ms, 40s, 1m30s or 2h');
  }
  return total;
}

/** A duration that AWS takes in whole seconds. */
export function readWholeSeconds(flag: string, text: string): Milliseconds {
  const total = readDuration(flag, text);
  if (total % 1_000 !== 0) throw invalidValue(flag, text, 'whole seconds only');
  return total;
}

/** `5s` or `2s..8s`. */
export function readSpan(flag: string, text: string): Span {
  const [from, to, ...rest] = text.split('..').map((part) => durationOf(part.trim()));
  const max = text.includes('..') ? to : from;
  if (from === undefined || max === undefined || rest.length > 0) {
    throw invalidValue(flag, text, 'a time is a duration or two, like 5s or 2s..8s');
  }
  if (max < from) throw invalidValue(flag, text, 'the first duration is the smaller one');
  return Object.freeze({ min: from, max });
}

/** `1 in 20`, or `0` for never. */
export function readChance(flag: string, text: string): Chance {
  const chance = chanceOf(text.trim());
  if (chance === undefined) {
    throw invalidValue(flag, text, 'a chance is a ratio, like "1 in 20"; 0 means never');
  }
  if (!isPossible(chance)) throw invalidValue(flag, text, 'a chance is at most "1 in 1"');
  return chance;
}

/** `200`, `1KB`, `64KB`, `1MB`; a kilobyte has 1,024 bytes. */
export function readSize(flag: string, text: string): Bytes {
  const [, amount, unit = ''] = /^(\d{1,9})\s*(b|kb|kib|mb|mib)?$/i.exec(text.trim()) ?? [];
  if (amount === undefined)
    throw invalidValue(flag, text, 'a size is a number of bytes, like 200, 1KB or 64KB');
  const factor = /^k/i.test(unit) ? 1_024 : /^m/i.test(unit) ? 1_048_576 : 1;
  const size = Number(amount) * factor;
  if (size < 1 || size > 2 * 1_048_576) throw invalidValue(flag, text, 'a size lies between 1 byte and 2MB');
  return bytes(size);
}

const NAME = /^[A-Za-z0-9_.-]{1,80}$/;
/** A topic of AWS IoT: levels between slashes; what is in braces counts or takes turns. */
const TOPIC = /^[^#+$\s][^#+]{0,255}$/;

/** `queue/orders`, `database/orders`: of the kinds that fit here. */
export function readTarget(flag: string, text: string, kinds: readonly TargetKind[] = ['queue']): Target {
  const at = text.indexOf('/');
  const kind = text.slice(0, Math.max(at, 0));
  const name = text.slice(at + 1);
  if (at <= 0 || !(kind === 'iot' ? TOPIC : NAME).test(name)) {
    throw invalidValue(flag, text, `write KIND/NAME, like ${kinds[0]}/orders`);
  }
  const known = kinds.find((one) => one === kind);
  if (known === undefined) {
    const fitting = kinds.map((one) => `${one}/NAME`).join(' or ');
    throw invalidValue(flag, text, `not modelled: ${kind}. Write ${fitting}`);
  }
  return Object.freeze({ kind: known, name });
}

/** An app's name: it appears as the caller of its calls. */
export function readName(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(text)) {
    throw invalidValue('name', text, 'letters, digits, - and _, 40 at most');
  }
  if (text === 'you' || text === 'lesson') throw invalidValue('name', text, 'this name is taken');
  return text;
}

/** A whole number within bounds. */
export function readCount(flag: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalidValue(flag, value, `a whole number between ${min} and ${max}`);
  }
  return value;
}
