/**
 * Filter criteria of an event source mapping: the pattern language of EventBridge. Lambda Developer Guide, Control which
 * events Lambda sends to your function.
 */
import { invalidValue } from '../errors.ts';
import { FILTER_LENGTH_MAX, FILTERS_MAX } from '../limits.ts';

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json;
}
type Leaf = (value: Json | undefined) => boolean;
type Matcher = (value: Json | undefined) => boolean;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (why: string) => invalidValue('Invalid filter pattern definition.', { why });

/** The patterns of FilterCriteria, as texts. Refuses those that are none. */
export function readFilters(
  criteria:
    | { readonly Filters?: readonly { readonly Pattern?: string | undefined }[] | undefined }
    | undefined,
): readonly string[] {
  const texts = (criteria?.Filters ?? []).map(({ Pattern }) => Pattern ?? '');
  if (texts.length > FILTERS_MAX) {
    throw invalidValue(`Maximum number of filters exceeded. Filters should not exceed ${FILTERS_MAX}.`);
  }
  for (const text of texts) {
    if (text.length > FILTER_LENGTH_MAX) {
      throw invalid(`It has ${text.length} characters; ${FILTER_LENGTH_MAX} are allowed.`);
    }
    compile(text);
  }
  return Object.freeze(texts);
}

/** Does one of the patterns fit? No pattern: everything fits. `payload` is the member that carries data. */
export function passes(filters: readonly string[], record: object, payload: string): boolean {
  if (filters.length === 0) return true;
  return filters.some((text) => {
    const { matches, wantsJson } = compile(text);
    const given = (record as Record<string, unknown>)[payload];
    if (!wantsJson.has(payload) || typeof given !== 'string') return matches(record as JsonObject);
    const parsed = parse(given);
    return parsed !== undefined && matches({ ...(record as JsonObject), [payload]: parsed });
  });
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

interface Compiled {
  readonly matches: Matcher;
  /** Members of the record of which the pattern wants to see what is inside. */
  readonly wantsJson: ReadonlySet<string>;
}

/** Saves time only. */
const memory = new Map<string, Compiled>();

function compile(text: string): Compiled {
  let known = memory.get(text);
  if (known === undefined) {
    const pattern = parse(text);
    if (!isObject(pattern)) throw invalid('A pattern is a JSON object.');
    if (Object.keys(pattern).length === 0) throw invalid('The pattern is empty.');
    const wantsJson = new Set(Object.keys(pattern).filter((name) => isObject(pattern[name])));
    known = { matches: objectMatcher(pattern, ''), wantsJson };
    if (memory.size > 1_000) memory.clear();
    memory.set(text, known);
  }
  return known;
}

function objectMatcher(pattern: JsonObject, path: string): Matcher {
  const parts = Object.entries(pattern).map(([name, wanted]): Matcher => {
    const at = path === '' ? name : `${path}.${name}`;
    if (name === '$or') return orMatcher(wanted, at);
    if (isObject(wanted)) {
      const inner = objectMatcher(wanted, at);
      return (value) => inner(member(value, name));
    }
    if (!Array.isArray(wanted) || wanted.length === 0) {
      throw invalid(`At ${at} expected is a list of values, or an object.`);
    }
    const leaves = (wanted as readonly Json[]).map((one) => leafOf(one, at));
    return (value) => {
      const found = member(value, name);
      if (Array.isArray(found)) return leaves.some((leaf) => (found as readonly Json[]).some(leaf));
      return leaves.some((leaf) => leaf(found));
    };
  });
  return (value) => parts.every((part) => part(value));
}

function orMatcher(wanted: Json, at: string): Matcher {
  if (!Array.isArray(wanted) || wanted.length < 2 || !wanted.every(isObject)) {
    throw invalid(`At ${at} expected is a list of two or more patterns.`);
  }
  const ways = (wanted as readonly JsonObject[]).map((one) => objectMatcher(one, at));
  return (value) => ways.some((way) => way(value));
}

const member = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

function leafOf(wanted: Json, at: string): Leaf {
  if (!isObject(wanted)) {
    if (Array.isArray(wanted)) throw invalid(`At ${at} a list stands in a list.`);
    return (value) => value === wanted;
  }
  const [operator, operand, ...more] = Object.entries(wanted).flat() as [string, Json, ...Json[]];
  if (operator === undefined || more.length > 0) throw invalid(`At ${at} expected is one operator.`);
  return operatorOf(operator, operand, at);
}

const text = (operand: Json, at: string): string => {
  if (typeof operand !== 'string') throw invalid(`At ${at} expected is a text.`);
  return operand;
};

function operatorOf(operator: string, operand: Json, at: string): Leaf {
  switch (operator) {
    case 'prefix': {
      const start = text(operand, at);
      return (value) => typeof value === 'string' && value.startsWith(start);
    }
    case 'suffix': {
      const end = text(operand, at);
      return (value) => typeof value === 'string' && value.endsWith(end);
    }
    case 'equals-ignore-case': {
      const same = text(operand, at).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === same;
    }
    case 'exists':
      if (typeof operand !== 'boolean') throw invalid(`At ${at} exists takes true or false.`);
      return (value) => (value !== undefined) === operand;
    case 'anything-but':
      return anythingBut(operand, at);
    case 'numeric':
      return numeric(operand, at);
    default:
      throw invalid(`At ${at} there is no operator ${operator}.`);
  }
}

function anythingBut(operand: Json, at: string): Leaf {
  if (isObject(operand)) {
    const inner = leafOf(operand, at);
    return (value) => value !== undefined && !inner(value);
  }
  const never = (Array.isArray(operand) ? operand : [operand]) as readonly Json[];
  return (value) => value !== undefined && !never.includes(value);
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function numeric(operand: Json, at: string): Leaf {
  const list = Array.isArray(operand) ? (operand as readonly Json[]) : [];
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < list.length; index += 2) {
    const compare = COMPARE[String(list[index])];
    const bound = list[index + 1];
    if (compare === undefined || typeof bound !== 'number') {
      throw invalid(`At ${at} numeric takes comparisons: [">", 0, "<=", 5].`);
    }
    tests.push((value) => compare(value, bound));
  }
  if (tests.length === 0) throw invalid(`At ${at} numeric takes comparisons: [">", 0, "<=", 5].`);
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}
