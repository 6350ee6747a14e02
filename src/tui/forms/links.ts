/** Forms of what hangs on something that is there: a subscription, a function with what feeds it, an alarm. */
import { flags, isCount, isName, needsQueue } from './checks.ts';
import { type Form, quoted, type Values } from './forms.ts';

const ACCOUNT = '000000000000';
const REGION = 'us-east-1';

const isSpaceless =
  (words: string) =>
  (value: string): string | undefined =>
    value === '' || /\s/.test(value) ? words : undefined;

const isJson = (value: string): string | undefined => {
  if (value === '') return undefined;
  try {
    JSON.parse(value);
    return undefined;
  } catch {
    return 'JSON, like {"kind":["order"]}; empty: everything';
  }
};

const toQueue = ({ protocol }: Values): boolean => protocol === 'sqs';

/** What the endpoint of a protocol looks like; `NAME` is what is typed. */
const endpointOf = ({ protocol = '', queue = '', to = '' }: Values): string => {
  if (protocol === 'sqs') return `arn:aws:sqs:${REGION}:${ACCOUNT}:${queue}`;
  if (protocol === 'lambda') return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${to}`;
  if (protocol === 'email') return to.includes('@') ? to : `${to}@example.com`;
  if (protocol === 'sms') return to;
  return /^https?:\/\//.test(to) ? to : `https://${to}.example.com/`;
};

export const SUBSCRIPTION_FORM: Form = {
  id: 'subscription',
  title: 'SNS subscription',
  about: 'lets a topic tell a queue, a function or an address',
  fields: [
    { id: 'topic', label: 'Topic', kind: 'text', start: 'news', about: 'of this account', check: isName },
    {
      id: 'protocol',
      label: 'Protocol',
      kind: 'choice',
      choices: ['sqs', 'lambda', 'https', 'email', 'sms'],
      start: 'sqs',
      about: 'how it is told',
    },
    {
      id: 'queue',
      label: 'Endpoint',
      kind: 'queue',
      start: 'newest',
      about: 'its policy must let the topic send',
      when: toQueue,
      check: needsQueue,
    },
    {
      id: 'to',
      label: 'Endpoint',
      kind: 'text',
      start: 'hook',
      about: 'a name, an address, a number',
      when: (values) => !toQueue(values),
      check: isSpaceless('a function’s name, a host, a mailbox, or +1555…'),
    },
    {
      id: 'raw',
      label: 'Body',
      kind: 'choice',
      choices: ['in an envelope', 'raw'],
      start: 'in an envelope',
      about: 'with or without the JSON around it',
      when: ({ protocol }) => protocol === 'sqs' || protocol === 'https',
    },
    {
      id: 'filter',
      label: 'Filter',
      kind: 'text',
      start: '',
      about: 'of attributes, as JSON; empty: all',
      check: isJson,
    },
  ],
  command: (values) => {
    const { topic = '', protocol = 'sqs', raw, filter = '' } = values;
    const attributes: Record<string, string> = {};
    if (raw === 'raw' && (protocol === 'sqs' || protocol === 'https')) attributes.RawMessageDelivery = 'true';
    if (filter !== '') attributes.FilterPolicy = filter;
    const more = Object.keys(attributes).length === 0 ? '' : ` --attributes '${JSON.stringify(attributes)}'`;
    const arn = `arn:aws:sns:${REGION}:${ACCOUNT}:${topic}`;
    return `aws sns subscribe --topic-arn ${quoted(arn)} --protocol ${protocol} --notification-endpoint ${quoted(endpointOf(values))}${more}`;
  },
  cost: 'Costs $0 itself; deliveries to queues and functions are free, others are counted.',
};

const fedBy =
  (feeds: string) =>
  ({ feed }: Values): boolean =>
    feed === feeds;

export const FUNCTION_FORM: Form = {
  id: 'function',
  title: 'Lambda function',
  about: 'works on what comes, and can poll a queue by itself',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'handle',
      about: 'letters, digits, - and _',
      check: isName,
    },
    {
      id: 'handler',
      label: 'Behaviour',
      kind: 'choice',
      choices: ['ok', 'slow', 'fail-some', 'fail'],
      start: 'ok',
      about: 'one of a fixed set',
    },
    {
      id: 'feed',
      label: 'Fed by',
      kind: 'choice',
      choices: ['a queue', 'nothing yet'],
      start: 'a queue',
      about: 'an event source mapping',
    },
    {
      id: 'queue',
      label: 'Queue',
      kind: 'queue',
      start: 'newest',
      about: 'it is polled by Lambda',
      when: fedBy('a queue'),
      check: needsQueue,
    },
    {
      id: 'batch',
      label: 'In one call',
      kind: 'text',
      start: '10',
      about: 'messages, from 1 to 10',
      when: fedBy('a queue'),
      check: isCount(10),
    },
  ],
  command: (values) => {
    const { name = '', handler = 'ok', queue = '', batch } = values;
    const make = `aws lambda create-function --function-name ${quoted(name)} --role arn:aws:iam::${ACCOUNT}:role/worker --runtime nodejs22.x --handler ${handler} --zip-file fileb://code.zip`;
    return [
      make,
      ...(values.feed === 'a queue'
        ? [
            `aws lambda create-event-source-mapping --function-name ${quoted(name)} --event-source-arn arn:aws:sqs:${REGION}:${ACCOUNT}:${queue}${flags([['batch-size', batch, '10']])}`,
          ]
        : []),
    ].join('\n');
  },
  editsLine: 0,
  cost: 'Costs by request and duration; Lambda’s polls are requests of the queue.',
};

export const ALARM_FORM: Form = {
  id: 'alarm',
  title: 'CloudWatch alarm',
  about: 'watches the backlog of a queue',
  fields: [
    { id: 'name', label: 'Name', kind: 'text', start: 'backlog', about: 'letters, digits, -', check: isName },
    { id: 'queue', label: 'Queue', kind: 'queue', start: 'newest', about: 'a queue', check: needsQueue },
    {
      id: 'threshold',
      label: 'Above',
      kind: 'text',
      start: '100',
      about: 'visible messages',
      check: isCount(1_000_000),
    },
    {
      id: 'periods',
      label: 'For',
      kind: 'text',
      start: '1',
      about: 'minutes in a row',
      check: isCount(100),
    },
  ],
  command: ({ name = '', queue = '', threshold = '', periods = '' }) =>
    `aws cloudwatch put-metric-alarm --alarm-name ${quoted(name)} --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible --dimensions Name=QueueName,Value=${quoted(queue)} --statistic Maximum --period 60 --evaluation-periods ${quoted(periods)} --threshold ${quoted(threshold)} --comparison-operator GreaterThanThreshold`,
  cost: 'An alarm costs $0.10 a month.',
};
