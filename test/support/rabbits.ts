/** What tests about RabbitMQ do: a broker that runs, and clients of it. */
import type { HeaderTable } from '../../src/contract/broker.ts';
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { seconds } from '../../src/engine/units.ts';
import { BrokerClient, brokers, PASSWORD } from './brokerClients.ts';
import type { Output, World } from './world.ts';

export interface RabbitOptions {
  readonly version?: string;
  readonly cluster?: boolean;
  readonly instanceType?: string;
  readonly settings?: Partial<AwsWorldSettings>;
}

/** A world with the broker `shop` that runs. */
export function rabbitWorld(options: RabbitOptions = {}): World {
  const { version = '4.2', cluster = false, instanceType = 'mq.m7g.large', settings = {} } = options;
  const w = brokers(settings);
  w.call(
    'CreateBroker',
    {
      BrokerName: 'shop',
      EngineType: 'RABBITMQ',
      EngineVersion: version,
      DeploymentMode: cluster ? 'CLUSTER_MULTI_AZ' : 'SINGLE_INSTANCE',
      HostInstanceType: instanceType,
      PubliclyAccessible: true,
      Users: [{ Username: 'app', Password: PASSWORD }],
    },
    'mq',
  );
  w.after(seconds(20 * 60));
  return w;
}

export const rabbitClient = (w: World, name: string): BrokerClient =>
  new BrokerClient(w, name).connect('amqp-0-9-1');

export const queue = (c: BrokerClient, name: string, args: HeaderTable = {}): Output =>
  c.does({ do: 'declareQueue', queue: name, arguments: args });
export const exchange = (c: BrokerClient, name: string, type: string, args: HeaderTable = {}): Output =>
  c.does({ do: 'declareExchange', exchange: name, type, arguments: args });
export const bindTo = (
  c: BrokerClient,
  source: string,
  destination: string,
  routingKey = '',
  args: HeaderTable = {},
): Output => c.does({ do: 'bind', exchange: source, to: 'queue', destination, routingKey, arguments: args });

export const CLASSIC = { 'x-queue-type': 'classic' } as const;
export const QUORUM = { 'x-queue-type': 'quorum' } as const;
/** Dead letters go to the queue `dead`. */
export const DEAD = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' } as const;

/** Takes all ready messages of a queue, acknowledged at once. */
export function drained(c: BrokerClient, name: string): Output[] {
  const all: Output[] = [];
  for (;;) {
    const { message } = c.does({ do: 'get', destination: name, autoAck: true });
    if (message === undefined) return all;
    all.push(message);
  }
}
export const bodiesIn = (c: BrokerClient, name: string): string[] => drained(c, name).map(({ body }) => body);
