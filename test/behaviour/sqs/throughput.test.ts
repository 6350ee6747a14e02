import { describe, expect, it } from 'vitest';
import type { AwsWorldSettings } from '../../../src/contract/world.ts';
import { milliseconds } from '../../../src/engine/units.ts';
import { type World, world } from '../../support/world.ts';

const HIGH = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };

const sender = (w: World, url: string) => {
  let sent = 0;
  return (group = 'g'): boolean => {
    const id = String(sent++);
    return w.outcome('SendMessage', {
      QueueUrl: url,
      MessageBody: id,
      MessageGroupId: group,
      MessageDeduplicationId: id,
    }).ok;
  };
};

const acceptedOf = (calls: number, call: () => boolean): number => {
  let accepted = 0;
  for (let count = 0; count < calls; count++) if (call()) accepted++;
  return accepted;
};

const batch = (url: string, from: number, groups: readonly string[]) => ({
  QueueUrl: url,
  Entries: groups.map((MessageGroupId, index) => ({
    Id: `e${index}`,
    MessageBody: `${from} ${index}`,
    MessageGroupId,
    MessageDeduplicationId: `${from}-${index}`,
  })),
});

describe('the throughput of a FIFO queue', () => {
  it('is 300 sends a second, and the next second takes 300 more', () => {
    const w = world();
    const send = sender(w, w.queue('a.fifo'));
    expect(acceptedOf(310, send)).toBe(300);
    w.afterMs(milliseconds(999));
    expect(send()).toBe(false);
    w.afterMs(milliseconds(1));
    expect(acceptedOf(310, send)).toBe(300);
  });

  it('is refused with a why that names the meter and the instant at which it clears', () => {
    const w = world({ limits: 'scaled' });
    const url = w.queue('a.fifo');
    const send = sender(w, url);
    w.afterMs(milliseconds(250));
    expect(acceptedOf(3, send)).toBe(3);
    const refusal = w.refusal('SendMessage', {
      QueueUrl: url,
      MessageBody: 'x',
      MessageGroupId: 'g',
      MessageDeduplicationId: 'x',
    });
    expect(refusal).toMatchObject({ code: 'RequestThrottled', httpStatus: 400 });
    expect(refusal.why).toBe(
      'a.fifo took 3 of 3 send calls in this second (scaled: 1/100 of the AWS figure); it clears in 750 ms, when the next second begins.',
    );
    expect(w.events('sqs/Throttled')).toMatchObject([
      { queue: 'a.fifo', operation: 'SendMessage', by: 'you' },
    ]);
    w.afterMs(milliseconds(749));
    expect(send()).toBe(false);
    w.afterMs(milliseconds(1));
    expect(send()).toBe(true);
  });

  it('counts a batch as one call, so that 3,000 messages a second go in by tens', () => {
    const w = world();
    const url = w.queue('a.fifo');
    const ten = Array.from({ length: 10 }, () => 'g');
    let calls = 0;
    expect(acceptedOf(305, () => w.outcome('SendMessageBatch', batch(url, calls++, ten)).ok)).toBe(300);
    expect(w.counts(url)[0]).toBe(3000);
    expect(sender(w, url)()).toBe(false);
  });

  it('has a meter for each action', () => {
    const w = world({ limits: 'scaled' });
    const url = w.queue('a.fifo');
    const send = sender(w, url);
    expect(acceptedOf(4, send)).toBe(3);
    const handles: string[] = [];
    const receive = (): boolean => {
      const outcome = w.outcome('ReceiveMessage', { QueueUrl: url });
      if (outcome.ok) {
        const { Messages = [] } = outcome.output as { Messages?: { ReceiptHandle: string }[] };
        handles.push(...Messages.map(({ ReceiptHandle }) => ReceiptHandle));
      }
      return outcome.ok;
    };
    expect(acceptedOf(4, receive)).toBe(3);
    const [ReceiptHandle] = handles;
    const change = { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 60 };
    expect(acceptedOf(4, () => w.outcome('ChangeMessageVisibility', change).ok)).toBe(3);
    const gone = { QueueUrl: url, ReceiptHandle };
    expect(acceptedOf(4, () => w.outcome('DeleteMessage', gone).ok)).toBe(3);
  });

  it('does not concern a standard queue', () => {
    const w = world({ limits: 'scaled' });
    const url = w.queue('plain');
    expect(acceptedOf(50, () => w.outcome('SendMessage', { QueueUrl: url, MessageBody: 'x' }).ok)).toBe(50);
    expect(w.view()[0]?.meters).toBeUndefined();
  });

  it('shows its meters and what was refused', () => {
    const w = world({ limits: 'scaled' });
    const send = sender(w, w.queue('a.fifo'));
    acceptedOf(13, send);
    const [queue] = w.view();
    expect(queue?.full).toBe('send calls');
    expect(queue?.rates?.refused).toBe(1);
    expect(queue?.meters?.[0]).toEqual({ label: 'send calls', used: 3, limit: 3, unit: '/s, scaled' });
    w.afterMs(milliseconds(1000));
    expect(w.view()[0]?.full).toBeUndefined();
  });
});

describe('high throughput', () => {
  it.each<[Partial<AwsWorldSettings>, number]>([
    [{ region: 'us-east-1' }, 700],
    [{ region: 'eu-central-1' }, 190],
    [{ region: 'eu-north-1' }, 24],
  ])('has the figure of its Region: %o %i', (settings, limit) => {
    const w = world({ ...settings, limits: 'scaled' });
    const send = sender(w, w.queue('a.fifo', HIGH));
    let group = 0;
    expect(acceptedOf(limit + 5, () => send(`g${group++}`))).toBe(limit);
  });

  it('still takes 300 sends a second of one group', () => {
    const w = world();
    const send = sender(w, w.queue('a.fifo', HIGH));
    expect(acceptedOf(310, () => send('one'))).toBe(300);
    expect(send('other')).toBe(true);
  });

  it('refuses in a batch only the entries of the full group', () => {
    const w = world({ limits: 'scaled' });
    const url = w.queue('a.fifo', HIGH);
    acceptedOf(2, () => sender(w, url)('one'));
    w.call('SendMessageBatch', batch(url, 1, ['one', 'one', 'two']));
    const output = w.call('SendMessageBatch', batch(url, 2, ['one', 'two']));
    expect(output.Successful).toMatchObject([{ Id: 'e1' }]);
    expect(output.Failed).toMatchObject([{ Id: 'e0', Code: 'RequestThrottled' }]);
  });
});

describe('messages in flight', () => {
  const fill = (w: World, url: string, fifo: boolean): void => {
    for (let call = 0; call < 13; call++) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({
        Id: `e${index}`,
        MessageBody: `${call} ${index}`,
        ...(fifo && {
          MessageGroupId: `${call} ${index}`.replace(' ', '-'),
          MessageDeduplicationId: `${call}-${index}`,
        }),
      }));
      w.call('SendMessageBatch', { QueueUrl: url, Entries });
      w.call('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 600 });
      if (fifo) w.afterMs(milliseconds(1000));
      else if (w.counts(url)[1] === 120) break;
    }
  };

  it('of a standard queue are limited: a short poll is refused, a long poll waits', () => {
    const w = world({ limits: 'scaled' });
    const url = w.queue('plain');
    fill(w, url, false);
    w.send(url, 'more');
    expect(w.refusal('ReceiveMessage', { QueueUrl: url })).toMatchObject({
      code: 'OverLimit',
      httpStatus: 403,
    });
    const poll = w.start('ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 5 });
    w.afterMs(milliseconds(5000));
    expect(w.answer(poll)?.outcome).toEqual({ ok: true, output: {} });
    expect(w.events('sqs/ReceiveEmpty').at(-1)?.reason).toBe('inFlight');
    expect(w.view()[0]?.full).toBe('in flight');
  });

  it('of a FIFO queue are limited without an error', () => {
    const w = world({ limits: 'scaled' });
    const url = w.queue('a.fifo');
    fill(w, url, true);
    expect(w.counts(url).slice(0, 2)).toEqual([10, 120]);
    expect(w.receive(url)).toEqual([]);
    expect(w.events('sqs/ReceiveEmpty').at(-1)?.reason).toBe('inFlight');
  });
});
