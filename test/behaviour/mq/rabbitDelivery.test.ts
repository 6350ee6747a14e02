import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { queueFigures } from '../../support/brokerClients.ts';
import {
  bodiesIn,
  CLASSIC,
  DEAD,
  drained,
  QUORUM,
  queue,
  rabbitClient,
  rabbitWorld,
} from '../../support/rabbits.ts';

const ten = Array.from({ length: 10 }, (_, index) => `m${index + 1}`);

describe('a consumer', () => {
  it('holds no more than its prefetch, gets more as it acknowledges, and gives back what it held', () => {
    const w = rabbitWorld();
    const publisher = rabbitClient(w, 'p');
    const consumer = rabbitClient(w, 'c');
    queue(publisher, 'q');
    for (const body of ten) publisher.send('q', body);
    consumer.subscribe('q', { prefetch: 3 });
    expect(consumer.bodies()).toEqual(['m1', 'm2', 'm3']);
    expect(queueFigures(w, 'q')).toMatchObject({ ready: 7, unacknowledged: 3, consumers: 1 });
    consumer.does({ do: 'ack', deliveryTag: 3, multiple: true });
    expect(consumer.bodies()).toEqual(['m4', 'm5', 'm6']);
    consumer.does({ do: 'close' });
    expect(queueFigures(w, 'q')).toMatchObject({ ready: 7, unacknowledged: 0, consumers: 0 });
    const back = drained(publisher, 'q');
    expect(back.map(({ body }) => body)).toEqual(['m4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10']);
    expect(back.map(({ redelivered }) => redelivered)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('of several takes its turn', () => {
    const w = rabbitWorld();
    const publisher = rabbitClient(w, 'p');
    queue(publisher, 'q');
    const [a, b] = [rabbitClient(w, 'a'), rabbitClient(w, 'b')];
    a.subscribe('q');
    b.subscribe('q');
    for (const body of ten.slice(0, 4)) publisher.send('q', body);
    expect([a.bodies(), b.bodies()]).toEqual([
      ['m1', 'm3'],
      ['m2', 'm4'],
    ]);
  });

  it('that is the single active one leaves its place to the next', () => {
    const w = rabbitWorld();
    const publisher = rabbitClient(w, 'p');
    queue(publisher, 'q', { 'x-single-active-consumer': true });
    const [a, b] = [rabbitClient(w, 'a').subscribe('q'), rabbitClient(w, 'b').subscribe('q')];
    publisher.send('q', 'one');
    expect([a.bodies(), b.bodies()]).toEqual([['one'], []]);
    a.does({ do: 'close' });
    expect(b.bodies()).toEqual(['one']);
  });

  it('that does not acknowledge for half an hour loses its channel', () => {
    const w = rabbitWorld();
    const c = rabbitClient(w, 'c');
    queue(c, 'q');
    c.send('q', 'x');
    c.subscribe('q');
    expect(c.bodies()).toEqual(['x']);
    w.afterMs(milliseconds(1_799_999));
    expect(queueFigures(w, 'q').unacknowledged).toBe(1);
    w.afterMs(milliseconds(1));
    const news = c.news();
    expect(news.find(({ is }) => is === 'refused')).toMatchObject({
      error: { code: 'PRECONDITION_FAILED', closes: 'channel' },
    });
    expect(queueFigures(w, 'q')).toMatchObject({ ready: 1, unacknowledged: 0, consumers: 0 });
  });

  it('acknowledges a delivery once', () => {
    const c = rabbitClient(rabbitWorld(), 'c');
    queue(c, 'q');
    c.send('q', 'x');
    c.does({ do: 'get', destination: 'q' });
    c.does({ do: 'ack', deliveryTag: 1 });
    expect(c.refusal({ do: 'ack', deliveryTag: 1 }).message).toBe(
      'PRECONDITION_FAILED - unknown delivery tag 1',
    );
  });
});

describe('a message', () => {
  it('that waits longer than the lower of its two times becomes a dead letter, exactly then', () => {
    const w = rabbitWorld();
    const c = rabbitClient(w, 'c');
    queue(c, 'dead', CLASSIC);
    queue(c, 'q', { ...CLASSIC, ...DEAD, 'x-message-ttl': 5000 });
    c.send('q', 'x', { ttlMs: 10_000 });
    w.afterMs(milliseconds(4_999));
    expect([queueFigures(w, 'q').ready, queueFigures(w, 'dead').ready]).toEqual([1, 0]);
    w.afterMs(milliseconds(1));
    expect([queueFigures(w, 'q').ready, queueFigures(w, 'dead').ready]).toEqual([0, 1]);
    const [dead] = drained(c, 'dead');
    expect(dead.properties.headers['x-death']).toMatchObject([
      { count: 1, reason: 'expired', queue: 'q', 'original-expiration': '10000' },
    ]);
  });

  it('too many pushes the oldest out, or is refused', () => {
    const c = rabbitClient(rabbitWorld(), 'c');
    const five = ['1', '2', '3', '4', '5'];
    queue(c, 'dead');
    queue(c, 'drops', { ...DEAD, 'x-max-length': 3 });
    for (const body of five) c.send('drops', body);
    expect(bodiesIn(c, 'drops')).toEqual(['3', '4', '5']);
    const dead = drained(c, 'dead');
    expect(dead.map(({ body, properties }) => [body, properties.headers['x-death'][0].reason])).toEqual([
      ['1', 'maxlen'],
      ['2', 'maxlen'],
    ]);
    queue(c, 'refuses', { 'x-max-length': 3, 'x-overflow': 'reject-publish' });
    const confirms = five.map((body) =>
      c.tell({ do: 'publish', destination: 'refuses', body, confirm: true }).at(-1),
    );
    expect(confirms.map((event) => event?.is === 'confirmed' && event.ok)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(bodiesIn(c, 'refuses')).toEqual(['1', '2', '3']);
  });

  it('that came back more often than the delivery limit is dead: the 21st time', () => {
    const w = rabbitWorld();
    const c = rabbitClient(w, 'c');
    queue(c, 'dead');
    queue(c, 'q', { ...QUORUM, ...DEAD });
    c.send('q', 'poison');
    for (let round = 1; round <= 20; round++) {
      const { message } = c.does({ do: 'get', destination: 'q' });
      expect(message.deliveryCount).toBe(round);
      c.does({ do: 'nack', deliveryTag: message.deliveryTag, requeue: true });
      expect(queueFigures(w, 'q').ready).toBe(1);
    }
    const { message } = c.does({ do: 'get', destination: 'q' });
    c.does({ do: 'nack', deliveryTag: message.deliveryTag, requeue: true });
    expect(queueFigures(w, 'q')).toMatchObject({ ready: 0, deadLettered: 1 });
    expect(drained(c, 'dead')[0].properties.headers['x-death'][0].reason).toBe('delivery_limit');
  });

  it('of higher priority overtakes', () => {
    const c = rabbitClient(rabbitWorld(), 'c');
    queue(c, 'q', { ...CLASSIC, 'x-max-priority': 5 });
    c.send('q', 'low', { priority: 1 });
    c.send('q', 'high', { priority: 9 });
    c.send('q', 'none');
    expect(bodiesIn(c, 'q')).toEqual(['high', 'low', 'none']);
  });

  it('that a circle of dead letters would carry round for ever ends', () => {
    const w = rabbitWorld();
    const c = rabbitClient(w, 'c');
    queue(c, 'q', { ...CLASSIC, 'x-message-ttl': 10, 'x-dead-letter-exchange': '' });
    c.send('q', 'x');
    w.after(seconds(1));
    expect(queueFigures(w, 'q')).toMatchObject({ ready: 0, expired: 1, deadLettered: 0 });
  });
});

describe('a queue', () => {
  it('with x-expires goes when nobody has used it for so long', () => {
    const w = rabbitWorld();
    const c = rabbitClient(w, 'c');
    queue(c, 'q', { ...CLASSIC, 'x-expires': 5000 });
    w.afterMs(milliseconds(3_000));
    c.does({ do: 'get', destination: 'q' });
    w.afterMs(milliseconds(4_999));
    expect(queueFigures(w, 'q')).toBeDefined();
    w.afterMs(milliseconds(1));
    expect(queueFigures(w, 'q')).toBeUndefined();
  });

  it('that is exclusive belongs to its connection', () => {
    const w = rabbitWorld();
    const [a, b] = [rabbitClient(w, 'a'), rabbitClient(w, 'b')];
    a.does({ do: 'declareQueue', queue: 'mine', exclusive: true });
    expect(b.refusal({ do: 'get', destination: 'mine' }).code).toBe('RESOURCE_LOCKED');
    a.does({ do: 'close' });
    expect(b.refusal({ do: 'get', destination: 'mine' }).code).toBe('NOT_FOUND');
  });
});
