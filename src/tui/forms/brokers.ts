/** Forms of brokers and their clients, and of delivery streams. */
import { flags, isCount, isName, isRate, isSpan } from './checks.ts';
import { type Form, quoted, type Values } from './forms.ts';

const isRabbit = ({ engine }: Values): boolean => engine === 'RabbitMQ';

export const BROKER_FORM: Form = {
  id: 'broker',
  title: 'Amazon MQ broker',
  about: 'servers that speak open protocols; ready after some minutes',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'office',
      about: 'letters, digits, - and _',
      check: isName,
    },
    {
      id: 'engine',
      label: 'Engine',
      kind: 'choice',
      choices: ['ActiveMQ', 'RabbitMQ'],
      start: 'ActiveMQ',
      about: 'cannot be changed later',
    },
    {
      id: 'servers',
      label: 'Servers',
      kind: 'choice',
      choices: ['one', 'several zones'],
      start: 'one',
      about: 'a pair, or a cluster of 3',
    },
    {
      id: 'user',
      label: 'User',
      kind: 'text',
      start: 'app',
      about: '2 to 100 characters; not guest',
      check: (value) =>
        /^[A-Za-z0-9_.-]{2,100}$/.test(value) && value !== 'guest'
          ? undefined
          : '2 to 100 letters, digits, - . _',
    },
    {
      id: 'password',
      label: 'Password',
      kind: 'text',
      start: 'long-enough-1',
      about: '12 or more, no , : =',
      check: (value) =>
        /^[^\s,:=]{12,250}$/.test(value) && new Set(value).size >= 4
          ? undefined
          : '12 characters or more, 4 different, none of , : =',
    },
  ],
  command: (values) => {
    const { name = '', servers, user = '', password = '' } = values;
    const rabbit = isRabbit(values);
    const mode =
      servers === 'one' ? 'SINGLE_INSTANCE' : rabbit ? 'CLUSTER_MULTI_AZ' : 'ACTIVE_STANDBY_MULTI_AZ';
    return `aws mq create-broker --broker-name ${quoted(name)} --engine-type ${rabbit ? 'RABBITMQ' : 'ACTIVEMQ'} --deployment-mode ${mode} --host-instance-type ${rabbit ? 'mq.m7g.large' : 'mq.m5.large'} --publicly-accessible --auto-minor-version-upgrade --users ${quoted(`Username=${user},Password=${password}`)}`;
  },
  cost: 'Costs by the hour and server, also while idle.',
};

const isSender = ({ role }: Values): boolean => role === 'producer';

export const CLIENT_FORM: Form = {
  id: 'client',
  title: 'broker client',
  about: 'an app that speaks a broker’s protocol',
  fields: [
    { id: 'name', label: 'Name', kind: 'text', start: 'till', about: 'as the broker sees it', check: isName },
    {
      id: 'broker',
      label: 'Broker',
      kind: 'text',
      start: 'office',
      about: 'its name, or onprem',
      check: isName,
    },
    {
      id: 'protocol',
      label: 'Protocol',
      kind: 'choice',
      choices: ['openwire', 'amqp10', 'stomp', 'mqtt', 'wss', 'amqp091'],
      start: 'openwire',
      about: 'RabbitMQ: amqp091',
    },
    {
      id: 'role',
      label: 'It',
      kind: 'choice',
      choices: ['producer', 'consumer'],
      start: 'producer',
      about: 'sends, or takes',
    },
    {
      id: 'destination',
      label: 'Destination',
      kind: 'text',
      start: 'orders',
      about: 'as the protocol writes it',
      check: (value) => (value === '' || /\s/.test(value) ? 'a queue or topic' : undefined),
    },
    {
      id: 'rate',
      label: 'Rate',
      kind: 'text',
      start: '1/s',
      about: 'like 5/s',
      when: isSender,
      check: isRate,
    },
    {
      id: 'prefetch',
      label: 'Prefetch',
      kind: 'text',
      start: '10',
      about: 'held before it acknowledges',
      when: (values) => !isSender(values),
      check: isCount(65_535),
    },
    {
      id: 'time',
      label: 'Work on one',
      kind: 'text',
      start: '1s',
      about: 'like 5s, or 2s..8s',
      when: (values) => !isSender(values),
      check: isSpan,
    },
    {
      id: 'user',
      label: 'User',
      kind: 'text',
      start: 'app',
      about: 'of the broker, not of IAM',
      check: isName,
    },
  ],
  command: (values) => {
    const {
      name = '',
      broker = '',
      protocol = '',
      role = '',
      destination = '',
      user,
      rate,
      prefetch,
      time,
    } = values;
    const where = protocol === 'stomp' || protocol === 'wss' ? stompName(destination) : destination;
    return `app create-client --name ${quoted(name)} --broker ${quoted(broker)} --protocol ${protocol} --role ${role} --destination ${quoted(where)}${flags(
      [
        ['user', user, 'app'],
        ['rate', isSender(values) ? rate : undefined, '1/s'],
        ['prefetch', isSender(values) || protocol === 'mqtt' ? undefined : prefetch, ''],
        ['time', isSender(values) ? undefined : time, ''],
      ],
    )}`;
  },
  cost: 'Clients cost nothing; the broker’s hours do.',
};

/** STOMP wants to hear whether it is a queue or a topic. */
const stompName = (text: string): string => (text.startsWith('/') ? text : `/queue/${text}`);

export const DELIVERY_FORM: Form = {
  id: 'delivery',
  title: 'Data Firehose stream',
  about: 'gathers records and writes them to a bucket',
  fields: [
    { id: 'name', label: 'Name', kind: 'text', start: 'logs', about: 'letters, digits, -', check: isName },
    {
      id: 'bucket',
      label: 'Bucket',
      kind: 'text',
      start: 'log-store',
      about: 'made with it',
      check: (value) =>
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)
          ? undefined
          : '3 to 63 small letters, digits, - and .',
    },
    {
      id: 'size',
      label: 'After',
      kind: 'text',
      start: '5',
      about: 'MiB, from 1 to 128',
      check: isCount(128),
    },
    {
      id: 'seconds',
      label: 'Or after',
      kind: 'text',
      start: '300',
      about: 'seconds, to 900',
      check: isCount(900),
    },
  ],
  command: ({ name = '', bucket = '', size = '', seconds = '' }) => {
    const target = JSON.stringify({
      RoleARN: `arn:aws:iam::000000000000:role/writer`,
      BucketARN: `arn:aws:s3:::${bucket}`,
      BufferingHints: { SizeInMBs: Number(size), IntervalInSeconds: Number(seconds) },
    });
    return [
      `aws s3api create-bucket --bucket ${quoted(bucket)}`,
      `aws firehose create-delivery-stream --delivery-stream-name ${quoted(name)} --extended-s3-destination-configuration '${target}'`,
    ].join('\n');
  },
  editsLine: 1,
  cost: 'Costs by the GB that comes in; nothing while idle.',
};
