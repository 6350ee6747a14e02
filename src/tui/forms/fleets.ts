/** Forms of what stands around a queue: a website, a database, a group of instances and the fleet on it. */
import { STREAM_VIEWS } from '../../contract/tableStreams.ts';
import { flags, isCount, isName, isRate, isSpan, needsQueue } from './checks.ts';
import { type Field, type Form, quoted, type Values } from './forms.ts';

const name = (start: string, about = 'letters, digits, - and _'): Field => ({
  id: 'name',
  label: 'Name',
  kind: 'text',
  start,
  about,
  check: isName,
});

const toDatabase = (values: Values): boolean => values.target === 'database';

export const WEBSITE_FORM: Form = {
  id: 'website',
  title: 'website',
  about: 'visitors wait until an order is taken',
  fields: [
    name('shop', 'the caller of its calls'),
    {
      id: 'target',
      label: 'Orders go to',
      kind: 'choice',
      choices: ['queue', 'database'],
      start: 'queue',
      about: 'what the visitor waits for',
    },
    {
      id: 'queue',
      label: 'Queue',
      kind: 'queue',
      start: 'newest',
      about: 'answers after the send',
      when: (values) => !toDatabase(values),
      check: needsQueue,
    },
    {
      id: 'database',
      label: 'Database',
      kind: 'text',
      start: 'books',
      about: 'answers after the write',
      when: toDatabase,
      check: isName,
    },
    {
      id: 'rate',
      label: 'Visitors',
      kind: 'text',
      start: '20/s',
      about: 'like 50/s, 300/min',
      check: isRate,
    },
    {
      id: 'pattern',
      label: 'Pattern',
      kind: 'choice',
      choices: ['constant', 'poisson', 'burst', 'spike', 'sine'],
      start: 'constant',
      about: 'spread over time',
    },
  ],
  command: (values) =>
    `app create-website --name ${quoted(values.name ?? '')} --to ${
      toDatabase(values) ? `database/${values.database ?? ''}` : `queue/${values.queue ?? ''}`
    }${flags([
      ['rate', values.rate, ''],
      ['pattern', values.pattern, 'constant'],
      ['group', (values.queue ?? '').endsWith('.fifo') && !toDatabase(values) ? 'visitor-{1..10}' : '', ''],
    ])}`,
  cost: 'Each visitor is one send; writes to a database are not priced here.',
};

const isRelational = (values: Values): boolean => values.engine !== 'dynamodb';

export const DATABASE_FORM: Form = {
  id: 'database',
  title: 'database',
  about: 'takes so many writes a second and no more',
  fields: [
    name('books'),
    {
      id: 'engine',
      label: 'Engine',
      kind: 'choice',
      choices: ['dynamodb', 'rds', 'aurora'],
      start: 'dynamodb',
      about: 'refuses at once, or lets wait',
    },
    {
      id: 'capacity',
      label: 'Writes it takes',
      kind: 'text',
      start: '50/s',
      about: 'like 50/s',
      check: isRate,
    },
    {
      id: 'connections',
      label: 'Connections',
      kind: 'text',
      start: '100',
      about: 'writes that wait at once',
      when: isRelational,
      check: isCount(100_000),
    },
    {
      id: 'standby',
      label: 'Standby',
      kind: 'choice',
      choices: ['no', 'yes'],
      start: 'no',
      about: 'another zone takes over when it crashes',
      when: ({ engine }) => engine === 'rds',
    },
    {
      id: 'stream',
      label: 'Stream of changes',
      kind: 'choice',
      choices: ['none', ...STREAM_VIEWS],
      start: 'none',
      about: 'what a reader sees of a change',
      when: (values) => !isRelational(values),
    },
  ],
  command: (values) =>
    `app create-database --name ${quoted(values.name ?? '')} --engine ${values.engine ?? 'dynamodb'}${flags([
      ['write-capacity', values.capacity, ''],
      ['connections', isRelational(values) ? values.connections : '', ''],
      ['stream', isRelational(values) ? '' : (values.stream ?? ''), 'none'],
    ])}${values.engine === 'rds' && values.standby === 'yes' ? ' --multi-az' : ''}`,
  cost: 'Databases are not priced here.',
};

export const GROUP_FORM: Form = {
  id: 'group',
  title: 'Auto Scaling group',
  about: 'instances that come and go',
  fields: [
    name('workers'),
    { id: 'min', label: 'At least', kind: 'text', start: '1', about: 'instances', check: isCount(1_000) },
    { id: 'max', label: 'At most', kind: 'text', start: '10', about: 'instances', check: isCount(1_000) },
    {
      id: 'desired',
      label: 'Now',
      kind: 'text',
      start: '1',
      about: 'between the two',
      check: (value, values) => isCount(1_000)(value) ?? between(value, values),
    },
    {
      id: 'metrics',
      label: 'Report to CloudWatch',
      kind: 'choice',
      choices: ['yes', 'no'],
      start: 'yes',
      about: 'GroupInServiceInstances and others',
    },
  ],
  command: groupCommands,
  editsLine: 1,
  cost: 'Instances are not priced here.',
};

const between = (value: string, { min = '1', max = '10' }: Values): string | undefined =>
  Number(value) < Number(min) || Number(value) > Number(max) ? `from ${min} to ${max}` : undefined;

function groupCommands(values: Values): string {
  const named = quoted(values.name ?? '');
  const { min = '1', max = '10', desired = '1' } = values;
  const lines = [
    `aws autoscaling create-launch-configuration --launch-configuration-name ${named} --image-id ami-12345678 --instance-type t3.micro`,
    `aws autoscaling create-auto-scaling-group --auto-scaling-group-name ${named} --launch-configuration-name ${named} --min-size ${min} --max-size ${max} --desired-capacity ${desired} --availability-zones us-east-1a us-east-1b`,
  ];
  if (values.metrics === 'yes') {
    lines.push(
      `aws autoscaling enable-metrics-collection --auto-scaling-group-name ${named} --granularity 1Minute`,
    );
  }
  return lines.join('\n');
}

export const FLEET_FORM: Form = {
  id: 'fleet',
  title: 'fleet',
  about: 'one worker for each instance of a group',
  fields: [
    name('crew', 'the caller of its calls'),
    {
      id: 'group',
      label: 'Runs on',
      kind: 'text',
      start: 'workers',
      about: 'an Auto Scaling group',
      check: isName,
    },
    { id: 'queue', label: 'Takes from', kind: 'queue', start: 'newest', about: 'a queue', check: needsQueue },
    {
      id: 'time',
      label: 'Work on one',
      kind: 'text',
      start: '1s',
      about: 'like 5s, or 2s..8s',
      check: isSpan,
    },
    {
      id: 'end',
      label: 'When one is to end',
      kind: 'choice',
      choices: ['drain', 'crash'],
      start: 'drain',
      about: 'finishes, or leaves it in flight',
    },
  ],
  command: (values) =>
    `app create-fleet --name ${quoted(values.name ?? '')} --group ${quoted(values.group ?? '')} --from queue/${values.queue ?? ''}${flags(
      [
        ['time', values.time, ''],
        ['on-termination', values.end, 'drain'],
      ],
    )}`,
  cost: 'Each receive and each delete is a request.',
};
