/** Explains queues of RabbitMQ, and publishes that no queue took. */
import {
  counted,
  helps,
  helpsNot,
  mayHelp,
  type Why,
  type WhyGround,
  type WhyQuestion,
  worded,
} from '../../../contract/why.ts';
import { instant } from '../../../engine/units.ts';
import type { Broker, MqState } from '../model.ts';
import type { Queue } from './model.ts';
import { isUp, runtimeOf } from './runtime.ts';

type Ground = WhyGround<MqState>;

export function whyQueue({ now }: Ground, broker: Broker, name: string): Why | undefined {
  const queue = runtimeOf(broker).virtualHosts.get('/')?.queues.get(name);
  if (queue === undefined) return undefined;
  const title = `queue ${name} of ${broker.name}`;
  if (queue.leader === 0) return { ...withoutLeader(broker, queue), title, at: now };
  if (queue.ready === 0) return undefined;
  return {
    ...(queue.consumers.size === 0 ? withoutConsumer(broker, queue) : starved(broker, queue)),
    title,
    at: now,
  };
}

type About = Omit<Why, 'title' | 'at'>;

function withoutLeader(broker: Broker, queue: Queue): About {
  const up = queue.members.filter((number) => isUp(broker, number)).length;
  const isQuorum = queue.kind === 'quorum';
  const elects = queue.electionEnds >= 0;
  return {
    answer: elects
      ? 'Its leader is gone, and its other nodes elect a new one.'
      : isQuorum
        ? 'It has no majority of its nodes, so it neither takes nor gives messages.'
        : 'It lives on a node that is down.',
    rule: {
      name: 'mq/leader',
      says: 'A quorum queue works while more than half of its nodes are up; a classic one while its own node is.',
      page: 'RabbitMQ, Quorum Queues',
    },
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

function withoutConsumer(broker: Broker, queue: Queue): About {
  return {
    answer: 'Nobody consumes from it.',
    rule: {
      name: 'mq/consumers',
      says: 'A broker pushes messages to consumers that have subscribed; without one they wait.',
      page: 'RabbitMQ, Consumers',
    },
    values: [{ label: 'ready', is: counted(queue.ready) }],
    changes: { by: 'act', into: 'a consumer must subscribe' },
    remedies: [
      helps('subscribe to it', `broker subscribe --broker ${broker.name} --queue ${queue.name}`),
      helps('take one', `broker get --broker ${broker.name} --queue ${queue.name}`),
    ],
  };
}

function starved(broker: Broker, queue: Queue): About {
  const { consumers } = runtimeOf(broker);
  const held = [...queue.consumers].map((number) => consumers.get(number)!);
  const [first] = held;
  return {
    answer: 'Each of its consumers holds as many as its prefetch allows, and has acknowledged none of them.',
    rule: {
      name: 'mq/prefetch',
      says: 'A consumer gets no more than its prefetch before it acknowledges.',
      page: 'RabbitMQ, Consumer Prefetch',
    },
    values: [
      { label: 'ready', is: counted(queue.ready) },
      ...(first === undefined
        ? []
        : [
            {
              label: `unacknowledged at ${first.tag}`,
              is: counted(first.unacked),
              against: { label: 'prefetch', is: counted(first.prefetch) },
            },
          ]),
    ],
    changes: { by: 'act', into: 'a consumer must acknowledge, or end' },
    remedies: [
      helps('acknowledge what it holds'),
      helps('more consumers'),
      mayHelp('a higher prefetch: it takes more before it waits'),
    ],
  };
}

/** `broker publish` that no queue took, asked about as an answer. */
export function whyUnroutable(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type !== 'call') return undefined;
  const { request } = question;
  if (request.service !== 'broker' || request.operation !== 'Publish') return undefined;
  const gone = ground
    .lately(20)
    .find(({ event }) => event.type === 'mq/MessageDropped' || event.type === 'mq/MessageReturned');
  const facts = gone?.event as { reason?: string; destination?: string; routingKey?: string } | undefined;
  if (facts?.reason !== 'unroutable') return undefined;
  const { exchange = '', broker = '' } = request.input as { exchange?: string; broker?: string };
  return {
    title: `your publish to ${exchange === '' ? 'the default exchange' : exchange}`,
    answer: 'No queue is bound for this key, so no queue has the message.',
    at: ground.now,
    rule: {
      name: 'mq/unroutable',
      says: 'An exchange keeps nothing: what no binding takes is dropped, or given back when it was mandatory.',
      page: 'RabbitMQ, Publishers',
    },
    values: [{ label: 'routing key', is: worded(facts.routingKey ?? '') }],
    changes: { by: 'act', into: 'a binding that takes the key' },
    remedies: [
      helps(
        'bind a queue',
        `broker bind --broker ${broker} --exchange ${exchange} --queue NAME --routing-key '#'`,
      ),
      mayHelp('publish with --mandatory, to be told'),
      mayHelp('give the exchange an alternate-exchange'),
    ],
  };
}
