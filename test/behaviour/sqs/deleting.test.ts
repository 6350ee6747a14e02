import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

describe('deleting a message', () => {
  it('works any number of times', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    for (let time = 0; time < 3; time++) w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    expect(w.counts(url)).toEqual([0, 0, 0]);
    expect(w.events('sqs/MessageDeleted')).toHaveLength(1);
  });

  it('works with a handle whose timeout has ended, on a standard queue', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    const [{ ReceiptHandle }] = w.receive(url, { VisibilityTimeout: 1 }) as [{ ReceiptHandle: string }];
    w.at(60).call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    expect(w.counts(url)).toEqual([0, 0, 0]);
  });

  it('with the handle of an earlier receive is accepted and deletes nothing', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    const [{ ReceiptHandle }] = w.receive(url, { VisibilityTimeout: 0 }) as [{ ReceiptHandle: string }];
    w.receive(url);
    w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    expect(w.counts(url)).toEqual([0, 1, 0]);
  });

  it('refuses what is no handle, or is another queue’s or another world’s', () => {
    const w = world();
    const url = w.queue();
    const other = w.queue('other');
    const elsewhere = world({ seed: 2 });
    elsewhere.queue();
    elsewhere.send(elsewhere.queue(), 'a');
    w.send(url, 'a');
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    const [foreign] = elsewhere.receive(elsewhere.queue());
    const broken = `${ReceiptHandle.slice(0, -1)}${ReceiptHandle.endsWith('A') ? 'B' : 'A'}`;
    const tries: [string, string][] = [
      [url, 'garbage'],
      [url, ''],
      [url, foreign.ReceiptHandle],
      [url, broken],
      [other, ReceiptHandle],
    ];
    for (const [QueueUrl, handle] of tries) {
      expect(w.refusal('DeleteMessage', { QueueUrl, ReceiptHandle: handle })).toMatchObject({
        code: 'ReceiptHandleIsInvalid',
        message: `The input receipt handle "${handle}" is not a valid receipt handle.`,
      });
    }
    expect(w.counts(url)).toEqual([0, 1, 0]);
  });

  it('uses handles that look like AWS’s: opaque, long, each one different', () => {
    const w = world();
    const url = w.queue();
    for (let index = 0; index < 50; index++) w.send(url, 'a');
    const handles = new Set<string>();
    for (let call = 0; call < 5; call++) {
      for (const { ReceiptHandle } of w.receive(url, { MaxNumberOfMessages: 10 })) {
        expect(ReceiptHandle).toMatch(/^AQEB[A-Za-z0-9+/]{172}$/);
        handles.add(ReceiptHandle.slice(0, 12));
      }
    }
    expect(handles.size).toBe(50);
  });
});
