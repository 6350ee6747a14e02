/**
 * Filter policies, from text to what is compared. SNS Developer Guide, Amazon SNS subscription filter policies.
 * How they are read and compared stands in `contract/eventRuler`.
 */

import { type Branch, OR, type Pattern, readBranches } from '../../../../contract/eventRuler/branches.ts';
import {
  FilterFault,
  JsonFault,
  type JsonNode,
  placeOf,
  readJson,
} from '../../../../contract/eventRuler/jsonText.ts';
import { FILTER_COMBINATIONS_MAX, FILTER_KEYS_MAX } from '../../limits.ts';

export type Scope = 'MessageAttributes' | 'MessageBody';

export type FilterPolicy = Pattern;

const READING = {
  operators: 'sns',
  branchesMax: 10 * FILTER_COMBINATIONS_MAX,
  tooComplex: 'Filter policy is too complex',
} as const;

export function readFilterPolicy(text: string, scope: Scope): FilterPolicy {
  try {
    return compile(text, scope);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new FilterFault(`${error.message}${placeOf(text, error.offset)}`);
  }
}

function compile(text: string, scope: Scope): FilterPolicy {
  let root: JsonNode;
  try {
    root = readJson(text);
  } catch (error) {
    if (error instanceof JsonFault) {
      throw new JsonFault(`failed to parse JSON. ${error.message}`, error.offset);
    }
    throw error;
  }
  // UNSURE: the sentence.
  if (root.type !== 'object') throw new JsonFault('Filter is not an object', root.begun);
  if (scope === 'MessageAttributes') refuseNested(root);
  const branches = readBranches(root, READING);
  checkKeys(branches);
  checkComplexity(branches);
  return { branches };
}

function refuseNested(root: JsonNode): void {
  if (root.type !== 'object') return;
  for (const [name, value] of root.entries) {
    if (name === OR && value.type === 'array') {
      for (const item of value.items) refuseNested(item);
    } else if (value.type === 'object' && value.entries.some(([, inner]) => inner.type !== 'scalar')) {
      throw new FilterFault('Filter policy scope MessageAttributes does not support nested filter policy');
    }
  }
}

/** SNS Developer Guide, Filter policy constraints. UNSURE: how keys of alternatives count; here branch by branch. */
function checkKeys(branches: readonly Branch[]): void {
  for (const branch of branches) {
    const names = new Set<string>();
    for (const { path } of branch) names.add(path.split('.', 1)[0]!);
    if (names.size > FILTER_KEYS_MAX) {
      throw new FilterFault(`Filter policy can not have more than ${FILTER_KEYS_MAX} keys`);
    }
  }
}

const tooComplex = (): FilterFault => new FilterFault(READING.tooComplex);

/** The sum over all branches of the product of each key's values times its depth. */
function complexityOf(branches: readonly Branch[]): number {
  let sum = 0;
  for (const branch of branches) {
    let product = 1;
    for (const { conditions, depth } of branch) product *= conditions.length * depth;
    sum += branch.length === 0 ? 0 : product;
  }
  return sum;
}

function checkComplexity(branches: readonly Branch[]): void {
  if (complexityOf(branches) > FILTER_COMBINATIONS_MAX) throw tooComplex();
}
