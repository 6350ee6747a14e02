/**
 * Filter policies, from text to what is compared. SNS Developer Guide, Amazon SNS subscription filter policies.
 *
 * All keys must match, of each key one of its values; `$or` lists objects of which one must match. A policy is read
 * into branches: every branch is a list of keys that must all match, and one matching branch is enough.
 */
import { FILTER_COMBINATIONS_MAX, FILTER_KEYS_MAX } from '../../limits.ts';
import { readCondition } from './conditions.ts';
import { FilterFault, JsonFault, type JsonNode, placeOf, readJson } from './jsonText.ts';

export type Scalar = string | number | boolean | null;
export type Scope = 'MessageAttributes' | 'MessageBody';

export interface Bound {
  readonly value: number;
  readonly inclusive: boolean;
}

/** One element of a key's list. */
export type Condition =
  | { readonly type: 'equals'; readonly value: Scalar }
  | { readonly type: 'prefix' | 'suffix' | 'ignoreCase'; readonly value: string }
  | { readonly type: 'anythingBut'; readonly values: readonly (string | number)[] }
  | { readonly type: 'anythingButPrefix'; readonly value: string }
  | { readonly type: 'exists'; readonly value: boolean }
  | { readonly type: 'numeric'; readonly low: Bound | undefined; readonly high: Bound | undefined }
  | { readonly type: 'cidr'; readonly network: readonly number[]; readonly bits: number };

export interface Leaf {
  /** `detail.state`. */
  readonly path: string;
  readonly depth: number;
  readonly conditions: readonly Condition[];
  /** The list as it was written, as JSON. */
  readonly wanted: string;
}

/** All must match. UNSURE: a key inside and outside of `$or`; here both hold. */
export type Branch = readonly Leaf[];

export interface FilterPolicy {
  readonly branches: readonly Branch[];
}

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
  const branches = branchesOf(root, [], [[]]);
  checkKeys(branches);
  checkComplexity(branches);
  return { branches };
}

const OR = '$or';

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

/** Each of `branches` with all that `node` asks for. */
function branchesOf(node: JsonNode, path: readonly string[], branches: readonly Branch[]): Branch[] {
  if (node.type !== 'object') return [...branches];
  if (node.entries.length === 0 && path.length > 0) {
    throw new JsonFault('Empty objects are not allowed', node.ended);
  }
  let result = [...branches];
  for (const [name, value] of node.entries) {
    if (name === OR) result = alternatives(value, path, result);
    else if (value.type === 'object') result = branchesOf(value, [...path, name], result);
    else if (value.type === 'array') {
      const leaf = leafOf(value, [...path, name]);
      result = result.map((branch) => [...branch, leaf]);
    } else throw new JsonFault(`"${name}" must be an object or an array`, value.begun);
    // Far beyond what the complexity allows: more would only take time.
    if (result.length > 10 * FILTER_COMBINATIONS_MAX) throw tooComplex();
  }
  return result;
}

/** UNSURE: the sentences. */
function alternatives(node: JsonNode, path: readonly string[], branches: readonly Branch[]): Branch[] {
  if (node.type !== 'array') throw new JsonFault(`It must be an Array followed with ${OR}.`, node.begun);
  const result: Branch[] = [];
  for (const item of node.items) {
    if (item.type !== 'object') {
      throw new JsonFault(`Only JSON object is allowed in array of ${OR} relationship.`, item.begun);
    }
    result.push(...branchesOf(item, path, branches));
  }
  if (node.items.length < 2) {
    throw new JsonFault(`There must have at least 2 Objects in ${OR} relationship.`, node.ended);
  }
  return result;
}

function leafOf(node: JsonNode & { readonly type: 'array' }, path: readonly string[]): Leaf {
  if (node.items.length === 0) throw new JsonFault('Empty arrays are not allowed', node.ended);
  return {
    path: path.join('.'),
    depth: path.length,
    conditions: node.items.map(readCondition),
    wanted: JSON.stringify(node.items.map(plain)),
  };
}

function plain(node: JsonNode): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'array') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(([name, value]) => [name, plain(value)]));
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

const tooComplex = (): FilterFault => new FilterFault('Filter policy is too complex');

/** The sum over all branches of the product of each key's values times its depth. */
export function complexityOf(branches: readonly Branch[]): number {
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
