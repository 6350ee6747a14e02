/**
 * Schedules: rate(5 minutes), cron(0 10 ? * MON-FRI *), in UTC. EventBridge User Guide, Creating a rule that runs on a
 * schedule. Not modelled: `W` and `#` of a cron expression.
 */
import { notModelled, validation } from '../errors.ts';

const RATE = /^rate\((\d{1,9}) (minute|minutes|hour|hours|day|days)\)$/u;
const CRON = /^cron\(([^()]*)\)$/u;
const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const DAY = 86_400_000;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}
const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 1, max: 7, names: WEEKDAYS },
  { min: 1970, max: 2199 },
];

interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  /** Undefined: `?`, whatever day. */
  readonly days: ReadonlySet<number> | undefined;
  readonly lastDay: boolean;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number> | undefined;
  readonly years: ReadonlySet<number>;
}

export type Schedule =
  | { readonly type: 'rate'; readonly everyMs: number }
  | { readonly type: 'cron'; readonly cron: Cron };

const invalid = (why: string) => validation('Parameter ScheduleExpression is not valid.', { why });

/** Refuses what is no schedule. */
export function readSchedule(text: string): Schedule {
  const rate = RATE.exec(text);
  if (rate !== null) return readRate(Number(rate[1]), rate[2]!);
  const cron = CRON.exec(text);
  if (cron === null) {
    throw invalid(
      'Expected is rate(5 minutes) or cron(0 10 ? * MON-FRI *): minutes, hours, day, month, weekday, year.',
    );
  }
  return { type: 'cron', cron: readCron(cron[1]!) };
}

function readRate(value: number, unit: string): Schedule {
  const singular = !unit.endsWith('s');
  if (value < 1) throw invalid('A rate is 1 minute or more.');
  if (singular !== (value === 1))
    throw invalid('The unit is singular with 1 and plural else: rate(1 hour), rate(5 hours).');
  return { type: 'rate', everyMs: value * UNIT_MS[singular ? unit : unit.slice(0, -1)]! };
}

function readCron(text: string): Cron {
  const parts = text.trim().split(/\s+/u);
  if (parts.length !== 6) throw invalid(`A cron expression has six fields; this has ${parts.length}.`);
  const [minutes, hours, days, months, weekdays, years] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if ((days === '?') === (weekdays === '?')) {
    throw invalid('Day of month or day of week is ?, and not both.');
  }
  if (/W|#/u.test(days) || /L|#/u.test(weekdays)) {
    throw notModelled(
      `${days} ${weekdays} in a cron expression`,
      'Here days are numbers, ranges, lists, steps and L for the last day of a month.',
    );
  }
  const values = (part: string, index: number): ReadonlySet<number> => valuesOf(part, FIELDS[index]!);
  return {
    minutes: values(minutes, 0),
    hours: values(hours, 1),
    days: days === '?' ? undefined : days === 'L' ? new Set() : values(days, 2),
    lastDay: days === 'L',
    months: values(months, 3),
    weekdays: weekdays === '?' ? undefined : values(weekdays, 4),
    years: values(years, 5),
  };
}

function valuesOf(text: string, { min, max, names }: Field): ReadonlySet<number> {
  const found = new Set<number>();
  const numberOf = (word: string): number => {
    const named = names?.indexOf(word.toUpperCase()) ?? -1;
    const value = named >= 0 ? named + 1 : /^\d{1,4}$/u.test(word) ? Number(word) : -1;
    if (value < min || value > max) throw invalid(`${word} is not between ${min} and ${max}.`);
    return value;
  };
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/u.test(step)))
      throw invalid(`${part} is no step.`);
    const [low = '', high, ...rest] = range.split('-');
    if (rest.length > 0) throw invalid(`${part} is no range.`);
    const from = low === '*' ? min : numberOf(low);
    const to = low === '*' ? max : high !== undefined ? numberOf(high) : step !== undefined ? max : from;
    for (let value = from; value <= to; value += Number(step ?? 1)) found.add(value);
  }
  return found;
}

/** UTC milliseconds of the next time after `utc`; undefined: never again. A rate counts from `start`. */
export function nextTime(schedule: Schedule, start: number, utc: number): number | undefined {
  if (schedule.type === 'rate') {
    return start + (Math.floor((utc - start) / schedule.everyMs) + 1) * schedule.everyMs;
  }
  return nextOfCron(schedule.cron, utc);
}

/** A cron expression that fits nothing in so many days never will: the longest gap is that of 29 February. */
const DAYS_MAX = 366 * 9;

function nextOfCron(cron: Cron, utc: number): number | undefined {
  const from = Math.floor(utc / 60_000) * 60_000 + 60_000;
  let day = Math.floor(from / DAY) * DAY;
  for (let count = 0; count < DAYS_MAX; count++, day += DAY) {
    if (!dayFits(cron, new Date(day))) continue;
    for (const hour of [...cron.hours].sort((a, b) => a - b)) {
      for (const minute of [...cron.minutes].sort((a, b) => a - b)) {
        const at = day + hour * 3_600_000 + minute * 60_000;
        if (at >= from) return at;
      }
    }
  }
  return undefined;
}

function dayFits({ years, months, days, lastDay, weekdays }: Cron, date: Date): boolean {
  if (!years.has(date.getUTCFullYear()) || !months.has(date.getUTCMonth() + 1)) return false;
  if (lastDay) return new Date(date.getTime() + DAY).getUTCDate() === 1;
  return days?.has(date.getUTCDate()) ?? weekdays!.has(date.getUTCDay() + 1);
}
