/** Metric math, worked out: numbers, time series, and lists of them. */
import { validation } from '../errors.ts';
import type { Expression, FunctionName, Operator } from './expression.ts';

/** Values by the beginning of their period, in order. */
export type Series = ReadonlyMap<number, number>;
export type MathValue =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'series'; readonly series: Series }
  | { readonly type: 'list'; readonly list: readonly Series[] };

export interface MathGround {
  /** What an id stands for; throws when there is none. */
  valueOf(id: string): MathValue;
  /** The metrics (not the expressions) of the request, for METRICS(). */
  readonly metrics: readonly (readonly [id: string, series: Series])[];
  /** All periods of the range. */
  readonly times: readonly number[];
  readonly periodSeconds: number;
}

const number = (value: number): MathValue => ({ type: 'number', value });
const series = (values: Series): MathValue => ({ type: 'series', series: values });

/** UNSURE: the sentences of what cannot be worked out. */
const wrong = (message: string): Error => validation(`Error in expression: ${message}`);

export function workOut(expression: Expression, ground: MathGround): MathValue {
  switch (expression.type) {
    case 'number':
      return number(expression.value);
    case 'metric':
      return ground.valueOf(expression.id);
    case 'list': {
      const list = expression.items.map((item) => seriesOf(workOut(item, ground), ground));
      return { type: 'list', list };
    }
    case 'negative':
      return combine('-', number(0), workOut(expression.of, ground));
    case 'binary':
      return combine(
        expression.operator,
        workOut(expression.left, ground),
        workOut(expression.right, ground),
      );
    case 'call':
      return call(expression.name, expression.given, ground);
    default:
      throw wrong(`"${expression.value}" is no number`);
  }
}

/** A number holds in every period. */
export function seriesOf(value: MathValue, { times }: MathGround): Series {
  if (value.type === 'series') return value.series;
  if (value.type === 'number') return new Map(times.map((time) => [time, value.value]));
  throw wrong('one time series is expected here, not several');
}

/** Undefined: no data point (a division by zero). */
function apply(operator: Operator, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      // Never a negative zero.
      return b === 0 ? undefined : a / b + 0;
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    case '>':
      return Number(a > b);
    case '>=':
      return Number(a >= b);
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '&&':
      return Number(a !== 0 && b !== 0);
    default:
      return Number(a !== 0 || b !== 0);
  }
}

/** Of two series, only periods count in which both have data. */
function combine(operator: Operator, left: MathValue, right: MathValue): MathValue {
  if (left.type === 'number' && right.type === 'number') {
    const value = apply(operator, left.value, right.value);
    return value === undefined ? series(new Map()) : number(value);
  }
  if (left.type === 'list' || right.type === 'list') {
    throw wrong('arithmetic on several time series is not modelled; name one at a time');
  }
  const times = left.type === 'series' ? left.series.keys() : (right as { series: Series }).series.keys();
  const result = new Map<number, number>();
  for (const time of times) {
    const a = at(left, time);
    const b = at(right, time);
    const value = a === undefined || b === undefined ? undefined : apply(operator, a, b);
    if (value !== undefined) result.set(time, value);
  }
  return series(result);
}

const at = (value: MathValue, time: number): number | undefined =>
  value.type === 'number' ? value.value : value.type === 'series' ? value.series.get(time) : undefined;

function call(name: FunctionName, given: readonly Expression[], ground: MathGround): MathValue {
  if (name === 'METRICS') {
    const part = given[0]?.type === 'text' ? given[0].value : '';
    const found = ground.metrics.filter(([id]) => id.includes(part));
    return { type: 'list', list: found.map(([, values]) => values) };
  }
  if (name === 'FILL') return fill(given, ground);
  const values = given.map((one) => workOut(one, ground));
  if (name === 'IF') return choose(values, ground);
  const [first] = values;
  if (first === undefined || values.length > 1) throw wrong(`${name} takes one argument`);
  return name === 'RATE' ? rate(first) : fold(name, first);
}

const FOLDS: Readonly<Record<'SUM' | 'AVG' | 'MIN' | 'MAX', (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => values.reduce((least, value) => Math.min(least, value)),
  MAX: (values) => values.reduce((most, value) => Math.max(most, value)),
};

/** Of one series one number; of several, one series. */
function fold(name: keyof typeof FOLDS, value: MathValue): MathValue {
  if (value.type === 'number') return value;
  if (value.type === 'series') {
    const values = [...value.series.values()];
    return values.length === 0 ? series(new Map()) : number(FOLDS[name](values));
  }
  const byTime = new Map<number, number[]>();
  for (const one of value.list) {
    for (const [time, item] of one) byTime.set(time, [...(byTime.get(time) ?? []), item]);
  }
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return series(new Map(times.map((time) => [time, FOLDS[name](byTime.get(time)!)])));
}

/** The change a second since the data point before. */
function rate(value: MathValue): MathValue {
  if (value.type !== 'series') throw wrong('RATE takes one time series');
  const result = new Map<number, number>();
  let before: readonly [number, number] | undefined;
  for (const [time, item] of value.series) {
    if (before !== undefined) result.set(time, ((item - before[1]) * 1000) / (time - before[0]));
    before = [time, item];
  }
  return series(result);
}

function choose([condition, yes, no]: readonly MathValue[], ground: MathGround): MathValue {
  if (condition === undefined || yes === undefined) throw wrong('IF takes a condition and one or two values');
  if (condition.type === 'number') return condition.value !== 0 ? yes : (no ?? series(new Map()));
  const result = new Map<number, number>();
  for (const [time, value] of seriesOf(condition, ground)) {
    const chosen = value !== 0 ? yes : no;
    const item = chosen && at(chosen, time);
    if (item !== undefined) result.set(time, item);
  }
  return series(result);
}

/** With a number, the last value before (REPEAT), or a line between two (LINEAR). */
function fill([of, filling, ...more]: readonly Expression[], ground: MathGround): MathValue {
  if (of === undefined || filling === undefined || more.length > 0) {
    throw wrong('FILL takes a time series and a number, REPEAT or LINEAR');
  }
  const known = seriesOf(workOut(of, ground), ground);
  const how = filling.type === 'text' ? filling.value : undefined;
  const constant = how === undefined ? workOut(filling, ground) : undefined;
  const result = new Map<number, number>();
  let before: number | undefined;
  for (const time of ground.times) {
    let value = known.get(time);
    if (value !== undefined) before = time;
    else if (constant !== undefined) value = at(constant, time);
    else if (before !== undefined)
      value = how === 'LINEAR' ? between(known, before, time) : known.get(before);
    if (value !== undefined) result.set(time, value);
  }
  return series(result);
}

function between(known: Series, before: number, time: number): number | undefined {
  for (const [later, value] of known) {
    if (later <= time) continue;
    const from = known.get(before)!;
    return from + ((value - from) * (time - before)) / (later - before);
  }
  return undefined;
}
