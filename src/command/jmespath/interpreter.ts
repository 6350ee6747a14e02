/** Evaluates a JMESPath expression as jmespath 1.0 for Python does. */
import { byCodePoint, isPlainObject, type Plain, pyTypeName } from '../python/values.ts';
import { callFunction, Expression, type Given } from './functions.ts';
import { QueryError } from './lexer.ts';
import type { Comparison, Node } from './parser.ts';

/** Throws QueryError. */
export function search(node: Node, value: Plain): Plain {
  switch (node.type) {
    case 'literal':
      return node.value;
    case 'current':
      return value;
    case 'field':
      return isPlainObject(value) && Object.hasOwn(value, node.name) ? (value[node.name] ?? null) : null;
    case 'index':
      return Array.isArray(value) ? ((value.at(node.index) as Plain | undefined) ?? null) : null;
    case 'slice':
      return Array.isArray(value) ? sliced(value, node.parts) : null;
    case 'chain':
      return node.nodes.reduce((current, inner) => search(inner, current), value);
    case 'projection': {
      const base = search(node.left, value);
      return Array.isArray(base) ? each(base, node.right) : null;
    }
    case 'valueProjection': {
      const base = search(node.left, value);
      return isPlainObject(base) ? each(Object.values(base), node.right) : null;
    }
    case 'filter': {
      const base = search(node.left, value);
      if (!Array.isArray(base)) return null;
      return each(
        base.filter((item) => isTrue(search(node.condition, item))),
        node.right,
      );
    }
    case 'flatten': {
      const base = search(node.node, value);
      return Array.isArray(base) ? base.flat(1) : null;
    }
    case 'comparison':
      return compared(node.operator, search(node.left, value), search(node.right, value));
    case 'or': {
      const left = search(node.left, value);
      return isTrue(left) ? left : search(node.right, value);
    }
    case 'and': {
      const left = search(node.left, value);
      return isTrue(left) ? search(node.right, value) : left;
    }
    case 'not':
      return !isTrue(search(node.node, value));
    case 'list':
      return value === null ? null : node.nodes.map((inner) => search(inner, value));
    case 'object':
      if (value === null) return null;
      return Object.fromEntries(node.entries.map(([key, inner]) => [key, search(inner, value)]));
    case 'call':
      return callFunction(
        node.name,
        node.nodes.map((inner) => argument(inner, value)),
      );
    case 'expression':
      // Outside of a function's arguments an expression is nothing.
      return null;
  }
}

const argument = (node: Node, value: Plain): Given =>
  node.type === 'expression' ? new Expression((item) => search(node.node, item)) : search(node, value);

const each = (list: readonly Plain[], node: Node): Plain =>
  list.map((item) => search(node, item)).filter((item) => item !== null);

function isTrue(value: Plain): boolean {
  if (value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isPlainObject(value) || Object.keys(value).length > 0;
}

function compared(operator: Comparison, left: Plain, right: Plain): Plain {
  if (operator === 'eq') return equal(left, right);
  if (operator === 'ne') return !equal(left, right);
  if (!isComparable(left) || !isComparable(right)) return null;
  if (typeof left !== typeof right) {
    const sign = { lt: '<', lte: '<=', gt: '>', gte: '>=' }[operator];
    throw new QueryError(
      `'${sign}' not supported between instances of '${pyTypeName(left)}' and '${pyTypeName(right)}'`,
    );
  }
  const order = typeof left === 'number' ? left - Number(right) : byCodePoint(left, String(right));
  if (operator === 'lt') return order < 0;
  if (operator === 'lte') return order <= 0;
  return operator === 'gt' ? order > 0 : order >= 0;
}

const isComparable = (value: Plain): value is number | string =>
  typeof value === 'number' || typeof value === 'string';

function equal(left: Plain, right: Plain): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equal(item, right[index] ?? null));
  }
  if (isPlainObject(left) && isPlainObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && equal(left[key] ?? null, right[key] ?? null))
    );
  }
  return left === right;
}

/** Python's `list[start:stop:step]`. */
function sliced(list: readonly Plain[], [first, last, by]: readonly (number | undefined)[]): Plain[] {
  const step = by ?? 1;
  const length = list.length;
  if (step === 0) return [];
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const place = (given: number | undefined, otherwise: number): number => {
    if (given === undefined) return otherwise;
    const index = given < 0 ? given + length : given;
    return Math.min(Math.max(index, low), high);
  };
  const start = place(first, step > 0 ? low : high);
  const stop = place(last, step > 0 ? high : low);
  const result: Plain[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step)
    result.push(list[index] ?? null);
  return result;
}
