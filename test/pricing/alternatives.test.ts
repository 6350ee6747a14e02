import { describe, expect, it } from 'vitest';
import type { Usage } from '../../src/contract/usage.ts';
import { seconds } from '../../src/engine/units.ts';
import { type Alternative, alternatives } from '../../src/pricing/alternatives/index.ts';
import { bill, gross } from '../../src/pricing/meter.ts';
import { workDone } from '../../src/projection/cost.ts';
import { kms } from '../../src/services/kms/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { type World, world } from '../support/world.ts';

const requests = (usage: readonly Usage[], item = 'sqs/standard-requests'): number =>
  usage.find((line) => line.item === item)?.quantity ?? 0;

function othersOf(w: World): ReadonlyMap<string, Alternative> {
  const done = workDone(w.simulation, [sqs]);
  return new Map(alternatives(done, gross).map((other) => [other.name, other]));
}

function queue(w: World, name = 'orders', Attributes: Readonly<Record<string, string>> = {}): string {
  return w.call('CreateQueue', { QueueName: name, Attributes }).QueueUrl;
}

/** Sends, receives and deletes one by one. */
function oneByOne(w: World, url: string, messages: number, body = 'x'): void {
  for (let n = 0; n < messages; n++) {
    w.call('SendMessage', { QueueUrl: url, MessageBody: body });
    const { Messages } = w.call('ReceiveMessage', { QueueUrl: url });
    w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: Messages[0].ReceiptHandle });
  }
}

describe('the same work of SQS done differently', () => {
  it('is a tenth of the requests in batches of ten', () => {
    const w = world();
    oneByOne(w, queue(w), 20);
    const other = othersOf(w).get('batches of ten')!;
    // One call made the queue.
    expect(requests(other.usage)).toBe(3 * 2 + 1);
    expect(other.difference).toBeCloseTo(-54 * 0.000_000_4, 12);
    expect(other.usd).toBeCloseTo(7 * 0.000_000_4, 12);
  });

  it('is not offered in batches where messages are too large for ten of them', () => {
    const w = world();
    const url = queue(w);
    w.call('SendMessage', { QueueUrl: url, MessageBody: 'x'.repeat(10_000) });
    w.call('SendMessage', { QueueUrl: url, MessageBody: 'x'.repeat(10_000) });
    expect(othersOf(w).has('batches of ten')).toBe(false);
  });

  it('is a twentieth of the receives with long polls, where a worker asks once a second', () => {
    const w = world();
    const url = queue(w);
    for (let n = 0; n < 100; n++) {
      w.call('ReceiveMessage', { QueueUrl: url });
      w.after(seconds(1));
    }
    expect(requests(othersOf(w).get('long polls of 20 s')!.usage)).toBe(5 + 1);
  });

  it('does not count a long poll twice that a message ends', () => {
    const w = world();
    const url = queue(w);
    w.call('ReceiveMessage', { QueueUrl: url });
    w.after(seconds(1)).call('ReceiveMessage', { QueueUrl: url });
    w.call('SendMessage', { QueueUrl: url, MessageBody: 'x' });
    w.after(seconds(1)).call('ReceiveMessage', { QueueUrl: url });
    // The queue, the send, and one poll that waited two seconds.
    expect(requests(othersOf(w).get('long polls of 20 s')!.usage)).toBe(3);
  });

  it('counts the polls of each worker apart', () => {
    const w = world();
    const url = queue(w);
    for (const by of ['worker-1', 'worker-2']) {
      w.as({ by }).call('ReceiveMessage', { QueueUrl: url });
      w.call('ReceiveMessage', { QueueUrl: url });
    }
    expect(requests(othersOf(w).get('long polls of 20 s')!.usage)).toBe(2 + 1);
  });

  it('comes to 129,600 polls instead of 2,592,000 in thirty days', () => {
    const work = { 'standard.emptyReceives': 2_592_000, 'standard.emptyReceivesIfLong': 129_600 };
    const facts = { ...work, 'fifo.emptyReceives': 0, 'fifo.emptyReceivesIfLong': 0 };
    const usage = [{ item: 'sqs/standard-requests', quantity: 2_592_000 }];
    const [other] = alternatives([{ service: 'sqs', usage, work: facts }], bill);
    expect(requests(other!.usage)).toBe(129_600);
    expect(other).toMatchObject({ name: 'long polls of 20 s', usd: 0 });
    expect(other!.difference).toBeCloseTo(-(2_592_000 - 1_000_000) * 0.000_000_4, 9);
  });

  it('needs facts: without them nothing is offered', () => {
    const usage = [{ item: 'sqs/standard-requests', quantity: 1_000 }];
    expect(alternatives([{ service: 'sqs', usage, work: {} }], gross)).toEqual([]);
  });

  it('costs a quarter more with FIFO queues, for the calls that have a rate of their own', () => {
    const w = world();
    oneByOne(w, queue(w), 10);
    const other = othersOf(w).get('FIFO queues')!;
    expect(requests(other.usage, 'sqs/fifo-requests')).toBe(30);
    expect(requests(other.usage)).toBe(1);
    expect(other.difference).toBeCloseTo(30 * 0.000_000_1, 12);
  });

  it('costs a fifth less with standard queues', () => {
    const w = world();
    const url = queue(w, 'orders.fifo', { FifoQueue: 'true' });
    for (let n = 0; n < 10; n++) {
      w.call('SendMessage', {
        QueueUrl: url,
        MessageBody: 'x',
        MessageGroupId: 'g',
        MessageDeduplicationId: `${n}`,
      });
    }
    expect(othersOf(w).get('standard queues')!.difference).toBeCloseTo(-10 * 0.000_000_1, 12);
  });

  it('costs less without message groups on a standard queue', () => {
    const w = world();
    const url = queue(w);
    for (let n = 0; n < 10; n++) {
      w.call('SendMessage', { QueueUrl: url, MessageBody: 'x', MessageGroupId: 'tenant' });
    }
    expect(othersOf(w).get('no message groups')!.difference).toBeCloseTo(-10 * 0.000_000_1, 12);
  });

  it('takes one request for a pointer, but S3 is dearer than four chunks', () => {
    const w = world();
    oneByOne(w, queue(w), 5, 'x'.repeat(262_144));
    const other = othersOf(w).get('large bodies in S3')!;
    expect(requests(other.usage)).toBe(5 * 3 + 1);
    expect(requests(other.usage, 's3/put-requests')).toBe(5);
    expect(requests(other.usage, 's3/get-requests')).toBe(5);
    expect(other.difference).toBeGreaterThan(0);
  });
});

describe('the data keys of an encrypted queue', () => {
  function encrypted(reuse: string): World {
    const w = world({}, [sqs, kms]);
    const { KeyMetadata } = w.call('CreateKey', {}, 'kms');
    const url = queue(w, 'orders', {
      KmsMasterKeyId: KeyMetadata.KeyId,
      KmsDataKeyReusePeriodSeconds: reuse,
    });
    for (let minute = 0; minute < 10; minute++) {
      oneByOne(w, url, 2);
      w.after(seconds(60));
    }
    return w;
  }
  const callsOf = (w: World): number => requests(sqs.usage(w.simulation.stateOf('sqs'), w.now), 'kms/calls');

  it('are asked for three times a reuse period by one who sends and one who receives', () => {
    expect(callsOf(encrypted('300'))).toBe(2 * 3);
    expect(callsOf(encrypted('60'))).toBe(10 * 3);
    expect(callsOf(encrypted('86400'))).toBe(3);
  });

  it('cost less with a longer period, more with a shorter one', () => {
    const others = othersOf(encrypted('300'));
    expect(requests(others.get('data keys for 1 day')!.usage, 'kms/calls')).toBe(3);
    expect(requests(others.get('data keys for 1 minute')!.usage, 'kms/calls')).toBe(30);
    expect(others.has('data keys for 5 minutes')).toBe(false);
  });

  it('come to 26,784 calls in 31 days', () => {
    const w = world({}, [sqs, kms]);
    const { KeyMetadata } = w.call('CreateKey', {}, 'kms');
    const url = queue(w, 'orders', { KmsMasterKeyId: KeyMetadata.KeyId });
    for (let period = 0; period < 8_928; period++) {
      oneByOne(w, url, 1);
      w.after(seconds(300));
    }
    expect(callsOf(w)).toBe(26_784);
    expect(bill([{ item: 'kms/calls', quantity: callsOf(w) }])[0]!.usd.toFixed(2)).toBe('0.02');
  });
});

describe('the bill of KMS', () => {
  it('counts a key by time, until its deletion is scheduled', () => {
    const w = world({}, [sqs, kms]);
    const { KeyMetadata } = w.call('CreateKey', {}, 'kms');
    w.after(seconds(3_600));
    const keyMs = (): number => {
      const used = kms.usage(w.simulation.stateOf('kms'), w.now);
      return used.reduce((sum, { item, quantity }) => sum + (item === 'kms/keys' ? quantity : 0), 0);
    };
    expect(keyMs()).toBe(3_600_000);
    w.call('ScheduleKeyDeletion', { KeyId: KeyMetadata.KeyId, PendingWindowInDays: 7 }, 'kms');
    w.after(seconds(86_400));
    expect(keyMs()).toBe(3_600_000);
    w.after(seconds(7 * 86_400));
    expect(keyMs()).toBe(3_600_000);
  });
});
