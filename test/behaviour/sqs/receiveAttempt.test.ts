import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

const attempt = { ReceiveRequestAttemptId: 'try-1', MaxNumberOfMessages: 10 };

function received() {
  const w = world();
  const url = w.queue('orders.fifo');
  w.sendTo(url, 'g', 'a');
  w.sendTo(url, 'g', 'b');
  return { w, url, first: w.receive(url, attempt) };
}

describe('a receive repeated under its attempt id', () => {
  it('gets the same messages and handles, hidden anew', () => {
    const { w, url, first } = received();
    const again = w.at(20).receive(url, attempt);
    expect(again.map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(
      first.map(({ ReceiptHandle }) => ReceiptHandle),
    );
    expect(w.at(49.999).receive(url)).toEqual([]);
    expect(w.at(50).bodies(url)).toEqual(['a']);
  });

  it('gets nothing when one of them was deleted or changed', () => {
    for (const operation of ['DeleteMessage', 'ChangeMessageVisibility']) {
      const { w, url, first } = received();
      const { ReceiptHandle } = first[1]!;
      w.at(1).call(operation, { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 30 });
      expect(w.receive(url, attempt)).toEqual([]);
    }
  });

  it('gets nothing under another id while they are hidden', () => {
    const { w, url } = received();
    expect(w.receive(url, { ...attempt, ReceiveRequestAttemptId: 'try-2' })).toEqual([]);
  });

  it('is a new receive when they are visible again', () => {
    const { w, url, first } = received();
    const again = w.at(30).receive(url, attempt);
    expect(again.map(({ Body }) => Body)).toEqual(['a', 'b']);
    expect(again[0].ReceiptHandle).not.toBe(first[0].ReceiptHandle);
  });
});
