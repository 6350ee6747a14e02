import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

const GROUP_RULE = 'can only include alphanumeric and punctuation characters. 1 to 128 in length.';

describe('a send is refused', () => {
  it('for the first fault in AWS’s order', () => {
    const w = world();
    const url = w.queue('orders.fifo', { MaximumMessageSize: '1024' });
    const faults: [object, string][] = [
      [{ MessageBody: '' }, 'The request must contain the parameter MessageBody.'],
      [{ MessageBody: `\u0000${'x'.repeat(1_024)}` }, 'must be shorter than 1024 bytes'],
      [{ MessageBody: '\u0000' }, 'Invalid characters found.'],
      [
        { MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
        "Message (user) attribute 'a' must contain a non-empty value of type 'String'.",
      ],
      [{ MessageBody: 'x', MessageAttributes: undefined }, `MessageDeduplicationId ${GROUP_RULE}`],
      [{ MessageDeduplicationId: 'd' }, `MessageGroupId ${GROUP_RULE}`],
      [{ MessageGroupId: undefined }, 'for parameter DelaySeconds is invalid'],
      [{ DelaySeconds: 0 }, 'The request must contain the parameter MessageGroupId.'],
      [{ MessageGroupId: 'g', MessageDeduplicationId: undefined }, 'ContentBasedDeduplication enabled'],
    ];
    let input: object = {
      QueueUrl: `${url}-missing`,
      MessageBody: '',
      MessageAttributes: { a: { DataType: 'String', StringValue: '' } },
      MessageDeduplicationId: 'a b',
      MessageGroupId: 'a b',
      DelaySeconds: 5,
    };
    expect(w.refusal('SendMessage', input).message).toBe('The specified queue does not exist.');
    input = { ...input, QueueUrl: url };
    for (const [mended, message] of faults) {
      input = { ...input, ...mended };
      expect(w.refusal('SendMessage', input).message).toContain(message);
    }
    w.call('SendMessage', { ...input, MessageDeduplicationId: 'd' });
  });

  it.each(['', 'x'.repeat(129), 'a b', 'é'])('for the id %j', (value) => {
    const w = world();
    const url = w.queue('orders.fifo');
    const good = { QueueUrl: url, MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' };
    for (const name of ['MessageGroupId', 'MessageDeduplicationId']) {
      expect(w.refusal('SendMessage', { ...good, [name]: value })).toMatchObject({
        code: 'InvalidParameterValue',
        message: `Value ${value} for parameter ${name} is invalid. Reason: ${name} ${GROUP_RULE}`,
      });
      w.call('SendMessage', { ...good, [name]: 'x'.repeat(128) });
    }
  });

  it('for a deduplication id on a standard queue', () => {
    const w = world();
    const input = { QueueUrl: w.queue(), MessageBody: 'x', MessageDeduplicationId: 'd' };
    expect(w.refusal('SendMessage', input).message).toBe(
      'Value d for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.',
    );
  });

  it.each([
    ['\u0000', false],
    ['\uFFFE', false],
    ['\uD800', false],
    ['\t\n\r', true],
    ['\uE000\uFFFD', true],
    ['😀', true],
  ])('for characters outside the allowed ones: %j', (MessageBody, allowed) => {
    const w = world();
    const outcome = w.outcome('SendMessage', { QueueUrl: w.queue(), MessageBody });
    expect(outcome.ok).toBe(allowed);
    if (!outcome.ok) expect(outcome.refusal.code).toBe('InvalidMessageContents');
  });

  it.each([
    ['AWS.x', 'String', 'v'],
    ['amazon.x', 'String', 'v'],
    ['.x', 'String', 'v'],
    ['x.', 'String', 'v'],
    ['a..b', 'String', 'v'],
    ['a b', 'String', 'v'],
    ['x'.repeat(257), 'String', 'v'],
    ['x', 'Text', 'v'],
    ['x', '', 'v'],
    ['x', 'Number', 'twelve'],
    ['x', 'Binary', 'v'],
  ])('for the attribute %s of type %s with value %s', (name, DataType, StringValue) => {
    const w = world();
    const MessageAttributes = { [name]: { DataType, StringValue } };
    expect(w.refusal('SendMessage', { QueueUrl: w.queue(), MessageBody: 'x', MessageAttributes }).code).toBe(
      'InvalidParameterValue',
    );
  });

  it('for more than ten attributes', () => {
    const w = world();
    const url = w.queue();
    const attributes = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `a${index}`,
          { DataType: 'Number.int', StringValue: '1' },
        ]),
      );
    w.send(url, 'x', { MessageAttributes: attributes(10) });
    const tooMany = { QueueUrl: url, MessageBody: 'x', MessageAttributes: attributes(11) };
    expect(w.refusal('SendMessage', tooMany).message).toBe(
      'Number of message attributes [11] exceeds the allowed maximum [10].',
    );
  });
});
