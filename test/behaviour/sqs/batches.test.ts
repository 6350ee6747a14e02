import { describe, expect, it } from 'vitest';
import { type World, world } from '../../support/world.ts';

const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Id: `id-${index}`, MessageBody: `m${index}` }));
const refused = (w: World, QueueUrl: string, Entries: readonly object[]) =>
  w.refusal('SendMessageBatch', { QueueUrl, Entries });

describe('a batch', () => {
  it('of ten is sent in order, each under its own id', () => {
    const w = world();
    const url = w.queue();
    const output = w.call('SendMessageBatch', { QueueUrl: url, Entries: entries(10) });
    expect(output.Successful).toHaveLength(10);
    expect(output).not.toHaveProperty('Failed');
    expect(output.Successful[3]).toMatchObject({ Id: 'id-3', MessageId: expect.any(String) });
    expect(w.bodies(url, { MaxNumberOfMessages: 10 })).toEqual(
      entries(10).map(({ MessageBody }) => MessageBody),
    );
  });

  it.each([
    ['EmptyBatchRequest', [], 'There should be at least one SendMessageBatchRequestEntry in the request.'],
    [
      'TooManyEntriesInBatchRequest',
      entries(20),
      'Maximum number of entries per request are 10. You have sent 20.',
    ],
    ['BatchEntryIdsNotDistinct', [...entries(2), ...entries(1)], 'Id id-0 repeated.'],
    [
      'InvalidBatchEntryId',
      [{ Id: 'a b', MessageBody: 'x' }],
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ],
  ])('is refused as a whole: %s', (name, Entries, message) => {
    const w = world();
    const url = w.queue();
    expect(refused(w, url, Entries)).toMatchObject({
      code: `AWS.SimpleQueueService.${name}`,
      jsonCode: name,
      httpStatus: 400,
      message,
    });
    expect(w.counts(url)).toEqual([0, 0, 0]);
  });

  it('fails entry by entry, by the rules of a single send', () => {
    const w = world();
    const url = w.queue();
    const Entries = [
      { Id: 'good', MessageBody: 'x' },
      { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
    ];
    expect(w.call('SendMessageBatch', { QueueUrl: url, Entries })).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [
        {
          Id: 'late',
          SenderFault: true,
          Code: 'InvalidParameterValue',
          Message:
            'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
        },
      ],
    });
  });

  it('of deletes and of visibility changes answers for each handle', () => {
    const w = world();
    const url = w.queue();
    w.call('SendMessageBatch', { QueueUrl: url, Entries: entries(3) });
    const [a, b, c] = w.receive(url, { MaxNumberOfMessages: 3 });
    const changed = w.call('ChangeMessageVisibilityBatch', {
      QueueUrl: url,
      Entries: [
        { Id: 'c', ReceiptHandle: c.ReceiptHandle, VisibilityTimeout: 0 },
        { Id: 'x', ReceiptHandle: 'garbage', VisibilityTimeout: 0 },
      ],
    });
    expect(changed).toMatchObject({
      Successful: [{ Id: 'c' }],
      Failed: [{ Id: 'x', Code: 'ReceiptHandleIsInvalid', SenderFault: true }],
    });
    const Entries = [a, b].map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    expect(w.call('DeleteMessageBatch', { QueueUrl: url, Entries })).toEqual({
      Successful: [{ Id: '0' }, { Id: '1' }],
    });
    expect(w.counts(url)).toEqual([1, 0, 0]);
  });
});
