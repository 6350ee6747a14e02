import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { type World, world } from '../../support/world.ts';

/** A queue with so many messages in flight, `own` of them of group `a`, and one of `a` before one of `b` waiting. */
function prepared(inFlight: number, own: number, settings = {}): [World, string] {
  const w = world(settings);
  const url = w.queue();
  for (let index = 0; index < inFlight; index++) {
    w.send(url, 'x', index < own ? { MessageGroupId: 'a' } : {});
  }
  for (let taken = 0; taken < inFlight; ) {
    taken += w.receive(url, { MaxNumberOfMessages: 10, VisibilityTimeout: 60, WaitTimeSeconds: 1 }).length;
  }
  w.send(url, 'of a', { MessageGroupId: 'a' });
  w.send(url, 'of b', { MessageGroupId: 'b' });
  return [w, url];
}

describe('a fair queue', () => {
  it.each([
    [100, 29, 'of a'],
    [100, 30, 'of b'],
    [400, 40, 'of a'],
    [400, 41, 'of b'],
  ])('with %i in flight, %i of them of one group, hands out first: %s', (inFlight, own, first) => {
    const [w, url] = prepared(inFlight, own);
    expect(w.bodies(url)).toEqual([first]);
  });

  it('drops nothing: the noisy group gets its turn when no quiet one waits', () => {
    const [w, url] = prepared(100, 30);
    expect(w.bodies(url, { MaxNumberOfMessages: 10 })).toEqual(['of b', 'of a']);
  });

  it('finds the quiet group behind a backlog of the noisy one', () => {
    const [w, url] = prepared(100, 60);
    for (let index = 0; index < 500; index++) w.send(url, 'of a', { MessageGroupId: 'a' });
    w.send(url, 'alone');
    expect(w.bodies(url, { MaxNumberOfMessages: 3 })).toEqual(['of b', 'alone', 'of a']);
  });

  it('is quiet again once the messages in flight are back', () => {
    const [w, url] = prepared(100, 30);
    w.after(seconds(61));
    expect(w.bodies(url)).toEqual(['of a']);
  });

  it('counts what is deleted, shown at once, or purged', () => {
    const w = world();
    const url = w.queue();
    const group = { MessageGroupId: 'a' };
    for (let index = 0; index < 30; index++) w.send(url, 'x', group);
    const held: { ReceiptHandle: string }[] = [];
    while (held.length < 30) held.push(...(w.receive(url, { MaxNumberOfMessages: 10 }) as typeof held));
    const [one, two] = held;
    const noisyFirst = (): boolean => {
      w.send(url, 'of a', group);
      w.send(url, 'of b', { MessageGroupId: 'b' });
      const [first] = w.bodies(url, { VisibilityTimeout: 0, MaxNumberOfMessages: 1 });
      w.call('PurgeQueue', { QueueUrl: url });
      return first === 'of a';
    };
    w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: one?.ReceiptHandle });
    w.call('ChangeMessageVisibility', {
      QueueUrl: url,
      ReceiptHandle: two?.ReceiptHandle,
      VisibilityTimeout: 0,
    });
    w.receive(url);
    expect(w.counts(url)[1]).toBe(29);
    expect(noisyFirst()).toBe(true);
    expect(w.counts(url)).toEqual([0, 0, 0]);
    w.after(seconds(61));
    expect(noisyFirst()).toBe(true);
  });

  it('is fair on a rough queue, too', () => {
    const [w, url] = prepared(100, 40, { delivery: 'rough' });
    expect(w.bodies(url, { WaitTimeSeconds: 1 })).toEqual(['of b']);
  });
});
