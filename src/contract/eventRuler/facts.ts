/** What of an event or a message a pattern looks at: values by path. Made once, whoever asks. */
import type { Scalar } from './branches.ts';

export interface Fact {
  readonly value: Scalar;
  /** In which element of which list it stands: list, index, list, index … Lists are numbered. */
  readonly within: readonly number[];
}

/** By path; of a body only paths that end in a value. */
export type Facts = ReadonlyMap<string, readonly Fact[]>;

const NOWHERE: readonly number[] = Object.freeze([]);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined: the text is no JSON object. */
export function textFacts(body: string): Facts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  return isObject(value) ? factsIn(value) : undefined;
}

export function factsIn(value: object): Facts {
  const facts = new Map<string, Fact[]>();
  const lists = { count: 0 };
  walk(value, '', NOWHERE, facts, lists);
  return facts;
}

function walk(
  value: unknown,
  path: string,
  within: readonly number[],
  facts: Map<string, Fact[]>,
  lists: { count: number },
): void {
  if (Array.isArray(value)) {
    const list = lists.count++;
    value.forEach((item, index) => {
      walk(item, path, [...within, list, index], facts, lists);
    });
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      walk(item, path === '' ? name : `${path}.${name}`, within, facts, lists);
    }
  } else {
    let known = facts.get(path);
    if (known === undefined) {
      known = [];
      facts.set(path, known);
    }
    known.push({ value: value as Scalar, within });
  }
}
