import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { activeBroker, brokerFigures, brokers, client, queueFigures } from '../../support/brokerClients.ts';

function shop() {
  const w = brokers();
  activeBroker(w);
  return w;
}

describe('a queue of ActiveMQ', () => {
  it('hands each message to one of its consumers, in turn', () => {
    const w = shop();
    const [till, a, b] = [client(w, 'till').connect(), client(w, 'a').connect(), client(w, 'b').connect()];
    a.subscribe('queue://orders');
    b.subscribe('queue://orders');
    for (let n = 1; n <= 6; n++) till.send('queue://orders', `order ${n}`);
    expect(a.bodies()).toEqual(['order 1', 'order 3', 'order 5']);
    expect(b.bodies()).toEqual(['order 2', 'order 4', 'order 6']);
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 0, unacknowledged: 6, consumers: 2 });
  });

  it('holds back what is over the prefetch of a consumer', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    const worker = client(w, 'worker').connect().subscribe('queue://orders', { prefetch: 3 });
    for (let n = 1; n <= 10; n++) till.send('queue://orders', `${n}`);
    const got = worker.received();
    expect(got.map(({ body }) => body)).toEqual(['1', '2', '3']);
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 7, unacknowledged: 3 });
    worker.ack(got[1]!);
    expect(worker.bodies()).toEqual(['4']);
  });

  it('sends a message that fails seven times to ActiveMQ.DLQ, one second apart', () => {
    const w = shop();
    client(w, 'till').connect().send('queue://orders', 'poison');
    const worker = client(w, 'worker').connect().subscribe('queue://orders');
    const began = w.now;
    for (let tries = 1; tries <= 7; tries++) {
      const [message] = worker.received();
      expect(message).toMatchObject({ deliveryCount: tries, redelivered: tries > 1 });
      expect(w.now - began).toBe((tries - 1) * 1_000);
      worker.does({ do: 'nack', deliveryTag: message!.deliveryTag, requeue: true });
      w.afterMs(milliseconds(999));
      expect(worker.received()).toEqual([]);
      w.afterMs(milliseconds(1));
    }
    expect(worker.received()).toEqual([]);
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 0, unacknowledged: 0, deadLettered: 1 });
    expect(queueFigures(w, 'ActiveMQ.DLQ')).toMatchObject({ ready: 1 });
    const dead = client(w, 'clerk').connect().does({ do: 'get', destination: 'queue://ActiveMQ.DLQ' });
    expect(dead.message).toMatchObject({ body: 'poison', destination: 'queue://orders' });
    expect(dead.message.properties.headers.dlqDeliveryFailureCause).toContain('Exceeded redelivery policy');
  });

  it('keeps a message group with one consumer until that one goes', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    const [a, b] = [client(w, 'a').connect(), client(w, 'b').connect()];
    a.subscribe('queue://orders');
    b.subscribe('queue://orders');
    for (const [group, n] of [
      ['x', 1],
      ['y', 2],
      ['x', 3],
      ['x', 4],
      ['y', 5],
    ] as const) {
      till.send('queue://orders', `${group}${n}`, { groupId: group });
    }
    expect(a.bodies()).toEqual(['x1', 'x3', 'x4']);
    expect(b.bodies()).toEqual(['y2', 'y5']);
    a.does({ do: 'close' });
    expect(b.received().map(({ body, redelivered }) => [body, redelivered])).toEqual([
      ['x1', true],
      ['x3', true],
      ['x4', true],
    ]);
  });

  it('gives all to one exclusive consumer while it lives', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    const [a, b] = [client(w, 'a').connect(), client(w, 'b').connect()];
    a.subscribe('queue://orders', { exclusive: true });
    b.subscribe('queue://orders', { exclusive: true });
    till.send('queue://orders', '1');
    till.send('queue://orders', '2');
    expect([a.bodies(), b.bodies()]).toEqual([['1', '2'], []]);
    a.does({ do: 'close', lost: true });
    till.send('queue://orders', '3');
    expect(b.bodies()).toEqual(['1', '2', '3']);
  });

  it('moves what has expired to the dead letters if it is persistent, and drops it if not', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    till.send('queue://orders', 'kept', { ttlMs: 5_000 });
    till.send('queue://orders', 'dropped', { ttlMs: 5_000, persistent: false });
    w.after(seconds(4.999));
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 2 });
    w.afterMs(milliseconds(1));
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 0, deadLettered: 1, expired: 1 });
    expect(queueFigures(w, 'ActiveMQ.DLQ')).toMatchObject({ ready: 1 });
    expect(w.events('mq/MessageExpired')).toHaveLength(2);
  });

  it('delays, and repeats, what is scheduled, and refuses a rich cron line by name', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    const worker = client(w, 'worker').connect().subscribe('queue://orders', { ack: 'auto' });
    const headers = { AMQ_SCHEDULED_PERIOD: 1_000, AMQ_SCHEDULED_REPEAT: 2 };
    till.send('queue://orders', 'later', { delayMs: 5_000, headers });
    w.after(seconds(4.999));
    expect(worker.bodies()).toEqual([]);
    w.afterMs(milliseconds(1));
    expect(worker.bodies()).toEqual(['later']);
    w.after(seconds(10));
    expect(worker.bodies()).toEqual(['later', 'later']);
    const cron = { headers: { AMQ_SCHEDULED_CRON: '*/5 * * * 1' } };
    const refused = till.refusal({
      do: 'publish',
      destination: 'queue://orders',
      body: '',
      properties: cron,
    });
    expect(refused.message).toContain('not modelled: AMQ_SCHEDULED_CRON');
  });

  it('acknowledges all so far for a client that acknowledges by CLIENT', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    const worker = client(w, 'worker').connect().subscribe('queue://orders', { ack: 'client' });
    for (let n = 1; n <= 4; n++) till.send('queue://orders', `${n}`);
    worker.ack(worker.received()[2]!);
    expect(queueFigures(w, 'orders')).toMatchObject({ acknowledged: 3, unacknowledged: 1 });
  });

  it('does what a transaction holds at its commit, and nothing of it after a rollback', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    till.does({ do: 'begin' });
    till.send('queue://orders', 'one');
    expect(queueFigures(w, 'orders')).toBeUndefined();
    till.does({ do: 'rollback' });
    till.does({ do: 'begin' });
    till.send('queue://orders', 'two');
    till.does({ do: 'commit' });
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 1 });
  });

  it('serves a consumer of a pattern from all queues that match, also later ones', () => {
    const w = shop();
    const till = client(w, 'till').connect();
    till.send('queue://orders.eu', '1');
    const worker = client(w, 'worker').connect().subscribe('queue://orders.>');
    till.send('queue://orders.us.east', '2');
    till.send('queue://other', '3');
    expect(worker.bodies()).toEqual(['1', '2']);
  });

  it('sends one message to each part of a composite destination', () => {
    const w = shop();
    client(w, 'till').connect().send('queue://a,queue://b', '1');
    expect([queueFigures(w, 'a').ready, queueFigures(w, 'b').ready]).toEqual([1, 1]);
    expect(brokerFigures(w).published).toBe(1);
  });

  it('takes an order of priority only where the configuration asks for it', () => {
    const w = brokers();
    const { Id } = w.call('CreateConfiguration', { Name: 'prio', EngineType: 'ACTIVEMQ' }, 'mq');
    const xml =
      '<broker xmlns="http://activemq.apache.org/schema/core"><destinationPolicy><policyMap><policyEntries><policyEntry queue="urgent.&gt;" prioritizedMessages="true"/></policyEntries></policyMap></destinationPolicy></broker>';
    w.call('UpdateConfiguration', { ConfigurationId: Id, Data: btoa(xml) }, 'mq');
    activeBroker(w, { Configuration: { Id, Revision: 2 } });
    const till = client(w, 'till').connect();
    for (const queue of ['queue://urgent.orders', 'queue://orders']) {
      till.send(queue, 'low', { priority: 1 });
      till.send(queue, 'high', { priority: 9 });
    }
    const worker = client(w, 'worker').connect();
    worker.subscribe('queue://urgent.orders');
    expect(worker.bodies()).toEqual(['high', 'low']);
    worker.subscribe('queue://orders');
    expect(worker.bodies()).toEqual(['low', 'high']);
  });

  it('hands out as many as the configuration says to a consumer that says nothing', () => {
    const w = brokers();
    const { Id } = w.call('CreateConfiguration', { Name: 'few', EngineType: 'ACTIVEMQ' }, 'mq');
    const xml =
      '<broker xmlns="http://activemq.apache.org/schema/core"><destinationPolicy><policyMap><policyEntries><policyEntry queue="&gt;" queuePrefetch="2"/></policyEntries></policyMap></destinationPolicy></broker>';
    w.call('UpdateConfiguration', { ConfigurationId: Id, Data: btoa(xml) }, 'mq');
    activeBroker(w, { Configuration: { Id, Revision: 2 } });
    const till = client(w, 'till').connect();
    for (const body of ['1', '2', '3', '4', '5', '6']) till.send('queue://orders', body);
    expect(client(w, 'worker').connect().subscribe('queue://orders').bodies()).toEqual(['1', '2']);
    const own = client(w, 'own').connect().subscribe('queue://orders', { prefetch: 3 });
    expect(own.bodies()).toEqual(['3', '4', '5']);
  });

  it('does not hand out again what expired while its consumer had it', () => {
    const w = shop();
    client(w, 'till').connect().send('queue://orders', 'old', { ttlMs: 5_000 });
    const worker = client(w, 'worker').connect().subscribe('queue://orders');
    expect(worker.bodies()).toEqual(['old']);
    const next = client(w, 'next').connect().subscribe('queue://orders');
    w.after(seconds(6));
    worker.does({ do: 'close', lost: true });
    expect(next.bodies()).toEqual([]);
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 0, unacknowledged: 0, deadLettered: 1 });
  });
});
