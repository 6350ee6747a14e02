/** `broker` commands about queues, exchanges, bindings, and those of a RabbitMQ administrator. */
import type { BrokerCommand } from '../../contract/broker.ts';
import { DOCUMENT, FLAG, type Flag, invalidValue, member, NUMBER } from './shapes.ts';
import { type Given, isSet, QUEUE, table, text, verb } from './verb.ts';

const ARGUMENTS: Flag = {
  rule: { purpose: 'further arguments as JSON: {"x-message-ttl":5000}' },
  shape: DOCUMENT,
};
const DURABLE: Flag = { rule: { purpose: 'outlives a restart', default: true }, shape: FLAG };
const AUTO_DELETE: Flag = { rule: { purpose: 'goes with its last user', default: false }, shape: FLAG };

export const declareQueue = verb(
  'DeclareQueue',
  'Makes a queue, or checks that it is as you say.',
  {
    queue: { rule: { purpose: 'its name; left out: the broker makes one up' } },
    type: { rule: { purpose: 'of RabbitMQ: how it keeps messages', values: ['classic', 'quorum'] } },
    durable: DURABLE,
    exclusive: {
      rule: { purpose: 'of this connection only, and gone with it', default: false },
      shape: FLAG,
    },
    autoDelete: AUTO_DELETE,
    passive: { rule: { purpose: 'only look whether it is there', default: false }, shape: FLAG },
    arguments: ARGUMENTS,
  },
  [member('queue'), member('messageCount', NUMBER), member('consumerCount', NUMBER)],
  (input) => {
    const type = input.type;
    const more = {
      ...(table(input, 'arguments') ?? {}),
      ...(type !== undefined && { 'x-queue-type': String(type) }),
    };
    return {
      do: 'declareQueue',
      queue: text(input, 'queue'),
      durable: input.durable !== false,
      exclusive: isSet(input, 'exclusive'),
      autoDelete: isSet(input, 'autoDelete'),
      passive: isSet(input, 'passive'),
      arguments: more,
    };
  },
);

export const declareExchange = verb(
  'DeclareExchange',
  'Makes an exchange, or checks that it is as you say.',
  {
    exchange: { rule: { purpose: 'its name' }, required: true },
    type: { rule: { purpose: 'direct, fanout, topic, headers or x-consistent-hash', default: 'direct' } },
    durable: DURABLE,
    internal: { rule: { purpose: 'only other exchanges publish to it', default: false }, shape: FLAG },
    autoDelete: AUTO_DELETE,
    arguments: {
      rule: { purpose: 'further arguments as JSON: {"alternate-exchange":"rest"}' },
      shape: DOCUMENT,
    },
  },
  [],
  (input) => ({
    do: 'declareExchange',
    exchange: text(input, 'exchange'),
    type: String(input.type ?? 'direct'),
    durable: input.durable !== false,
    internal: isSet(input, 'internal'),
    autoDelete: isSet(input, 'autoDelete'),
    arguments: table(input, 'arguments') ?? {},
  }),
);

const BIND_FLAGS: Readonly<Record<string, Flag>> = {
  exchange: { rule: { purpose: 'from which exchange' }, required: true },
  queue: { rule: { purpose: 'to which queue' } },
  toExchange: { rule: { purpose: 'or to which exchange' } },
  routingKey: { rule: { purpose: 'the binding key: orders.eu.*', default: '' } },
  arguments: {
    rule: { purpose: 'of a headers exchange, as JSON: {"x-match":"all","colour":"red"}' },
    shape: DOCUMENT,
  },
};

const bindCommand =
  (what: 'bind' | 'unbind') =>
  (input: Given): Exclude<BrokerCommand, { do: 'connect' }> => {
    const toExchange = input.toExchange;
    if ((toExchange === undefined) === (input.queue === undefined)) {
      throw invalidValue('queue', input.queue ?? '(none)', 'say either --queue or --to-exchange');
    }
    return {
      do: what,
      exchange: text(input, 'exchange'),
      to: toExchange === undefined ? 'queue' : 'exchange',
      destination: String(toExchange ?? input.queue),
      routingKey: text(input, 'routingKey'),
      arguments: table(input, 'arguments') ?? {},
    };
  };

export const bind = verb(
  'Bind',
  'Lets an exchange give messages to a queue.',
  BIND_FLAGS,
  [],
  bindCommand('bind'),
);
export const unbind = verb('Unbind', 'Takes a binding back.', BIND_FLAGS, [], bindCommand('unbind'));

export const deleteQueue = verb(
  'DeleteQueue',
  'Deletes a queue with its messages.',
  {
    queue: QUEUE,
    ifUnused: { rule: { purpose: 'only without consumers', default: false }, shape: FLAG },
    ifEmpty: { rule: { purpose: 'only without messages', default: false }, shape: FLAG },
  },
  [member('messageCount', NUMBER)],
  (input) => ({
    do: 'deleteQueue',
    queue: text(input, 'queue'),
    ifUnused: isSet(input, 'ifUnused'),
    ifEmpty: isSet(input, 'ifEmpty'),
  }),
);

export const deleteExchange = verb(
  'DeleteExchange',
  'Deletes an exchange with its bindings.',
  {
    exchange: { rule: { purpose: 'the exchange' }, required: true },
    ifUnused: { rule: { purpose: 'only without bindings', default: false }, shape: FLAG },
  },
  [],
  (input) => ({
    do: 'deleteExchange',
    exchange: text(input, 'exchange'),
    ifUnused: isSet(input, 'ifUnused'),
  }),
);

export const putVirtualHost = verb(
  'PutVirtualHost',
  'Makes a virtual host in RabbitMQ, as its console does.',
  { name: { rule: { purpose: 'its name' }, required: true } },
  [],
  (input) => ({ do: 'putVirtualHost', virtualHost: text(input, 'name') }),
);

export const putUser = verb(
  'PutUser',
  'Makes a user in RabbitMQ, as its console does.',
  {
    name: { rule: { purpose: 'the user’s name' }, required: true },
    newPassword: { rule: { purpose: 'at least 12 characters, 4 different' }, required: true },
    tags: { rule: { purpose: 'administrator, or nothing' } },
  },
  [],
  (input) => ({
    do: 'putUser',
    user: text(input, 'name'),
    password: text(input, 'newPassword'),
    tags: text(input, 'tags'),
  }),
);

export const setPermissions = verb(
  'SetPermissions',
  'Says what a user of RabbitMQ may do in a virtual host: three patterns of names.',
  {
    name: { rule: { purpose: 'the user' }, required: true },
    of: { rule: { purpose: 'the virtual host', default: '/' } },
    configure: { rule: { purpose: 'what it may declare and delete', default: '.*' } },
    write: { rule: { purpose: 'where it may publish and bind', default: '.*' } },
    read: { rule: { purpose: 'what it may consume', default: '.*' } },
  },
  [],
  (input) => ({
    do: 'setPermissions',
    user: text(input, 'name'),
    virtualHost: String(input.of ?? '/'),
    configure: String(input.configure ?? '.*'),
    write: String(input.write ?? '.*'),
    read: String(input.read ?? '.*'),
  }),
);
