import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostDials, readDials } from '../../../src/contract/hostDials.ts';
import { seconds } from '../../../src/engine/units.ts';
import { hostsOf } from '../../../src/services/sqs/rules/hosts.ts';
import { type Output, type World, world } from '../../support/world.ts';

const HOSTS = 8;
const TEN = { MaxNumberOfMessages: 10 };
const LONG = { ...TEN, WaitTimeSeconds: 1 };

/** All sets of `count` hosts, as bits. */
const setsOf = (count: number): number[] =>
  Array.from({ length: 1 << HOSTS }, (_, bits) => bits).filter(
    (bits) => [...bits.toString(2)].filter((bit) => bit === '1').length === count,
  );

const drain = (w: World, url: string): Output[] => {
  const all: Output[] = [];
  for (;;) {
    const visible = w.counts(url)[0];
    if (visible === 0) return all;
    all.push(...w.receive(url, LONG));
  }
};

const remove = (w: World, url: string, messages: readonly Output[]): void => {
  for (const { ReceiptHandle } of messages) w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
};

const fill = (w: World, url: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => w.send(url, String(index)).MessageId as string);

function dialsOf(
  given: Parameters<typeof readDials>[0],
  delivery: 'typical' | 'rough' = 'typical',
): HostDials {
  const read = readDials(given, delivery);
  if (!read.ok || read.dials === undefined) throw new Error(`no dials of their own: ${JSON.stringify(read)}`);
  return read.dials;
}

describe('the hosts of a standard queue', () => {
  it.each([
    [5, 3],
    [3, 10],
  ])('of which a short poll asks %i miss %i of the 28 places of a message', (asked, missed) => {
    const places = setsOf(2);
    expect(places).toHaveLength(28);
    for (const hosts of setsOf(asked)) {
      expect(places.filter((place) => (place & hosts) === 0)).toHaveLength(missed);
    }
  });

  it('share the messages evenly, two for each', () => {
    const places = new Map<string, number>();
    for (let sequence = 0; sequence < 28_000; sequence++) {
      const [first, second] = hostsOf({ seed: 7, sequence });
      expect(first).not.toBe(second);
      places.set(`${first} ${second}`, (places.get(`${first} ${second}`) ?? 0) + 1);
    }
    expect(places.size).toBe(28);
    for (const count of places.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it.each([
    ['typical', 3 / 28],
    ['rough', 10 / 28],
  ] as const)('hide a lone message from a short poll, %s: %f of the polls', (delivery, share) => {
    let missed = 0;
    for (let seed = 0; seed < 40; seed++) {
      const w = world({ seed, delivery });
      const url = w.queue();
      w.send(url, 'lone');
      for (let poll = 0; poll < 50; poll++) {
        if (w.receive(url, { VisibilityTimeout: 0 }).length === 0) missed++;
      }
      const reasons = new Set(w.events('sqs/ReceiveEmpty').map(({ reason }) => reason));
      expect([...reasons].filter((reason) => reason !== 'hostsNotAsked')).toEqual([]);
    }
    expect(Math.abs(missed / 2000 - share)).toBeLessThan(0.035);
  });

  it('hand messages out in an order that is not the order of sending, each once', () => {
    const w = world({ delivery: 'typical' });
    const url = w.queue();
    const sent = fill(w, url, 100);
    const received = drain(w, url).map(({ MessageId }) => MessageId);
    expect(received).not.toEqual(sent);
    expect([...received].sort()).toEqual([...sent].sort());
  });

  it('may keep a copy when a delete misses one: it comes back once its timeout ends, under the same id', () => {
    const w = world({ delivery: 'rough' });
    const url = w.queue();
    fill(w, url, 300);
    remove(w, url, drain(w, url));
    const left = w.events('sqs/MessageDeleted').filter(({ copyLeft }) => copyLeft === true);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(30);
    w.after(seconds(29));
    expect(w.counts(url)[0]).toBe(0);
    w.after(seconds(2));
    const again = drain(w, url);
    expect(again.map(({ MessageId }) => MessageId).sort()).toEqual(
      left.map(({ messageId }) => messageId).sort(),
    );
    expect(w.view()[0]?.fields.duplicated).toBe(left.length);
    remove(w, url, again);
    expect(w.counts(url)).toEqual([0, 0, 0]);
  });

  it.each([
    [{ hosts: 4, copies: 1, asked: 1 }, 3 / 4],
    [{ hosts: 6, copies: 3, asked: 2 }, 4 / 20],
    [{ hosts: 5, copies: 2, asked: 5 }, 0],
  ])('stray as far as their dials say: %o', (given, share) => {
    let missed = 0;
    for (let seed = 0; seed < 20; seed++) {
      const w = world({ seed, delivery: 'typical', dials: dialsOf(given) });
      const url = w.queue();
      w.send(url, 'lone');
      for (let poll = 0; poll < 50; poll++) {
        if (w.receive(url, { VisibilityTimeout: 0 }).length === 0) missed++;
      }
    }
    expect(Math.abs(missed / 1000 - share)).toBeLessThan(share === 0 ? 0.0001 : 0.06);
  });

  it('leave a copy of every message when every delete misses, and of none when none does', () => {
    for (const [missed, left] of [
      ['1 in 1', 20],
      ['0', 0],
    ] as const) {
      const w = world({ delivery: 'rough', dials: dialsOf({ asked: 8, missed }, 'rough') });
      const url = w.queue();
      fill(w, url, 20);
      remove(w, url, drain(w, url));
      w.after(seconds(31));
      const again = drain(w, url);
      expect(again).toHaveLength(left);
      // The delete of a copy never misses.
      remove(w, url, again);
      w.after(seconds(31));
      expect(w.counts(url)).toEqual([0, 0, 0]);
    }
  });

  it('keep the order of sending where there is one', () => {
    const w = world({ delivery: 'rough', dials: dialsOf({ hosts: 1, missed: '0' }, 'rough') });
    const url = w.queue();
    const sent = fill(w, url, 60);
    expect(drain(w, url).map(({ MessageId }) => MessageId)).toEqual(sent);
  });

  it('say what fits, and are left out where they are those of the named setting', () => {
    expect(readDials({ hosts: 8, asked: 5 }, 'typical')).toEqual({ ok: true, dials: undefined });
    expect(readDials({ missed: '2 in 200000' }, 'typical')).toEqual({ ok: true, dials: undefined });
    const why = (given: Parameters<typeof readDials>[0]): string => {
      const read = readDials(given, 'typical');
      return read.ok ? '' : read.why;
    };
    expect(why({ hosts: 4, asked: 5 })).toContain('--asked is a whole number from 1 to 4');
    expect(why({ hosts: 2, copies: 3 })).toContain('--copies is a whole number from 1 to 2');
    expect(why({ hosts: 17 })).toContain('from 1 to 16');
    expect(why({ missed: 'often' })).toContain('"1 in 100000"');
    expect(why({ missed: '3 in 2' })).toContain('at most 1 in 1');
  });

  it('are not there in a calm world: exactly first in, first out, and nothing missed', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 12 }),
        (seed, sizes) => {
          const w = world({ seed, delivery: 'calm' });
          const url = w.queue();
          const sent = fill(w, url, 40);
          const received: string[] = [];
          for (const MaxNumberOfMessages of sizes) {
            const messages = w.receive(url, { MaxNumberOfMessages });
            received.push(...messages.map(({ MessageId }) => MessageId as string));
            remove(w, url, messages);
          }
          expect(received).toEqual(sent.slice(0, received.length));
          expect(received).toHaveLength(
            Math.min(
              40,
              sizes.reduce((sum, size) => sum + size, 0),
            ),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

const step = fc.oneof(
  fc.constant('send' as const),
  fc.constant('short' as const),
  fc.constant('long' as const),
  fc.constant('delete' as const),
  fc.constant('wait' as const),
);

describe('a standard queue on hosts, whatever is done with it', () => {
  it.each([
    ['typical', {}],
    ['rough', {}],
    ['typical', { dials: dialsOf({ hosts: 5, copies: 1, asked: 2, missed: '1 in 3' }) }],
    ['rough', { dials: dialsOf({ hosts: 12, copies: 4, asked: 1, missed: '1 in 5' }, 'rough') }],
  ] as const)('keeps its promises: %s %o', (delivery, more) => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.array(step, { minLength: 10, maxLength: 120 }), (seed, steps) => {
        const w = world({ seed, delivery, ...more });
        const url = w.queue('orders', { VisibilityTimeout: '5' });
        let held: Output[] = [];
        for (const one of steps) {
          const visible = w.counts(url)[0];
          if (one === 'send') fill(w, url, 3);
          if (one === 'wait') w.after(seconds(3));
          if (one === 'delete') {
            remove(w, url, held);
            held = [];
          }
          if (one === 'short') held.push(...w.receive(url, TEN));
          // A long poll is never falsely empty.
          if (one === 'long' && visible > 0) expect(w.receive(url, LONG)).toHaveLength(Math.min(10, visible));
        }
        const gone = new Set<unknown>();
        const copies = new Set<unknown>();
        let sent = 0;
        for (const { type, messageId, copyLeft } of w.events()) {
          if (type === 'sqs/MessageSent') sent++;
          // A message comes back after a delete only when that delete left a copy.
          if (type === 'sqs/MessageReceived') expect(gone.has(messageId)).toBe(false);
          if (type === 'sqs/MessageDeleted') (copyLeft ? copies : gone).add(messageId);
        }
        for (const id of gone) copies.delete(id);
        const [visible, inFlight, delayed] = w.counts(url);
        expect(visible + inFlight + delayed).toBe(sent - gone.size);
        expect(copies.size).toBeLessThanOrEqual(visible + inFlight);
      }),
      { numRuns: 25 },
    );
  });
});
