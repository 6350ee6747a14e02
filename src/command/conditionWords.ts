/**
 * Conditions as they are typed behind `expect` and `time until`:
 * `queue/orders inFlight=0 visible>=1 for 60s`, `sqs/MessageReceived queue=orders count>=2`, or JSON.
 */

import { CONDITION_FORMS, conditionFormat } from '../projection/conditionFormat.ts';
import { conditionProblems } from '../projection/conditionProblems.ts';
import type {
  Condition,
  EventCondition,
  Matcher,
  MatcherObject,
  Scalar,
  StateCondition,
} from '../projection/conditionTypes.ts';
import { DURATION_PATTERN } from '../projection/duration.ts';
import { formProblems } from '../projection/formProblems.ts';
import { eventNamed, eventTypes, stateOfKind } from '../projection/vocabulary.ts';
import { CliFailure, type Range } from './cliFailure.ts';
import type { Argument } from './python/argparse.ts';
import { quoted } from './quoted.ts';
import { expandValue } from './shellValues.ts';
import { readShellLine } from './shellWords.ts';

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
  const condition = isEvent(first.value, group)
    ? readEvent(first.value, words.slice(1))
    : readState(first.value, words.slice(1));
  return checked(condition, first);
}

/** A condition as it is typed, or as an object of the lesson format. Throws CliFailure. */
export function parseCondition(condition: string | object): Condition {
  if (typeof condition !== 'string') return parseCondition(quoted(JSON.stringify(condition)));
  const read = readShellLine(`expect ${condition}`);
  if (read.type !== 'command') throw problem(`${condition} is no condition`);
  return readCondition(read.words.slice(1).map((word) => ({ ...word, value: expandValue(word, new Map()) })));
}

/** `sqs/MessageSent` is an event, `queue/orders` a state; where neither is known, the first word decides. */
const isEvent = (name: string, group: string): boolean =>
  eventNamed(name) !== undefined ||
  (stateOfKind(group) === undefined && eventTypes().some((type) => type.startsWith(`${group}/`)));

/** A field or an event that does not exist would never be met: said now. */
function checked(condition: Condition, at: Range): Condition {
  const found = conditionProblems(condition, '')[0];
  if (!found) return condition;
  const member = found.member.replace(/^\./, '').replace(/^is\./, '');
  throw new CliFailure(`the condition cannot hold: ${member} is ${found.found}`, undefined, {
    at,
    why: found.todo,
  });
}

function readJson(word: Argument): Condition {
  let value: unknown;
  try {
    value = JSON.parse(word.value);
  } catch (error) {
    throw problem(`the condition is not JSON: ${error instanceof Error ? error.message : ''}`, word);
  }
  const parsed = conditionFormat.safeParse(value);
  if (parsed.success) return checked(parsed.data, word);
  const found = formProblems(parsed.error, value, CONDITION_FORMS)[0];
  throw new CliFailure(`the condition: ${found?.member ?? ''} is ${found?.found ?? 'wrong'}`, undefined, {
    at: word,
    why: found?.todo,
  });
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
      result = { ...result, exists: word.value === 'exists' };
    } else if (word.value === 'ever') {
      result = { ...result, ever: true };
    } else {
      addTest(is, word);
    }
  }
  const tests = Object.keys(is).length;
  if (result.exists === false && tests > 0)
    throw problem(`${state} cannot be gone and have figures`, words[0]);
  if (tests === 0) return { ...result, exists: result.exists ?? true };
  const { exists: _exists, ...rest } = result;
  return { ...rest, is };
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
