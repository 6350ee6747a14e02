/**
 * The elements of a key's list: values and operators, with the sentences of a pattern at fault. EventBridge User Guide,
 * Comparison operators for use in event patterns; SNS has fewer.
 */

import type { Bound, Condition, Operators, Scalar } from './branches.ts';
import { addressOf, readCidr } from './cidr.ts';
import { JsonFault, type JsonNode } from './jsonText.ts';

type Scalars = JsonNode & { readonly type: 'scalar' };

export function readCondition(node: JsonNode, operators: Operators = 'sns'): Condition {
  if (node.type === 'scalar') return { type: 'equals', value: node.value };
  if (node.type === 'array') {
    throw new JsonFault('Match value must be String, number, true, false, or null', node.begun);
  }
  const first = node.entries[0];
  if (first === undefined) throw new JsonFault('Match expression name not found', node.ended);
  const [operator, value] = first;
  const condition = operatorOf(operator, value, operators);
  if (node.entries.length > 1) {
    throw new JsonFault('Only one key allowed in match expression', node.entries[1]![1].begun);
  }
  return condition;
}

function operatorOf(operator: string, value: JsonNode, operators: Operators): Condition {
  const more = operators === 'events' ? ofEvents(operator, value) : undefined;
  if (more !== undefined) return more;
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return { type: operator, value: textOf(operator, value) };
    case 'equals-ignore-case':
      return { type: 'ignoreCase', value: textOf(operator, value) };
    case 'anything-but':
      return anythingBut(value);
    case 'exists':
      if (value.type !== 'scalar' || typeof value.value !== 'boolean') {
        throw new JsonFault('exists match pattern must be either true or false.', value.begun);
      }
      return { type: 'exists', value: value.value };
    case 'numeric':
      return numeric(value);
    case 'cidr':
      // The sentence speaks of prefix: so it was recorded.
      return { type: 'cidr', ...readCidr(textOf('prefix', value)) };
    default:
      throw new JsonFault(`Unrecognized match type ${operator}`, value.begun);
  }
}

/** What EventBridge has beyond SNS. UNSURE: the sentences. */
function ofEvents(operator: string, value: JsonNode): Condition | undefined {
  if (operator === 'wildcard') return { type: 'wildcard', value: wildcardOf(value) };
  if ((operator === 'prefix' || operator === 'suffix') && value.type === 'object') {
    const [inner, text] = onlyEntry(value);
    if (inner !== 'equals-ignore-case') {
      throw new JsonFault(`Unsupported ${operator} pattern: ${inner}`, text.begun);
    }
    const type = operator === 'prefix' ? 'prefixIgnoreCase' : 'suffixIgnoreCase';
    return { type, value: textOf(inner, text) };
  }
  if (operator !== 'anything-but' || value.type !== 'object') return undefined;
  const [inner, texts] = onlyEntry(value);
  if (!NEGATED.includes(inner))
    throw new JsonFault(`Unsupported anything-but pattern: ${inner}`, texts.begun);
  const items = texts.type === 'array' ? texts.items : [texts];
  if (items.length === 0) throw new JsonFault('Empty arrays are not allowed', texts.ended);
  return { type: 'not', conditions: items.map((item) => operatorOf(inner, item, 'events')) };
}

const NEGATED: readonly string[] = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

function onlyEntry(node: JsonNode & { readonly type: 'object' }): readonly [string, JsonNode] {
  const [first, second] = node.entries;
  if (first === undefined) throw new JsonFault('Match expression name not found', node.ended);
  if (second !== undefined) throw new JsonFault('Only one key allowed in match expression', second[1].begun);
  return first;
}

function wildcardOf(node: JsonNode): string {
  const text = textOf('wildcard', node);
  if (/(?<!\\)(?:\\\\)*\*\*/u.test(text)) {
    throw new JsonFault('Consecutive wildcard characters are not allowed', node.ended);
  }
  if (/\\(?![*\\])/u.test(text)) throw new JsonFault('Invalid escape character in wildcard', node.ended);
  return text;
}

/** `*` stands for any characters, `\*` for itself. */
export function fitsWildcard(wildcard: string, text: string): boolean {
  const parts: string[] = [''];
  for (let index = 0; index < wildcard.length; index++) {
    if (wildcard[index] === '*') parts.push('');
    else parts[parts.length - 1] += wildcard[index] === '\\' ? wildcard[++index]! : wildcard[index]!;
  }
  if (parts.length === 1) return text === parts[0];
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

function textOf(operator: string, node: JsonNode): string {
  if (node.type === 'scalar' && typeof node.value === 'string') return node.value;
  throw new JsonFault(`${operator} match pattern must be a string`, node.begun);
}

/** UNSURE: the sentences other than that about the pattern. */
function anythingBut(node: JsonNode): Condition {
  if (node.type === 'object') {
    const [pattern, value] = node.entries[0] ?? [];
    if (pattern !== 'prefix' || value === undefined) {
      throw new JsonFault(`Unsupported anything-but pattern: ${pattern ?? ''}`, value?.begun ?? node.ended);
    }
    if (value.type !== 'scalar' || typeof value.value !== 'string') {
      throw new JsonFault('prefix match pattern must be a string', value.begun);
    }
    return { type: 'anythingButPrefix', value: value.value };
  }
  const items: readonly JsonNode[] = node.type === 'array' ? node.items : [node];
  if (items.length === 0) throw new JsonFault('Empty arrays are not allowed', node.ended);
  const values = items.map((item): string | number => {
    const value = item.type === 'scalar' ? item.value : undefined;
    if (typeof value === 'string' || typeof value === 'number') return value;
    throw new JsonFault('Inside anything but list, start|null|boolean is not supported.', item.begun);
  });
  return { type: 'anythingBut', values };
}

const OPERATORS: readonly Scalar[] = ['=', '<', '<=', '>', '>='];

function numeric(node: JsonNode): Condition {
  if (node.type !== 'array') throw new JsonFault('Invalid member in numeric match: ', node.begun);
  const items = node.items;
  const operator = numericOperator(items[0], node);
  const value = numberAt(items[1], operator, node);
  if (operator === '=') {
    end(items, 2, 'Too many elements in numeric expression');
    const bound: Bound = { value, inclusive: true };
    return { type: 'numeric', low: bound, high: bound };
  }
  const inclusive = operator.endsWith('=');
  if (operator.startsWith('<')) {
    end(items, 2, 'Too many elements in numeric expression');
    return { type: 'numeric', low: undefined, high: { value, inclusive } };
  }
  const low: Bound = { value, inclusive };
  if (items[2] === undefined) return { type: 'numeric', low, high: undefined };
  const upper = items[2].type === 'scalar' ? items[2].value : undefined;
  if (upper !== '<' && upper !== '<=') {
    const what = typeof upper === 'string' ? 'Bad numeric range operator' : 'Bad value in numeric range';
    throw new JsonFault(`${what}: ${String(upper)}`, items[2].ended);
  }
  const top = numberAt(items[3], upper, node);
  if (value >= top) throw new JsonFault('Bottom must be less than top', items[3]!.ended);
  end(items, 4, 'Too many terms in numeric range expression');
  return { type: 'numeric', low, high: { value: top, inclusive: upper === '<=' } };
}

function numericOperator(node: JsonNode | undefined, list: JsonNode): string {
  const value = node?.type === 'scalar' ? node.value : undefined;
  if (typeof value !== 'string') {
    throw new JsonFault(
      `Invalid member in numeric match: ${String(value ?? ']')}`,
      node?.begun ?? list.ended,
    );
  }
  if (!OPERATORS.includes(value)) {
    throw new JsonFault(`Unrecognized numeric range operator: ${value}`, node!.ended);
  }
  return value;
}

function numberAt(node: JsonNode | undefined, operator: string, list: JsonNode): number {
  const value = node?.type === 'scalar' ? (node as Scalars).value : undefined;
  if (typeof value !== 'number') {
    const name = operator === '=' ? 'equals' : operator;
    throw new JsonFault(`Value of ${name} must be numeric`, node?.begun ?? list.ended);
  }
  checkRange(value, node!);
  return value;
}

/** UNSURE: the sentence. */
function checkRange(value: number, node: JsonNode): void {
  if (value >= -1e9 && value <= 1e9) return;
  throw new JsonFault('Value must be between -1000000000 and 1000000000, inclusive', node.ended);
}

function end(items: readonly JsonNode[], count: number, sentence: string): void {
  if (items.length > count) throw new JsonFault(sentence, items[count]!.ended);
}

/** The address in a message's text lies in the network. */
export function inNetwork(network: readonly number[], bits: number, text: string): boolean {
  const address = addressOf(text);
  if (address === undefined || address.length !== network.length) return false;
  for (let index = 0, left = bits; left > 0; index++, left -= 8) {
    const mask = left >= 8 ? 255 : (255 << (8 - left)) & 255;
    if ((address[index]! & mask) !== (network[index]! & mask)) return false;
  }
  return true;
}
