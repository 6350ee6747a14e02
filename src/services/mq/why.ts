/** Explains brokers: why a message went nowhere, why a consumer gets nothing, why a publisher or a change waits. */
import {
  counted,
  helps,
  helpsNot,
  lasting,
  mayHelp,
  sized,
  type Why,
  type WhyGround,
  type WhyQuestion,
  type WhyRule,
  worded,
} from '../../contract/why.ts';
import { instant } from '../../engine/units.ts';
import { engineOf } from './engines.ts';
import type { Broker, MqState } from './model.ts';
import { whyQueue, whyUnroutable } from './rabbit/why.ts';

type Ground = WhyGround<MqState>;

const rule = (name: string, says: string, page: string): WhyRule => ({ name: `mq/${name}`, says, page });

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type === 'resource') {
    const [kind, name = '', ...rest] = question.id.split('/');
    const broker = brokerOf(ground.state, name);
    if (broker === undefined) return undefined;
    if (kind === 'broker') return whyBroker(ground, broker);
    if (kind === 'brokerqueue' && broker.runtime?.type === 'RABBITMQ') {
      return whyQueue(ground, broker, rest.join('/'));
    }
    return undefined;
  }
  return question.type === 'call' ? whyUnroutable(ground, question) : undefined;
}

const brokerOf = ({ brokers }: MqState, name: string): Broker | undefined =>
  [...brokers.values()].find((broker) => broker.name === name || broker.id === name);

function whyBroker(ground: Ground, broker: Broker): Why | undefined {
  const { now } = ground;
  const title = `broker ${broker.name}`;
  const figures = engineOf(broker).figures(broker, now);
  if (figures.blocked !== '') return { ...aboutAlarm(figures, now), title };
  if (broker.state === 'CREATION_IN_PROGRESS' || broker.state === 'REBOOT_IN_PROGRESS') {
    return {
      title,
      answer: `Nobody can connect to all of it: its state is ${broker.state}.`,
      at: now,
      rule: rule(
        'servers',
        'A broker is servers: they take time to start and to restart.',
        'Amazon MQ Developer Guide',
      ),
      values: [{ label: 'in this state for', is: lasting(now - broker.stateSince) }],
      changes: { by: 'act', into: 'it changes by itself, to RUNNING' },
      remedies: [helps('wait for it', `time until broker/${broker.name} state=RUNNING`)],
    };
  }
  if (broker.pending === undefined && broker.pendingUsers.size === 0) return undefined;
  return { ...aboutPending(ground, broker), title };
}

function aboutPending({ now }: Ground, broker: Broker): Omit<Why, 'title'> {
  const users = broker.pendingUsers.size;
  return {
    answer: 'Changes wait: a broker takes them when it restarts.',
    at: now,
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

function aboutAlarm(
  figures: ReturnType<ReturnType<typeof engineOf>['figures']>,
  at: Ground['now'],
): Omit<Why, 'title'> {
  const isDisk = figures.blocked === 'disk';
  return {
    answer: `Publishers are held back: ${isDisk ? 'the disk is nearly full' : 'memory is short'}.`,
    at,
    rule: rule(
      'alarm',
      'A broker that runs short of memory or disk takes nothing more until consumers have made room.',
      'Amazon MQ Developer Guide, RabbitMQ memory alarm',
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
