import { describe, expect, it } from 'vitest';
import type { Answer, Wait } from '../../src/command/console.ts';
import { runLine } from '../../src/command/runLine.ts';
import type { ServiceDescription, Waiter } from '../../src/contract/operation.ts';
import { catalog, newState, surroundings } from './console.ts';

const waiter: Waiter = {
  operation: 'GetQueueAttributes',
  delaySeconds: 10,
  maxAttempts: 3,
  acceptors: [
    { state: 'success', matcher: 'path', argument: 'Attributes.VisibilityTimeout', expected: '30' },
    { state: 'failure', matcher: 'path', argument: 'Attributes.VisibilityTimeout', expected: '0' },
    { state: 'retry', matcher: 'error', expected: 'NotYet' },
  ],
};
const sqs = catalog.get('sqs') as ServiceDescription;
const withWaiter = new Map([
  ['sqs', { ...sqs, waiters: new Map([['TimeoutSet', waiter]]), notModelled: ['FooBar'] }],
]);

function wait(answers: readonly Answer[], line = 'aws sqs wait timeout-set --queue-url orders') {
  const left = [...answers];
  const waits: Wait[] = [];
  const generator = runLine(line, newState(), surroundings(), withWaiter);
  let step = generator.next();
  while (!step.done) {
    waits.push(step.value);
    step = generator.next(step.value.type === 'request' ? left.shift() : undefined);
  }
  return { result: step.value, waits: waits.map(({ type }) => type) };
}
const timeout = (value: string): Answer => ({
  ok: true,
  output: { Attributes: { VisibilityTimeout: value } },
});
const refused = (code: string): Answer => ({
  ok: false,
  refusal: { code, message: 'no', httpStatus: 400, fault: 'client' },
});

describe('a waiter polls on the virtual clock', () => {
  it('until its condition holds, and prints nothing', () => {
    const { result, waits } = wait([timeout('5'), refused('NotYet'), timeout('30')]);
    expect(result).toMatchObject({ output: '' });
    expect(result.error).toBeUndefined();
    expect(waits).toEqual(['request', 'sleep', 'request', 'sleep', 'request']);
  });

  it('fails when it has asked often enough', () => {
    const { result } = wait([timeout('5'), timeout('5'), refused('NotYet')]);
    expect(result.error).toMatchObject({
      exit: 255,
      text: 'Waiter TimeoutSet failed: Max attempts exceeded. Previously accepted state: Matched expected service error code: NotYet',
    });
  });

  it('fails at once in a state that cannot get better', () => {
    expect(wait([timeout('0')]).result.error?.text).toBe(
      'Waiter TimeoutSet failed: Waiter encountered a terminal failure state: For expression "Attributes.VisibilityTimeout" we matched expected path: "0"',
    );
    expect(wait([refused('Other')]).result.error?.text).toBe(
      'Waiter TimeoutSet failed: An error occurred (Other): no',
    );
  });

  it('an operation that is not modelled is refused by name', () => {
    expect(wait([], 'aws sqs foo-bar').result.error?.text).toBe('not modelled: aws sqs foo-bar');
  });
});
