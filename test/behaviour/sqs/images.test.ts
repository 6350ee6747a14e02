import { describe, expect, it } from 'vitest';
import { sqs } from '../../../src/services/sqs/index.ts';
import { type World, world } from '../../support/world.ts';

/** Something of everything: FIFO memory, dead letters, a move task, a parked poll, an attempt, a purge. */
function busy(w: World): void {
  const arn = 'arn:aws:sqs:us-east-1:000000000000:dlq';
  w.queue('dlq');
  const url = w.queue('orders', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 }),
  });
  for (let index = 0; index < 5; index++) {
    const BinaryValue = Uint8Array.of(index, 255);
    w.send(url, `m${index}`, { MessageAttributes: { b: { DataType: 'Binary', BinaryValue } } });
  }
  w.receive(url, { MaxNumberOfMessages: 3, VisibilityTimeout: 0 });
  w.receive(url);
  w.call('StartMessageMoveTask', { SourceArn: arn, MaxNumberOfMessagesPerSecond: 1 });
  const fifo = w.queue('orders.fifo');
  w.sendTo(fifo, 'g', 'a');
  w.receive(fifo, { ReceiveRequestAttemptId: 'try' });
  w.start('ReceiveMessage', { QueueUrl: fifo, WaitTimeSeconds: 20 });
  w.call('PurgeQueue', { QueueUrl: w.queue('other') });
}

function rest(w: World): string {
  const fifo = w.queue('orders.fifo');
  w.at(7).sendTo(fifo, 'h', 'b');
  w.at(8).receive(fifo, { ReceiveRequestAttemptId: 'try' });
  w.sendTo(fifo, 'g', 'a');
  w.at(40).receive(w.queue('dlq'), { MaxNumberOfMessages: 10 });
  return w.at(400_000).simulation.digest();
}

describe('a moment of SQS', () => {
  it('can be gone back to any number of times, and leads to the same end', () => {
    const w = world();
    busy(w);
    const image = w.simulation.checkpoint();
    const ends = new Set([rest(w)]);
    for (let time = 0; time < 3; time++) {
      w.simulation.restore(image);
      ends.add(rest(w));
    }
    expect(ends.size).toBe(1);
  });

  it('survives being written as JSON', () => {
    const w = world();
    busy(w);
    const { engine } = sqs;
    const image = engine.checkpoint(w.simulation.stateOf('sqs'));
    const text = JSON.stringify(engine.toJSON!(image));
    const restored = engine.restore(engine.fromJSON!(JSON.parse(text)), w.settings);
    expect(engine.digest(restored)).toBe(w.digest());
    const again = JSON.stringify(engine.toJSON!(engine.checkpoint(restored)));
    expect(again).toBe(text);
  });

  it('has a digest that tells worlds apart', () => {
    const digests = ['a', 'b'].map((body) => {
      const w = world();
      w.send(w.queue(), body);
      return w.digest();
    });
    expect(digests[0]).not.toBe(digests[1]);
  });

  it('gives the same ids in the same world, others for another seed', () => {
    const ids = [7, 7, 8, 7 + 2 ** 32].map((seed) => {
      const w = world({ seed });
      return w.send(w.queue(), 'a').MessageId as string;
    });
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
