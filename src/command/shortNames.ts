/** A resource's name where a URL or an ARN is expected: the prompt takes it, and says once what it stands for. */
import type { AnyOperation } from '../contract/operation.ts';
import type { LineContext } from './lineContext.ts';
import type { Plain } from './python/values.ts';

/**
 * Replaces short names in the members that refer to a queue, a topic, a stream or a broker. A name that is not there becomes the URL or the
 * ARN it would have.
 */
export function resolveShortNames(
  operation: AnyOperation,
  input: Record<string, Plain>,
  context: LineContext,
): void {
  for (const [name, rule] of Object.entries(operation.members)) {
    const value = input[name];
    if (typeof value !== 'string' || !isShort(value)) continue;
    const { refersTo } = rule;
    if (!isNamed(refersTo)) continue;
    const found = refersTo === 'streamArn' ? undefined : context.surroundings.resolve(refersTo, value);
    const full = found ?? fullName(refersTo, value, context.surroundings);
    if (full === value) continue;
    input[name] = full;
    const key = `${refersTo}:${value}`;
    if (!context.state.explained.has(key)) {
      context.state.explained.add(key);
      context.notes.push(`${value} stands for ${full}`);
    }
  }
}

type Named = 'queueUrl' | 'queueArn' | 'topicArn' | 'streamArn' | 'brokerId';

const isNamed = (kind: string | undefined): kind is Named =>
  kind === 'queueUrl' ||
  kind === 'queueArn' ||
  kind === 'topicArn' ||
  kind === 'streamArn' ||
  kind === 'brokerId';

function fullName(kind: Named, name: string, { account, region }: LineContext['surroundings']): string {
  // An id is not made from a name: what is no broker's name goes as it was typed.
  if (kind === 'brokerId') return name;
  if (kind === 'streamArn') return `arn:aws:kinesis:${region}:${account}:stream/${name}`;
  if (kind === 'queueUrl') return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return `arn:aws:${kind === 'queueArn' ? 'sqs' : 'sns'}:${region}:${account}:${name}`;
}

/** A name alone: no URL, no ARN, no account before it. */
const isShort = (text: string): boolean => /^[A-Za-z0-9_-]+(\.fifo)?$/.test(text);
