/** The forms there are. */
import { BROKER_FORM, CLIENT_FORM, DELIVERY_FORM } from './brokers.ts';
import { flags, isChance, isCount, isName, isRate, isSpan, needsQueue } from './checks.ts';
import { DATABASE_FORM, FLEET_FORM, GROUP_FORM, WEBSITE_FORM } from './fleets.ts';
import type { Field, Form, Values } from './forms.ts';
import { quoted, secondsOf } from './forms.ts';
import { ALARM_FORM, FUNCTION_FORM, SUBSCRIPTION_FORM } from './links.ts';
import { RULE_FORM, TOPIC_RULE_FORM } from './rules.ts';
import { BUCKET_FORM, ENDPOINT_FORM, STREAM_FORM, TOPIC_FORM } from './services.ts';
import { STREAM_APP_FORMS } from './streamApps.ts';
import { EVENT_SUBSCRIPTION_FORM, NOTIFICATION_FORM } from './telling.ts';

const HOUR = 3_600;

const within =
  (from: number, to: number, words: string) =>
  (value: string): string | undefined => {
    const seconds = secondsOf(value);
    if (seconds === undefined) return 'a time, like 45 or 1m30';
    return seconds >= from && seconds <= to ? undefined : words;
  };

const isFifo = (values: Values): boolean => values.kind === 'FIFO';

const QUEUE_FIELDS: readonly Field[] = [
  {
    id: 'name',
    label: 'Name',
    kind: 'text',
    start: 'orders',
    about: 'letters, digits, - and _',
    check: (value, values) =>
      isName(value) ??
      (isFifo(values) && !value.endsWith('.fifo') ? 'a FIFO queue ends in .fifo' : undefined),
  },
  {
    id: 'kind',
    label: 'Kind',
    kind: 'choice',
    choices: ['standard', 'FIFO'],
    start: 'standard',
    about: 'cannot be changed later',
  },
  {
    id: 'visibility',
    label: 'Visibility timeout',
    kind: 'text',
    start: '30',
    about: '0 s to 12 h, when received',
    check: within(0, 12 * HOUR, 'from 0 s to 12 h'),
  },
  {
    id: 'delay',
    label: 'Delay',
    kind: 'text',
    start: '0',
    about: '0 s to 15 m, when sent',
    check: within(0, 900, 'from 0 s to 15 m'),
  },
  {
    id: 'dlq',
    label: 'Dead-letter queue',
    kind: 'queue',
    start: '',
    about: 'of the same kind',
  },
  {
    id: 'receives',
    label: 'After',
    kind: 'text',
    start: '3',
    about: 'receives; from 1 to 1,000',
    when: (values) => (values.dlq ?? '') !== '',
    check: (value) => (/^[1-9]\d{0,2}$|^1000$/.test(value) ? undefined : 'from 1 to 1,000'),
  },
  {
    id: 'dedup',
    label: 'Deduplicate',
    kind: 'choice',
    choices: ['by content', 'by my own id'],
    start: 'by content',
    about: 'SHA-256 of body, for 5 min',
    when: isFifo,
  },
];

function queueCommand(values: Values): string {
  const attributes: Record<string, string> = {};
  if (isFifo(values)) attributes.FifoQueue = 'true';
  if (isFifo(values) && values.dedup === 'by content') attributes.ContentBasedDeduplication = 'true';
  const visibility = secondsOf(values.visibility ?? '30');
  if (visibility !== undefined && visibility !== 30) attributes.VisibilityTimeout = String(visibility);
  const delay = secondsOf(values.delay ?? '0');
  if (delay !== undefined && delay !== 0) attributes.DelaySeconds = String(delay);
  if ((values.dlq ?? '') !== '') {
    const policy = {
      deadLetterTargetArn: values.dlqArn ?? values.dlq,
      maxReceiveCount: Number(values.receives) || 3,
    };
    attributes.RedrivePolicy = JSON.stringify(policy);
  }
  const names = Object.keys(attributes);
  const start = `aws sqs create-queue --queue-name ${quoted(values.name ?? '')}`;
  if (names.length === 0) return start;
  if (attributes.RedrivePolicy === undefined) {
    return `${start} --attributes ${names.map((name) => `${name}=${attributes[name]}`).join(',')}`;
  }
  return `${start} --attributes '${JSON.stringify(attributes)}'`;
}

const PRODUCER_FIELDS: readonly Field[] = [
  {
    id: 'name',
    label: 'Name',
    kind: 'text',
    start: 'web',
    about: 'the caller of its calls',
    check: isName,
  },
  { id: 'queue', label: 'Sends to', kind: 'queue', start: 'newest', about: 'a queue', check: needsQueue },
  { id: 'rate', label: 'Rate', kind: 'text', start: '1/s', about: 'like 12/s, 300/min, 5/h', check: isRate },
  {
    id: 'pattern',
    label: 'Pattern',
    kind: 'choice',
    choices: ['constant', 'poisson', 'burst', 'spike', 'sine'],
    start: 'constant',
    about: 'spread over time',
  },
  { id: 'body', label: 'Body', kind: 'text', start: 'order {n}', about: '{n} counts' },
  {
    id: 'group',
    label: 'Message group',
    kind: 'text',
    start: 'customer-{1..3}',
    about: 'in turn, for a FIFO queue',
    when: (values) => (values.queue ?? '').endsWith('.fifo'),
  },
  {
    id: 'batch',
    label: 'In one call',
    kind: 'text',
    start: '1',
    about: 'messages, from 1 to 10',
    check: isCount(10),
  },
];

const CONSUMER_FIELDS: readonly Field[] = [
  {
    id: 'name',
    label: 'Name',
    kind: 'text',
    start: 'worker',
    about: 'the caller of its calls',
    check: isName,
  },
  { id: 'queue', label: 'Takes from', kind: 'queue', start: 'newest', about: 'a queue', check: needsQueue },
  {
    id: 'concurrency',
    label: 'Workers',
    kind: 'text',
    start: '1',
    about: 'each a client of its own',
    check: isCount(1_000),
  },
  { id: 'time', label: 'Work on one', kind: 'text', start: '5s', about: 'like 5s, or 2s..8s', check: isSpan },
  {
    id: 'fail',
    label: 'Fails',
    kind: 'text',
    start: '0',
    about: 'like 1 in 20; 0 for never',
    check: isChance,
  },
  {
    id: 'poll',
    label: 'Poll',
    kind: 'choice',
    choices: ['long, 20 s', 'short'],
    start: 'long, 20 s',
    about: 'waits, or asks again',
  },
  {
    id: 'batch',
    label: 'In one call',
    kind: 'text',
    start: '1',
    about: 'messages, from 1 to 10',
    check: isCount(10),
  },
];

const producerCommand = (values: Values): string =>
  `app create-producer --name ${quoted(values.name ?? '')} --to queue/${values.queue ?? ''}` +
  flags([
    ['rate', values.rate, ''],
    ['pattern', values.pattern, 'constant'],
    ['body', values.body, 'message {n}'],
    ['group', (values.queue ?? '').endsWith('.fifo') ? values.group : undefined, ''],
    ['batch', values.batch, '1'],
  ]);

const consumerCommand = (values: Values): string =>
  `app create-consumer --name ${quoted(values.name ?? '')} --from queue/${values.queue ?? ''}` +
  flags([
    ['concurrency', values.concurrency, '1'],
    ['time', values.time, ''],
    ['fail', values.fail, '0'],
    ['wait', values.poll === 'short' ? '0s' : undefined, ''],
    ['batch', values.batch, '1'],
  ]);

export const KINDS: readonly Form[] = [
  {
    id: 'queue',
    title: 'SQS queue',
    about: 'keeps messages until somebody deletes them',
    fields: QUEUE_FIELDS,
    command: queueCommand,
    cost: 'Costs $0 while idle; $0.40 per million requests, FIFO $0.50.',
  },
  {
    id: 'producer',
    title: 'producer',
    about: 'an app that sends messages to a queue',
    fields: PRODUCER_FIELDS,
    command: producerCommand,
    cost: 'Each call is a request: batches of 10 cost a tenth.',
  },
  {
    id: 'consumer',
    title: 'consumer',
    about: 'an app whose workers receive, work and delete',
    fields: CONSUMER_FIELDS,
    command: consumerCommand,
    cost: 'Empty short polls cost as much as full ones.',
  },
  WEBSITE_FORM,
  DATABASE_FORM,
  GROUP_FORM,
  FLEET_FORM,
  TOPIC_FORM,
  ENDPOINT_FORM,
  BUCKET_FORM,
  STREAM_FORM,
  ...STREAM_APP_FORMS,
  SUBSCRIPTION_FORM,
  FUNCTION_FORM,
  ALARM_FORM,
  BROKER_FORM,
  CLIENT_FORM,
  DELIVERY_FORM,
  RULE_FORM,
  TOPIC_RULE_FORM,
  NOTIFICATION_FORM,
  EVENT_SUBSCRIPTION_FORM,
];

export const formById = (id: string): Form | undefined => KINDS.find((form) => form.id === id);
