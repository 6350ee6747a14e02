import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { BrokerClient, brokerFigures, queueFigures } from '../../support/brokerClients.ts';
import { bodiesIn, CLASSIC, QUORUM, queue, rabbitClient, rabbitWorld } from '../../support/rabbits.ts';
import type { World } from '../../support/world.ts';

const zoneDown = (w: World, zone: string, lasting?: string) =>
  w.call(
    'Inject',
    { kind: 'zone-down', on: 'broker/shop', zone: `us-east-1${zone}`, ...(lasting && { for: lasting }) },
    'fault',
  );

const reconnected = (w: World, name: string) => new BrokerClient(w, name).connect('amqp-0-9-1');

describe('a cluster of three nodes', () => {
  it('goes on with one node down, waits with two, and has lost nothing when one is back', () => {
    const w = rabbitWorld({ cluster: true });
    queue(rabbitClient(w, 'a'), 'q', QUORUM);
    zoneDown(w, 'a');
    w.after(seconds(5));
    const b = reconnected(w, 'b');
    expect(b.tell({ do: 'publish', destination: 'q', body: 'one', confirm: true })).toMatchObject([
      { is: 'confirmed', ok: true },
    ]);
    zoneDown(w, 'b', '60s');
    const c = reconnected(w, 'c');
    expect(c.tell({ do: 'publish', destination: 'q', body: 'two', confirm: true })).toEqual([]);
    expect(c.refusal({ do: 'get', destination: 'q' }).code).toBe('INTERNAL_ERROR');
    w.after(seconds(80));
    expect(c.news()).toContainEqual({ is: 'confirmed', ok: true });
    expect(bodiesIn(c, 'q')).toEqual(['one', 'two']);
    expect(brokerFigures(w).lost).toBe(0);
  });

  it('of 4.x keeps a classic queue on one node: away with it, and back with what was persistent', () => {
    const w = rabbitWorld({ cluster: true });
    const a = rabbitClient(w, 'a');
    queue(a, 'q', CLASSIC);
    a.send('q', 'kept', { persistent: true });
    a.send('q', 'gone');
    zoneDown(w, 'a', '60s');
    const b = reconnected(w, 'b');
    expect(b.refusal({ do: 'get', destination: 'q' }).message).toContain('is down or inaccessible');
    w.after(seconds(80));
    expect(bodiesIn(b, 'q')).toEqual(['kept']);
    expect(queueFigures(w, 'q').lost).toBe(1);
  });

  it('of 3.13 mirrors a classic queue', () => {
    const w = rabbitWorld({ cluster: true, version: '3.13', instanceType: 'mq.m5.large' });
    const a = rabbitClient(w, 'a');
    queue(a, 'q');
    a.send('q', 'kept');
    zoneDown(w, 'a');
    expect(bodiesIn(reconnected(w, 'b'), 'q')).toEqual(['kept']);
  });

  it('of 3.13 hands out again what nobody had acknowledged when its leader went, and old tags settle nothing', () => {
    const w = rabbitWorld({ cluster: true, version: '3.13', instanceType: 'mq.m5.large' });
    queue(rabbitClient(w, 'a'), 'q');
    const b = rabbitClient(w, 'b').subscribe('q', { prefetch: 1 });
    b.send('q', 'one');
    b.send('q', 'two');
    const [first] = b.received();
    zoneDown(w, 'a');
    const [again] = b.received();
    expect([first!.body, first!.redelivered, again!.body, again!.redelivered]).toEqual([
      'one',
      false,
      'one',
      true,
    ]);
    b.ack(first!);
    expect(queueFigures(w, 'q')).toMatchObject({ ready: 1, unacknowledged: 1, acknowledged: 0 });
    b.ack(again!);
    expect(b.bodies()).toEqual(['two']);
  });
});

describe('a single instance that restarts', () => {
  it('drops its connections and keeps what was persistent in durable queues', () => {
    const w = rabbitWorld();
    const c = rabbitClient(w, 'c');
    queue(c, 'q', CLASSIC);
    c.does({ do: 'declareQueue', queue: 'passing', durable: false });
    c.send('q', 'kept', { persistent: true });
    c.send('q', 'gone');
    const id = w.call('ListBrokers', {}, 'mq').BrokerSummaries[0].BrokerId;
    w.call('RebootBroker', { BrokerId: id }, 'mq');
    expect(c.news()).toMatchObject([{ is: 'closed', error: { code: '320' } }]);
    expect(brokerFigures(w).state).toBe('REBOOT_IN_PROGRESS');
    expect(() => reconnected(w, 'early')).toThrow('connection refused');
    w.after(seconds(31));
    expect(brokerFigures(w).state).toBe('RUNNING');
    const d = reconnected(w, 'd');
    expect(bodiesIn(d, 'q')).toEqual(['kept']);
    expect(d.refusal({ do: 'get', destination: 'passing' }).code).toBe('NOT_FOUND');
  });
});

describe('a memory alarm', () => {
  it('holds publishers back until consumers have made room', () => {
    const w = rabbitWorld({ settings: { limits: 'scaled' } });
    const [p, c] = [rabbitClient(w, 'p'), rabbitClient(w, 'c')];
    queue(p, 'q', CLASSIC);
    const body = 'x'.repeat(500_000);
    let sent = 0;
    while (!p.tell({ do: 'publish', destination: 'q', body }).some(({ is }) => is === 'blocked')) sent++;
    expect(brokerFigures(w)).toMatchObject({ state: 'CRITICAL_ACTION_REQUIRED', blocked: true });
    p.tell({ do: 'publish', destination: 'q', body: 'held' });
    expect(queueFigures(w, 'q').ready).toBe(sent + 1);
    for (let taken = 0; taken <= sent; taken++) c.does({ do: 'get', destination: 'q', autoAck: true });
    expect(p.news()).toContainEqual({ is: 'unblocked' });
    expect(brokerFigures(w)).toMatchObject({ state: 'RUNNING', blocked: false });
    expect(bodiesIn(c, 'q')).toEqual(['held']);
  });
});

describe('permissions', () => {
  it('say by patterns what a user may configure, write and read', () => {
    const w = rabbitWorld();
    const admin = rabbitClient(w, 'admin');
    queue(admin, 'orders-eu');
    admin.does({ do: 'putUser', user: 'reader', password: 'another-long-1' });
    expect(() => new BrokerClient(w, 'early').connect('amqp-0-9-1', { user: 'reader' })).toThrow(
      "access to vhost '/' refused for user 'reader'",
    );
    admin.does({
      do: 'setPermissions',
      user: 'reader',
      virtualHost: '/',
      configure: '^$',
      write: '',
      read: '^orders-.*',
    });
    const reader = new BrokerClient(w, 'r').connect('amqp-0-9-1', { user: 'reader' });
    expect(reader.does({ do: 'get', destination: 'orders-eu' })).toEqual({ empty: true });
    expect(reader.refusal({ do: 'publish', destination: 'orders-eu', body: 'x' }).message).toBe(
      "ACCESS_REFUSED - write access to exchange 'amq.default' in vhost '/' refused for user 'reader'",
    );
    expect(reader.refusal({ do: 'declareQueue', queue: 'mine' }).code).toBe('ACCESS_REFUSED');
    expect(() => new BrokerClient(w, 'x').connect('amqp-0-9-1', { user: 'nobody' })).toThrow(
      'Login was refused',
    );
  });
});
