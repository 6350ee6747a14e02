/** A resource's name where a URL or an ARN is expected: the prompt takes it, and says once what it stands for. */
import type { AnyOperation } from '../contract/operation.ts';
import type { LineContext } from './lineContext.ts';
import type { Plain } from './python/values.ts';

/** Replaces short names in the members that refer to a queue. A name that is not there becomes the URL it would have. */
export function resolveShortNames(
  operation: AnyOperation,
  input: Record<string, Plain>,
  context: LineContext,
): void {
  for (const [name, rule] of Object.entries(operation.members)) {
    const value = input[name];
    if (typeof value !== 'string' || !isShort(value)) continue;
    if (rule.refersTo !== 'queueUrl' && rule.refersTo !== 'queueArn') continue;
    const { account, region } = context.surroundings;
    const full =
      context.surroundings.resolve(rule.refersTo, value) ??
      (rule.refersTo === 'queueUrl'
        ? `https://sqs.${region}.amazonaws.com/${account}/${value}`
        : `arn:aws:sqs:${region}:${account}:${value}`);
    input[name] = full;
    const key = `${rule.refersTo}:${value}`;
    if (!context.state.explained.has(key)) {
      context.state.explained.add(key);
      context.notes.push(`${value} stands for ${full}`);
    }
  }
}

/** A queue's name alone: no URL, no ARN, no account before it. */
const isShort = (text: string): boolean => /^[A-Za-z0-9_-]+(\.fifo)?$/.test(text);
