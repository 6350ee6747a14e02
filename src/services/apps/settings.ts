/** From what was typed to an app's settings: every value is read once, here, before anything is changed. */
import { durationOf } from '../../contract/quantities.ts';
import { STREAM_VIEWS } from '../../contract/tableStreams.ts';
import { milliseconds } from '../../engine/units.ts';
import { AGENT_AGE, AGENT_BATCH, type AgentSettings } from './agent.ts';
import { type DatabaseSettings, ENGINES } from './database.ts';
import { batchToDatabase, groupNeeded, invalidValue, noLeases, notToKind } from './errors.ts';
import { takesEvents } from './eventSending.ts';
import type { CheckpointRule, KclSettings } from './leaseModel.ts';
import {
  type ConsumerSettings,
  type Given,
  ON_TERMINATION,
  type OnTermination,
  type ProducerSettings,
  STARTS,
} from './model.ts';
import { PATTERNS, type Pattern } from './pattern.ts';
import { takesRecords } from './recordSending.ts';
import { readTemplate, type Template } from './template.ts';
import {
  readChance,
  readCount,
  readDuration,
  readRate,
  readSize,
  readSpan,
  readTarget,
  readWholeSeconds,
  TARGET_KINDS,
  type TargetKind,
} from './values.ts';
import { WINDOW, type WindowSettings } from './windows.ts';

const COUNT_MAX = 1_000_000_000;

class Reader {
  readonly #given: Given;

  constructor(given: Given) {
    this.#given = given;
  }

  text<Value>(flag: string, read: (flag: string, text: string) => Value): Value | undefined {
    const value = this.#given[flag];
    return value === undefined ? undefined : read(flag, String(value));
  }

  number(flag: string, min: number, max: number): number | undefined {
    const value = this.#given[flag];
    return value === undefined ? undefined : readCount(flag, Number(value), min, max);
  }

  flag(flag: string, otherwise: boolean): boolean {
    return (this.#given[flag] as boolean | undefined) ?? otherwise;
  }
}

export function producerSettings(given: Given, website: boolean): ProducerSettings {
  const reader = new Reader(given);
  const name = String(given.name);
  const to = readTarget('to', String(given.to), TARGET_KINDS);
  refuseForRecords(given, to.kind);
  const fifo = to.name.endsWith('.fifo') && !takesRecords(to.kind) && !takesEvents(to.kind);
  const group = reader.text('group', readTemplate);
  if (fifo && group === undefined) throw groupNeeded(`${to.kind}/${to.name}`);
  if (to.kind === 'database' && (given.batch ?? 1) !== 1) throw batchToDatabase();
  if (to.kind === 'iot' && (given.batch ?? 1) !== 1) throw notToKind('batch', to.kind);
  if (to.kind === 'bus' && to.name !== 'default')
    throw invalidValue('to', String(given.to), 'write bus/default');
  reader.text('profile', readProfile);
  return Object.freeze({
    website,
    to,
    rate: reader.text('rate', readRate) ?? readRate('rate', '1/s'),
    pattern: reader.text('pattern', readPattern) ?? 'constant',
    size: reader.text('size', readSize),
    body: reader.text('body', readTemplate) ?? readTemplate('body', 'message {n}'),
    batch: reader.number('batch', 1, takesRecords(to.kind) ? RECORDS_MAX : 10) ?? 1,
    key: reader.text('key', readTemplate) ?? readTemplate('key', '{n}'),
    group,
    dedup: dedupOf(given.dedup, fifo, name),
    delay: reader.text('delay', readWholeSeconds),
    count: reader.number('count', 1, COUNT_MAX),
    retries: reader.number('retries', 0, 10) ?? 2,
    ...kplOf(given, to.kind, reader),
    ...(given.file !== undefined && { agent: agentSettings(given, to.kind, reader), batch: AGENT_BATCH }),
  });
}

function agentSettings(given: Given, kind: TargetKind, reader: Reader): AgentSettings {
  if (!takesRecords(kind)) throw invalidValue('to', String(given.to), 'write stream/NAME or delivery/NAME');
  const maxAge = reader.text('maxBufferAge', readDuration) ?? AGENT_AGE;
  // Agent configuration: "The minimum is 1 second, the maximum 15 minutes".
  if (maxAge < 1_000 || maxAge > 900_000) throw invalidValue('max-buffer-age', maxAge, 'from 1s to 15m');
  return Object.freeze({ file: String(given.file), maxAge });
}

/** RecordMaxBufferedTime of the KPL: 100 ms. It collects by itself, so a batch is not for it. */
function kplOf(given: Given, kind: TargetKind, reader: Reader): Pick<ProducerSettings, 'kplBuffered'> {
  const isKpl = reader.flag('kpl', false);
  if (given.recordMaxBufferedTime !== undefined && !isKpl) {
    throw invalidValue('record-max-buffered-time', String(given.recordMaxBufferedTime), 'it goes with --kpl');
  }
  if (!isKpl) return {};
  if (kind !== 'stream') throw notToKind('kpl', kind);
  if (given.batch !== undefined)
    throw invalidValue('batch', String(given.batch), 'the KPL collects by itself');
  const wait = reader.text('recordMaxBufferedTime', readDuration) ?? milliseconds(100);
  if (wait < 1) throw invalidValue('record-max-buffered-time', wait, 'at least 1ms');
  return { kplBuffered: wait };
}

/** Kinesis API Reference, PutRecords; Firehose API Reference, PutRecordBatch. */
const RECORDS_MAX = 500;

/** Records have no group, delay or deduplication; what takes messages has no partition key. */
function refuseForRecords(given: Given, kind: TargetKind): void {
  const withKey = kind === 'stream' || kind === 'bus';
  const asMessages = !takesRecords(kind) && !takesEvents(kind);
  const flags = [...(asMessages ? [] : MESSAGE_FLAGS), ...(withKey ? [] : ['key'])];
  const wrong = flags.find((flag) => given[flag] !== undefined);
  if (wrong !== undefined) throw notToKind(wrong, kind);
}
const MESSAGE_FLAGS = ['group', 'dedup', 'delay'];

/** On a FIFO queue an SDK application names each message; `none` leaves it to content-based deduplication. */
function dedupOf(
  given: string | number | boolean | undefined,
  fifo: boolean,
  name: string,
): Template | undefined {
  if (given === 'none') return undefined;
  if (given !== undefined) return readTemplate('dedup', String(given));
  return fifo ? readTemplate('dedup', `${name}-{n}`) : undefined;
}

function readPattern(flag: string, text: string): Pattern {
  const pattern = PATTERNS.find((name) => name === text);
  if (pattern === undefined) throw invalidValue(flag, text, `one of ${PATTERNS.join(', ')}`);
  return pattern;
}

export function consumerSettings(given: Given): ConsumerSettings {
  const reader = new Reader(given);
  const from = readTarget(
    'from',
    String(given.from),
    given.workers === undefined && given.window === undefined ? ['queue', 'stream'] : ['stream'],
  );
  const isStream = from.kind === 'stream';
  refuseForReaders(given, isStream);
  const wait = reader.text('wait', readWholeSeconds) ?? milliseconds(20_000);
  if (wait > 20_000) throw invalidValue('wait', String(given.wait), 'a long poll lasts at most 20s');
  const heartbeat = reader.text('heartbeat', readWholeSeconds);
  if (heartbeat !== undefined && heartbeat < 1_000) {
    throw invalidValue('heartbeat', String(given.heartbeat), 'at least 1s');
  }
  reader.text('profile', readProfile);
  return Object.freeze({
    writes: reader.text('writes', (flag, text) => readTarget(flag, text, ['database'])),
    heartbeat,
    group: given.group === undefined ? undefined : String(given.group),
    onTermination: onTerminationOf(given.onTermination),
    from,
    start: reader.text('start', readStart) ?? 'latest',
    wait,
    batch: isStream
      ? (reader.number('batch', 1, READ_MAX) ?? READ_MAX)
      : (reader.number('batch', 1, 10) ?? 1),
    concurrency: reader.number('concurrency', 1, 1_000) ?? 1,
    time:
      reader.text('time', readSpan) ??
      readSpan('time', given.window !== undefined ? '0' : isStream ? STREAM_TIME : '1s'),
    visibility: reader.text('visibility', readWholeSeconds),
    fail: reader.text('fail', readChance) ?? readChance('fail', '0'),
    failOn: reader.text('failOn', (_flag, text) => text),
    crash: reader.text('crash', readChance) ?? readChance('crash', '0'),
    idempotent: reader.flag('idempotent', false),
    delete: reader.flag('delete', true),
    pause: reader.text('pause', readDuration) ?? milliseconds(wait === 0 ? 1_000 : 0),
    count: reader.number('count', 1, COUNT_MAX),
    ...(given.workers !== undefined && { kcl: kclSettings(reader) }),
    ...(given.window !== undefined && { window: windowSettings(reader) }),
    ...(reader.flag('enhancedFanOut', false) && { fanOut: true as const }),
  });
}

function windowSettings(reader: Reader): WindowSettings {
  const size = reader.text('window', readDuration) ?? WINDOW;
  if (size < 1_000) throw invalidValue('window', size, 'at least 1s');
  return Object.freeze({
    size,
    to: reader.text('to', (flag, text) => readTarget(flag, text, ['stream'])),
  });
}

/** failoverTimeMillis is 10,000 in the Kinesis Client Library. */
function kclSettings(reader: Reader): KclSettings {
  const failover = reader.text('failoverTime', readDuration) ?? milliseconds(10_000);
  if (failover < 1_000) throw invalidValue('failover-time', failover, 'at least 1s');
  return Object.freeze({
    workers: reader.number('workers', 1, 100) ?? 1,
    failover,
    checkpoint: reader.text('checkpointEvery', readCheckpoint) ?? 'batch',
  });
}

function readCheckpoint(flag: string, text: string): CheckpointRule {
  if (text === 'record' || text === 'batch') return text;
  if (durationOf(text) === undefined) throw invalidValue(flag, text, 'record, batch, or a duration like 60s');
  return readDuration(flag, text);
}

/** Kinesis API Reference, GetRecords: Limit. */
const READ_MAX = 10_000;
/** Work on one record of a stream, unless told. */
export const STREAM_TIME = '10ms';
const QUEUE_FLAGS = ['wait', 'visibility', 'crash', 'idempotent', 'delete', 'pause', 'writes', 'heartbeat'];

/** A worker of a group can crash, and what comes again after that can be told by one that remembers. */
const GROUP_FLAGS: ReadonlySet<string> = new Set(['crash', 'idempotent']);

/** Records are not hidden, deleted, or shared out among workers: each app reads them all. */
function refuseForReaders(given: Given, isStream: boolean): void {
  if (!isStream) {
    const wrong = ['start', 'enhancedFanOut'].find((flag) => given[flag] !== undefined);
    if (wrong !== undefined) throw notToKind(wrong, 'queue');
    return;
  }
  if (given.concurrency !== undefined || given.group !== undefined) throw noLeases();
  const isGroup = given.workers !== undefined;
  const wrong = QUEUE_FLAGS.find((flag) => given[flag] !== undefined && !(isGroup && GROUP_FLAGS.has(flag)));
  if (wrong !== undefined) throw notToKind(wrong, 'stream');
}

function readStart(flag: string, text: string): ConsumerSettings['start'] {
  const start = STARTS.find((name) => name === text);
  if (start === undefined) throw invalidValue(flag, text, `one of ${STARTS.join(', ')}`);
  return start;
}

function onTerminationOf(given: string | number | boolean = 'drain'): OnTermination {
  const found = ON_TERMINATION.find((one) => one === given);
  if (found === undefined) {
    throw invalidValue('on-termination', String(given), `one of ${ON_TERMINATION.join(', ')}`);
  }
  return found;
}

function readProfile(flag: string, text: string): string {
  if (!/^[\w+=,.@-]{1,64}$/.test(text)) throw invalidValue(flag, text, 'the name of a profile, like default');
  return text;
}

/** SIMPLER THAN AWS: how many connections an engine has depends on its instance; these are ours. */
const CONNECTIONS = { dynamodb: 0, rds: 100, aurora: 200 } as const;

function streamOf(text: Given[string] | undefined, engine: string): DatabaseSettings['stream'] {
  if (text === undefined || text === '') return '';
  if (engine !== 'dynamodb') throw invalidValue('stream', String(text), 'it is for dynamodb');
  const view = STREAM_VIEWS.find((one) => one === text);
  if (view === undefined) throw invalidValue('stream', String(text), `one of ${STREAM_VIEWS.join(', ')}`);
  return view;
}

export function databaseSettings(given: Given): DatabaseSettings {
  const reader = new Reader(given);
  const text = String(given.engine ?? 'dynamodb');
  const engine = ENGINES.find((name) => name === text);
  if (engine === undefined) throw invalidValue('engine', text, `one of ${ENGINES.join(', ')}`);
  for (const flag of ['connections', 'timeout']) {
    if (engine === 'dynamodb' && given[flag] !== undefined) {
      throw invalidValue(flag, String(given[flag]), 'DynamoDB has none; it is for rds and aurora');
    }
  }
  for (const [member, flag] of [
    ['multiAz', 'multi-az'],
    ['storage', 'storage'],
  ] as const) {
    if (engine !== 'rds' && given[member] !== undefined) {
      throw invalidValue(flag, String(given[member]), 'it is for rds');
    }
  }
  return Object.freeze({
    engine,
    stream: streamOf(given.stream, engine),
    multiAz: reader.flag('multiAz', false),
    storage: reader.text('storage', readSize) ?? 0,
    capacity: reader.text('writeCapacity', readRate) ?? readRate('writeCapacity', '50/s'),
    connections: reader.number('connections', 1, 100_000) ?? CONNECTIONS[engine],
    timeout: reader.text('timeout', readDuration) ?? milliseconds(10_000),
  });
}
