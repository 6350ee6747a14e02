/** Explains a client app from the broker's side of its connections: held back, or given nothing. The rest the app tells itself. */
import { counted, helps, helpsNot, mayHelp, type Why } from '../../contract/why.ts';
import { several } from '../../contract/whyWords.ts';
import { consumersOf as activeConsumers, activeOf, ONE_CONSUMER, tiedRemedies } from './activemq/why.ts';
import type { Broker } from './model.ts';
import { runtimeOf } from './rabbit/runtime.ts';
import { consumersOf as rabbitConsumers } from './rabbit/why.ts';
import { aboutBlocked } from './whyBroker.ts';
import { type ConsumerFacts, consumerTable, type Ground, PREFETCH } from './whyParts.ts';

/** What one of its consumers reads from. */
interface Source {
  readonly name: string;
  readonly ready: number;
  readonly unacked: number;
  readonly consumers: readonly ConsumerFacts[];
}

/** `till`, and `till-1`, `till-2` where it has several connections. */
const isOf = (name: string, by: string): boolean =>
  by === name || (by.startsWith(`${name}-`) && /^\d+$/u.test(by.slice(name.length + 1)));

export function whyApp(ground: Ground, name: string): Why | undefined {
  const { state, now } = ground;
  for (const broker of state.brokers.values()) {
    const own = [...broker.connections.values()].filter(
      ({ client }) => client.service === 'app' && isOf(name, client.by),
    );
    if (own.some(({ blocked }) => blocked)) {
      return {
        ...aboutBlocked(broker, now),
        title: `what ${name} does`,
        at: now,
        see: [`broker/${broker.name}`],
      };
    }
    const starved = own.length === 0 ? undefined : starvedAt(broker, name);
    if (starved !== undefined) {
      return { ...aboutStarved(broker, name, starved), title: `what ${name} does`, at: now };
    }
  }
  return undefined;
}

/** A queue from which it gets nothing, while others hold what was in it. */
function starvedAt(broker: Broker, name: string): Source | undefined {
  return sourcesOf(broker).find(({ ready, unacked, consumers }) => {
    const own = consumers.filter(({ app }) => isOf(name, app));
    if (own.length === 0 || own.some((one) => one.unacked > 0)) return false;
    return ready === 0 ? unacked > 0 : own.every(({ reason }) => reason !== '');
  });
}

function sourcesOf(broker: Broker): Source[] {
  const active = activeOf(broker);
  if (active !== undefined) {
    return [...active.boxes.values()].map((box) => ({
      name: box.name,
      ready: box.ready,
      unacked: box.unacked - box.redelivering.size,
      consumers: activeConsumers(broker, box),
    }));
  }
  return [...runtimeOf(broker).virtualHosts.values()].flatMap(({ queues }) =>
    [...queues.values()].map((queue) => ({
      name: queue.name,
      ready: queue.ready,
      unacked: queue.unacked,
      consumers: rabbitConsumers(broker, queue),
    })),
  );
}

function aboutStarved(
  broker: Broker,
  name: string,
  { name: queue, ready, unacked, consumers }: Source,
): Omit<Why, 'title' | 'at'> {
  const most = [...consumers].sort((a, b) => b.unacked - a.unacked)[0]!;
  const own = consumers.find(({ app }) => isOf(name, app))!;
  const isTied = ready > 0 && /^group |exclusive/u.test(own.reason);
  return {
    answer:
      ready === 0
        ? `${name} gets nothing: ${most.app === '' ? most.tag : most.app} holds ${several(most.unacked, 'message')} of ${queue} that it has not acknowledged.`
        : `${name} gets nothing of the ${several(ready, 'message')} that ${ready === 1 ? 'waits' : 'wait'} in ${queue}: ${own.reason}.`,
    rule: isTied ? ONE_CONSUMER : PREFETCH,
    values: [
      { label: 'ready', is: counted(ready) },
      { label: 'unacknowledged', is: counted(unacked) },
      {
        label: `held by ${most.app === '' ? most.tag : most.app}`,
        is: counted(most.unacked),
        against: { label: 'prefetch', is: counted(most.prefetch) },
      },
    ],
    table: consumerTable(consumers),
    changes: { by: 'act', into: 'a new message comes, or what is held comes back' },
    remedies:
      ready === 0
        ? [
            helps('a lower prefetch', `app update --name ${most.app} --prefetch 1`),
            mayHelp('a new message: it goes to whoever has room, in turn'),
            helpsNot('more consumers: what is handed out already stays where it is'),
          ]
        : [
            ...(isTied ? tiedRemedies : []),
            mayHelp('the queue tells more', `why brokerqueue/${broker.name}/${queue}`),
          ],
    see: [`brokerqueue/${broker.name}/${queue}`],
  };
}
