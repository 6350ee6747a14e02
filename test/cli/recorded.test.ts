/** Replays what the real AWS CLI was recorded to do: the same words, the same answers, the same bytes. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Answer, Wait } from '../../src/command/console.ts';
import { quoted } from '../../src/command/quoted.ts';
import { stderrOf } from '../../src/command/transcript.ts';
import { newState, run, snsCatalog, surroundings } from './console.ts';

interface RecordedCase {
  readonly name: string;
  readonly argv: readonly string[];
  readonly answers: readonly RecordedAnswer[];
  readonly requests: readonly { readonly target: string; readonly body: unknown }[];
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}
interface RecordedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly __type?: string; readonly message?: string };
}

const folder = new URL('recorded/', import.meta.url).pathname;
const read = (name: string): unknown => JSON.parse(readFileSync(folder + name, 'utf8'));
const files = new Map(
  Object.entries(read('files.json') as Record<string, string>).map(([name, content]) => [
    name,
    new Uint8Array(Buffer.from(content, 'base64')),
  ]),
);

/** Where we differ on purpose, or cannot know. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'usage.json: sqs send-message --queue-url URL --message-body -hello':
    'the CLI takes -h for a flag of its own, in a parser that it runs first',
};

function answerOf(recorded: RecordedAnswer | undefined): Answer {
  if (!recorded) throw new Error('more calls than the CLI made');
  if (recorded.status === 200) return { ok: true, output: withBytes(recorded.body ?? {}) as object };
  const query = recorded.headers?.['x-amzn-query-error'];
  const code = query?.split(';')[0] ?? recorded.body?.__type?.split('#').at(-1) ?? '';
  const message = recorded.body?.message ?? '';
  return { ok: false, refusal: { code, message, httpStatus: recorded.status, fault: 'client' } };
}

/** Base64 on the wire is bytes inside. */
function withBytes(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withBytes(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withBytes(item, name)]));
  }
  return key === 'BinaryValue' ? new Uint8Array(Buffer.from(String(value), 'base64')) : value;
}

function onTheWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(onTheWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, onTheWire(item)]));
}

const sentBy = (waits: readonly Wait[]): unknown[] =>
  waits.flatMap((wait) =>
    wait.type === 'request' ? [{ target: wait.request.operation, body: onTheWire(wait.request.input) }] : [],
  );

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'files.json')) {
  const { recordedFrom, cases } = read(file) as { recordedFrom: string; cases: readonly RecordedCase[] };
  describe(`${file} prints what ${recordedFrom} prints`, () => {
    it.each(cases.map((one): [string, RecordedCase] => [one.name, one]))('%s', (name, one) => {
      if (DIFFERENT[`${file}: ${name}`] !== undefined) return;
      const line = ['aws', ...one.argv.map(quoted)].join(' ');
      const { result, waits } = run(
        line,
        (_, index) => answerOf(one.answers[index]),
        newState(),
        surroundings(files),
        file === 'sns.json' ? snsCatalog : undefined,
      );
      const stdout = result.output === '' ? one.stdout.replace(/^\n$/, '') : `${result.output}\n`;
      expect({
        stderr: result.error ? stderrOf(result.error) : '',
        stdout: result.output === '' && one.stdout !== '\n' ? '' : stdout,
        exit: result.error?.exit ?? 0,
        sent: sentBy(waits),
      }).toEqual({
        stderr: one.stderr,
        stdout: one.stdout === '\n' && result.output === '' ? '' : one.stdout,
        exit: one.exit,
        sent: one.requests,
      });
    });
  });
}
