/**
 * Conditions as they are typed behind `expect` and `time until`:
 * `queue/orders inFlight=0 visible>=1 for 60s`, `sqs/MessageReceived queue=orders count>=2`, or JSON.
 */
import type {
  Condition,
  EventCondition,
  Matcher,
  MatcherObject,
  Scalar,
  StateCondition,
} from '../projection/conditionTypes.ts';
import { DURATION_PATTERN } from '../projection/duration.ts';
import { CliFailure, type Range } from './cliFailure.ts';
import type { Argument } from './python/argparse.ts';

const OPERATORS = ['>=', '<=', '!=', '>', '<', '='] as const;
type Operator = (typeof OPERATORS)[number];

const problem = (message: string, at?: Range): CliFailure =>
  new CliFailure(message, undefined, {
    at,
    why: 'write queue/orders inFlight=0 visible>=1, or sqs/MessageReceived queue=orders count>=2',
  });

/** Reads the words of a condition. Throws CliFailure with the place. */
export function readCondition(words: readonly Argument[]): Condition {
  const first = words[0];
  if (!first) throw problem('a condition is needed');
  if (first.value.trimStart().startsWith('{')) {
    if (words.length > 1) throw problem("put '…' around a condition in JSON", words[1]);
    return readJson(first);
  }
  const [group = '', name = ''] = splitOnce(first.value, '/');
  if (name === '' || group === '') throw problem(`${first.value} names no resource and no event`, first);
  return /^[A-Z]/.test(name) &&
    /^[a-z0-9]+$/.test(group) &&
    !name.includes('/') &&
    looksLikeEvent(group, name)
    ? readEvent(first.value, words.slice(1))
    : readState(first.value, words.slice(1));
}

const EVENT_GROUPS = [
  'api',
  'sqs',
  'sns',
  'kinesis',
  'firehose',
  'mq',
  'cloudwatch',
  'autoscaling',
  'lambda',
  's3',
  'you',
];
/** `app/EffectRepeated` is an event, `app/Web` an app: only events of that group are past tense. */
const looksLikeEvent = (group: string, name: string): boolean =>
  EVENT_GROUPS.includes(group) || (group === 'app' && /(ed|en)$/.test(name));

function readJson(word: Argument): Condition {
  let value: unknown;
  try {
    value = JSON.parse(word.value);
  } catch (error) {
    throw problem(`the condition is not JSON: ${error instanceof Error ? error.message : ''}`, word);
  }
  const forms = ['state', 'event', 'sequence', 'query', 'all', 'any'];
  const found =
    typeof value === 'object' && value !== null ? forms.filter((form) => Object.hasOwn(value, form)) : [];
  if (found.length !== 1) throw problem(`a condition has exactly one of ${forms.join(', ')}`, word);
  return value as Condition;
}

function readState(state: string, words: readonly Argument[]): StateCondition {
  const is: Record<string, Matcher> = {};
  let result: StateCondition = { state };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Argument;
    if (word.value === 'for') {
      const time = words[index + 1];
      if (!time || !DURATION_PATTERN.test(time.value))
        throw problem('for needs a time: for 60s', time ?? word);
      result = { ...result, for: time.value };
      index += 1;
    } else if (word.value === 'exists' || word.value === 'gone') {
      if (word.value === 'gone') result = { ...result, exists: false };
    } else if (word.value === 'ever') {
      result = { ...result, ever: true };
    } else {
      addTest(is, word);
    }
  }
  const tests = Object.keys(is).length;
  if (result.exists === false && tests > 0)
    throw problem(`${state} cannot be gone and have figures`, words[0]);
  return tests > 0 ? { ...result, is } : result;
}

function readEvent(event: string, words: readonly Argument[]): EventCondition {
  const where: Record<string, Matcher> = {};
  let result: EventCondition = { event };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Argument;
    if (word.value === 'within') {
      const time = words[index + 1];
      if (!time || !DURATION_PATTERN.test(time.value))
        throw problem('within needs a time: within 60s', time ?? word);
      result = { ...result, within: time.value };
      index += 1;
    } else {
      addTest(where, word);
    }
  }
  const { count, ...rest } = where;
  if (count !== undefined) result = { ...result, count };
  return Object.keys(rest).length > 0 ? { ...result, where: rest } : result;
}

/** `path OP value`, in one word. Two tests of one path are joined. */
function addTest(tests: Record<string, Matcher>, word: Argument): void {
  const found = /^([^=<>!]+)(>=|<=|!=|=|>|<)(.*)$/s.exec(word.value);
  if (!found) throw problem(`${word.value} is no test; write NAME=VALUE, NAME>=VALUE …`, word);
  const [, path = '', operator = '=', text = ''] = found;
  const matcher = matcherOf(operator as Operator, text, word);
  const before = tests[path];
  tests[path] = before === undefined ? matcher : { ...asObject(before), ...asObject(matcher) };
}

const asObject = (matcher: Matcher): MatcherObject =>
  typeof matcher === 'object' && matcher !== null ? matcher : { equals: matcher };

function matcherOf(operator: Operator, text: string, word: Argument): Matcher {
  const value = scalarOf(text);
  if (operator === '=') return value;
  if (operator === '!=') return { not: value };
  if (typeof value !== 'number' && !(typeof value === 'string' && DURATION_PATTERN.test(value))) {
    throw problem(`${operator} needs a number or a time, not ${text === '' ? 'nothing' : text}`, word);
  }
  const names = { '>=': 'atLeast', '<=': 'atMost', '>': 'moreThan', '<': 'lessThan' } as const;
  return { [names[operator]]: value };
}

function scalarOf(text: string): Scalar {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text === 'null' ? null : text;
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** A condition in the words of the prompt; in JSON, quoted, when words cannot say it. */
export function writeCondition(condition: Condition): string {
  const words =
    'state' in condition ? stateWords(condition) : 'event' in condition ? eventWords(condition) : undefined;
  return words === undefined || 'else' in condition ? quoted(JSON.stringify(condition)) : words.join(' ');
}

function stateWords(condition: StateCondition): string[] | undefined {
  const tests = testWords(condition.is ?? {});
  if (tests === undefined) return undefined;
  if (condition.exists === false) return [condition.state, 'gone'];
  return [
    condition.state,
    ...(tests.length === 0 ? ['exists'] : tests),
    ...(condition.ever ? ['ever'] : []),
    ...(condition.for === undefined ? [] : ['for', condition.for]),
  ];
}

function eventWords(condition: EventCondition): string[] | undefined {
  if (condition.since !== undefined) return undefined;
  const count = condition.count === undefined ? {} : { count: condition.count };
  const tests = testWords({ ...(condition.where ?? {}), ...count });
  if (tests === undefined) return undefined;
  return [condition.event, ...tests, ...(condition.within === undefined ? [] : ['within', condition.within])];
}

function testWords(tests: Readonly<Record<string, Matcher>>): string[] | undefined {
  const words: string[] = [];
  for (const [path, matcher] of Object.entries(tests)) {
    if (typeof matcher !== 'object' || matcher === null) {
      words.push(quoted(`${path}=${matcher}`));
      continue;
    }
    for (const [name, value] of Object.entries(matcher)) {
      const operator = { equals: '=', atLeast: '>=', atMost: '<=', moreThan: '>', lessThan: '<', not: '!=' }[
        name
      ];
      if (operator === undefined || (typeof value === 'object' && value !== null)) return undefined;
      words.push(quoted(`${path}${operator}${value}`));
    }
  }
  return words;
}

/** In quotes where a shell needs them. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
