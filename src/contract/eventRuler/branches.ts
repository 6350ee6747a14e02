/**
 * Patterns as AWS's Event Ruler reads them, which SNS (filter policies) and EventBridge (event patterns) share: all keys
 * must match, of each key one of its values; `$or` lists objects of which one must match. A pattern is read into
 * branches: every branch is a list of keys that must all match, and one matching branch is enough.
 */
import { readCondition } from './conditions.ts';
import { FilterFault, JsonFault, type JsonNode } from './jsonText.ts';

export type Scalar = string | number | boolean | null;

export interface Bound {
  readonly value: number;
  readonly inclusive: boolean;
}

/** One element of a key's list. */
export type Condition =
  | { readonly type: 'equals'; readonly value: Scalar }
  | { readonly type: 'prefix' | 'suffix' | 'ignoreCase'; readonly value: string }
  | { readonly type: 'prefixIgnoreCase' | 'suffixIgnoreCase' | 'wildcard'; readonly value: string }
  /** None of them. */
  | { readonly type: 'not'; readonly conditions: readonly Condition[] }
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

export interface Pattern {
  readonly branches: readonly Branch[];
}

/** Which operators there are: EventBridge has some that SNS has not. */
export type Operators = 'sns' | 'events';

export interface Reading {
  readonly operators: Operators;
  /** More branches would only take time. */
  readonly branchesMax: number;
  /** What is said then. */
  readonly tooComplex: string;
}

export const OR = '$or';

/** The branches of an object. Throws JsonFault and FilterFault. */
export const readBranches = (root: JsonNode, reading: Reading): Branch[] =>
  branchesOf(root, [], [[]], reading);

/** Each of `branches` with all that `node` asks for. */
function branchesOf(
  node: JsonNode,
  path: readonly string[],
  branches: readonly Branch[],
  reading: Reading,
): Branch[] {
  if (node.type !== 'object') return [...branches];
  if (node.entries.length === 0 && path.length > 0) {
    throw new JsonFault('Empty objects are not allowed', node.ended);
  }
  let result = [...branches];
  for (const [name, value] of node.entries) {
    if (name === OR) result = alternatives(value, path, result, reading);
    else if (value.type === 'object') result = branchesOf(value, [...path, name], result, reading);
    else if (value.type === 'array') {
      const leaf = leafOf(value, [...path, name], reading);
      result = result.map((branch) => [...branch, leaf]);
    } else throw new JsonFault(`"${name}" must be an object or an array`, value.begun);
    // Far beyond what the complexity allows: more would only take time.
    if (result.length > reading.branchesMax) throw new FilterFault(reading.tooComplex);
  }
  return result;
}

/** UNSURE: the sentences. */
function alternatives(
  node: JsonNode,
  path: readonly string[],
  branches: readonly Branch[],
  reading: Reading,
): Branch[] {
  if (node.type !== 'array') throw new JsonFault(`It must be an Array followed with ${OR}.`, node.begun);
  const result: Branch[] = [];
  for (const item of node.items) {
    if (item.type !== 'object') {
      throw new JsonFault(`Only JSON object is allowed in array of ${OR} relationship.`, item.begun);
    }
    result.push(...branchesOf(item, path, branches, reading));
  }
  if (node.items.length < 2) {
    throw new JsonFault(`There must have at least 2 Objects in ${OR} relationship.`, node.ended);
  }
  return result;
}

function leafOf(
  node: JsonNode & { readonly type: 'array' },
  path: readonly string[],
  { operators }: Reading,
): Leaf {
  if (node.items.length === 0) throw new JsonFault('Empty arrays are not allowed', node.ended);
  return {
    path: path.join('.'),
    depth: path.length,
    conditions: node.items.map((item) => readCondition(item, operators)),
    wanted: JSON.stringify(node.items.map(plain)),
  };
}

function plain(node: JsonNode): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'array') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(([name, value]) => [name, plain(value)]));
}
