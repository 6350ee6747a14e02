import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

const letters = (count: number): string => 'x'.repeat(count);

describe('the size of a message', () => {
  it('is at most 1 MiB: exactly that is accepted', () => {
    const w = world();
    const url = w.queue();
    w.send(url, letters(1_048_576));
    expect(w.refusal('SendMessage', { QueueUrl: url, MessageBody: letters(1_048_577) })).toMatchObject({
      code: 'InvalidParameterValue',
      jsonCode: 'InvalidParameterValueException',
      httpStatus: 400,
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
      why: 'Body and attributes count 1048577 bytes; MaximumMessageSize of orders is 1048576.',
    });
  });

  it('is at most 256 KiB under the study guide’s limits', () => {
    const w = world({ limits: 'study-guide' });
    const url = w.queue();
    expect(w.attributes(url, 'MaximumMessageSize')).toEqual({ MaximumMessageSize: '262144' });
    w.send(url, letters(262_144));
    expect(w.refusal('SendMessage', { QueueUrl: url, MessageBody: letters(262_145) }).message).toContain(
      'shorter than 262144 bytes',
    );
    expect(
      w.refusal('SetQueueAttributes', { QueueUrl: url, Attributes: { MaximumMessageSize: '262145' } }).code,
    ).toBe('InvalidAttributeValue');
  });

  it('counts bytes, and attributes with name, type and value', () => {
    const w = world();
    const url = w.queue('orders', { MaximumMessageSize: '2048' });
    const MessageAttributes = { k: { DataType: 'String', StringValue: 'x' } };
    w.send(url, letters(2_040), { MessageAttributes });
    const tooBig = { QueueUrl: url, MessageBody: letters(2_041), MessageAttributes };
    expect(w.refusal('SendMessage', tooBig).why).toContain('count 2049 bytes');
    const euros = { QueueUrl: url, MessageBody: '€'.repeat(683) };
    expect(w.refusal('SendMessage', euros).why).toContain('count 2049 bytes');
  });

  it('does not count the trace header', () => {
    const w = world();
    const url = w.queue('orders', { MaximumMessageSize: '1024' });
    const AWSTraceHeader = { DataType: 'String', StringValue: letters(100) };
    expect(
      w.send(url, letters(1_024), { MessageSystemAttributes: { AWSTraceHeader } }).MessageId,
    ).toBeDefined();
  });

  it('of a batch is at most 1 MiB, whatever the queue allows', () => {
    const w = world();
    const url = w.queue('orders', { MaximumMessageSize: '1024' });
    const Entries = [
      { Id: 'a', MessageBody: letters(1_048_576) },
      { Id: 'b', MessageBody: 'x' },
    ];
    expect(w.refusal('SendMessageBatch', { QueueUrl: url, Entries })).toMatchObject({
      code: 'AWS.SimpleQueueService.BatchRequestTooLong',
      message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    });
  });

  it('of an entry that is too big fails that entry alone', () => {
    const w = world();
    const url = w.queue('orders', { MaximumMessageSize: '1024' });
    const Entries = [
      { Id: 'big', MessageBody: letters(1_025) },
      { Id: 'small', MessageBody: 'x' },
    ];
    const output = w.call('SendMessageBatch', { QueueUrl: url, Entries });
    expect(output.Failed).toEqual([
      {
        Id: 'big',
        SenderFault: true,
        Code: 'InvalidParameterValue',
        Message:
          'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
      },
    ]);
    expect(output.Successful).toMatchObject([{ Id: 'small' }]);
    expect(w.counts(url)).toEqual([1, 0, 0]);
  });
});
