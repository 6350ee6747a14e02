/** Runs one line of the prompt: reads it, does what it asks, and gives the text that the Console shows. */
import { milliseconds } from '../engine/units.ts';
import { callAws } from './awsCall.ts';
import { CliFailure, REFUSED_EXIT } from './cliFailure.ts';
import type { Answer, ConsoleState, LineError, LineResult, Surroundings, Wait } from './console.ts';
import { didYouMean } from './didYouMean.ts';
import { helpFor } from './helpTopics.ts';
import { CallRefused, type Catalog, type LineContext, type Running } from './lineContext.ts';
import { callPlayground, isPlaygroundWord, NotMet } from './playgroundCall.ts';
import { LINE_WORDS, PLAYGROUND_COMMANDS } from './playgroundCommands.ts';
import type { Argument } from './python/argparse.ts';
import { serviceByWord } from './serviceCall.ts';
import { expand, expandValue, literal } from './shellValues.ts';
import { type Command, type RawWord, readShellLine } from './shellWords.ts';

export { splitScript } from './splitScript.ts';

/** `repeat` bounds: how often, and how much text of the answers is kept. */
const REPEAT_MAX = 100_000;
const REPEAT_TEXT_MAX = 200_000;

/**
 * Yields what the line waits for and is resumed with the answer. Never throws for what a person typed: that is an
 * `error` of the result.
 */
export function* runLine(
  text: string,
  state: ConsoleState,
  surroundings: Surroundings,
  catalog: Catalog,
): Generator<Wait, LineResult, Answer> {
  const context: LineContext = { state, surroundings, catalog, notes: [] };
  const line = text.replaceAll('\r\n', '\n').trim();
  const shift = text.indexOf(line[0] ?? '');
  const progress: Progress = { echo: line, tolerated: false, output: '' };
  try {
    const output = yield* runText(line, context, progress);
    return result(progress, output, context.notes);
  } catch (error) {
    return result(progress, progress.output, context.notes, errorOf(error, Math.max(shift, 0)));
  }
}

/** What is known of the line while it runs, also when it fails. */
interface Progress {
  echo: string;
  tolerated: boolean;
  /** What was printed before a failure. */
  output: string;
}

function result(progress: Progress, output: string, notes: readonly string[], error?: LineError): LineResult {
  return {
    echo: progress.echo,
    output: output.endsWith('\n') ? output.slice(0, -1) : output,
    notes: [...notes],
    ...(error === undefined ? {} : { error }),
    tolerated: progress.tolerated,
  };
}

function* runText(text: string, context: LineContext, progress: Progress): Running<string> {
  const line = readShellLine(text);
  if (line.type === 'nothing') return '';
  if (line.type === 'assign') {
    context.state.variables.set(line.name, expandValue(line.value, context.state.variables));
    return '';
  }
  if (line.type === 'capture') {
    progress.tolerated = line.tolerated;
    const output = yield* runCommand(line.line, text, context, progress);
    context.state.variables.set(line.name, output.replace(/\n+$/, ''));
    return '';
  }
  progress.tolerated = line.tolerated;
  return yield* runCommand(line, text, context, progress);
}

function* runCommand(
  command: Command,
  text: string,
  context: LineContext,
  progress: Progress,
): Running<string> {
  const first = command.words[0];
  const word = literal(first);
  if (word === 'repeat') return yield* repeat(command.words, text, context, progress);
  if (first && word !== undefined && word !== 'aws' && isAws(word, context)) {
    progress.echo = `${text.slice(0, first.from)}aws ${text.slice(first.from)}`;
  }
  return yield* runWords(expand(command.words, context.state.variables), context);
}

/** A service of AWS, or a flag before one: `--output text sqs …`. */
const isAws = (word: string, context: LineContext): boolean =>
  serviceByWord(context.catalog, word)?.kind === 'aws' || word === 's3' || word.startsWith('--');

function* runWords(words: readonly Argument[], context: LineContext): Running<string> {
  const first = words[0];
  if (!first) return '';
  const word = first.value;
  if (word === 'aws') return yield* callAws(words.slice(1), context);
  if (word === 'help') return helpFor(words.slice(1), context.catalog);
  if (word === 'sleep') return yield* sleep(words);
  if (isPlaygroundWord(word, context)) return yield* callPlayground(words, context);
  if (isAws(word, context)) return yield* callAws(words, context);
  throw unknownCommand(first, context);
}

function unknownCommand(word: Argument, context: LineContext): CliFailure {
  const known = [
    'aws',
    ...context.catalog.keys(),
    ...PLAYGROUND_COMMANDS.map(({ group }) => group),
    ...LINE_WORDS.map(({ name }) => name),
  ];
  const operation = [...context.catalog.values()].find((service) =>
    [...service.operations.keys()].some(
      (name) => name.toLowerCase() === word.value.replaceAll('-', '').toLowerCase(),
    ),
  );
  const meant = operation ? `${operation.name} ${word.value}` : didYouMean(word.value, [...new Set(known)]);
  return new CliFailure(`${word.value}: no such command`, undefined, {
    at: word,
    didYouMean: meant,
    why:
      meant === undefined
        ? 'help lists the commands; of a shell, only quotes and variables are known'
        : undefined,
  });
}

const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function* sleep(words: readonly Argument[]): Running<string> {
  const time = words[1];
  const found = /^(\d{1,9}(?:\.\d{1,3})?)([smhd]?)$/.exec(time?.value ?? '');
  if (!found || words.length > 2) {
    throw new CliFailure(
      `sleep: ${time ? `${(words[2] ?? time).value} is no time` : 'a time is needed'}`,
      undefined,
      {
        at: words[2] ?? time ?? words[0],
        why: 'write sleep 30, or 30s, 5m, 2h, 1d',
      },
    );
  }
  yield { type: 'sleep', for: milliseconds(Math.round(Number(found[1]) * (UNITS[found[2] ?? ''] ?? 1000))) };
  return '';
}

/** `repeat N LINE`: the line anew each time, `{n}` counting from 1. Stops at the first refusal that is not tolerated. */
function* repeat(
  words: readonly RawWord[],
  text: string,
  context: LineContext,
  progress: Progress,
): Running<string> {
  const [, countWord, start] = words;
  const count = Number(literal(countWord) ?? Number.NaN);
  if (!countWord || !start || !Number.isInteger(count) || count < 1 || count > REPEAT_MAX) {
    throw new CliFailure('repeat: write repeat N LINE', undefined, {
      at: countWord ?? words[0],
      why: `N from 1 to 100,000; {n} in the line counts`,
    });
  }
  if (literal(start) === 'repeat')
    throw new CliFailure('repeat: not inside another repeat', undefined, { at: start });
  const line = text.slice(start.from);
  const head = text.slice(0, start.from);
  let refused = 0;
  let last: unknown;
  for (let n = 1; n <= count; n++) {
    const inner: Progress = { echo: line, tolerated: false, output: '' };
    try {
      const output = yield* runText(line.replaceAll('{n}', String(n)), context, inner);
      progress.output = (progress.output + output).slice(-REPEAT_TEXT_MAX);
    } catch (error) {
      last = error;
      refused += 1;
      progress.echo = head + echoOf(line, context);
      if (inner.tolerated && error instanceof CallRefused) continue;
      context.notes.push(`stopped at ${n} of ${count}`);
      throw error instanceof CliFailure
        ? new CliFailure(error.message, error.exit, { didYouMean: error.didYouMean, why: error.why })
        : error;
    }
  }
  progress.echo = head + echoOf(line, context);
  if (refused > 0) {
    progress.tolerated = true;
    context.notes.push(`${refused} of ${count} refused`);
    throw last;
  }
  return progress.output;
}

/** The repeated line as it is echoed: with `aws`. */
function echoOf(line: string, context: LineContext): string {
  const word = /^\S+/.exec(line)?.[0] ?? '';
  return word !== 'aws' && isAws(word, context) ? `aws ${line}` : line;
}

function errorOf(error: unknown, shift: number): LineError {
  if (error instanceof CallRefused) {
    const { code, operation, why } = error;
    return {
      kind: 'refused',
      text: error.message,
      code,
      operation,
      exit: REFUSED_EXIT,
      ...(why === undefined ? {} : { why }),
    };
  }
  if (error instanceof NotMet) {
    const why = error.unmet.join('; ');
    return { kind: 'expectation', text: error.message, exit: 1, ...(why === '' ? {} : { why }) };
  }
  if (error instanceof CliFailure) {
    const { at, why, didYouMean: meant, exit } = error;
    return {
      kind: 'usage',
      text: error.message,
      exit,
      ...(at === undefined ? {} : { at: { from: at.from + shift, to: at.to + shift } }),
      ...(why === undefined ? {} : { why }),
      ...(meant === undefined ? {} : { didYouMean: meant }),
    };
  }
  throw error;
}
