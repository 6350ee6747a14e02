import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

describe('receiving', () => {
  it('hands out a standard queue’s messages first in, first out, in a calm world', () => {
    const w = world();
    const url = w.queue();
    const bodies = Array.from({ length: 25 }, (_, index) => `m${index}`);
    for (const body of bodies) w.send(url, body);
    const received: string[] = [];
    for (let call = 0; call < 3; call++) received.push(...w.bodies(url, { MaxNumberOfMessages: 10 }));
    expect(received).toEqual(bodies);
  });

  it('answers the members of a message in the model’s order', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a', { MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } } });
    const [message] = w.receive(url, {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    expect(Object.keys(JSON.parse(JSON.stringify(message)))).toEqual([
      'MessageId',
      'ReceiptHandle',
      'MD5OfBody',
      'Body',
      'Attributes',
      'MD5OfMessageAttributes',
      'MessageAttributes',
    ]);
  });

  it('tells send time and first receive in milliseconds since 1970', () => {
    const w = world();
    const url = w.queue('orders', { VisibilityTimeout: '1' });
    w.at(2).send(url, 'a');
    w.at(3).receive(url);
    const [message] = w.at(10).receive(url, { MessageSystemAttributeNames: ['All'] });
    expect(message.Attributes).toEqual({
      SenderId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      ApproximateFirstReceiveTimestamp: String(w.settings.epoch + 3_000),
      ApproximateReceiveCount: '2',
      SentTimestamp: String(w.settings.epoch + 2_000),
    });
  });

  it('still understands the older name AttributeNames, and ignores names that do not exist', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    const [message] = w.receive(url, { AttributeNames: ['ApproximateReceiveCount', 'Nonsense'] });
    expect(message.Attributes).toEqual({ ApproximateReceiveCount: '1' });
  });

  it.each([
    ['MaxNumberOfMessages', 0, 'Must be between 1 and 10, if provided.'],
    ['MaxNumberOfMessages', 11, 'Must be between 1 and 10, if provided.'],
    ['WaitTimeSeconds', 21, 'Must be >= 0 and <= 20, if provided.'],
    ['WaitTimeSeconds', -1, 'Must be >= 0 and <= 20, if provided.'],
    ['VisibilityTimeout', 43_201, 'Must be >= 0 and <= 43200, if provided.'],
  ])('refuses %s %i', (name, value, reason) => {
    const w = world();
    const url = w.queue();
    expect(w.refusal('ReceiveMessage', { QueueUrl: url, [name]: value })).toMatchObject({
      code: 'InvalidParameterValue',
      message: `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`,
    });
  });

  it('says why it found nothing', () => {
    const w = world();
    const url = w.queue();
    w.receive(url);
    w.send(url, 'later', { DelaySeconds: 10 });
    w.receive(url);
    w.send(url, 'now');
    w.receive(url);
    w.receive(url);
    expect(w.events('sqs/ReceiveEmpty').map(({ reason }) => reason)).toEqual([
      'noMessages',
      'delay',
      'inFlight',
    ]);
  });

  it('refuses a short poll of a standard queue with 120,000 messages in flight; a long poll waits', () => {
    const w = world();
    const url = w.queue('orders', { VisibilityTimeout: '43200' });
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' }));
    for (let batch = 0; batch < 12_000; batch++) {
      w.start('SendMessageBatch', { QueueUrl: url, Entries });
      w.start('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10 });
    }
    w.send(url, 'one more');
    expect(w.counts(url)).toEqual([1, 120_000, 0]);
    expect(w.refusal('ReceiveMessage', { QueueUrl: url })).toMatchObject({
      code: 'OverLimit',
      httpStatus: 403,
    });
    const poll = w.start('ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 1 });
    expect(w.at(1).answer(poll)).toMatchObject({ outcome: { ok: true, output: {} } });
  });

  it('keeps a group id on a standard queue, without any effect on order', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a', { MessageGroupId: 'tenant-1' });
    w.send(url, 'b', { MessageGroupId: 'tenant-1' });
    expect(w.receive(url, { MessageSystemAttributeNames: ['MessageGroupId'] })[0].Attributes).toEqual({
      MessageGroupId: 'tenant-1',
    });
    expect(w.bodies(url)).toEqual(['b']);
  });
});
