import { describe, expect, it } from 'vitest';
import { type World, world } from '../../support/world.ts';

const poll = (w: World, url: string, more: object = {}) =>
  w.start('ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 20, ...more });
const got = (body: string) => ({ outcome: { ok: true, output: { Messages: [{ Body: body }] } } });

describe('a long poll', () => {
  it('is answered empty exactly at its end, without the key Messages', () => {
    const w = world();
    const url = w.queue();
    const call = poll(w, url);
    expect(w.at(19.999).answer(call)).toBeUndefined();
    expect(w.at(20).answer(call)).toMatchObject({ at: 20_000, outcome: { ok: true, output: {} } });
    expect(w.events('sqs/ReceiveEmpty')).toMatchObject([{ at: 20_000, reason: 'noMessages', by: 'you' }]);
  });

  it('returns at once when a message is there, even fewer than asked', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    expect(w.bodies(url, { WaitTimeSeconds: 20, MaxNumberOfMessages: 10 })).toEqual(['a']);
  });

  it('is woken by a send; the receive is the poller’s, not the sender’s', () => {
    const w = world();
    const url = w.queue();
    w.as({ by: 'worker-1' });
    const call = poll(w, url);
    w.as({ by: 'web' }).at(7).send(url, 'a');
    expect(w.answer(call)).toMatchObject({ at: 7_000, ...got('a') });
    expect(w.events('sqs/MessageReceived')).toMatchObject([{ by: 'worker-1', at: 7_000 }]);
  });

  it('is woken when a timeout or a delay ends, and when a visibility timeout is set to zero', () => {
    const w = world();
    const url = w.queue('orders', { VisibilityTimeout: '5' });
    w.send(url, 'a');
    w.receive(url);
    const first = poll(w, url);
    w.at(5);
    expect(w.answer(first)).toMatchObject({ at: 5_000, ...got('a') });
    w.at(6).send(url, 'b', { DelaySeconds: 2 });
    const second = poll(w, url);
    w.at(8);
    expect(w.answer(second)).toMatchObject({ at: 8_000, ...got('b') });
    const third = poll(w, url);
    const held = w.answer(second)?.outcome as { output: { Messages: [{ ReceiptHandle: string }] } };
    const { ReceiptHandle } = held.output.Messages[0];
    w.at(9).call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 });
    expect(w.answer(third)).toMatchObject({ at: 9_000, ...got('b') });
  });

  it('of a FIFO queue is woken when a delete frees its group', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    w.sendTo(url, 'g', 'a');
    w.sendTo(url, 'g', 'b');
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    const call = poll(w, url);
    w.at(3).call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    expect(w.answer(call)).toMatchObject({ at: 3_000, ...got('b') });
  });

  it('that ends in the instant in which a message turns visible still gets it', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a', { DelaySeconds: 20 });
    const call = poll(w, url);
    w.at(20);
    expect(w.answer(call)).toMatchObject({ at: 20_000, ...got('a') });
  });

  it('that waits longest is served first', () => {
    const w = world();
    const url = w.queue();
    const calls = [poll(w, url), poll(w, url), poll(w, url)];
    w.at(1).send(url, 'a');
    w.at(2).send(url, 'b');
    expect(w.answer(calls[0]!)).toMatchObject({ at: 1_000, ...got('a') });
    expect(w.answer(calls[1]!)).toMatchObject({ at: 2_000, ...got('b') });
    expect(w.answer(calls[2]!)).toBeUndefined();
  });

  it('is the default of a queue with ReceiveMessageWaitTimeSeconds; an explicit zero is a short poll', () => {
    const w = world();
    const url = w.queue('orders', { ReceiveMessageWaitTimeSeconds: '3' });
    const call = w.start('ReceiveMessage', { QueueUrl: url });
    expect(w.call('ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 0 })).toEqual({});
    expect(w.at(2.999).answer(call)).toBeUndefined();
    expect(w.at(3).answer(call)).toMatchObject({ at: 3_000, outcome: { output: {} } });
  });

  it('whose caller gave up takes nothing', () => {
    const w = world();
    const url = w.queue();
    const call = poll(w, url);
    w.at(1);
    w.simulation.abandon(call);
    w.send(url, 'a');
    expect(w.counts(url)).toEqual([1, 0, 0]);
    expect(w.at(30).events('sqs/ReceiveEmpty')).toEqual([]);
  });

  it('is refused when its queue is deleted', () => {
    const w = world();
    const url = w.queue();
    const call = poll(w, url);
    w.at(4).call('DeleteQueue', { QueueUrl: url });
    expect(w.answer(call)).toMatchObject({
      at: 4_000,
      outcome: { ok: false, refusal: { code: 'AWS.SimpleQueueService.NonExistentQueue' } },
    });
  });

  it('waits on through a purge', () => {
    const w = world();
    const url = w.queue();
    const call = poll(w, url);
    w.at(1).call('PurgeQueue', { QueueUrl: url });
    expect(w.at(2).answer(call)).toBeUndefined();
    w.send(url, 'a');
    expect(w.answer(call)).toMatchObject(got('a'));
  });

  it('parked at a checkpoint is answered after going back, too', () => {
    const w = world();
    const url = w.queue();
    const call = poll(w, url);
    const image = w.at(5).simulation.checkpoint();
    w.send(url, 'a');
    expect(w.answer(call)).toMatchObject({ at: 5_000 });
    w.simulation.restore(image);
    w.at(6).send(url, 'b');
    expect(w.answer(call)).toMatchObject({ at: 6_000, ...got('b') });
  });

  it('sets no more kernel timers than it needs', () => {
    const w = world();
    const url = w.queue();
    for (let round = 0; round < 1_000; round++) {
      const call = poll(w, url);
      w.after(0.01 as never).send(url, 'a');
      expect(w.answer(call)).toBeDefined();
    }
    expect(w.simulation.checkpoint().agenda.length).toBeLessThan(10);
  });
});
