/** Forms of topics and those they tell, of buckets and of streams. */
import { flags, isCount, isName, isSpan } from './checks.ts';
import { type Form, quoted } from './forms.ts';

const isBucketName = (value: string): string | undefined =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value) ? undefined : '3 to 63 small letters, digits, - and .';

const isAnswer = (value: string): string | undefined =>
  /^([1-5]\d\d|hang|refuse)$/.test(value) ? undefined : 'a status like 200 or 500, hang, or refuse';

export const TOPIC_FORM: Form = {
  id: 'topic',
  title: 'SNS topic',
  about: 'tells each message to all its subscriptions',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'news',
      about: 'letters, digits, - and _',
      check: (value, values) =>
        isName(value) ??
        (values.kind === 'FIFO' && !value.endsWith('.fifo') ? 'a FIFO topic ends in .fifo' : undefined),
    },
    {
      id: 'kind',
      label: 'Kind',
      kind: 'choice',
      choices: ['standard', 'FIFO'],
      start: 'standard',
      about: 'cannot be changed later',
    },
  ],
  command: ({ name = '', kind }) =>
    `aws sns create-topic --name ${quoted(name)}${kind === 'FIFO' ? ' --attributes FifoTopic=true' : ''}`,
  cost: 'Costs $0 while idle; $0.50 per million publishes, and what is delivered.',
};

export const ENDPOINT_FORM: Form = {
  id: 'endpoint',
  title: 'endpoint',
  about: 'what a topic can tell outside AWS: a site, a mailbox, a phone',
  fields: [
    { id: 'name', label: 'Name', kind: 'text', start: 'hook', about: 'its address has it', check: isName },
    {
      id: 'kind',
      label: 'Kind',
      kind: 'choice',
      choices: ['http', 'mailbox', 'phone', 'mobile'],
      start: 'http',
      about: 'what it is',
    },
    {
      id: 'answers',
      label: 'Answers',
      kind: 'text',
      start: '200',
      about: '200, 500, hang, refuse',
      when: ({ kind }) => kind === 'http',
      check: isAnswer,
    },
    { id: 'latency', label: 'After', kind: 'text', start: '50ms', about: 'like 50ms or 2s', check: isSpan },
    {
      id: 'confirms',
      label: 'Confirms',
      kind: 'choice',
      choices: ['by itself', 'when I visit the link'],
      start: 'by itself',
      about: 'when it is subscribed',
      when: ({ kind }) => kind === 'http' || kind === 'mailbox',
    },
  ],
  command: ({ name = '', kind, answers, latency, confirms }) => {
    const asks = kind === 'http' || kind === 'mailbox';
    return `app create-endpoint --name ${quoted(name)} --kind ${kind ?? 'http'}${flags([
      ['answers', kind === 'http' ? answers : undefined, '200'],
      ['latency', latency, '50ms'],
    ])}${asks && confirms === 'by itself' ? ' --confirms' : ''}`;
  },
  cost: 'Costs nothing itself; deliveries to it are counted by SNS.',
};

export const BUCKET_FORM: Form = {
  id: 'bucket',
  title: 'S3 bucket',
  about: 'keeps objects, and tells queues, topics and functions of new ones',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'photos',
      about: 'small letters, digits, -',
      check: isBucketName,
    },
  ],
  command: ({ name = '' }) => `aws s3api create-bucket --bucket ${quoted(name)}`,
  cost: 'Costs $0 while empty; then what it holds, and each request.',
};

const isOnDemand = (mode: string | undefined): boolean => mode === 'on demand';

export const STREAM_FORM: Form = {
  id: 'stream',
  title: 'Kinesis stream',
  about: 'keeps records in the order of their keys, for many readers',
  fields: [
    { id: 'name', label: 'Name', kind: 'text', start: 'clicks', about: 'letters, digits, -', check: isName },
    {
      id: 'mode',
      label: 'Mode',
      kind: 'choice',
      choices: ['provisioned', 'on demand'],
      start: 'provisioned',
      about: 'can be changed later',
    },
    {
      id: 'shards',
      label: 'Shards',
      kind: 'text',
      start: '2',
      about: 'each 1 MiB/s in, 2 MiB/s out',
      when: ({ mode }) => !isOnDemand(mode),
      check: isCount(200),
    },
  ],
  command: ({ name = '', mode, shards = '' }) =>
    `aws kinesis create-stream --stream-name ${quoted(name)} ${
      isOnDemand(mode) ? '--stream-mode-details StreamMode=ON_DEMAND' : `--shard-count ${quoted(shards)}`
    }`,
  cost: 'Costs by the hour and shard, also while idle.',
};
