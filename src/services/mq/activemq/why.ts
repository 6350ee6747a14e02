/** Explains destinations of ActiveMQ: no node, a full queue, consumers without room, selectors, groups, topics. */
import {
  counted,
  helps,
  helpsNot,
  lasting,
  mayHelp,
  moment,
  sized,
  type WhyTable,
  worded,
} from '../../../contract/why.ts';
import { several } from '../../../contract/whyWords.ts';
import { type Instant, instant } from '../../../engine/units.ts';
import type { Broker } from '../model.ts';
import {
  type About,
  CONSUMERS,
  type ConsumerFacts,
  consumerTable,
  nothingReady,
  PREFETCH,
  rule,
} from '../whyParts.ts';
import { readyOf } from './boxes.ts';
import { groupOf, isSelected } from './dispatch.ts';
import { hasRoom } from './membership.ts';
import type { ActiveRuntime, Box, Consumer, Entry, Topic } from './model.ts';
import { policyFor } from './policy.ts';

export const activeOf = ({ runtime }: Broker): ActiveRuntime | undefined =>
  runtime?.type === 'ACTIVEMQ' ? runtime : undefined;

/** While no node holds the lock; undefined: one does. */
export function withoutNode({ active, takeover }: ActiveRuntime, now: Instant): About | undefined {
  if (active !== 0) return undefined;
  const runs = takeover !== undefined && !takeover.done;
  const phase = runs ? (takeover.phases.find(({ until }) => until > now)?.name ?? 'ports') : '';
  const ends = takeover?.phases.at(-1)?.until ?? now;
  return {
    answer: runs
      ? `No node serves now: node ${takeover.to} takes over${takeover.from === 0 ? '' : ` from node ${takeover.from}`}.`
      : 'No node serves now: none is up.',
    rule: rule(
      'failover',
      'One node holds the lock of the shared journal and serves; the other waits for it, then reads the journal and opens its ports.',
      'Amazon MQ Developer Guide, Active/standby broker',
    ),
    values: runs
      ? [
          { label: 'since', is: moment(takeover.began) },
          { label: 'now', is: worded(PHASES[phase] ?? phase) },
          { label: 'to go', is: lasting(ends - now) },
        ]
      : [],
    changes: runs
      ? { by: 'time', at: ends, into: `node ${takeover.to} opens its ports` }
      : { by: 'act', into: 'a node must come back' },
    remedies: [
      helps('a failover address: the client tries until a node answers'),
      mayHelp('a shorter journal: what waits is read before the ports open'),
      helpsNot('connecting again by hand: nobody listens yet'),
    ],
  };
}

const PHASES: Readonly<Record<string, string>> = {
  lease: 'the lease of the failed node runs out',
  lock: 'it takes the lock',
  journal: 'it reads the journal',
  ports: 'it opens its ports',
};

/** Publishes that wait for room in this queue. */
const heldFor = ({ held }: ActiveRuntime, key: string): number =>
  held.filter(({ reason }) => reason === key).length;

export function aboutBox(broker: Broker, box: Box, now: Instant): About {
  const runtime = activeOf(broker)!;
  const without = withoutNode(runtime, now);
  if (without !== undefined) return without;
  const waits = heldFor(runtime, box.key);
  if (waits > 0) return full(runtime, box, waits);
  const consumers = consumersOf(broker, box);
  if (box.ready === 0) {
    return box.redelivering.size > 0
      ? redelivering(runtime, box)
      : nothingReady(box.unacked, consumers, box.counters.enqueued);
  }
  return consumers.length === 0 ? withoutConsumer(broker, box) : untaken(box, consumers);
}

export function consumersOf(broker: Broker, box: Box): readonly ConsumerFacts[] {
  const runtime = activeOf(broker)!;
  const [first] = readyOf(box);
  return [...box.consumers].map((number) => {
    const consumer = runtime.consumers.get(number)!;
    return {
      tag: consumer.tag,
      app: runtime.sessions.get(consumer.connection)?.by ?? '',
      unacked: consumer.unacked,
      prefetch: consumer.prefetch,
      reason: first === undefined ? '' : reasonOf(box, consumer, first),
    };
  });
}

/** Why this consumer does not take that message; '': it would. */
function reasonOf(box: Box, consumer: Consumer, { message }: Entry): string {
  if (box.owner !== 0 && box.owner !== consumer.number) return 'another consumer is exclusive';
  if (!hasRoom(consumer)) return 'its prefetch is used up';
  const group = box.kind === 'queue' ? groupOf(message) : undefined;
  const pinned = group === undefined ? undefined : box.groups.get(group);
  if (pinned !== undefined && pinned !== consumer.number) return `group ${group} belongs to another consumer`;
  const { selector } = consumer;
  if (box.kind === 'queue' && selector !== undefined && !isSelected(selector, message))
    return 'its selector does not match';
  return '';
}

function full({ policy }: ActiveRuntime, box: Box, waits: number): About {
  const limit = policyFor(policy, 'queue', box.name)?.memoryLimit ?? 0;
  return {
    answer: `It is at its limit: ${several(waits, 'publish', 'publishes')} ${waits === 1 ? 'waits' : 'wait'} for room.`,
    rule: rule(
      'flow-control',
      'At the memory limit of a destination its producers wait until consumers have made room.',
      'Apache ActiveMQ, Producer Flow Control',
    ),
    values: [
      {
        label: 'held',
        is: sized(box.readyBytes + box.unackedBytes),
        against: { label: 'memoryLimit', is: sized(limit) },
      },
      { label: 'ready', is: counted(box.ready) },
      { label: 'unacknowledged', is: counted(box.unacked) },
    ],
    changes: { by: 'act', into: 'messages must be acknowledged, purged or expire' },
    remedies: [
      helps('more consumers, or faster ones'),
      mayHelp('a higher memoryLimit in the broker’s configuration, after a reboot'),
      helpsNot('publishing again: it waits as the first did'),
    ],
  };
}

function redelivering({ policy }: ActiveRuntime, box: Box): About {
  const next = [...box.redelivering.values()].sort((a, b) => a.at - b.at)[0]!;
  return {
    answer: `${several(box.redelivering.size, 'message')} ${box.redelivering.size === 1 ? 'was' : 'were'} given back and ${box.redelivering.size === 1 ? 'waits' : 'wait'} for redelivery.`,
    rule: redeliveryRule,
    values: [
      { label: 'waiting for redelivery', is: counted(box.redelivering.size) },
      {
        label: 'deliveries of the next one',
        is: counted(next.entry.deliveries),
        against: { label: 'at most', is: counted(policy.maximumRedeliveries + 1) },
      },
    ],
    changes: { by: 'time', at: next.at, into: 'it is ready again' },
    remedies: [mayHelp('mend the consumer: each failure costs a delivery, then it is a dead letter')],
  };
}

export const redeliveryRule = rule(
  'redelivery',
  'What a consumer gives back comes again after the redelivery delay, six times; then it goes to ActiveMQ.DLQ.',
  'Apache ActiveMQ, Message Redelivery and DLQ Handling',
);

function withoutConsumer(broker: Broker, box: Box): About {
  const name = box.kind === 'queue' ? box.name : box.subscriptionName;
  return {
    answer:
      box.kind === 'queue'
        ? 'Nobody consumes from it.'
        : 'Its subscriber is away; a durable subscription is kept for it.',
    rule: CONSUMERS,
    values: [{ label: 'ready', is: counted(box.ready) }],
    changes: { by: 'act', into: 'a consumer must subscribe' },
    remedies:
      box.kind === 'queue'
        ? [
            helps('subscribe to it', `broker subscribe --broker ${broker.name} --queue ${name}`),
            helps('take one', `broker get --broker ${broker.name} --queue ${name}`),
          ]
        : [helps('the subscriber must come back, with its client id')],
  };
}

export const ONE_CONSUMER = rule(
  'one-consumer',
  'A message group, or an exclusive consumer, ties messages to one consumer.',
  'Apache ActiveMQ, Message Groups; Exclusive Consumer',
);

/** For messages that only one consumer may have. */
export const tiedRemedies = [
  helps('the consumer that has the group must acknowledge, or end: then another gets it'),
  mayHelp('more groups (JMSXGroupID): they are shared among the consumers'),
  helpsNot('more consumers: a group stays with the one that has it'),
];

function untaken(box: Box, consumers: readonly ConsumerFacts[]): About {
  const [first] = [...new Set(consumers.map(({ reason }) => reason))];
  const alike = consumers.every(({ reason }) => reason === first);
  const bySelector = alike && first === 'its selector does not match';
  const byPrefetch = alike && first === 'its prefetch is used up';
  return {
    answer: bySelector
      ? `${several(box.ready, 'message')} ${box.ready === 1 ? 'waits' : 'wait'}: no consumer’s selector matches the first.`
      : byPrefetch
        ? `${several(box.ready, 'message')} ${box.ready === 1 ? 'waits' : 'wait'}: each of its consumers holds as many as its prefetch allows.`
        : `${several(box.ready, 'message')} ${box.ready === 1 ? 'waits' : 'wait'}: none of its consumers takes the first.`,
    rule: bySelector
      ? rule(
          'selectors',
          'A consumer with a selector is handed only what matches.',
          'Apache ActiveMQ, Selectors',
        )
      : byPrefetch
        ? PREFETCH
        : ONE_CONSUMER,
    values: [
      { label: 'ready', is: counted(box.ready) },
      { label: 'unacknowledged', is: counted(box.unacked) },
      ...(box.groups.size === 0 ? [] : [{ label: 'groups', is: counted(box.groups.size) }]),
    ],
    table: consumerTable(consumers),
    changes: {
      by: 'act',
      into: bySelector ? 'a consumer that takes it' : 'a consumer must acknowledge, or end',
    },
    remedies: bySelector
      ? [helps('a consumer without a selector, or with one that matches'), helpsNot('waiting')]
      : byPrefetch
        ? [helps('acknowledge what they hold'), mayHelp('a lower prefetch: then others get a share')]
        : tiedRemedies,
  };
}

/** A topic keeps nothing for those who are not there. */
export function aboutTopic(broker: Broker, topic: Topic, now: Instant): About {
  const runtime = activeOf(broker)!;
  const without = withoutNode(runtime, now);
  if (without !== undefined) return without;
  const boxes = [...topic.boxes].flatMap((key) => runtime.boxes.get(key) ?? []);
  const away = boxes.filter(({ durable, consumers }) => durable && consumers.size === 0);
  const { published, delivered, dropped } = topic.counters;
  return {
    answer:
      boxes.length === 0
        ? 'Nobody subscribes to it: what is sent to it is gone.'
        : away.length === 0
          ? `Each of its ${several(boxes.length, 'subscription')} gets a copy.`
          : `${several(away.length, 'durable subscriber')} ${away.length === 1 ? 'is' : 'are'} away: their copies are kept.`,
    rule: rule(
      'topics',
      'A topic copies a message to the subscribers of that moment; only durable ones, and queues of a virtual topic, get it later.',
      'Apache ActiveMQ, Topics; Virtual Destinations',
    ),
    values: [
      { label: 'published', is: counted(published) },
      { label: 'delivered', is: counted(delivered) },
      { label: 'sent where nobody was', is: counted(dropped) },
    ],
    ...(boxes.length > 0 && { table: subscriptions(boxes) }),
    changes: { by: 'act', into: boxes.length === 0 ? 'somebody must subscribe' : 'subscribers come and go' },
    remedies:
      boxes.length === 0
        ? [
            helps('a subscriber', `broker subscribe --broker ${broker.name} --queue topic://${topic.name}`),
            helps('a durable subscription, for those who are away at times'),
            mayHelp('a virtual topic: each Consumer.NAME queue keeps its copies'),
          ]
        : [],
  };
}

const subscriptions = (boxes: readonly Box[]): WhyTable => ({
  heads: ['subscriber', 'state', 'why', 'changes'],
  rows: boxes.slice(0, 6).map((box) => ({
    mark: box.consumers.size > 0 ? 'working' : 'idle',
    name: `${box.clientId} ${box.subscriptionName}`.trim() || box.key,
    state: box.consumers.size > 0 ? 'here' : 'away',
    reason: `${box.ready} ready, ${box.unacked} unacknowledged`,
    change: box.consumers.size > 0 ? 'now' : 'never',
  })),
  more: Math.max(0, boxes.length - 6),
});

/** Its time to live, or nothing. */
export const endOf = ({ expires }: Entry): Instant | undefined =>
  expires < 0 ? undefined : instant(expires);
