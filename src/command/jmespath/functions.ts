/**
 * JMESPath's functions, with the checks and sentences of jmespath 1.0 for Python.
 *
 * SIMPLER THAN AWS: a whole number that Python holds as a float (an average) is shown without its `.0`.
 */
import {
  byCodePoint,
  isPlainObject,
  type Plain,
  type PlainObject,
  pyFloat,
  pyInt,
  pyRepr,
  pyStr,
  pyTypeName,
} from '../python/values.ts';
import { QueryError } from './lexer.ts';

/** What `&expression` is: evaluated by the function that gets it. */
export class Expression {
  readonly evaluate: (value: Plain) => Plain;

  constructor(evaluate: (value: Plain) => Plain) {
    this.evaluate = evaluate;
  }
}
export type Given = Plain | Expression;

interface Signature {
  /** Types of each argument; an empty list takes all. */
  readonly takes: readonly (readonly string[])[];
  /** The last one any number of times, at least once. */
  readonly variadic?: boolean;
  readonly call: (...given: never[]) => Plain;
}

const text = ['string'];
const number = ['number'];
const any: readonly string[] = [];
const numbersOrTexts = ['array-number', 'array-string'];

const FUNCTIONS: Readonly<Record<string, Signature>> = {
  abs: { takes: [number], call: (value: number) => Math.abs(value) },
  avg: {
    takes: [['array-number']],
    call: (list: number[]) => (list.length > 0 ? sum(list) / list.length : null),
  },
  ceil: { takes: [number], call: (value: number) => Math.ceil(value) },
  contains: { takes: [['array', 'string'], any], call: contains },
  ends_with: { takes: [text, text], call: (value: string, end: string) => value.endsWith(end) },
  floor: { takes: [number], call: (value: number) => Math.floor(value) },
  join: { takes: [text, ['array-string']], call: (glue: string, list: string[]) => list.join(glue) },
  keys: { takes: [['object']], call: (object: PlainObject) => Object.keys(object) },
  length: { takes: [['string', 'array', 'object']], call: lengthOf },
  map: {
    takes: [['expref'], ['array']],
    call: (by: Expression, list: Plain[]) => list.map((item) => by.evaluate(item)),
  },
  max: { takes: [numbersOrTexts], call: (list: Plain[]) => best(list, list, 1) },
  max_by: {
    takes: [['array'], ['expref']],
    call: (list: Plain[], by: Expression) => best(list, keysBy('max_by', list, by), 1),
  },
  merge: {
    takes: [['object']],
    variadic: true,
    call: (...objects: PlainObject[]) => Object.assign({}, ...objects),
  },
  min: { takes: [numbersOrTexts], call: (list: Plain[]) => best(list, list, -1) },
  min_by: {
    takes: [['array'], ['expref']],
    call: (list: Plain[], by: Expression) => best(list, keysBy('min_by', list, by), -1),
  },
  not_null: {
    takes: [any],
    variadic: true,
    call: (...values: Plain[]) => values.find((value) => value !== null) ?? null,
  },
  reverse: { takes: [['array', 'string']], call: reverse },
  sort: { takes: [['array-string', 'array-number']], call: (list: Plain[]) => sorted(list, list) },
  sort_by: { takes: [['array'], ['expref']], call: sortBy },
  starts_with: { takes: [text, text], call: (value: string, start: string) => value.startsWith(start) },
  sum: { takes: [['array-number']], call: sum },
  to_array: { takes: [any], call: (value: Plain) => (Array.isArray(value) ? value : [value]) },
  to_number: { takes: [any], call: toNumber },
  to_string: { takes: [any], call: (value: Plain) => (typeof value === 'string' ? value : asciiJson(value)) },
  type: { takes: [any], call: (value: Plain) => typeOf(value) },
  values: { takes: [['object']], call: (object: PlainObject) => Object.values(object) },
};

/** Throws QueryError. */
export function callFunction(name: string, given: readonly Given[]): Plain {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!found) throw new QueryError(`Unknown function: ${name}()`);
  const wanted = found.takes.length;
  if (found.variadic ? given.length < wanted : given.length !== wanted) {
    const words = `${wanted} ${wanted === 1 ? 'argument' : 'arguments'}`;
    throw new QueryError(
      `Expected ${found.variadic ? 'at least ' : ''}${words} for function ${name}(), received ${given.length}`,
    );
  }
  for (const [index, types] of found.takes.entries()) check(name, given[index] as Given, types);
  return (found.call as (...values: readonly Given[]) => Plain)(...given);
}

function typeOf(value: Given): string {
  if (value instanceof Expression) return 'expref';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' ? 'object' : typeof value;
}

function wrongType(name: string, value: Given, types: readonly string[], actual: string): QueryError {
  const shown = value instanceof Expression ? '<jmespath.visitor._Expression object>' : pyStr(value);
  return new QueryError(
    `In function ${name}(), invalid type for value: ${shown}, expected one of: ${pyRepr(types)}, received: "${actual}"`,
  );
}

function check(name: string, value: Given, types: readonly string[]): void {
  if (types.length === 0) return;
  const outer = types.map((type) => type.split('-')[0]);
  if (!outer.includes(typeOf(value))) throw wrongType(name, value, types, typeOf(value));
  const inner = types.filter((type) => type.includes('-')).map((type) => type.split('-')[1] ?? '');
  if (inner.length === 0 || !Array.isArray(value)) return;
  const first: Plain | undefined = value[0];
  const allowed =
    inner.length === 1 ? inner[0] : inner.find((type) => first !== undefined && typeOf(first) === type);
  for (const item of value)
    if (typeOf(item) !== allowed) throw wrongType(name, item, types, pyTypeName(item));
}

function sum(list: readonly number[]): number {
  return list.reduce((total, value) => total + value, 0);
}

function contains(subject: string | readonly Plain[], wanted: Plain): boolean {
  if (typeof subject !== 'string')
    return subject.some((item) => JSON.stringify(item) === JSON.stringify(wanted));
  if (typeof wanted !== 'string') {
    throw new QueryError(`'in <string>' requires string as left operand, not ${pyTypeName(wanted)}`);
  }
  return subject.includes(wanted);
}

function lengthOf(value: string | readonly Plain[] | PlainObject): number {
  if (typeof value === 'string') return [...value].length;
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function reverse(value: string | readonly Plain[]): Plain {
  return typeof value === 'string' ? [...value].reverse().join('') : [...value].reverse();
}

function toNumber(value: Plain): Plain {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (pyInt(value) ?? pyFloat(value) ?? null) : null;
}

/** By number or by code point. */
const compare = (a: Plain, b: Plain): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return byCodePoint(String(a), String(b));
};

function sorted(list: readonly Plain[], keys: readonly Plain[]): Plain[] {
  return list
    .map((item, index) => ({ item, key: keys[index] ?? null, index }))
    .sort((a, b) => compare(a.key, b.key) || a.index - b.index)
    .map(({ item }) => item);
}

function best(list: readonly Plain[], keys: readonly Plain[], sign: 1 | -1): Plain {
  let found = 0;
  for (let index = 1; index < list.length; index++) {
    if (sign * compare(keys[index] ?? null, keys[found] ?? null) > 0) found = index;
  }
  return list[found] ?? null;
}

function keysBy(name: string, list: readonly Plain[], by: Expression, types = ['number', 'string']): Plain[] {
  return list.map((item) => {
    const key = by.evaluate(item);
    if (!types.includes(typeOf(key))) throw wrongType(name, key, types, typeOf(key));
    return key;
  });
}

function sortBy(list: readonly Plain[], by: Expression): Plain {
  const first = list[0];
  if (first === undefined) return list;
  const type = typeOf(by.evaluate(first));
  if (type !== 'number' && type !== 'string') throw wrongType('sort_by', first, ['string', 'number'], type);
  return sorted(list, keysBy('sort_by', list, by, [type]));
}

/** Python's `json.dumps` with its default of plain ASCII. */
const asciiJson = (value: Plain): string =>
  JSON.stringify(isPlainObject(value) ? { ...value } : value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
