/** What of a message a filter policy looks at: values by path. Made once for a message, whoever subscribes. */
import type { Scalar } from '../../../../contract/eventRuler/branches.ts';
import { type Fact, type Facts, textFacts } from '../../../../contract/eventRuler/facts.ts';
import type { Message, MessageAttribute } from '../../model.ts';
import type { Scope } from './policy.ts';

const NOWHERE: readonly number[] = Object.freeze([]);

/** Undefined: the body is no JSON object, so that no policy on the body matches. */
export function factsOf(message: Pick<Message, 'body' | 'attributes'>, scope: Scope): Facts | undefined {
  return scope === 'MessageBody' ? textFacts(message.body) : attributeFacts(message.attributes ?? {});
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
