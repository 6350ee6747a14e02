/** Explains queues of RabbitMQ: no leader, at their limit, no consumer, no room at the consumers. */
import { counted, helps, helpsNot, mayHelp, sized, worded } from '../../../contract/why.ts';
import { several } from '../../../contract/whyWords.ts';
import { instant } from '../../../engine/units.ts';
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
import type { Queue } from './model.ts';
import { isUp, runtimeOf } from './runtime.ts';

/** `orders`, or in another virtual host `host:orders`. */
export function queueNamed(broker: Broker, shown: string): Queue | undefined {
  const { virtualHosts } = runtimeOf(broker);
  const at = shown.indexOf(':');
  const other = at < 0 ? undefined : virtualHosts.get(shown.slice(0, at))?.queues.get(shown.slice(at + 1));
  return virtualHosts.get('/')?.queues.get(shown) ?? other;
}

export function aboutQueue(broker: Broker, queue: Queue): About {
  if (queue.leader === 0) return withoutLeader(broker, queue);
  if (isAtLimit(queue)) return atLimit(broker, queue);
  const consumers = consumersOf(broker, queue);
  if (queue.ready === 0) return nothingReady(queue.unacked, consumers, queue.counters.routed);
  return consumers.length === 0 ? withoutConsumer(broker, queue) : starved(queue, consumers);
}

export function consumersOf(broker: Broker, queue: Queue): readonly ConsumerFacts[] {
  const runtime = runtimeOf(broker);
  return [...queue.consumers].map((number) => {
    const { tag, connection, unacked, prefetch, noAck } = runtime.consumers.get(number)!;
    const waits = queue.settings.singleActiveConsumer && queue.active !== 0 && queue.active !== number;
    const reason = waits
      ? 'another is the single active one'
      : !noAck && prefetch > 0 && unacked >= prefetch
        ? 'its prefetch is used up'
        : '';
    return { tag, app: broker.connections.get(connection)?.client.by ?? '', unacked, prefetch, reason };
  });
}

export function withoutLeader(broker: Broker, queue: Queue): About {
  const up = queue.members.filter((number) => isUp(broker, number)).length;
  const isQuorum = queue.kind === 'quorum';
  const elects = queue.electionEnds >= 0;
  return {
    answer: elects
      ? 'Its leader is gone, and its other nodes elect a new one.'
      : isQuorum
        ? 'It has no majority of its nodes, so it neither takes nor gives messages.'
        : 'It lives on a node that is down.',
    rule: rule(
      'leader',
      'A quorum queue works while more than half of its nodes are up; a classic one while its own node is.',
      'RabbitMQ, Quorum Queues',
    ),
    values: [
      {
        label: 'nodes up',
        is: counted(up),
        against: { label: 'needed', is: counted(isQuorum ? Math.floor(queue.members.length / 2) + 1 : 1) },
      },
      { label: 'publishes that wait', is: counted(queue.waiting.length) },
    ],
    changes: elects
      ? { by: 'time', at: instant(queue.electionEnds), into: 'a new leader' }
      : { by: 'act', into: 'a node must come back' },
    remedies: [
      helps('bring a node back', 'fault clear'),
      helpsNot('publishing again: what was published waits already'),
    ],
  };
}

const isAtLimit = ({ ready, readyBytes, settings }: Queue): boolean =>
  (settings.maxLength >= 0 && ready >= settings.maxLength) ||
  (settings.maxBytes >= 0 && readyBytes >= settings.maxBytes);

const OVERFLOWS = {
  'drop-head': 'each new message pushes the oldest out',
  'reject-publish': 'each new message is turned away',
  'reject-publish-dlx': 'each new message becomes a dead letter',
} as const;

export function atLimit(broker: Broker, { settings, ready, readyBytes, consumers, name }: Queue): About {
  const byLength = settings.maxLength >= 0 && ready >= settings.maxLength;
  return {
    answer: `It is at its limit, so ${OVERFLOWS[settings.overflow]}.`,
    rule: rule(
      'length-limit',
      'A queue keeps at most x-max-length ready messages, or x-max-length-bytes; overflow says what goes.',
      'RabbitMQ, Queue Length Limit',
    ),
    values: [
      byLength
        ? {
            label: 'ready',
            is: counted(ready),
            against: { label: 'at most', is: counted(settings.maxLength) },
          }
        : {
            label: 'ready bytes',
            is: sized(readyBytes),
            against: { label: 'at most', is: sized(settings.maxBytes) },
          },
      { label: 'overflow', is: worded(settings.overflow) },
      { label: 'consumers', is: counted(consumers.size) },
    ],
    changes: { by: 'act', into: 'a message must be taken, purged or expire' },
    remedies: [
      consumers.size === 0
        ? helps('a consumer', `broker subscribe --broker ${broker.name} --queue ${name}`)
        : helps('more consumers, or faster ones'),
      mayHelp('a dead-letter exchange keeps what would be dropped'),
      helpsNot('publishing again: the queue is as full as before'),
    ],
  };
}

function withoutConsumer(broker: Broker, queue: Queue): About {
  return {
    answer: 'Nobody consumes from it.',
    rule: CONSUMERS,
    values: [{ label: 'ready', is: counted(queue.ready) }],
    changes: { by: 'act', into: 'a consumer must subscribe' },
    remedies: [
      helps('subscribe to it', `broker subscribe --broker ${broker.name} --queue ${queue.name}`),
      helps('take one', `broker get --broker ${broker.name} --queue ${queue.name}`),
    ],
  };
}

function starved({ ready, unacked }: Queue, consumers: readonly ConsumerFacts[]): About {
  return {
    answer: `${several(ready, 'message')} ${ready === 1 ? 'waits' : 'wait'}: each of its consumers holds as many as its prefetch allows.`,
    rule: PREFETCH,
    values: [
      { label: 'ready', is: counted(ready) },
      { label: 'unacknowledged', is: counted(unacked) },
    ],
    table: consumerTable(consumers),
    changes: { by: 'act', into: 'a consumer must acknowledge, or end' },
    remedies: [
      helps('acknowledge what they hold'),
      helps('more consumers'),
      mayHelp('a higher prefetch: it takes more before it waits'),
    ],
  };
}
