/**
 * Evaluates a rule's SQL on a message. AWS IoT Core Developer Guide, Operators: what cannot be compared is Undefined, and
 * Undefined is not true.
 */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import type { Expression, Query } from './sql.ts';
import { FUNCTIONS, type Surroundings } from './sqlFunctions.ts';

/** What of a message goes on; undefined: WHERE let nothing through. */
export function selected(
  { star, columns, where }: Query,
  payload: Uint8Array,
  around: Surroundings,
): Uint8Array | undefined {
  const value = jsonOf(payload);
  if (where !== undefined && evaluate(where, value, around) !== true) return undefined;
  // A payload that is no JSON goes on as it is, if all of it is selected.
  if (star && columns.length === 0) return payload;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const result: Record<string, unknown> = star && isObject ? { ...value } : {};
  for (const { expression, name } of columns) {
    const found = evaluate(expression, value, around);
    if (found !== undefined) result[name] = found;
  }
  return utf8Bytes(JSON.stringify(result));
}

/** Undefined: it is no JSON. */
export function jsonOf(payload: Uint8Array): unknown {
  const text = utf8Text(payload);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function evaluate(expression: Expression, payload: unknown, around: Surroundings): unknown {
  const of = (inner: Expression): unknown => evaluate(inner, payload, around);
  switch (expression.type) {
    case 'value':
      return expression.value;
    case 'everything':
      return payload;
    case 'member': {
      const value = of(expression.of);
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, expression.name))
        return undefined;
      return (value as Readonly<Record<string, unknown>>)[expression.name];
    }
    case 'call':
      return FUNCTIONS[expression.name]!.run(expression.args.map(of), around);
    case 'negative': {
      const value = numberOf(of(expression.of));
      return value === undefined ? undefined : -value;
    }
    case 'not': {
      const value = of(expression.of);
      return typeof value === 'boolean' ? !value : undefined;
    }
    case 'undefined':
      return of(expression.of) === undefined;
    case 'in': {
      const value = of(expression.of);
      return value === undefined
        ? undefined
        : expression.list.some((item) => equal(value, of(item)) === true);
    }
    case 'binary':
      return binary(expression.operator, of(expression.left), of(expression.right));
  }
}

function binary(operator: string, left: unknown, right: unknown): unknown {
  switch (operator) {
    case 'AND':
      return left === true && right === true;
    case 'OR':
      return left === true || right === true;
    case '=':
      return equal(left, right);
    case '<>': {
      const same = equal(left, right);
      return same === undefined ? undefined : !same;
    }
    case '+':
      return typeof left === 'string' || typeof right === 'string'
        ? joined(left, right)
        : arithmetic('+', left, right);
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right);
    default:
      return ordered(operator, left, right);
  }
}

function equal(left: unknown, right: unknown): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'number' || typeof right === 'number') {
    const [one, other] = [numberOf(left), numberOf(right)];
    return one !== undefined && one === other;
  }
  if (typeof left === 'object' && typeof right === 'object')
    return JSON.stringify(left) === JSON.stringify(right);
  return left === right;
}

function ordered(operator: string, left: unknown, right: unknown): boolean | undefined {
  const numbers = [numberOf(left), numberOf(right)] as const;
  const texts = [left, right] as const;
  const [one, other] = numbers.includes(undefined) ? texts : numbers;
  const comparable =
    (typeof one === 'number' && typeof other === 'number') ||
    (typeof one === 'string' && typeof other === 'string');
  if (!comparable) return undefined;
  if (operator === '<') return one < other;
  if (operator === '<=') return one <= other;
  return operator === '>' ? one > other : one >= other;
}

/** A text that spells a number counts as one. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function joined(left: unknown, right: unknown): string | undefined {
  if (left === undefined || right === undefined) return undefined;
  return [left, right].map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('');
}

function arithmetic(operator: string, left: unknown, right: unknown): number | undefined {
  const [one, other] = [numberOf(left), numberOf(right)];
  if (one === undefined || other === undefined) return undefined;
  const result =
    operator === '+'
      ? one + other
      : operator === '-'
        ? one - other
        : operator === '*'
          ? one * other
          : operator === '/'
            ? one / other
            : one % other;
  return Number.isFinite(result) ? result : undefined;
}
