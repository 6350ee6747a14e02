import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { arrived, carried, publish, subscribed, topic, topicArn, topics } from '../../support/topics.ts';
import type { World } from '../../support/world.ts';

const refused = (w: World, input: object, operation = 'Publish'): string => {
  // The first call in a minute closes the one before.
  w.call('ListTopics', {}, 'sns');
  const before = w.digest('sns');
  const { message } = w.refusal(operation, input, 'sns');
  expect(w.digest('sns')).toBe(before);
  return message;
};
const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });

describe('publishing', () => {
  it('is refused in AWS’s words', () => {
    const w = topics();
    const TopicArn = topic(w);
    const message = (input: object) => refused(w, { TopicArn, Message: 'x', ...input });
    expect(message({ Subject: '' })).toBe('Invalid parameter: Subject');
    expect(message({ Subject: 'x'.repeat(100) })).toBe('Invalid parameter: Subject');
    expect(message({ Subject: 'a\nb' })).toBe('Invalid parameter: Subject');
    expect(message({ Message: '' })).toBe('Invalid parameter: Empty message');
    expect(message({ MessageStructure: 'json' })).toBe(
      'Invalid parameter: Message Structure - JSON message body failed to parse',
    );
    expect(message({ MessageStructure: 'json', Message: '{"sqs":"x"}' })).toBe(
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    );
    expect(message({ MessageDeduplicationId: 'd' })).toBe(
      'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
    expect(refused(w, { Message: 'x' })).toBe(
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    );
    expect(refused(w, { Message: 'x', PhoneNumber: '12' })).toBe(
      'Invalid parameter: PhoneNumber Reason: 12 is not valid to publish to',
    );
    expect(refused(w, { Message: 'x', TopicArn: topicArn('no') })).toBe('Topic does not exist');
    expect(refused(w, { Message: 'x', TargetArn: topicArn('endpoint/GCM/a/b') })).toBe(
      'Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified',
    );
  });

  it('counts body and attributes (T3)', () => {
    const w = topics();
    const TopicArn = topic(w);
    const MessageAttributes = { attr1: text('1', 'Number') };
    const of = (size: number) => ({ TopicArn, Message: 'x'.repeat(size), MessageAttributes });
    w.call('Publish', of(262_132), 'sns');
    expect(refused(w, of(262_133))).toBe('Invalid parameter: Message too long');
    const entry = (Id: string, size: number) => ({ Id, Message: 'x'.repeat(size) });
    const batch = { TopicArn, PublishBatchRequestEntries: [entry('a', 131_072), entry('b', 131_073)] };
    expect(refused(w, batch, 'PublishBatch')).toBe(
      'The length of all the messages put together is more than the limit.',
    );
  });

  it('a batch is counted and named before anything else (T4)', () => {
    const w = topics();
    const TopicArn = topic(w, 'orders.fifo');
    const message = (...ids: string[]) =>
      refused(
        w,
        { TopicArn, PublishBatchRequestEntries: ids.map((Id) => ({ Id, Message: 'x' })) },
        'PublishBatch',
      );
    expect(message(...Array.from({ length: 11 }, (_, n) => `${n}`))).toBe(
      'The batch request contains more entries than permissible.',
    );
    expect(message('1', '1')).toBe('Two or more batch entries in the request have the same Id.');
    expect(message('a'.repeat(81))).toBe(
      `The Id of a batch entry in the batch request is too long: ${'a'.repeat(81)}`,
    );
    expect(message('message.id')).toBe(
      'The Id of a batch entry in the batch request contains an impermissible character: message.id',
    );
    expect(message('1')).toBe('Invalid parameter: The MessageGroupId parameter is required for FIFO topics');
  });

  it('attributes have names and types that AWS knows (T5)', () => {
    const w = topics();
    const TopicArn = topic(w);
    const message = (name: string, attribute: object) =>
      refused(w, { TopicArn, Message: 'x', MessageAttributes: { [name]: attribute } });
    expect(message('^', text('x'))).toBe(
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    );
    expect(message('.a', text('x'))).toBe(
      "Invalid message attribute name starting with character '.' was found.",
    );
    expect(message('a', text('x', 'Text'))).toBe(
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    );
    expect(message('a', text(''))).toBe(
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
    );
    expect(message('a', text('x', 'Binary'))).toBe(
      "The message attribute 'a' with type 'Binary' must use field 'Binary'.",
    );
    expect(message('a', { StringValue: 'x' })).toBe(
      "1 validation error detected: Value null at 'messageAttributes.a.member.dataType' failed to satisfy constraint: Member must not be null",
    );
  });

  it('with MessageStructure=json each protocol has its text', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'bills');
    publish(w, arn, '{"default":"d","sqs":"for queues","email":1}', { MessageStructure: 'json' });
    publish(w, arn, '{"default":"d"}', { MessageStructure: 'json' });
    w.after(seconds(1));
    expect(carried(w, 'bills')).toEqual(['for queues', 'd']);
  });

  it('a batch answers each entry', () => {
    const w = topics();
    const TopicArn = topic(w);
    subscribed(w, TopicArn, 'bills', { RawMessageDelivery: 'true' });
    const PublishBatchRequestEntries = ['a', 'b'].map((Id) => ({ Id, Message: Id }));
    const answer = w.call('PublishBatch', { TopicArn, PublishBatchRequestEntries }, 'sns');
    expect(answer.Failed).toEqual([]);
    expect(answer.Successful.map(({ Id }: { Id: string }) => Id)).toEqual(['a', 'b']);
    w.after(seconds(1));
    expect(arrived(w, 'bills')).toEqual(['a', 'b']);
  });
});
