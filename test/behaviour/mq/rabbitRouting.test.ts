import { describe, expect, it } from 'vitest';
import { bindTo, bodiesIn, exchange, queue, rabbitClient, rabbitWorld } from '../../support/rabbits.ts';

const client = () => rabbitClient(rabbitWorld(), 'c');

describe('an exchange of RabbitMQ', () => {
  it('of type topic takes * for one word and # for any number', () => {
    const c = client();
    exchange(c, 'stocks', 'topic');
    for (const key of ['stock.*.nyse', 'stock.#', '#', 'stock.*', '*.nyse']) {
      queue(c, key);
      bindTo(c, 'stocks', key, key);
    }
    c.send('stock.usd.nyse', 'long', {}, { exchange: 'stocks' });
    c.send('stock', 'short', {}, { exchange: 'stocks' });
    expect(bodiesIn(c, 'stock.*.nyse')).toEqual(['long']);
    expect(bodiesIn(c, 'stock.#')).toEqual(['long', 'short']);
    expect(bodiesIn(c, '#')).toEqual(['long', 'short']);
    expect(bodiesIn(c, 'stock.*')).toEqual([]);
    expect(bodiesIn(c, '*.nyse')).toEqual([]);
  });

  it('of type headers asks for all of them, or any', () => {
    const c = client();
    exchange(c, 'h', 'headers');
    queue(c, 'all');
    queue(c, 'any');
    bindTo(c, 'h', 'all', '', { a: 1, b: 2 });
    bindTo(c, 'h', 'any', '', { 'x-match': 'any', a: 1, b: 2 });
    const sent: [string, Record<string, number>][] = [
      ['a', { a: 1 }],
      ['abc', { a: 1, b: 2, c: 3 }],
      ['b', { b: 2 }],
      ['c', { c: 3 }],
    ];
    for (const [body, headers] of sent) c.send('', body, { headers }, { exchange: 'h' });
    expect(bodiesIn(c, 'all')).toEqual(['abc']);
    expect(bodiesIn(c, 'any')).toEqual(['a', 'abc', 'b']);
  });

  it('without a queue for a message drops it, or gives it back when it is mandatory', () => {
    const c = client();
    queue(c, 'q1');
    c.send('q1', 'here');
    expect(c.tell({ do: 'publish', destination: 'nope', body: 'x' }).map(({ is }) => is)).toEqual([
      'answered',
    ]);
    const back = c.tell({ do: 'publish', destination: 'nope', body: 'x', mandatory: true });
    expect(back[0]).toMatchObject({ is: 'returned', code: '312', reason: 'NO_ROUTE' });
    expect(bodiesIn(c, 'q1')).toEqual(['here']);
  });

  it('gives to its alternate exchange what nothing is bound for', () => {
    const c = client();
    exchange(c, 'rest', 'fanout');
    exchange(c, 'main', 'direct', { 'alternate-exchange': 'rest' });
    queue(c, 'known');
    queue(c, 'unknown');
    bindTo(c, 'main', 'known', 'k');
    bindTo(c, 'rest', 'unknown');
    c.send('k', 'one', {}, { exchange: 'main' });
    c.send('z', 'two', {}, { exchange: 'main' });
    expect([bodiesIn(c, 'known'), bodiesIn(c, 'unknown')]).toEqual([['one'], ['two']]);
  });

  it('gives a queue one copy, however many bindings lead to it', () => {
    const c = client();
    exchange(c, 'a', 'fanout');
    exchange(c, 'b', 'topic');
    queue(c, 'q');
    bindTo(c, 'a', 'q');
    bindTo(c, 'b', 'q', '#');
    bindTo(c, 'b', 'q', 'x');
    c.does({ do: 'bind', exchange: 'a', to: 'exchange', destination: 'b', routingKey: '' });
    c.send('x', 'once', {}, { exchange: 'a' });
    expect(bodiesIn(c, 'q')).toEqual(['once']);
  });

  it('of type x-consistent-hash gives the same key to the same queue, and shares by weight', () => {
    const c = client();
    exchange(c, 'ring', 'x-consistent-hash');
    for (const [name, weight] of [
      ['light', '1'],
      ['heavy', '3'],
    ] as const) {
      queue(c, name);
      bindTo(c, 'ring', name, weight);
    }
    for (let key = 0; key < 200; key++) c.send(`user-${key}`, `user-${key}`, {}, { exchange: 'ring' });
    const [light, heavy] = [bodiesIn(c, 'light'), bodiesIn(c, 'heavy')];
    expect(light.length + heavy.length).toBe(200);
    expect(heavy.length).toBeGreaterThan(light.length * 2);
    c.send(light[0]!, 'again', {}, { exchange: 'ring' });
    expect(bodiesIn(c, 'light')).toEqual(['again']);
  });
});

describe('a declaration', () => {
  it('that says something else than the first is refused', () => {
    const c = client();
    queue(c, 'q', { 'x-message-ttl': 5000 });
    expect(c.refusal({ do: 'declareQueue', queue: 'q' })).toMatchObject({
      code: 'PRECONDITION_FAILED',
      message:
        "PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received none but current is the value '5000' of type 'signedint'",
      closes: 'channel',
    });
    expect(queue(c, 'q', { 'x-message-ttl': 5000 })).toMatchObject({ queue: 'q' });
  });

  it('of what is not there, or may not be touched, is refused in the words of AMQP', () => {
    const c = client();
    expect(c.refusal({ do: 'get', destination: 'no' }).message).toBe(
      "NOT_FOUND - no queue 'no' in vhost '/'",
    );
    expect(c.refusal({ do: 'publish', exchange: 'no', destination: '', body: '' }).message).toBe(
      "NOT_FOUND - no exchange 'no' in vhost '/'",
    );
    expect(c.refusal({ do: 'declareQueue', queue: 'amq.mine' }).message).toContain("reserved prefix 'amq.*'");
    expect(
      c.refusal({ do: 'bind', exchange: '', to: 'queue', destination: 'q', routingKey: '' }).message,
    ).toBe('ACCESS_REFUSED - operation not permitted on the default exchange');
  });

  it('on 4.3 refuses what was deprecated, on 4.2 it does not', () => {
    const transient = { do: 'declareQueue', queue: 't', durable: false } as const;
    const newer = rabbitClient(rabbitWorld({ version: '4.3' }), 'c');
    expect(newer.refusal(transient).code).toBe('INTERNAL_ERROR');
    expect(newer.refusal({ do: 'qos', prefetch: 1, global: true }).closes).toBe('channel');
    expect(newer.refusal({ do: 'declareQueue', queue: 'v', arguments: { 'x-queue-version': 1 } }).code).toBe(
      'PRECONDITION_FAILED',
    );
    expect(client().does(transient)).toMatchObject({ queue: 't' });
  });
});
