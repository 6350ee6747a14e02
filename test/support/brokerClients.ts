/** What tests about brokers do: a world with Amazon MQ in it, and clients that speak its wire protocols by hand. */
import type {
  BrokerCommand,
  BrokerError,
  BrokerEvent,
  BrokerMessage,
  BrokerNews,
  BrokerProtocol,
  Connect,
  MessageProperties,
  Publish,
  Subscribe,
} from '../../src/contract/broker.ts';
import { defineService } from '../../src/contract/service.ts';
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { milliseconds } from '../../src/engine/units.ts';
import { apps } from '../../src/services/apps/index.ts';
import { faults } from '../../src/services/faults/index.ts';
import { iam } from '../../src/services/iam/index.ts';
import { kms } from '../../src/services/kms/index.ts';
import { mq } from '../../src/services/mq/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { type Output, type World, world } from './world.ts';

interface ProbeState {
  readonly news: BrokerNews[];
}

/** A service that only passes commands on, and keeps what it is told. */
const probe = defineService<ProbeState>({
  name: 'probe',
  title: 'Probe',
  kind: 'playground',
  summary: 'Speaks to brokers for tests.',
  operations: [
    {
      name: 'Call',
      service: 'probe',
      input: { type: 'structure', name: 'CallRequest', members: [] },
      output: { type: 'structure', name: 'CallResponse', members: [] },
      summary: 'Passes a command on.',
      members: {},
      handle(context, input: { connection: string; request: number; command: BrokerCommand }) {
        const payload = Object.freeze({ type: 'broker/Call', by: input.connection, ...input });
        context.deliver({ to: 'mq', from: 'probe', payload });
        return {};
      },
    },
  ],
  create: () => ({ news: [] }),
  due: () => {},
  delivered: ({ state }, { payload }) => void state.news.push(payload as BrokerNews),
  latency: () => milliseconds(0),
  view: () => [],
});

export const PASSWORD = 'long-enough-1';

export const brokers = (settings: Partial<AwsWorldSettings> = {}): World =>
  world(settings, [sqs, apps, faults, iam, kms, mq, probe]);

/** Makes a broker, waits until it runs, and answers its id. */
export function activeBroker(w: World, more: Readonly<Record<string, unknown>> = {}, name = 'shop'): string {
  const { BrokerId } = w.call(
    'CreateBroker',
    {
      BrokerName: name,
      EngineType: 'ACTIVEMQ',
      DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
      HostInstanceType: 'mq.m5.large',
      PubliclyAccessible: true,
      AutoMinorVersionUpgrade: true,
      Users: [{ Username: 'app', Password: PASSWORD }],
      ...more,
    },
    'mq',
  );
  w.after((20 * 60) as never);
  return BrokerId;
}

/** One connection, driven by hand. */
export class BrokerClient {
  readonly #world: World;
  readonly name: string;
  #requests = 0;
  #seen = 0;

  constructor(w: World, name: string) {
    this.#world = w;
    this.name = name;
  }

  /** What it has been told since the last time it was asked. */
  news(): BrokerEvent[] {
    this.#world.simulation.runUntil(this.#world.now);
    const { news } = this.#world.simulation.stateOf('probe') as ProbeState;
    const fresh = news.slice(this.#seen).filter(({ connection }) => connection === this.name);
    this.#seen = news.length;
    return fresh.map(({ event }) => event);
  }

  tell(command: BrokerCommand): BrokerEvent[] {
    this.#world.call('Call', { connection: this.name, request: ++this.#requests, command }, 'probe');
    return this.news();
  }

  /** The result of a command that is accepted. */
  does(command: BrokerCommand): Output {
    const events = this.tell(command);
    const refused = events.find(({ is }) => is === 'refused');
    if (refused?.is === 'refused') throw new Error(`${refused.error.code}: ${refused.error.message}`);
    this.#kept.push(...events.flatMap((event) => (event.is === 'delivered' ? [event.message] : [])));
    const answered = events.find(({ is }) => is === 'answered');
    return answered?.is === 'answered' ? answered.result : undefined;
  }

  refusal(command: BrokerCommand): BrokerError {
    const refused = this.tell(command).find(({ is }) => is === 'refused');
    if (refused?.is !== 'refused') throw new Error(`${command.do} was accepted`);
    return refused.error;
  }

  readonly #kept: BrokerMessage[] = [];

  /** Messages that came since the last time. */
  received(): BrokerMessage[] {
    const fresh = this.news().flatMap((event) => (event.is === 'delivered' ? [event.message] : []));
    return [...this.#kept.splice(0), ...fresh];
  }

  bodies(): string[] {
    return this.received().map(({ body }) => body);
  }

  connect(protocol: BrokerProtocol = 'openwire', more: Partial<Connect> = {}): this {
    const account = this.#world.settings.account;
    this.does({ do: 'connect', broker: 'shop', account, protocol, user: 'app', ...more });
    return this;
  }

  send(
    destination: string,
    body: string,
    properties: MessageProperties = {},
    more: Partial<Publish> = {},
  ): Output {
    return this.does({ do: 'publish', destination, body, properties, ...more });
  }

  subscribe(destination: string, more: Partial<Subscribe> = {}): this {
    this.does({ do: 'subscribe', destination, tag: destination, ack: 'individual', ...more });
    return this;
  }

  ack(message: BrokerMessage): void {
    this.does({ do: 'ack', deliveryTag: message.deliveryTag });
  }
}

export const client = (w: World, name: string): BrokerClient => new BrokerClient(w, name);

/** The figures of a queue, as conditions see them. */
export const queueFigures = (w: World, queue: string, broker = 'shop'): Output =>
  w.view('mq').find(({ id }) => id === `brokerqueue/${broker}/${queue}`)?.fields;
export const brokerFigures = (w: World, broker = 'shop'): Output =>
  w.view('mq').find(({ id }) => id === `broker/${broker}`)?.fields;
