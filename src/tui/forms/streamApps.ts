/** Forms of the apps around a stream: who puts records into it, and who reads them. */
import { flags, isCount, isName, isRate, isSpan } from './checks.ts';
import { type Field, type Form, quoted } from './forms.ts';

const name = (start: string, about: string): Field => ({
  id: 'name',
  label: 'Name',
  kind: 'text',
  start,
  about,
  check: isName,
});

/** `stream/clicks` or `delivery/to-lake`. */
const isStreamRef = (value: string): string | undefined =>
  /^(stream|delivery)\/[A-Za-z0-9_.-]{1,128}$/.test(value)
    ? undefined
    : 'stream/NAME, or delivery/NAME of Firehose';

const READS: Field = {
  id: 'stream',
  label: 'Reads',
  kind: 'text',
  start: 'clicks',
  about: 'a stream',
  check: isName,
};
const BEGINS: Field = {
  id: 'begins',
  label: 'Begins',
  kind: 'choice',
  choices: ['latest', 'trim-horizon'],
  start: 'latest',
  about: 'new records alone, or all kept',
};
const FROM: Field = {
  id: 'delivery',
  label: 'Gets them',
  kind: 'choice',
  choices: ['by polling', 'by enhanced fan-out'],
  start: 'by polling',
  about: 'a share of 2 MB/s, or its own',
};
const RATE: Field = {
  id: 'rate',
  label: 'Rate',
  kind: 'text',
  start: '10/s',
  about: 'like 12/s, 300/min, 5/h',
  check: isRate,
};
const KEY: Field = {
  id: 'key',
  label: 'Partition key',
  kind: 'text',
  start: 'user-{1..20}',
  about: 'in turn; one key, one shard',
};

const pushed = (delivery: string | undefined): string =>
  delivery === 'by enhanced fan-out' ? ' --enhanced-fan-out' : '';

const KCL_FORM: Form = {
  id: 'kcl-workers',
  title: 'KCL workers',
  about: 'share the shards of a stream by leases',
  fields: [
    name('counters', 'workers are NAME-1 …'),
    READS,
    {
      id: 'workers',
      label: 'Workers',
      kind: 'text',
      start: '2',
      about: 'a shard has one reader',
      check: isCount(100),
    },
    { id: 'time', label: 'Work', kind: 'text', start: '10ms', about: 'on one record', check: isSpan },
    BEGINS,
    {
      id: 'checkpoint',
      label: 'Checkpoint',
      kind: 'choice',
      choices: ['batch', 'record', '60s'],
      start: 'batch',
      about: 'what came after it is repeated',
    },
    FROM,
  ],
  command: ({ name: own = '', stream = '', workers = '', time, begins, checkpoint, delivery }) =>
    `app create-kcl-workers --name ${quoted(own)} --from stream/${stream} --workers ${quoted(workers)}${flags(
      [
        ['time', time, '10ms'],
        ['start', begins, 'latest'],
        ['checkpoint-every', checkpoint, 'batch'],
      ],
    )}${pushed(delivery)}`,
  cost: 'Polling costs nothing; the shards do, by the hour.',
};

const FAN_OUT_FORM: Form = {
  id: 'fan-out-consumer',
  title: 'stream consumer',
  about: 'reads all shards of a stream, with a pipe of its own',
  fields: [
    name('dashboard', 'its consumer is called so, too'),
    READS,
    { ...FROM, choices: ['by enhanced fan-out', 'by polling'], start: 'by enhanced fan-out' },
    BEGINS,
    { id: 'time', label: 'Work', kind: 'text', start: '10ms', about: 'on one record', check: isSpan },
  ],
  command: ({ name: own = '', stream = '', delivery, begins, time }) =>
    `app create-consumer --name ${quoted(own)} --from stream/${stream}${flags([
      ['start', begins, 'latest'],
      ['time', time, ''],
    ])}${pushed(delivery)}`,
  cost: 'Enhanced fan-out costs by shard-hour and by GB; polling costs nothing.',
};

const FLINK_FORM: Form = {
  id: 'windowed-count',
  title: 'Flink count',
  about: 'counts the records of a stream by key, window by window',
  fields: [
    name('sums', 'the caller of its calls'),
    READS,
    { id: 'window', label: 'Window', kind: 'text', start: '10s', about: 'by time of arrival', check: isSpan },
    {
      id: 'to',
      label: 'Puts into',
      kind: 'text',
      start: '',
      about: 'a stream, one record a key; or empty',
      check: (value) => (value === '' ? undefined : isName(value)),
    },
    BEGINS,
  ],
  command: ({ name: own = '', stream = '', window, to = '', begins }) =>
    `app create-flink --name ${quoted(own)} --from stream/${stream}${flags([
      ['to', to === '' ? undefined : `stream/${to}`, ''],
      ['window', window, '10s'],
      ['start', begins, 'latest'],
    ])}`,
  cost: 'Reads as a consumer does: it shares the shards, or pays for fan-out.',
};

const KPL_FORM: Form = {
  id: 'kpl-producer',
  title: 'KPL producer',
  about: 'puts many small records into one record of a stream',
  fields: [
    name('web', 'the caller of its calls'),
    { ...READS, label: 'Puts into' },
    { ...RATE, start: '100/s' },
    KEY,
    {
      id: 'body',
      label: 'Body',
      kind: 'text',
      start: 'click {n}',
      about: '{n} counts',
    },
    {
      id: 'buffered',
      label: 'Buffered',
      kind: 'text',
      start: '100ms',
      about: 'longer: fuller records, later',
      check: isSpan,
    },
  ],
  command: ({ name: own = '', stream = '', rate, key, body, buffered }) =>
    `app create-producer --name ${quoted(own)} --to stream/${stream} --kpl${flags([
      ['rate', rate, ''],
      ['key', key, ''],
      ['body', body, ''],
      ['record-max-buffered-time', buffered, '100ms'],
    ])}`,
  cost: 'A put is billed by 25 KB: small records go together.',
};

const AGENT_FORM: Form = {
  id: 'kinesis-agent',
  title: 'Kinesis Agent',
  about: 'tails a log file, and hands its lines on',
  fields: [
    name('tail', 'the caller of its calls'),
    {
      id: 'to',
      label: 'Puts into',
      kind: 'text',
      start: 'stream/clicks',
      about: 'stream/NAME or delivery/NAME',
      check: isStreamRef,
    },
    { id: 'file', label: 'File', kind: 'text', start: '/var/log/app.log', about: 'the log that it tails' },
    { ...RATE, label: 'Lines', start: '20/s' },
    { id: 'body', label: 'A line', kind: 'text', start: 'GET /item/{n}', about: '{n} counts' },
    {
      id: 'age',
      label: 'Buffered',
      kind: 'text',
      start: '60s',
      about: 'from 1s to 15m, or 500 lines',
      check: isSpan,
    },
  ],
  command: ({ name: own = '', to = '', file, rate, body, age }) =>
    `app create-agent --name ${quoted(own)} --to ${to}${flags([
      ['file', file, '/var/log/app.log'],
      ['rate', rate, ''],
      ['body', body, ''],
      ['max-buffer-age', age, '60s'],
    ])}`,
  cost: 'The agent is free; what takes its lines is billed.',
};

export const STREAM_APP_FORMS: readonly Form[] = [KPL_FORM, AGENT_FORM, FAN_OUT_FORM, KCL_FORM, FLINK_FORM];
