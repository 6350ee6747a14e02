/** `broker` commands about messages: what AWS has no command line for, in the words of the protocols. */
import type { MessageProperties } from '../../contract/broker.ts';
import { durationOf } from '../../contract/quantities.ts';
import { COMMON, DOCUMENT, FLAG, type Flag, invalidValue, member, NUMBER, structure } from './shapes.ts';
import { linkFor } from './speaking.ts';
import { type Given, given, isSet, QUEUE, table, text, type Verb, verb } from './verb.ts';

/** `30s`, or whole milliseconds as RabbitMQ's expiration has them. */
function durationIn(input: Given, flag: string): number | undefined {
  const value = input[flag];
  if (value === undefined) return undefined;
  const read = /^\d+$/u.test(String(value)) ? Number(value) : durationOf(String(value));
  if (read === undefined) throw invalidValue(flag, value, 'a time like 30s, or milliseconds');
  return read;
}

function propertiesOf(input: Given): MessageProperties {
  return given({
    persistent: input.persistent !== false,
    priority: input.priority as number | undefined,
    ttlMs: durationIn(input, 'expiration'),
    delayMs: durationIn(input, 'delay'),
    headers: table(input, 'headers'),
    correlationId: input.correlationId as string | undefined,
    replyTo: input.replyTo as string | undefined,
    groupId: input.group as string | undefined,
    retain: input.retain as boolean | undefined,
    qos: input.qos as 0 | 1 | 2 | undefined,
  });
}

export const publish = verb(
  'Publish',
  'Sends a message: to an exchange, or by the default one to a queue.',
  {
    exchange: { rule: { purpose: 'of RabbitMQ: the exchange; left out: the default one' } },
    routingKey: {
      rule: { purpose: 'of RabbitMQ: the routing key; the default exchange takes a queue’s name' },
    },
    destination: { rule: { purpose: 'of ActiveMQ: queue://orders, topic://prices' } },
    body: { rule: { purpose: 'the message' }, required: true },
    persistent: { rule: { purpose: 'kept on disk', default: true }, shape: FLAG },
    priority: { rule: { purpose: 'higher goes first', min: 0, max: 255 }, shape: NUMBER },
    expiration: { rule: { purpose: 'how long it may wait: 30s, or milliseconds' } },
    headers: { rule: { purpose: 'as JSON: {"colour":"red"}' }, shape: DOCUMENT },
    correlationId: { rule: { purpose: 'an id of your own' } },
    replyTo: { rule: { purpose: 'where an answer should go' } },
    group: { rule: { purpose: 'of ActiveMQ: the message group' } },
    delay: { rule: { purpose: 'of ActiveMQ: deliver it later: 30s' } },
    qos: { rule: { purpose: 'of MQTT: 0, 1 or 2', min: 0, max: 2 }, shape: NUMBER },
    retain: { rule: { purpose: 'of MQTT: kept for those who come later', default: false }, shape: FLAG },
    mandatory: { rule: { purpose: 'give it back when no queue takes it', default: false }, shape: FLAG },
    confirm: { rule: { purpose: 'wait until the broker has it', default: false }, shape: FLAG },
  },
  [member('messageId'), member('confirmed', FLAG), member('returned')],
  (input) => ({
    do: 'publish',
    exchange: text(input, 'exchange'),
    destination: String(input.destination ?? input.routingKey ?? ''),
    body: text(input, 'body'),
    properties: propertiesOf(input),
    mandatory: isSet(input, 'mandatory'),
    confirm: isSet(input, 'confirm'),
  }),
);

export const get = verb(
  'Get',
  'Takes one message from a queue.',
  {
    queue: QUEUE,
    autoAck: { rule: { purpose: 'done with it at once', default: false }, shape: FLAG },
    selector: { rule: { purpose: 'of ActiveMQ: only such: colour = ’red’' } },
  },
  [member('message', DOCUMENT), member('messageCount', NUMBER), member('empty', FLAG)],
  (input) => ({
    do: 'get',
    destination: text(input, 'queue'),
    autoAck: isSet(input, 'autoAck'),
    ...given({ selector: input.selector as string | undefined }),
  }),
);

const TAG_FLAGS: Readonly<Record<string, Flag>> = {
  deliveryTag: { rule: { purpose: 'the delivery, by its tag', min: 0 }, shape: NUMBER, required: true },
  multiple: { rule: { purpose: 'all before it too', default: false }, shape: FLAG },
};

export const ack = verb('Ack', 'Says that you are done with a message.', TAG_FLAGS, [], (input) => ({
  do: 'ack',
  deliveryTag: Number(input.deliveryTag),
  multiple: isSet(input, 'multiple'),
}));

export const nack = verb(
  'Nack',
  'Gives a message back: to its queue, or without --requeue to the dead letters.',
  { ...TAG_FLAGS, requeue: { rule: { purpose: 'back to its queue', default: true }, shape: FLAG } },
  [],
  (input) => ({
    do: 'nack',
    deliveryTag: Number(input.deliveryTag),
    multiple: isSet(input, 'multiple'),
    requeue: input.requeue !== false,
  }),
);

export const purge = verb(
  'Purge',
  'Deletes all ready messages of a queue.',
  { queue: QUEUE },
  [member('messageCount', NUMBER)],
  (input) => ({ do: 'purge', destination: text(input, 'queue') }),
);

const ACKS = ['auto', 'client', 'individual'] as const;

export const subscribe = verb(
  'Subscribe',
  'Lets a queue or topic send you its messages; broker received shows them.',
  {
    queue: { rule: { purpose: 'the queue, or of ActiveMQ a topic: topic://prices' }, required: true },
    tag: { rule: { purpose: 'your name for the consumer; left out: one is made up' } },
    prefetch: {
      rule: { purpose: 'how many you take before you acknowledge; 0: no limit', min: 0 },
      shape: NUMBER,
    },
    ack: {
      rule: { purpose: 'who acknowledges: auto at once, else you', values: ACKS, default: 'individual' },
    },
    exclusive: { rule: { purpose: 'nobody else may consume', default: false }, shape: FLAG },
    priority: { rule: { purpose: 'higher gets messages first' }, shape: NUMBER },
    selector: { rule: { purpose: 'of ActiveMQ: only such: colour = ’red’' } },
    durableName: { rule: { purpose: 'of ActiveMQ: a durable subscription by this name' } },
    qos: { rule: { purpose: 'of MQTT: 0, 1 or 2', min: 0, max: 2 }, shape: NUMBER },
  },
  [member('consumerTag')],
  (input, state) => {
    const mode = String(input.ack ?? 'individual');
    const known = ACKS.find((one) => one === mode);
    if (known === undefined) throw invalidValue('ack', mode, `one of ${ACKS.join(', ')}`);
    return {
      do: 'subscribe',
      destination: text(input, 'queue'),
      tag: String(input.tag ?? `ctag-${++state.tagsMade}`),
      ack: known,
      exclusive: isSet(input, 'exclusive'),
      ...given({
        prefetch: input.prefetch as number | undefined,
        priority: input.priority as number | undefined,
        selector: input.selector as string | undefined,
        durableName: input.durableName as string | undefined,
        qos: input.qos as 0 | 1 | 2 | undefined,
      }),
    };
  },
);

export const unsubscribe = verb(
  'Unsubscribe',
  'Ends a consumer of yours.',
  {
    tag: { rule: { purpose: 'the consumer, by its name' }, required: true },
    durableName: { rule: { purpose: 'of ActiveMQ: forget this durable subscription, too' } },
  },
  [],
  (input) => ({
    do: 'unsubscribe',
    tag: text(input, 'tag'),
    ...given({ durableName: input.durableName as string | undefined }),
  }),
);

export const qos = verb(
  'Qos',
  'Sets the prefetch of your consumers to come.',
  {
    prefetch: {
      rule: { purpose: 'unacknowledged messages at most; 0: no limit', min: 0 },
      shape: NUMBER,
      required: true,
    },
    global: { rule: { purpose: 'of all consumers of the channel together', default: false }, shape: FLAG },
  },
  [],
  (input) => ({ do: 'qos', prefetch: Number(input.prefetch), global: isSet(input, 'global') }),
);

export const close = verb('Close', 'Closes your connection: what you held goes back.', {}, [], () => ({
  do: 'close',
}));

export const received: Verb = {
  name: 'Received',
  service: 'broker',
  input: structure('ReceivedRequest', [
    ...Object.entries(COMMON).map(([flag, { shape, required = false }]) => member(flag, shape, required)),
    member('newest', NUMBER),
  ]),
  output: structure('ReceivedResponse', [
    member('count', NUMBER),
    member('messages', { type: 'list', member: DOCUMENT }),
  ]),
  summary: 'Shows what your subscriptions brought, the newest first.',
  members: {
    ...Object.fromEntries(Object.entries(COMMON).map(([flag, { rule }]) => [flag, rule])),
    newest: { purpose: 'how many at most', min: 1, max: 100, default: 10, unit: 'messages' },
  },
  handle(context, input) {
    const newest = Number(input.newest ?? 10);
    if (!(newest >= 1 && newest <= 100)) throw invalidValue('newest', newest, 'from 1 to 100');
    const link = linkFor(context, input);
    const messages = link.received.slice(-newest).reverse();
    return {
      count: link.receivedCount,
      messages: messages.map(({ at, tag, message }) => ({ atMs: at, consumerTag: tag, ...message })),
    };
  },
};
