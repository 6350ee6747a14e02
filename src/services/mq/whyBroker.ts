/** Explains a broker: publishers held back, a state that passes, changes that wait for a reboot. */
import { counted, helps, helpsNot, lasting, mayHelp, sized, type Why, worded } from '../../contract/why.ts';
import { type Instant, instant } from '../../engine/units.ts';
import { aboutBox, activeOf, withoutNode } from './activemq/why.ts';
import { engineOf } from './engines.ts';
import type { Broker } from './model.ts';
import { type About, type Ground, rule } from './whyParts.ts';

export function whyBroker({ now }: Ground, broker: Broker): Why | undefined {
  const title = `broker ${broker.name}`;
  const about = aboutBroker(broker, now);
  return about && { ...about, title, at: now };
}

function aboutBroker(broker: Broker, now: Instant): About | undefined {
  if (broker.runtime !== undefined && engineOf(broker).figures(broker, now).blocked !== '') {
    return aboutBlocked(broker, now);
  }
  const without = unreachable(broker, now);
  if (without !== undefined) return without;
  if (broker.state === 'REBOOT_IN_PROGRESS' || broker.nodes.some(({ up }) => !up))
    return someDown(broker, now);
  const waits = broker.pending !== undefined || broker.pendingUsers.size > 0;
  return waits ? aboutPending(broker) : undefined;
}

export const SERVERS = rule(
  'servers',
  'A broker is servers: they take time to start and to restart.',
  'Amazon MQ Developer Guide, Broker statuses; Rebooting a broker',
);

/** Nobody listens at its addresses; undefined: somebody does. */
export function unreachable(broker: Broker, now: Instant): About | undefined {
  const active = activeOf(broker);
  const without = active && withoutNode(active, now);
  if (without !== undefined) return without;
  if (broker.runtime !== undefined && broker.nodes.some(({ up }) => up)) return undefined;
  const returns = broker.state === 'CREATION_IN_PROGRESS' || broker.state === 'REBOOT_IN_PROGRESS';
  const single = broker.deploymentMode === 'SINGLE_INSTANCE';
  return {
    answer: `No node of ${broker.name} listens: its state is ${broker.state}.`,
    rule: SERVERS,
    values: stateValues(broker, now),
    changes: { by: 'act', into: returns ? 'it changes by itself, to RUNNING' : 'a node must come back' },
    remedies: [
      ...(returns ? [helps('wait for it', `time until broker/${broker.name} state=RUNNING`)] : []),
      ...(single && broker.state !== 'CREATION_IN_PROGRESS'
        ? [mayHelp('several nodes: a cluster, or active and standby, is away for seconds at most')]
        : []),
      helpsNot('another user or protocol: there is nobody to ask'),
    ],
  };
}

const stateValues = ({ stateSince, nodes }: Broker, now: Instant): About['values'] => [
  { label: 'in this state for', is: lasting(now - stateSince) },
  { label: 'nodes up', is: counted(nodes.filter(({ up }) => up).length) },
  { label: 'nodes', is: counted(nodes.length) },
];

/** Others listen meanwhile. */
function someDown(broker: Broker, now: Instant): About {
  const down = broker.nodes.filter(({ up }) => !up).map(({ number, zone }) => `${number} (${zone})`);
  return {
    answer:
      down.length === 0
        ? `It restarts one node after the other: its state is ${broker.state}.`
        : `Node ${down.join(' and ')} is down; the others serve.`,
    rule: SERVERS,
    values: stateValues(broker, now),
    changes: { by: 'act', into: 'the node comes back: by itself after a reboot, or when its fault ends' },
    remedies: [
      helps('clients that connect again: the address leads to a node that is up'),
      mayHelp('quorum queues: they go on while most of their nodes are up'),
    ],
  };
}

function aboutPending(broker: Broker): About {
  const users = broker.pendingUsers.size;
  return {
    answer: 'Changes wait: a broker takes them when it restarts.',
    rule: rule(
      'pending',
      'Version, size, configuration, logs and users of ActiveMQ change at a reboot, or in the maintenance window.',
      'Maintaining an Amazon MQ broker',
    ),
    values: [
      { label: 'settings that wait', is: worded(broker.pending === undefined ? 'no' : 'yes') },
      { label: 'users that wait', is: counted(users) },
    ],
    changes:
      broker.maintenanceAt < 0
        ? { by: 'act', into: 'a reboot applies them' }
        : { by: 'time', at: instant(broker.maintenanceAt), into: 'the maintenance window begins' },
    remedies: [
      helps('restart it now', `aws mq reboot-broker --broker-id ${broker.id}`),
      helpsNot('sending the change again: it waits already'),
    ],
  };
}

/** Publishers wait: for memory, for disk, or at one full queue of ActiveMQ. */
export function aboutBlocked(broker: Broker, now: Instant, full?: string): About {
  const figures = engineOf(broker).figures(broker, now);
  const blocked = full ?? figures.blocked;
  const box = activeOf(broker)?.boxes.get(blocked);
  if (box !== undefined) {
    const about = aboutBox(broker, box, now);
    return { ...about, answer: `Publishers are held back at ${box.name}. ${about.answer}` };
  }
  const isDisk = blocked === 'disk' || blocked === 'store';
  return {
    answer: `Publishers are held back: ${isDisk ? 'the disk is nearly full' : 'memory is short'}.`,
    rule: rule(
      'alarm',
      'A broker that runs short of memory or disk takes nothing more until consumers have made room.',
      'Amazon MQ Developer Guide, RabbitMQ memory alarm; Apache ActiveMQ, Producer Flow Control',
    ),
    values: [
      {
        label: isDisk ? 'disk' : 'memory',
        is: sized(isDisk ? figures.diskBytes : figures.memoryBytes),
        against: { label: 'limit', is: sized(isDisk ? figures.diskLimitBytes : figures.memoryLimitBytes) },
      },
      { label: 'ready', is: counted(figures.ready) },
      { label: 'unacknowledged', is: counted(figures.unacknowledged) },
    ],
    changes: { by: 'act', into: 'messages must be consumed, purged or expire; then publishers go on' },
    remedies: [
      helps('more consumers, or faster ones'),
      mayHelp('a lower prefetch: what is unacknowledged stays in memory'),
      mayHelp('a larger instance type, from the next reboot on'),
      helpsNot('publishing again: it waits as the first did'),
    ],
  };
}
