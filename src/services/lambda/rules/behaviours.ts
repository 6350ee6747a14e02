/**
 * What a function does, by its handler: a fixed set, because no code is run here. Environment variables set figures
 * (`VARIABLES`). SIMPLER THAN AWS: no cold starts; a call takes its time whatever it carries.
 */

import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import type { Random } from '../../../engine/random.ts';
import type { Ending } from '../model.ts';

export interface BehaviourInput {
  /** Parsed JSON; its text beside it. */
  readonly event: unknown;
  readonly text: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly random: Random;
  /** Was the effect had that this text stands for? */
  hadEffect(text: string): boolean;
  /** Has it, once more. */
  effect(text: string): void;
}

interface Behaviour {
  readonly says: string;
  /** Milliseconds, without DURATION_MS. */
  readonly takes: readonly [number, number];
  run(input: BehaviourInput): Ending;
}

export const VARIABLES: Readonly<Record<string, string>> = {
  DURATION_MS: 'how long a call takes: 200, or 100..300',
  FAIL_PERCENT: 'of fail-some and drop-some: how many of a hundred, 20',
  WORD: 'of fail-on-word and report-failures: the word that fails, fail',
  TOPIC_ARN: 'of publish: the topic',
  ANSWER: 'of answer: the text that is answered, as it is',
  COLUMNS: 'of csv-to-json: names for the columns, with commas between: customer,amount',
};

const answer = (value: unknown): Ending =>
  Object.freeze({ payload: JSON.stringify(value), error: undefined });
const answerText = (payload: string): Ending => Object.freeze({ payload, error: undefined });
export const failure = (errorType: string, errorMessage: string): Ending =>
  Object.freeze({ payload: JSON.stringify({ errorType, errorMessage, trace: [] }), error: 'Unhandled' });

const OK = answer({ statusCode: 200, body: 'ok' });
const boom = (): Ending => failure('Error', 'The function failed, as its handler says it always does.');

/** One entry of an event: of a queue, a stream, a transformation; undefined: the event is none of these. */
interface Entry {
  /** What a partial batch response names. */
  readonly id: string;
  /** What it carries, as text. */
  readonly body: string;
}

const decodedText = (data: unknown): string =>
  typeof data === 'string' ? (utf8Text(fromBase64(data)) ?? '') : '';

/** The entries of an event that SQS, Kinesis, SNS, S3 or a transformation made. */
export function entriesOf(event: unknown): readonly Entry[] | undefined {
  const { Records, records } = (event ?? {}) as { Records?: unknown; records?: unknown };
  const list = Array.isArray(Records) ? Records : Array.isArray(records) ? records : undefined;
  return list?.map((record: Record<string, unknown>, index) => {
    const kinesis = record.kinesis as { sequenceNumber?: string; data?: string } | undefined;
    if (kinesis !== undefined) return { id: String(kinesis.sequenceNumber), body: decodedText(kinesis.data) };
    const change = record.dynamodb as { SequenceNumber?: string } | undefined;
    if (change !== undefined) return { id: String(change.SequenceNumber), body: JSON.stringify(record) };
    if (record.recordId !== undefined) return { id: String(record.recordId), body: decodedText(record.data) };
    const message = (record.Sns as { Message?: string } | undefined)?.Message;
    const body = typeof record.body === 'string' ? record.body : (message ?? JSON.stringify(record));
    return { id: String(record.messageId ?? index), body };
  });
}

/** Firehose asks for a record back for each: what becomes of it. */
type Transformed = { readonly result: 'Ok' | 'Dropped' | 'ProcessingFailed'; readonly body: string };
const transform = (event: unknown, one: (body: string) => Transformed): Ending | undefined => {
  if (!Array.isArray((event as { records?: unknown } | null)?.records)) return undefined;
  const records = entriesOf(event)!.map(({ id, body }) => {
    const made = one(body);
    return { recordId: id, result: made.result, data: base64(utf8Bytes(made.body)) };
  });
  return answer({ records });
};
const unchanged = (body: string): Transformed => ({ result: 'Ok', body });

interface Keyed {
  readonly kinesis?: { readonly partitionKey?: string };
}

const percent = ({ environment }: BehaviourInput): number => Number(environment.FAIL_PERCENT ?? '20');
const wordOf = ({ environment }: BehaviourInput): string => environment.WORD ?? 'fail';

/** A record of comments is dropped; one without a line, or with a quotation mark that is not closed, is no CSV. */
function csvToJson(body: string, names: readonly string[]): Transformed {
  const written = body.split('\n').filter((line) => line.trim() !== '');
  const lines = written.filter((line) => !line.startsWith('#'));
  if (written.length > 0 && lines.length === 0) return { result: 'Dropped', body };
  const open = lines.some((line) => line.split('"').length % 2 === 0);
  if (lines.length === 0 || open) return { result: 'ProcessingFailed', body };
  const rows = lines.map((line) =>
    Object.fromEntries(
      line.split(',').map((cell, index) => [names[index] ?? `column${index + 1}`, cell.trim()]),
    ),
  );
  return { result: 'Ok', body: rows.map((row) => `${JSON.stringify(row)}\n`).join('') };
}

const columnsOf = ({ environment }: BehaviourInput): readonly string[] =>
  (environment.COLUMNS ?? '').split(',').filter((name) => name !== '');

/** What a charge is known by: the body of each message, or the whole event. */
const chargesOf = ({ event, text }: BehaviourInput): readonly string[] =>
  entriesOf(event)?.map(({ body }) => body) ?? [text];

function charge(input: BehaviourInput, idempotent: boolean): Ending {
  let charged = 0;
  for (const text of chargesOf(input)) {
    if (idempotent && input.hadEffect(text)) continue;
    input.effect(text);
    charged++;
  }
  return answer({ charged });
}

/** What comes in entries is published entry by entry. */
function publish({ event, text, environment }: BehaviourInput): Ending {
  const { TOPIC_ARN: topic = '' } = environment;
  if (topic === '') return failure('KeyError', 'TOPIC_ARN');
  const texts = entriesOf(event)?.map(({ body }) => body) ?? [text];
  const publishes = Object.freeze(texts.map((one) => Object.freeze({ topic, text: one })));
  return Object.freeze({ ...answer({ published: texts.length }), publishes });
}

export const BEHAVIOURS = {
  ok: {
    says: 'works, in 30 to 90 ms',
    takes: [30, 90],
    run: ({ event }) => transform(event, unchanged) ?? OK,
  },
  echo: {
    says: 'answers what it was given',
    takes: [5, 20],
    run: ({ event, text }) => transform(event, unchanged) ?? answerText(text),
  },
  answer: {
    says: 'answers the text of the variable ANSWER',
    takes: [5, 20],
    run: ({ environment }) => answerText(environment.ANSWER ?? 'null'),
  },
  slow: {
    says: 'works, in 8 to 12 s',
    takes: [8_000, 12_000],
    run: ({ event }) => transform(event, unchanged) ?? OK,
  },
  fail: { says: 'fails, always', takes: [30, 90], run: boom },
  'fail-some': {
    says: 'fails by chance: 20 of 100 calls, or FAIL_PERCENT',
    takes: [30, 90],
    run: (input) =>
      input.random.chance(percent(input), 100)
        ? failure('Error', 'The function failed by chance.')
        : (transform(input.event, unchanged) ?? OK),
  },
  'fail-on-word': {
    says: 'fails when the event holds the word of WORD (fail)',
    takes: [30, 90],
    run(input) {
      const word = wordOf(input);
      const bodies = entriesOf(input.event)?.map(({ body }) => body) ?? [input.text];
      return bodies.some((body) => body.includes(word))
        ? failure('Error', `The event holds the word ${word}.`)
        : (transform(input.event, unchanged) ?? OK);
    },
  },
  'report-failures': {
    says: 'reports the entries of a batch that hold the word of WORD (fail)',
    takes: [50, 150],
    run(input) {
      const failed = (entriesOf(input.event) ?? []).filter(({ body }) => body.includes(wordOf(input)));
      return answer({ batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id })) });
    },
  },
  'count-window': {
    says: 'counts the records of a tumbling window by their keys, in the state that is passed on',
    takes: [30, 90],
    run({ event }) {
      const { Records, state } = (event ?? {}) as { Records?: unknown; state?: unknown };
      const counts = new Map(Object.entries((state ?? {}) as Record<string, number>));
      for (const record of Array.isArray(Records) ? (Records as readonly Keyed[]) : []) {
        const key = record.kinesis?.partitionKey ?? '';
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return answer({ state: Object.fromEntries(counts) });
    },
  },
  'drop-some': {
    says: 'transforms: drops 20 of 100 records, or FAIL_PERCENT',
    takes: [40, 120],
    run: (input) =>
      transform(input.event, (body) =>
        input.random.chance(percent(input), 100) ? { result: 'Dropped', body } : unchanged(body),
      ) ?? OK,
  },
  'csv-to-json': {
    says: 'transforms: a line of CSV becomes a line of JSON, a comment (#) is dropped',
    takes: [40, 120],
    run(input) {
      const names = columnsOf(input);
      return (
        transform(input.event, (body) => csvToJson(body, names)) ?? answer(csvToJson(input.text, names).body)
      );
    },
  },
  publish: {
    says: 'publishes each entry to the topic of TOPIC_ARN',
    takes: [30, 90],
    run: publish,
  },
  charge: {
    says: 'charges for each message, again when it comes again',
    takes: [150, 300],
    run: (input) => charge(input, false),
  },
  'idempotent-charge': {
    says: 'charges once for each message, however often it comes',
    takes: [150, 300],
    run: (input) => charge(input, true),
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof BEHAVIOURS;
export const BEHAVIOUR_NAMES = Object.keys(BEHAVIOURS) as readonly BehaviourName[];
export const isBehaviour = (name: string): name is BehaviourName => Object.hasOwn(BEHAVIOURS, name);

const DURATION = /^(\d{1,6})(?:\.\.(\d{1,6}))?$/u;

/** What is wrong with the variables that set figures; undefined: nothing. */
export function variableProblem(environment: Readonly<Record<string, string>>): string | undefined {
  const { DURATION_MS, FAIL_PERCENT } = environment;
  if (DURATION_MS !== undefined && !DURATION.test(DURATION_MS)) {
    return `DURATION_MS is “${DURATION_MS}”; expected are milliseconds: 200, or 100..300.`;
  }
  if (FAIL_PERCENT !== undefined && !/^(?:100|\d{1,2})$/u.test(FAIL_PERCENT)) {
    return `FAIL_PERCENT is “${FAIL_PERCENT}”; expected is a whole number from 0 to 100.`;
  }
  return undefined;
}

/** How long a call takes, in ms. */
export function drawDuration(
  handler: BehaviourName,
  environment: Readonly<Record<string, string>>,
  random: Random,
): number {
  const given = DURATION.exec(environment.DURATION_MS ?? '');
  const [least, most] =
    given === null ? BEHAVIOURS[handler].takes : [Number(given[1]), Number(given[2] ?? given[1])];
  return random.integer(least, Math.max(least, most));
}

export const run = (handler: BehaviourName, input: BehaviourInput): Ending =>
  (BEHAVIOURS[handler] as Behaviour).run(input);
