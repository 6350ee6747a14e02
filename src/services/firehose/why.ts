/** Why nothing was delivered yet, why records failed, why a put was refused. */
import {
  counted,
  helps,
  lasting,
  mayHelp,
  moment,
  sized,
  type Why,
  type WhyGround,
  type WhyQuestion,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { countWords, instantWords, several, spanWords } from '../../contract/whyWords.ts';
import type { Request } from '../../engine/service.ts';
import { type Buffer, type DeliveryStream, type FirehoseState, type Job, streamKey } from './model.ts';
import { streamNameOf } from './rules/source.ts';
import { heldIn } from './view.ts';
import { partlyRefused, QUOTA, versionRefused } from './whyPuts.ts';

type Ground = WhyGround<FirehoseState>;

const BUFFERING: Why['rule'] = {
  name: 'firehose/buffering',
  says: 'A buffer is delivered when it is full or when its first record is old enough, whichever comes first.',
  page: 'Amazon Data Firehose Developer Guide: Understand buffering hints',
};
const FAILURES: Why['rule'] = {
  name: 'firehose/delivery-failures',
  says: 'A destination that refuses is tried again for its retry duration; S3 itself for 24 hours.',
  page: 'Amazon Data Firehose Developer Guide: Handle data delivery failures',
};
const SOURCES: Why['rule'] = {
  name: 'firehose/kinesis-source',
  says: 'A delivery stream that reads a data stream takes no puts of its own.',
  page: 'Amazon Data Firehose Developer Guide: Configure source settings for Amazon Kinesis Data Streams',
};
const TRANSFORM: Why['rule'] = {
  name: 'firehose/transformation',
  says: 'What a function fails goes to the error prefix; what it drops is gone, and counts as a success.',
  page: 'Amazon Data Firehose Developer Guide: Data transformation and status model',
};

export const wonders = ({ operation }: Request): boolean =>
  operation === 'PutRecord' || operation === 'PutRecordBatch';

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type === 'message') return undefined;
  if (question.type === 'resource') {
    const [, name] = /^delivery\/(.+)$/u.exec(question.id) ?? [];
    const stream = name === undefined ? undefined : find(ground.state, name);
    return stream && standing(ground, stream);
  }
  const { request, outcome } = question;
  if (request.service !== 'firehose') return undefined;
  const { DeliveryStreamName: name } = request.input as { readonly DeliveryStreamName?: string };
  const account = request.caller.account || ground.state.account;
  const stream = name === undefined ? undefined : ground.state.streams.get(streamKey(account, name));
  if (stream === undefined) return undefined;
  if (outcome.ok) {
    if (!wonders(request)) return undefined;
    return partlyRefused(ground, stream, outcome.output) ?? standing(ground, stream);
  }
  if (outcome.refusal.code === 'ConcurrentModificationException') {
    return versionRefused(ground, stream, request.input);
  }
  return refused(ground, stream, request, outcome.refusal.message, outcome.refusal.why);
}

const find = (state: FirehoseState, name: string): DeliveryStream | undefined =>
  state.streams.get(name.includes('/') ? name : streamKey(state.account, name));

function refused(
  ground: Ground,
  stream: DeliveryStream,
  request: Request,
  message: string,
  said: string | undefined,
): Why | undefined {
  const base = { title: `Firehose refused ${request.operation}`, at: ground.now };
  if (message.startsWith('This operation is not permitted on')) {
    const source = streamNameOf(stream.source!);
    return {
      ...base,
      answer: `${stream.name} reads the data stream ${source}, so nothing can be put into it.`,
      rule: SOURCES,
      values: [
        {
          label: 'DeliveryStreamType',
          is: worded(stream.type),
          against: { label: 'must be', is: worded('DirectPut') },
        },
      ],
      changes: { by: 'act', into: 'a put into the data stream: it arrives here' },
      remedies: [
        helps(
          'put into the data stream',
          `aws kinesis put-record --stream-name ${source} --partition-key k --data hello --cli-binary-format raw-in-base64-out`,
        ),
      ],
      see: [`stream/${source}`],
    };
  }
  if (message !== 'Slow down.') return undefined;
  if (stream.status !== 'ACTIVE') {
    return {
      ...base,
      answer: `${stream.name} is ${stream.status}; it takes data when it is ACTIVE.`,
      rule: BUFFERING,
      values: [
        {
          label: 'DeliveryStreamStatus',
          is: worded(stream.status),
          against: { label: 'must be', is: worded('ACTIVE') },
        },
      ],
      changes: { by: 'act', into: 'try again in some seconds' },
      remedies: [helps('wait', 'sleep 20')],
    };
  }
  return {
    ...base,
    answer: said ?? 'More came in this second than the stream takes.',
    rule: QUOTA,
    values: [{ label: 'refused so far', is: counted(stream.counters.throttled) }],
    changes: {
      by: 'time',
      at: ((Math.floor(ground.now / 1_000) + 1) * 1_000) as typeof ground.now,
      into: 'the next second has its own room',
    },
    remedies: [helps('send again what failed, a little later'), mayHelp('ask AWS for a higher quota')],
  };
}

/** Why is it not there yet? */
function standing(ground: Ground, stream: DeliveryStream): Why {
  const { state, now } = ground;
  const held = heldIn(state, stream);
  const jobs = [...state.jobs.values()].filter((job) => job.life === stream.life);
  const failing = jobs.find(({ next }) => next !== undefined);
  if (failing !== undefined) return failingNow(ground, stream, failing);
  const buffers = [...stream.buffers.values()];
  if (buffers.length > 0) return waiting(ground, stream, buffers);
  const { counters, source, name } = stream;
  const trouble = source?.problem;
  return {
    title: `${name} holds ${several(held.records, 'record')}`,
    answer:
      trouble !== undefined
        ? `Its data stream cannot be read: ${trouble}`
        : held.records > 0
          ? 'They are on their way now.'
          : counters.records === 0
            ? 'Nothing has come in.'
            : 'All that came in is delivered, failed or dropped. Nothing is kept here, and nothing can be read again.',
    at: now,
    rule: trouble === undefined ? BUFFERING : SOURCES,
    values: [...outcomes(stream), ...lastTrouble(stream)],
    changes: { by: 'act', into: 'new records' },
    remedies: counters.failed > 0 ? [helps('read what failed under the error prefix of the bucket')] : [],
    ...(counters.failed > 0 && { see: [`bucket/${stream.destination.place.bucket}`] }),
  };
}

const outcomes = ({ counters }: DeliveryStream): Why['values'] => [
  { label: 'came in', is: counted(counters.records) },
  { label: 'delivered', is: counted(counters.delivered) },
  { label: 'failed', is: counted(counters.failed) },
  { label: 'dropped by the function', is: counted(counters.dropped) },
  { label: 'lost', is: counted(counters.lost) },
];

/** What went wrong last, in the words of its log. */
const lastTrouble = ({ log }: DeliveryStream): Why['values'] => {
  const last = log.at(-1);
  return last === undefined ? [] : [{ label: 'last trouble', is: worded(`${last.code}: ${last.message}`) }];
};

const WAITS_FOR: Readonly<Record<string, string>> = {
  transform: 'the function',
  data: 'the destination',
  backup: 'the backup',
};

/** Not flushed yet: so much of so much, at the latest then. */
function waiting({ now }: Ground, stream: DeliveryStream, buffers: readonly Buffer[]): Why {
  const [first] = [...buffers].sort((one, other) => one.due - other.due);
  const { bytes, sizeMax, due, records, opened, interval } = first!;
  const rows: WhyRow[] = buffers.slice(0, 10).map((buffer) => ({
    mark: 'delayed',
    name: buffer.partition === undefined ? buffer.purpose : JSON.stringify(buffer.partition),
    state: `${several(buffer.records.length, 'record')}, ${countWords(buffer.bytes)} bytes`,
    reason: `waits for ${WAITS_FOR[buffer.purpose] ?? 'the error prefix'}`,
    change: buffer.due,
  }));
  return {
    title: `${stream.name} has not delivered yet`,
    answer: `The buffer holds ${several(records.length, 'record')}: ${countWords(bytes)} of ${countWords(sizeMax)} bytes. It is delivered when it is full, at the latest at ${instantWords(due)}.`,
    at: now,
    rule: BUFFERING,
    values: [
      { label: 'in the buffer', is: sized(bytes), against: { label: 'SizeInMBs', is: sized(sizeMax) } },
      {
        label: 'oldest',
        is: lasting(now - opened),
        against: { label: 'IntervalInSeconds', is: lasting(interval) },
      },
      { label: 'at the latest', is: moment(due) },
    ],
    table: {
      heads: ['buffer', 'holds', 'why', 'at the latest'],
      rows,
      more: Math.max(0, buffers.length - 10),
    },
    changes: { by: 'time', at: due, into: 'delivered' },
    remedies: [
      helps(`wait ${spanWords(due - now)}`, `sleep ${Math.ceil((due - now) / 1_000)}`),
      mayHelp('smaller buffering hints', 'aws firehose update-destination'),
    ],
  };
}

/** The destination, the function or the bucket does not take it. */
function failingNow({ now, state }: Ground, stream: DeliveryStream, job: Job): Why {
  const { step, attempt, next, problem = '', firstFailure, records } = job;
  const what =
    step === 'transform'
      ? 'The function failed'
      : step === 's3'
        ? 'The bucket refused'
        : 'The destination refused';
  const held = heldIn(state, stream);
  return {
    title: `${stream.name} cannot deliver ${several(records.length, 'record')}`,
    answer: `${what}: ${problem.replace(/\.$/u, '')}. It is tried again at ${instantWords(next!)}.`,
    at: now,
    rule: step === 'transform' ? TRANSFORM : FAILURES,
    values: [
      { label: 'attempts so far', is: counted(attempt) },
      ...(firstFailure === undefined ? [] : [{ label: 'since', is: moment(firstFailure) }]),
      {
        label: 'waiting in all',
        is: counted(held.records),
      },
      { label: 'tried for', is: lasting(step === 's3' ? 86_400_000 : stream.destination.retry) },
    ],
    changes: { by: 'time', at: next!, into: 'another attempt' },
    remedies: [
      helps(
        step === 'transform'
          ? 'mend the function, or take its processor out'
          : step === 's3'
            ? 'let the bucket exist, and its policy allow it'
            : 'bring the destination back',
      ),
    ],
    see: [step === 's3' ? `bucket/${job.place?.bucket ?? ''}` : `delivery/${stream.name}`],
  };
}
