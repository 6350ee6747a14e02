import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { activeBroker, brokerFigures, brokers, client, queueFigures } from '../../support/brokerClients.ts';

function shop() {
  const w = brokers();
  const id = activeBroker(w);
  return { w, id };
}

describe('the failover of an active/standby pair', () => {
  it('keeps what is persistent, gives what was unacknowledged again, and loses the rest', () => {
    const { w, id } = shop();
    const till = client(w, 'till').connect();
    const worker = client(w, 'worker').connect().subscribe('queue://orders', { prefetch: 2 });
    for (let n = 1; n <= 4; n++) till.send('queue://orders', `kept ${n}`);
    for (let n = 1; n <= 3; n++) till.send('queue://orders', `gone ${n}`, { persistent: false });
    worker.received();
    w.call('RebootBroker', { BrokerId: id }, 'mq');
    expect(worker.news()).toMatchObject([{ is: 'closed' }]);
    expect(brokerFigures(w)).toMatchObject({
      active: 0,
      lost: 3,
      takeover: { phase: 'lock', reason: 'reboot' },
    });
    expect(brokerFigures(w).takeover.fate).toEqual({ kept: 2, redelivered: 2, lost: 3 });
    const account = w.settings.account;
    const connect = { do: 'connect', broker: 'shop', account, protocol: 'openwire', user: 'app' } as const;
    expect(client(w, 'early').refusal({ ...connect }).code).toBe('ConnectionRefused');
    w.after(seconds(3));
    expect(client(w, 'old').refusal({ ...connect, endpoint: 1 }).why).toContain('-2');
    const again = client(w, 'again').connect('openwire', { endpoint: 2 }).subscribe('queue://orders');
    expect(again.received().map(({ body, redelivered }) => [body, redelivered])).toEqual([
      ['kept 1', true],
      ['kept 2', true],
      ['kept 3', false],
      ['kept 4', false],
    ]);
    expect(w.events('mq/MessageLost').map(({ body }) => body)).toEqual(['gone 1', 'gone 2', 'gone 3']);
  });

  it('waits for the lease of a zone that is lost', () => {
    const { w } = shop();
    client(w, 'till').connect().send('queue://orders', '1');
    const zone = { kind: 'zone-down', on: 'broker/shop', zone: 'us-east-1a' };
    w.call('Inject', zone, 'fault');
    const { takeover } = brokerFigures(w);
    expect(takeover.phases.map(({ name }: { name: string }) => name)).toEqual([
      'lease',
      'lock',
      'journal',
      'ports',
    ]);
    w.after(seconds(8));
    expect(brokerFigures(w)).toMatchObject({ active: 0, takeover: { phase: 'lock' } });
    w.after(seconds(5));
    expect(brokerFigures(w)).toMatchObject({ active: 2, activeZone: 'us-east-1b', takeover: { done: true } });
    expect(queueFigures(w, 'orders')).toMatchObject({ ready: 1 });
  });
});

describe('a topic of ActiveMQ', () => {
  it('keeps messages for a durable subscriber that is away, not for a plain one', () => {
    const { w } = shop();
    const feed = client(w, 'feed').connect();
    const durable = client(w, 'd').connect('openwire', { clientId: 'd' });
    durable.subscribe('topic://prices', { durableName: 'all' }).does({ do: 'close' });
    client(w, 'p').connect().subscribe('topic://prices').does({ do: 'close' });
    feed.send('topic://prices', '1');
    const back = client(w, 'd2').connect('openwire', { clientId: 'd' });
    expect(back.subscribe('topic://prices', { durableName: 'all' }).bodies()).toEqual(['1']);
    expect(client(w, 'p2').connect().subscribe('topic://prices').bodies()).toEqual([]);
    const second = { do: 'connect', broker: 'shop', account: w.settings.account, user: 'app' } as const;
    expect(client(w, 'd3').refusal({ ...second, protocol: 'openwire', clientId: 'd' }).code).toBe(
      'InvalidClientIDException',
    );
  });

  it('gives each queue of a virtual topic a copy, shared by the workers of that queue', () => {
    const { w } = shop();
    const feed = client(w, 'feed').connect();
    const a1 = client(w, 'a1').connect().subscribe('queue://Consumer.A.VirtualTopic.Orders');
    const a2 = client(w, 'a2').connect().subscribe('queue://Consumer.A.VirtualTopic.Orders');
    const b = client(w, 'b').connect().subscribe('queue://Consumer.B.VirtualTopic.Orders');
    for (let n = 1; n <= 10; n++) feed.send('topic://VirtualTopic.Orders', `${n}`);
    expect([a1.bodies().length, a2.bodies().length, b.bodies().length]).toEqual([5, 5, 10]);
  });

  it('is the same under the names of MQTT, and keeps a retained message for newcomers', () => {
    const { w } = shop();
    const phone = client(w, 'phone').connect('mqtt', { clientId: 'phone' });
    phone.send('home/kitchen', '21', { qos: 1, retain: true });
    const desk = client(w, 'desk').connect('stomp').subscribe('/topic/home.>');
    expect(desk.received()).toMatchObject([{ body: '21', source: '/topic/home.kitchen' }]);
    const other = client(w, 'other').connect('mqtt').subscribe('home/#', { qos: 1 });
    expect(other.received()).toMatchObject([
      { source: 'home/kitchen', properties: { qos: 1, retain: true } },
    ]);
  });

  it('keeps QoS 1 and not QoS 0 for a session that is away', () => {
    const { w } = shop();
    const kept = { clientId: 'm', cleanSession: false } as const;
    client(w, 'm').connect('mqtt', kept).subscribe('a/b', { qos: 1 }).does({ do: 'close' });
    const feed = client(w, 'feed').connect('mqtt');
    feed.send('a/b', 'zero', { qos: 0 });
    feed.send('a/b', 'one', { qos: 1 });
    expect(client(w, 'm2').connect('mqtt', kept).bodies()).toEqual(['one']);
  });
});

describe('limits and rights', () => {
  it('holds a publisher back at the limit, and lets it go on when there is room', () => {
    const w = brokers({ limits: 'scaled' });
    activeBroker(w);
    const till = client(w, 'till').connect();
    const body = 'x'.repeat(1_048_576);
    for (let n = 1; n <= 3; n++) till.send('queue://big', body, { persistent: false });
    expect(till.send('queue://big', body, { persistent: false })).toBeUndefined();
    expect(brokerFigures(w)).toMatchObject({ blocked: true, published: 3 });
    expect(w.events('mq/PublisherBlocked')).toMatchObject([{ by: 'till', reason: 'memory' }]);
    client(w, 'worker').connect().does({ do: 'get', destination: 'queue://big', autoAck: true });
    client(w, 'worker2').connect().does({ do: 'purge', destination: 'queue://big' });
    expect(brokerFigures(w)).toMatchObject({ blocked: false, published: 4 });
  });
});
