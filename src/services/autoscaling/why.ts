/** Why a group has the instances it has, and whom it told of which. */
import {
  counted,
  helps,
  helpsNot,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyQuestion,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import type { Notified, ScalingHeld } from './events.ts';
import { type Activity, type AutoScalingState, countOf, type Group, keyOf } from './model.ts';
import { roleOf } from './rules/notifying.ts';

type Ground = WhyGround<AutoScalingState>;

const NOTIFICATIONS: Why['rule'] = {
  name: 'autoscaling/notifications',
  says: 'A topic is told of an instance when it is in service or has ended, if that type is among those it asked for.',
  page: 'Amazon EC2 Auto Scaling User Guide: Amazon SNS notification options for Amazon EC2 Auto Scaling',
};
const ROLE: Why['rule'] = {
  name: 'autoscaling/notifying-role',
  says: 'The group publishes with a role of its account. A topic that denies it, or is of another account, refuses.',
  page: 'Amazon EC2 Auto Scaling User Guide: Service-linked roles for Amazon EC2 Auto Scaling',
};
const CAPACITY: Why['rule'] = {
  name: 'autoscaling/capacity',
  says: 'A group launches and ends instances until as many are in service as it wants, from its minimum to its maximum.',
  page: 'Amazon EC2 Auto Scaling User Guide: Set scaling limits for your Auto Scaling group',
};
const ROWS = 8;
/** Newest events that are looked at for what was told. */
const EVENTS = 2_000;

const HELD: Readonly<Record<ScalingHeld['reason'], string>> = {
  cooldown: 'the cooldown lasts, or instances are on their way',
  warmup: 'instances that warm up count already',
  bounds: 'the group is at its minimum or maximum',
  enough: 'what it asks for is there',
  noInstances: 'without an instance there is no ratio to go by',
  disabled: 'it is switched off',
};

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type !== 'resource' || !question.id.startsWith('group/')) return undefined;
  const name = question.id.slice('group/'.length);
  const { groups, account } = ground.state;
  const group = groups.get(name.includes('/') ? name : keyOf(account, name));
  if (group === undefined) return undefined;
  return group.notifications.size === 0 ? aboutCapacity(ground, group) : aboutTelling(ground, group);
}

const topicName = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

function aboutTelling(ground: Ground, group: Group): Why {
  const told = toldBy(ground, group);
  const denied = [...group.notifications.keys()].filter((topic) => isDenied(ground, group, topic));
  const rows = group.activities.map((activity) => rowOf(group, activity, told));
  const count = rows.filter(({ mark }) => mark === 'yes').length;
  const done = rows.filter(({ mark }) => mark !== 'inFlight').length;
  const names = [...group.notifications.keys()].map(topicName).join(', ');
  return {
    title: `group ${group.name}`,
    answer:
      denied.length > 0
        ? `Topic ${topicName(denied[0]!)} does not let it publish: what it tells is lost.`
        : done === 0
          ? `It tells ${names}; no instance has come or gone yet.`
          : `It told ${names} of ${count} of ${done} launches and ends.`,
    at: ground.now,
    rule: denied.length > 0 ? ROLE : NOTIFICATIONS,
    values: [
      ...[...group.notifications].map(([topic, types]) => ({
        label: topicName(topic),
        is: worded(types.map((type) => type.slice(type.indexOf(':') + 1)).join(', ')),
      })),
      ...capacityOf(group),
    ],
    ...(rows.length > 0 && {
      table: {
        heads: ['instance', 'activity', 'told', 'change'],
        rows: rows.slice(0, ROWS),
        more: Math.max(0, rows.length - ROWS),
      },
    }),
    changes: nextInstance(group) ?? { by: 'act', into: 'another number is wanted, or other types are told' },
    remedies:
      denied.length > 0
        ? [helps('take the Deny out of the policy of the topic, or allow the account of the group')]
        : [
            helps(
              'see what is told',
              `aws autoscaling describe-notification-configurations --auto-scaling-group-names ${group.name}`,
            ),
            helpsNot('a statement for autoscaling.amazonaws.com in the policy of the topic: a role calls'),
          ],
    see: [...group.notifications.keys()].map((topic) => `topic/${topicName(topic)}`),
  };
}

/** As the policies are now. */
function isDenied({ state, now, decide }: Ground, group: Group, topic: string): boolean {
  const input = { TopicArn: topic, Message: '' };
  const decisions = decide(
    { service: 'sns', operation: 'Publish', input, caller: roleOf(group, state) },
    now,
  );
  return decisions.some(({ allowed }) => !allowed);
}

/** What became of each notification, by the activity that it tells of. */
function toldBy(ground: Ground, group: Group): ReadonlyMap<string, readonly Notified[]> {
  const told = new Map<string, Notified[]>();
  for (const { event } of ground.lately(EVENTS)) {
    if (event.type !== 'autoscaling/NotificationSent' && event.type !== 'autoscaling/NotificationFailed')
      continue;
    const one = event as Notified;
    if (one.group !== group.name) continue;
    const others = told.get(one.messageId);
    if (others === undefined) told.set(one.messageId, [one]);
    else others.push(one);
  }
  return told;
}

function rowOf(group: Group, activity: Activity, told: ReadonlyMap<string, readonly Notified[]>): WhyRow {
  const { id, status, description } = activity;
  const launches = description.startsWith('Launching');
  const about = {
    name: description.slice(description.lastIndexOf(' ') + 1),
    state: `${launches ? 'launch' : 'end'}, ${status === 'InProgress' ? 'in progress' : status.toLowerCase()}`,
  };
  if (status === 'InProgress') {
    const due = [...group.instances.values()].find((one) => one.activity === id)?.until;
    return { ...about, mark: 'inFlight', reason: 'told at its end', change: due ?? 'never' };
  }
  const notified = told.get(id) ?? [];
  const failed = notified.find(({ type }) => type === 'autoscaling/NotificationFailed');
  if (failed !== undefined) {
    const reason = `${topicName(failed.topic)} refused: ${failed.reason ?? ''}`;
    return { ...about, mark: 'no', reason, change: 'never' };
  }
  if (notified.length > 0) {
    const reason = `told ${notified.map(({ topic }) => topicName(topic)).join(', ')}`;
    return { ...about, mark: 'yes', reason, change: 'never' };
  }
  return { ...about, mark: 'no', reason: untold(group, launches, status), change: 'never' };
}

function untold(group: Group, launches: boolean, status: Activity['status']): string {
  if (status === 'Cancelled') return 'it ended before it was in service';
  const type = `autoscaling:EC2_INSTANCE_${launches ? 'LAUNCH' : 'TERMINATE'}`;
  const asked = [...group.notifications.values()].some((types) => types.includes(type));
  return asked ? 'before it was asked for, or long ago' : 'no topic asked for it';
}

function aboutCapacity({ now }: Ground, group: Group): Why {
  const { desired, held } = group;
  const ready = countOf(group, 'InService');
  const [policy, reason] = [...held].at(-1) ?? [];
  return {
    title: `group ${group.name}`,
    answer:
      ready !== desired
        ? `It wants ${desired}; ${ready} ${ready === 1 ? 'is' : 'are'} in service.`
        : reason !== undefined
          ? `Policy ${policy} changed nothing: ${HELD[reason as ScalingHeld['reason']]}.`
          : `It has what it wants: ${desired} in service.`,
    at: now,
    rule: CAPACITY,
    values: capacityOf(group),
    changes:
      nextInstance(group) ??
      (group.cooldownUntil > now
        ? { by: 'time', at: group.cooldownUntil, into: 'its policies act again' }
        : { by: 'act', into: 'another number is wanted' }),
    remedies: [
      helps(
        'see what it did, and its causes',
        `aws autoscaling describe-scaling-activities --auto-scaling-group-name ${group.name}`,
      ),
    ],
  };
}

const capacityOf = (group: Group): Why['values'] => [
  {
    label: 'in service',
    is: counted(countOf(group, 'InService')),
    against: { label: 'wanted', is: counted(group.desired) },
  },
  { label: 'from, to', is: worded(`${group.min} to ${group.max}`) },
];

/** The next instance that comes or goes. */
function nextInstance(group: Group): WhyChange | undefined {
  const moving = [...group.instances.values()].filter(({ state }) => state !== 'InService');
  const [first] = moving.sort((a, b) => a.until - b.until);
  if (first === undefined) return undefined;
  const into = `${first.id} is ${first.state === 'Pending' ? 'in service' : 'gone'}`;
  return { by: 'time', at: first.until, into };
}
