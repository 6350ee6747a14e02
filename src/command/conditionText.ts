/** Conditions in the words of the prompt, as `expect` reads them. */
import type { Condition, EventCondition, Matcher, StateCondition } from '../projection/conditionTypes.ts';
import { quoted } from './quoted.ts';

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
