/** Shapes of the `app` commands, written by hand: the playground's own words, in camelCase. */
import type { MemberRule } from '../../../contract/operation.ts';
import type { Member, Shape, StructureShape } from '../../../contract/shape.ts';
import { STREAM_VIEWS } from '../../../contract/tableStreams.ts';
import { ENGINES } from '../database.ts';
import { ON_TERMINATION, STARTS } from '../model.ts';
import { PATTERN_WORDS, PATTERNS } from '../pattern.ts';

const STRING: Shape = { type: 'string' };
const INTEGER: Shape = { type: 'integer' };
const BOOLEAN: Shape = { type: 'boolean' };
const DOCUMENT: Shape = { type: 'document' };

const member = (name: string, shape: Shape, required = false): Member => ({
  name,
  shape: () => shape,
  required,
});
export const structure = (name: string, members: readonly Member[]): StructureShape => ({
  type: 'structure',
  name,
  members,
});

const COMMON: readonly Member[] = [
  member('count', INTEGER),
  member('batch', INTEGER),
  member('profile', STRING),
];

export const PRODUCER_MEMBERS: readonly Member[] = [
  member('rate', STRING),
  member('pattern', { type: 'string', values: PATTERNS }),
  member('body', STRING),
  member('size', STRING),
  member('group', STRING),
  member('dedup', STRING),
  member('key', STRING),
  member('delay', STRING),
  member('retries', INTEGER),
  member('kpl', BOOLEAN),
  member('recordMaxBufferedTime', STRING),
];

export const CONSUMER_MEMBERS: readonly Member[] = [
  member('concurrency', INTEGER),
  member('time', STRING),
  member('wait', STRING),
  member('visibility', STRING),
  member('fail', STRING),
  member('failOn', STRING),
  member('crash', STRING),
  member('idempotent', BOOLEAN),
  member('delete', BOOLEAN),
  member('pause', STRING),
  member('writes', STRING),
  member('heartbeat', STRING),
  member('start', { type: 'string', values: STARTS }),
  member('enhancedFanOut', BOOLEAN),
];

/** Of a group of KCL workers. */
export const KCL_MEMBERS: readonly Member[] = [
  member('workers', INTEGER),
  member('failoverTime', STRING),
  member('checkpointEvery', STRING),
];
const OF_STREAM: ReadonlySet<string> = new Set([
  'time',
  'fail',
  'failOn',
  'crash',
  'idempotent',
  'start',
  'enhancedFanOut',
]);
export const KCL_READER_MEMBERS: readonly Member[] = CONSUMER_MEMBERS.filter(({ name }) =>
  OF_STREAM.has(name),
);

export const DATABASE_MEMBERS: readonly Member[] = [
  member('engine', { type: 'string', values: ENGINES }),
  member('writeCapacity', STRING),
  member('connections', INTEGER),
  member('timeout', STRING),
  member('multiAz', BOOLEAN),
  member('storage', STRING),
  member('stream', { type: 'string', values: STREAM_VIEWS }),
];

const NAME = member('name', STRING, true);
export const NAME_ONLY = (operation: string): StructureShape => structure(`${operation}Request`, [NAME]);

export const CREATE_PRODUCER = structure('CreateProducerRequest', [
  NAME,
  member('to', STRING, true),
  ...PRODUCER_MEMBERS,
  ...COMMON,
  member('stopped', BOOLEAN),
]);

/** Of a Kinesis Agent. */
export const AGENT_MEMBERS: readonly Member[] = [member('file', STRING), member('maxBufferAge', STRING)];
const OF_AGENT: ReadonlySet<string> = new Set(['rate', 'pattern', 'body', 'size', 'key']);
export const TAILED_MEMBERS: readonly Member[] = PRODUCER_MEMBERS.filter(({ name }) => OF_AGENT.has(name));

export const CREATE_AGENT = structure('CreateAgentRequest', [
  NAME,
  member('to', STRING, true),
  ...AGENT_MEMBERS,
  ...TAILED_MEMBERS,
  member('count', INTEGER),
  member('profile', STRING),
  member('stopped', BOOLEAN),
]);

export const CREATE_WEBSITE = structure('CreateWebsiteRequest', [
  NAME,
  member('to', STRING, true),
  ...PRODUCER_MEMBERS,
  member('count', INTEGER),
  member('profile', STRING),
  member('stopped', BOOLEAN),
]);

export const CREATE_DATABASE = structure('CreateDatabaseRequest', [NAME, ...DATABASE_MEMBERS]);

export const WRITE = structure('WriteRequest', [member('to', STRING, true), member('body', STRING)]);

export const CREATE_CONSUMER = structure('CreateConsumerRequest', [
  NAME,
  member('from', STRING, true),
  ...CONSUMER_MEMBERS,
  ...COMMON,
  member('stopped', BOOLEAN),
]);

export const CREATE_FLEET = structure('CreateFleetRequest', [
  NAME,
  member('from', STRING, true),
  member('group', STRING, true),
  member('onTermination', { type: 'string', values: ON_TERMINATION }),
  ...CONSUMER_MEMBERS.filter(({ name }) => name !== 'concurrency'),
  ...COMMON,
  member('stopped', BOOLEAN),
]);

/** Of a windowed count. */
const OF_WINDOWS: ReadonlySet<string> = new Set(['time', 'start', 'enhancedFanOut']);
export const WINDOW_MEMBERS: readonly Member[] = [
  member('window', STRING),
  ...CONSUMER_MEMBERS.filter(({ name }) => OF_WINDOWS.has(name)),
];

export const CREATE_FLINK = structure('CreateFlinkRequest', [
  NAME,
  member('from', STRING, true),
  member('to', STRING),
  ...WINDOW_MEMBERS,
  member('profile', STRING),
  member('stopped', BOOLEAN),
]);

export const CREATE_KCL_WORKERS = structure('CreateKclWorkersRequest', [
  NAME,
  member('from', STRING, true),
  ...KCL_MEMBERS,
  ...KCL_READER_MEMBERS,
  ...COMMON,
  member('stopped', BOOLEAN),
]);

export const UPDATE = structure('UpdateRequest', [
  NAME,
  member('to', STRING),
  member('from', STRING),
  ...PRODUCER_MEMBERS,
  ...CONSUMER_MEMBERS,
  ...KCL_MEMBERS,
  ...AGENT_MEMBERS,
  member('window', STRING),
  ...DATABASE_MEMBERS,
  ...COMMON,
]);

export const NOTHING = (operation: string): StructureShape => structure(`${operation}Response`, []);

const SUMMARY = structure('App', [
  member('name', STRING),
  member('kind', STRING),
  member('running', BOOLEAN),
  member('to', STRING),
  member('from', STRING),
]);

export const LIST_OUTPUT = structure('ListResponse', [member('apps', { type: 'list', member: SUMMARY })]);

export const DESCRIBE_OUTPUT = structure('DescribeResponse', [
  ...SUMMARY.members,
  member('settings', DOCUMENT),
  member('figures', DOCUMENT),
  member('lastRefusal', DOCUMENT),
]);

export const NAME_RULE: MemberRule = {
  purpose: 'the app’s name; it appears as the caller of its calls',
  max: 40,
};
export const EXISTING: MemberRule = { purpose: 'the app', refersTo: 'app' };

const PROFILE: MemberRule = { purpose: 'whose name its calls carry', default: 'default' };

export const PRODUCER_RULES: Readonly<Record<string, MemberRule>> = {
  to: {
    purpose: 'where messages go: queue, topic, stream, delivery, database/NAME, bus/default, iot/TOPIC',
    refersTo: 'resource',
  },
  rate: { purpose: 'how many messages: 12/s, 300/min, 5/h', default: '1/s' },
  pattern: {
    purpose: `how they are spread: ${PATTERNS.map((name) => `${name} (${PATTERN_WORDS[name]})`).join(', ')}`,
    values: PATTERNS,
    default: 'constant',
  },
  body: { purpose: 'text of a message; {n} counts', default: 'message {n}' },
  size: { purpose: 'pad each body to this size: 200, 1KB' },
  batch: {
    purpose: 'messages in one call; 10 at most to a queue or topic, 500 records to a stream or delivery',
    min: 1,
    max: 500,
    default: 1,
    unit: 'messages',
  },
  key: { purpose: 'partition key, to a stream: user-{1..50}; detail type, to a bus', default: '{n}' },
  group: { purpose: 'message group, in turn: user-{1..10}; needed on a FIFO queue' },
  dedup: { purpose: 'deduplication id, {n} counts; none: leave it to the queue' },
  delay: { purpose: 'delay of each message: 30s' },
  retries: { purpose: 'how often a throttled message is tried again', min: 0, max: 10, default: 2 },
  kpl: {
    purpose: 'to a stream, with the Kinesis Producer Library: many user records in one record',
    default: false,
  },
  recordMaxBufferedTime: { purpose: 'with --kpl: a user record waits so long for others', default: '100ms' },
  count: { purpose: 'stop after this many messages', min: 1 },
  profile: PROFILE,
  stopped: { purpose: 'wait for app start' },
};

export const AGENT_RULES: Readonly<Record<string, MemberRule>> = {
  ...PRODUCER_RULES,
  to: { purpose: 'where the lines go: stream/NAME or delivery/NAME', refersTo: 'resource' },
  file: { purpose: 'the log that it tails', default: '/var/log/app.log', max: 200 },
  rate: { purpose: 'how many lines are written to the log: 20/s', default: '1/s' },
  body: { purpose: 'a line of the log; {n} counts', default: 'message {n}' },
  maxBufferAge: { purpose: 'a line waits so long for others at most: 1s to 15m', default: '60s' },
  count: { purpose: 'the log ends after this many lines', min: 1 },
};

const { batch: _batch, ...ofOne } = PRODUCER_RULES;
export const WEBSITE_RULES: Readonly<Record<string, MemberRule>> = {
  ...ofOne,
  to: {
    purpose: 'what takes an order before the visitor has an answer: queue/NAME or database/NAME',
    refersTo: 'resource',
  },
  rate: { purpose: 'how many visitors: 50/s, 300/min', default: '1/s' },
  count: { purpose: 'stop after this many orders taken', min: 1 },
};

export const DATABASE_RULES: Readonly<Record<string, MemberRule>> = {
  engine: {
    purpose: 'dynamodb refuses what is too much; rds and aurora let it wait',
    values: ENGINES,
    default: 'dynamodb',
  },
  writeCapacity: { purpose: 'writes it takes: 50/s', default: '50/s' },
  connections: { purpose: 'writes that wait at once, rds and aurora', min: 1, default: '100, aurora 200' },
  timeout: { purpose: 'a client gives up after this, rds and aurora', default: '10s' },
  multiAz: { purpose: 'a standby in another zone takes over when it crashes, rds', default: false },
  stream: { purpose: 'its changes can be read; what of them, dynamodb', values: STREAM_VIEWS },
  storage: { purpose: 'how much fits, 1 KB for each write, rds: 200KB; left out: no end' },
};

export const CONSUMER_RULES: Readonly<Record<string, MemberRule>> = {
  from: { purpose: 'where messages are taken from: queue/NAME or stream/NAME', refersTo: 'resource' },
  concurrency: { purpose: 'workers, each a client of its own', min: 1, max: 1000, default: 1 },
  time: { purpose: 'work on one message: 5s, or 2s..8s', default: '1s, 10ms from a stream' },
  wait: { purpose: 'long poll: up to 20s; 0 is a short poll', default: '20s' },
  batch: {
    purpose: 'messages taken at once: 10 at most of a queue, 10000 of a stream',
    min: 1,
    max: 10_000,
    default: '1, 10000 from a stream',
    unit: 'messages',
  },
  start: { purpose: 'where to begin in a stream', values: STARTS, default: 'latest' },
  enhancedFanOut: {
    purpose: 'registers with the stream and is pushed its records: 2 MB/s of each shard for itself',
    default: false,
  },
  visibility: { purpose: 'hide messages this long instead of the queue’s own timeout: 30s' },
  fail: { purpose: 'chance that the work fails and the message is left: "1 in 20"', default: '0' },
  failOn: { purpose: 'fail each message whose body contains this text', max: 1_000 },
  crash: { purpose: 'chance that a worker crashes in the middle: "1 in 100"', default: '0' },
  idempotent: { purpose: 'remember message ids and act once on each', default: false },
  delete: { purpose: 'delete a message after the work', default: true },
  writes: { purpose: 'write each message here before it is deleted: database/NAME', refersTo: 'resource' },
  heartbeat: { purpose: 'hide messages anew each time this has passed while at work: 20s' },
  pause: { purpose: 'rest after an empty answer: 1s', default: '1s for short polls, else 0' },
  count: { purpose: 'stop after this many messages', min: 1 },
  profile: PROFILE,
  stopped: { purpose: 'wait for app start' },
};

export const FLINK_RULES: Readonly<Record<string, MemberRule>> = {
  ...CONSUMER_RULES,
  from: { purpose: 'the stream whose records are counted: stream/NAME', refersTo: 'resource' },
  to: { purpose: 'where the counts of a window go: stream/NAME', refersTo: 'resource' },
  window: { purpose: 'records are counted by key in windows of this length: 10s', default: '10s' },
  time: { purpose: 'work on one record: 5ms', default: '0' },
};

export const KCL_RULES: Readonly<Record<string, MemberRule>> = {
  ...CONSUMER_RULES,
  from: { purpose: 'the stream whose shards they share: stream/NAME', refersTo: 'resource' },
  workers: {
    purpose: 'worker processes; each reads the shards whose leases it holds',
    min: 1,
    max: 100,
    default: 1,
  },
  failoverTime: { purpose: 'a lease that is not renewed for so long is free', default: '10s' },
  checkpointEvery: {
    purpose: 'when a worker notes how far it is: record, batch, or a duration like 60s',
    default: 'batch',
  },
  time: { purpose: 'work on one record: 5ms, or 2ms..8ms', default: '10ms' },
  crash: { purpose: 'chance that a worker crashes at a record: "1 in 1000"', default: '0' },
  idempotent: {
    purpose: 'know what was done already: a record that comes again has no effect',
    default: false,
  },
};

const { concurrency: _concurrency, ...ofInstance } = CONSUMER_RULES;
export const FLEET_RULES: Readonly<Record<string, MemberRule>> = {
  ...ofInstance,
  group: { purpose: 'the Auto Scaling group whose instances work, by name' },
  onTermination: {
    purpose: 'when an instance is to end: drain finishes what it holds, crash leaves it in flight',
    values: ON_TERMINATION,
    default: 'drain',
  },
};
