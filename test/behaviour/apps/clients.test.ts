import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  activeBroker,
  brokerFigures,
  brokers,
  client,
  PASSWORD,
  queueFigures,
} from '../../support/brokerClients.ts';
import type { Output, World } from '../../support/world.ts';

const appFigures = (w: World, name: string): Output =>
  w.view('app').find(({ id }) => id === `app/${name}`)?.fields;
const create = (w: World, input: object) =>
  w.call('CreateClient', { broker: 'shop', destination: 'queue://orders', ...input }, 'app');
const refused = (w: World, input: object) =>
  w.refusal('CreateClient', { name: 'x', broker: 'shop', destination: 'queue://orders', ...input }, 'app');

function shop(): World {
  const w = brokers();
  activeBroker(w);
  return w;
}

describe('a client of a broker', () => {
  it('comes as the first user where the broker has no user app', () => {
    const w = brokers();
    activeBroker(w, { Users: [{ Username: 'harbour', Password: PASSWORD }] });
    create(w, { name: 'till', protocol: 'openwire', role: 'producer', rate: '5/s', count: 2 });
    create(w, { name: 'stranger', protocol: 'openwire', role: 'producer', user: 'app' });
    w.after(seconds(3));
    expect(appFigures(w, 'till')).toMatchObject({ sent: 2, connected: 1 });
    expect(appFigures(w, 'stranger')).toMatchObject({ sent: 0, connected: 0 });
  });

  it('sends at its rate, and another takes, works and acknowledges', () => {
    const w = shop();
    create(w, { name: 'worker', protocol: 'openwire', role: 'consumer', time: '50ms' });
    create(w, { name: 'till', protocol: 'openwire', role: 'producer', rate: '5/s', count: 10 });
    w.after(seconds(5));
    expect(appFigures(w, 'till')).toMatchObject({ sent: 10, confirmed: 10, connected: 1, lost: 0 });
    expect(appFigures(w, 'worker')).toMatchObject({ received: 10, processed: 10, repeatedEffects: 0 });
    expect(queueFigures(w, 'orders')).toMatchObject({ acknowledged: 10, ready: 0, unacknowledged: 0 });
    expect(w.events('mq/Acknowledged').every(({ by }) => by === 'worker')).toBe(true);
  });

  it('hears by its own protocol what another sent by its', () => {
    const w = shop();
    create(w, { name: 'phone', protocol: 'mqtt', role: 'consumer', destination: 'prices/#', qos: 1 });
    create(w, { name: 'desk', protocol: 'stomp', role: 'consumer', destination: '/topic/prices.*' });
    create(w, {
      name: 'feed',
      protocol: 'openwire',
      role: 'producer',
      destination: 'topic://prices.eu',
      count: 3,
    });
    w.after(seconds(5));
    expect(appFigures(w, 'phone').frames).toMatchObject({ CONNECT: 1, SUBACK: 1, PUBLISH: 3, PUBACK: 3 });
    expect(appFigures(w, 'desk').frames).toMatchObject({ CONNECTED: 1, MESSAGE: 3 });
  });

  it('shakes hands in four steps for QoS 2', () => {
    const w = shop();
    create(w, {
      name: 'meter',
      protocol: 'mqtt',
      role: 'producer',
      destination: 'power/1',
      qos: 2,
      count: 2,
    });
    w.after(seconds(4));
    expect(appFigures(w, 'meter').frames).toMatchObject({ PUBLISH: 2, PUBREC: 2, PUBREL: 2, PUBCOMP: 2 });
  });

  it('leaves a last will when it crashes, and none when it stops', () => {
    const w = shop();
    const watcher = client(w, 'watcher').connect('mqtt').subscribe('tills/+');
    const till = { protocol: 'mqtt', role: 'producer', destination: 'sales', lastWill: 'tills/1=offline' };
    create(w, { name: 'till', ...till });
    w.after(seconds(1)).call('Stop', { name: 'till' }, 'app');
    expect(watcher.bodies()).toEqual([]);
    w.call('Start', { name: 'till' }, 'app');
    w.after(seconds(1)).call('Crash', { name: 'till' }, 'app');
    expect(watcher.bodies()).toEqual(['offline']);
  });

  it('comes back by failover after a reboot and loses nothing; without it stays down', () => {
    const w = shop();
    const make = (name: string, failover: boolean) =>
      create(w, {
        name,
        protocol: 'openwire',
        role: 'producer',
        destination: `queue://${name}`,
        rate: '10/s',
        failover,
      });
    make('steady', true);
    make('fragile', false);
    w.after(seconds(5));
    const { BrokerId } = brokerFigures(w).attributes;
    w.call('RebootBroker', { BrokerId }, 'mq');
    w.after(seconds(60)).call('Update', { name: 'steady', count: 1 }, 'app');
    w.after(seconds(1));
    expect(brokerFigures(w)).toMatchObject({ active: 2, activeZone: 'us-east-1b', lost: 0 });
    expect(w.events('mq/FailedOver')).toHaveLength(1);
    const steady = appFigures(w, 'steady');
    expect(steady).toMatchObject({ lost: 0, reconnects: 1, waiting: 0, connectionsLost: 1 });
    expect(queueFigures(w, 'steady').ready).toBe(steady.sent);
    expect(appFigures(w, 'fragile')).toMatchObject({ connected: 0, reconnects: 0 });
    expect(appFigures(w, 'fragile').lost).toBeGreaterThan(500);
  });

  it('is refused by a broker in the words of its protocol', () => {
    const w = shop();
    create(w, { name: 'rabbit', protocol: 'amqp091', destination: 'orders', failover: false });
    create(w, { name: 'stranger', protocol: 'stomp', destination: '/queue/orders', user: 'nobody' });
    create(w, { name: 'lost', protocol: 'openwire', broker: 'elsewhere' });
    w.after(seconds(1));
    const last = (name: string) => w.call('Describe', { name }, 'app').lastRefusal;
    expect(last('rabbit')).toMatchObject({ code: 'ConnectionRefused' });
    expect(last('stranger')).toMatchObject({
      code: 'ERROR',
      message: 'User name [nobody] or password is invalid.',
    });
    expect(last('lost')).toMatchObject({ message: 'connection refused: elsewhere' });
  });

  it('does not work against SQS, nor with another protocol’s words', () => {
    const w = shop();
    expect(refused(w, { protocol: 'openwire', broker: 'queue/orders' }).message).toContain(
      'SQS and SNS speak HTTPS',
    );
    expect(refused(w, { protocol: 'openwire', qos: 1 }).message).toContain('QoS is a word of MQTT');
    expect(refused(w, { protocol: 'mqtt', selector: 'a=1' }).message).toContain('no selectors');
    expect(refused(w, { protocol: 'mqtt', persistent: true }).message).toContain('the QoS decides');
  });

  it('starves the others when it prefetches all', () => {
    const w = shop();
    const worker = { protocol: 'openwire', role: 'consumer', ack: 'manual', time: '10s' };
    create(w, { name: 'greedy', ...worker });
    create(w, { name: 'till', protocol: 'openwire', role: 'producer', rate: '100/s', count: 50 });
    w.after(seconds(2));
    create(w, { name: 'idle', ...worker });
    w.after(seconds(1));
    expect(appFigures(w, 'greedy')).toMatchObject({ received: 50, held: 50 });
    expect(appFigures(w, 'idle')).toMatchObject({ received: 0, connected: 1 });
    w.call('Crash', { name: 'greedy' }, 'app');
    expect(appFigures(w, 'idle')).toMatchObject({ received: 50, redelivered: 50 });
  });

  it('works the same against a broker on premises, which is on no bill', () => {
    const w = brokers();
    create(w, { name: 'worker', broker: 'onprem', protocol: 'openwire', role: 'consumer' });
    create(w, { name: 'till', broker: 'onprem', protocol: 'openwire', role: 'producer', count: 3 });
    w.after(seconds(5));
    expect(appFigures(w, 'worker')).toMatchObject({ processed: 3, connected: 1 });
    expect(w.call('ListBrokers', {}, 'mq').BrokerSummaries).toEqual([]);
    expect(brokerFigures(w, 'onprem/onprem')).toMatchObject({ acknowledged: 3 });
  });

  it('speaks AMQP 0-9-1 to RabbitMQ through an exchange', () => {
    const w = brokers();
    activeBroker(w, { EngineType: 'RABBITMQ', DeploymentMode: 'SINGLE_INSTANCE' });
    const rabbit = { protocol: 'amqp091', exchange: 'amq.topic', routingKey: 'order.eu' };
    create(w, {
      name: 'worker',
      ...rabbit,
      destination: 'orders',
      role: 'consumer',
      ack: 'manual',
      routingKey: 'order.#',
    });
    create(w, { name: 'till', ...rabbit, destination: 'orders', role: 'producer', count: 3 });
    w.after(seconds(5));
    expect(w.call('Describe', { name: 'till' }, 'app').lastRefusal).toBeUndefined();
    expect(appFigures(w, 'till')).toMatchObject({ sent: 3, confirmed: 3 });
    expect(appFigures(w, 'worker')).toMatchObject({
      processed: 3,
      frames: { 'basic.deliver': 3, 'basic.ack': 3 },
    });
  });
});
