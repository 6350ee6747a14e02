/** A broker with 1,000 consumers: what a publish to one of its queues costs until it is acknowledged. */
import { CATALOG } from '../../src/catalog.ts';
import type { BrokerCommand } from '../../src/contract/broker.ts';
import { defineService } from '../../src/contract/service.ts';
import { worldSettings } from '../../src/contract/world.ts';
import type { CallId } from '../../src/engine/service.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { instant, milliseconds } from '../../src/engine/units.ts';
import { atMost, type Bench, bestOf, remark } from '../measure.ts';
import { machineFactor } from '../reference/loop.ts';

const CONSUMERS = 1_000;
const MESSAGES = 20_000;

interface Probe {
  /** Deliveries that are not acknowledged yet: connection and tag. */
  readonly taken: (readonly [string, number])[];
}
interface Call {
  readonly connection: string;
  readonly command: BrokerCommand;
}

/** Clients that only pass commands on, and acknowledge what they get. */
const probe = defineService<Probe>({
  name: 'probe',
  title: 'Probe',
  kind: 'playground',
  summary: 'Speaks to a broker.',
  operations: [
    {
      name: 'Call',
      service: 'probe',
      input: { type: 'structure', name: 'CallRequest', members: [] },
      output: { type: 'structure', name: 'CallResponse', members: [] },
      summary: 'Passes commands on.',
      members: {},
      handle(context, { calls }: { readonly calls: readonly Call[] }) {
        for (const { connection, command } of calls) {
          const payload = Object.freeze({
            type: 'broker/Call',
            connection,
            request: 0,
            by: connection,
            command,
          });
          context.deliver({ to: 'mq', from: 'probe', payload });
        }
        return {};
      },
    },
  ],
  create: () => ({ taken: [] }),
  due: () => {},
  delivered({ state }, { payload }) {
    const { connection, event } = payload as {
      connection: string;
      event: { is: string; message?: { deliveryTag: number } };
    };
    if (event.is === 'delivered') state.taken.push([connection, event.message!.deliveryTag]);
  },
  latency: () => milliseconds(0),
  view: () => [],
});

class BrokerWorld {
  readonly settings = worldSettings({ seed: 7 });
  readonly simulation = new Simulation(
    [...CATALOG, probe].map(({ engine }) => engine),
    this.settings,
  );
  readonly #caller = {
    by: 'you',
    account: this.settings.account,
    profile: 'default',
    secure: true,
  };

  constructor(engine: 'RABBITMQ' | 'ACTIVEMQ') {
    const isRabbit = engine === 'RABBITMQ';
    this.submit('mq', 'CreateBroker', {
      BrokerName: 'shop',
      EngineType: engine,
      ...(isRabbit && { EngineVersion: '4.2' }),
      DeploymentMode: 'SINGLE_INSTANCE',
      HostInstanceType: isRabbit ? 'mq.m7g.large' : 'mq.m5.large',
      PubliclyAccessible: true,
      AutoMinorVersionUpgrade: true,
      Users: [{ Username: 'app', Password: 'long-enough-1' }],
    });
    this.pass(20 * 60_000);
    const protocol = isRabbit ? 'amqp-0-9-1' : 'openwire';
    const { account } = this.settings;
    const connect: BrokerCommand = { do: 'connect', broker: 'shop', account, protocol, user: 'app' };
    this.say([{ connection: 'till', command: connect }]);
    if (isRabbit) this.say([{ connection: 'till', command: { do: 'declareQueue', queue: 'orders' } }]);
    for (let index = 0; index < CONSUMERS; index++) {
      const connection = `worker-${index}`;
      const destination = isRabbit ? 'orders' : 'queue://orders';
      const command: BrokerCommand = {
        do: 'subscribe',
        destination,
        tag: 'w',
        ack: 'individual',
        prefetch: 10,
      };
      this.say([
        { connection, command: connect },
        { connection, command },
      ]);
    }
  }

  submit(service: string, operation: string, input: object): CallId {
    const id = this.simulation.submit({ service, operation, input, caller: this.#caller });
    this.pass(0);
    return id;
  }

  say(calls: readonly Call[]): void {
    this.submit('probe', 'Call', { calls });
  }

  pass(wait: number): void {
    this.simulation.runUntil(instant(this.simulation.now + wait));
    this.simulation.takeAnswers();
  }

  /** A hundred a millisecond, each pushed to whoever is next and acknowledged. */
  work(destination: string): number {
    const { taken } = this.simulation.stateOf('probe') as Probe;
    const publish: Call = { connection: 'till', command: { do: 'publish', destination, body: 'order' } };
    let done = 0;
    for (let round = 0; round < MESSAGES / 100; round++) {
      this.say(Array.from({ length: 100 }, () => publish));
      done += taken.length;
      this.say(
        taken
          .splice(0)
          .map(([connection, deliveryTag]) => ({ connection, command: { do: 'ack', deliveryTag } })),
      );
      this.pass(1);
    }
    return done;
  }
}

export const manyConsumers: Bench = {
  name: 'brokers',
  title: 'a broker with 1,000 consumers',
  run() {
    const machine = machineFactor();
    return (['RABBITMQ', 'ACTIVEMQ'] as const).flatMap((engine) => {
      const world = new BrokerWorld(engine);
      const destination = engine === 'RABBITMQ' ? 'orders' : 'queue://orders';
      let done = 0;
      const took = bestOf(3, () => (done = world.work(destination)));
      const mq = CATALOG.find(({ description }) => description.name === 'mq')!;
      const state = world.simulation.stateOf('mq');
      const view = bestOf(5, () => mq.view(state, world.simulation.now, world.settings));
      const name = engine === 'RABBITMQ' ? 'RabbitMQ' : 'ActiveMQ';
      return [
        atMost(`${name}: publish, deliver, acknowledge`, (took * 1_000) / done / machine, 15, 'µs'),
        atMost(`${name}: the view of it`, view / machine, 1, 'ms'),
        remark(`${name}: messages acknowledged`, `${done} of ${MESSAGES}`),
      ];
    });
  },
};
