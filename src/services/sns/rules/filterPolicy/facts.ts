/** What of a message a filter policy looks at: values by path. Made once for a message, whoever subscribes. */
import type { Message, MessageAttribute } from '../../model.ts';
import { isObject } from '../json.ts';
import type { Scalar, Scope } from './policy.ts';

export interface Fact {
  readonly value: Scalar;
  /** In which element of which list it stands: list, index, list, index … Lists are numbered. */
  readonly within: readonly number[];
}

/** By path; of a body only paths that end in a value. */
export type Facts = ReadonlyMap<string, readonly Fact[]>;

const NOWHERE: readonly number[] = Object.freeze([]);

/** Undefined: the body is no JSON object, so that no policy on the body matches. */
export function factsOf(message: Pick<Message, 'body' | 'attributes'>, scope: Scope): Facts | undefined {
  return scope === 'MessageBody' ? bodyFacts(message.body) : attributeFacts(message.attributes ?? {});
}

/** SNS Developer Guide, Message attributes: Binary is left out. UNSURE: a String.Array that is no JSON list. */
function attributeFacts(attributes: Readonly<Record<string, MessageAttribute>>): Facts {
  const facts = new Map<string, readonly Fact[]>();
  let list = 0;
  for (const [name, { DataType, StringValue }] of Object.entries(attributes)) {
    if (StringValue === undefined) continue;
    const values = valuesOf(DataType, StringValue);
    const number = list++;
    facts.set(
      name,
      values.length === 1
        ? [{ value: values[0]!, within: NOWHERE }]
        : values.map((value, index) => ({ value, within: [number, index] })),
    );
  }
  return facts;
}

function valuesOf(type: string, text: string): readonly Scalar[] {
  if (type.split('.', 1)[0] === 'Number') return [Number(text)];
  if (type !== 'String.Array') return [text];
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return [];
    return list.filter((item) => item === null || typeof item !== 'object') as Scalar[];
  } catch {
    return [];
  }
}

function bodyFacts(body: string): Facts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
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
