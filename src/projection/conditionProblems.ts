/** Whether a well-formed condition makes sense: bounds, names of the vocabulary, places, durations, queries. */
import { DEPTH_MAX, LEAVES_MAX, measure } from './condition.ts';
import { queryProblem } from './conditionLeaves.ts';
import type { Condition, EventPattern, Matcher, Matchers, StateCondition } from './conditionTypes.ts';
import { parseDuration } from './duration.ts';
import { describeValue, type FormProblem } from './formProblems.ts';
import { isDurationPath } from './matcher.ts';
import { nearest } from './nearest.ts';
import { eventNamed, eventTypes, fieldAt, stateKinds, stateNamed, stateOfKind } from './vocabulary.ts';
import type { Field, Fields } from './vocabularyFields.ts';

const meant = (word: string, known: Iterable<string>, otherwise: string): string => {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `write ${near} if you mean that; else ${otherwise}`;
};

const NUMERIC = new Set<Field['type']>(['number', 'milliseconds', 'bytes']);

function matcherProblems(matcher: Matcher, field: Field, path: string, member: string): FormProblem[] {
  const problems: FormProblem[] = [];
  const check = (value: unknown, at: string): void => {
    if (value === null || value === undefined) return;
    if (field.values !== undefined && typeof value === 'string' && !field.values.includes(value)) {
      const todo = meant(value, field.values, `write one of ${field.values.join(', ')}`);
      problems.push({ member: at, found: describeValue(value), todo });
      return;
    }
    const number =
      typeof value === 'number' ||
      (typeof value === 'string' && isDurationPath(path) && parseDuration(value) !== undefined);
    if (NUMERIC.has(field.type) && !number && !path.includes('*')) {
      const todo =
        field.type === 'milliseconds' ? 'write a number, or a duration such as "30s"' : 'write a number';
      problems.push({ member: at, found: describeValue(value), todo });
    }
    if (field.type === 'flag' && typeof value !== 'boolean') {
      problems.push({ member: at, found: describeValue(value), todo: 'write true or false' });
    }
  };
  if (typeof matcher !== 'object' || matcher === null) {
    check(matcher, member);
    return problems;
  }
  for (const name of ['equals', 'atLeast', 'atMost', 'moreThan', 'lessThan'] as const) {
    check(matcher[name], `${member}.${name}`);
  }
  for (const [index, value] of (matcher.in ?? []).entries()) check(value, `${member}.in[${index}]`);
  if (matcher.not !== undefined) problems.push(...matcherProblems(matcher.not, field, path, `${member}.not`));
  return problems;
}

function fieldProblems(matchers: Matchers, fields: Fields, what: string, member: string): FormProblem[] {
  return Object.entries(matchers).flatMap(([path, matcher]) => {
    const field = fieldAt(fields, path);
    const at = `${member}.${path}`;
    if (field !== undefined) return matcherProblems(matcher, field, path, at);
    const known = Object.keys(fields);
    const todo = meant(path, known, `choose one that it has: ${known.join(', ')}`);
    return [{ member: at, found: `a field that ${what} does not have`, todo }];
  });
}

function stateProblems(condition: StateCondition, member: string): FormProblem[] {
  const state = stateNamed(condition.state);
  if (state === undefined) {
    const kind = condition.state.split('/')[0]!;
    const known = stateOfKind(kind);
    const todo =
      known === undefined
        ? meant(kind, stateKinds(), `write one of ${stateKinds().join(', ')}, a slash and the name`)
        : `write it as ${known.name}`;
    return [{ member: `${member}.state`, found: describeValue(condition.state), todo }];
  }
  const problems = fieldProblems(condition.is ?? {}, state.fields, state.name, `${member}.is`);
  const { is, exists } = condition;
  if ((is === undefined) === (exists === undefined)) {
    const found = is === undefined ? 'neither is nor exists' : 'both is and exists';
    problems.push({ member, found, todo: 'write "is": { … }, or "exists": true or false' });
  }
  return problems;
}

function patternProblems(pattern: EventPattern, member: string): FormProblem[] {
  const event = eventNamed(pattern.event);
  if (event === undefined) {
    const todo = meant(
      pattern.event,
      eventTypes(),
      'choose one that msg-playground lessons vocabulary lists',
    );
    return [{ member: `${member}.event`, found: describeValue(pattern.event), todo }];
  }
  return fieldProblems(pattern.where ?? {}, event.fields, event.name, `${member}.where`);
}

const COUNT: Field = { type: 'number', about: 'how often' };

/**
 * Everything wrong with a condition that its form does not show. `places`: what `since` may name; left out where
 * there is no lesson around it, and `since` then means nothing.
 */
export function conditionProblems(
  condition: Condition,
  member: string,
  places?: readonly string[],
): FormProblem[] {
  const { leaves, depth } = measure(condition);
  const problems = problemsInside(condition, member, places ?? []);
  if (leaves > LEAVES_MAX) {
    problems.push({
      member,
      found: `${leaves} leaves`,
      todo: `keep at most ${LEAVES_MAX}: ask for less, or in two steps`,
    });
  }
  if (depth > DEPTH_MAX)
    problems.push({
      member,
      found: `${depth} levels`,
      todo: `nest at most ${DEPTH_MAX} levels of all and any`,
    });
  return problems;
}

function problemsInside(condition: Condition, member: string, places: readonly string[]): FormProblem[] {
  if ('all' in condition) {
    return condition.all.flatMap((each, index) => problemsInside(each, `${member}.all[${index}]`, places));
  }
  if ('any' in condition) {
    return condition.any.flatMap((each, index) => problemsInside(each, `${member}.any[${index}]`, places));
  }
  if ('state' in condition) return stateProblems(condition, member);
  if ('query' in condition) {
    const problem = queryProblem(condition.query);
    if (problem === undefined) return [];
    return [
      {
        member: `${member}.query`,
        found: describeValue(condition.query),
        todo: `mend the JMESPath: ${problem}`,
      },
    ];
  }
  const since = sinceProblems(condition.since, `${member}.since`, places);
  if ('event' in condition) {
    const count = condition.count;
    const counts = count === undefined ? [] : matcherProblems(count, COUNT, 'count', `${member}.count`);
    return [...patternProblems(condition, member), ...counts, ...since];
  }
  const items = condition.sequence.flatMap((item, index) =>
    patternProblems(item, `${member}.sequence[${index}]`),
  );
  return [
    ...items,
    ...since,
    ...sharedPaths(condition.same, condition, `${member}.same`),
    ...sharedPaths(condition.differ, condition, `${member}.differ`),
  ];
}

function sinceProblems(since: string | undefined, member: string, places: readonly string[]): FormProblem[] {
  if (since === undefined || places.includes(since)) return [];
  const todo = meant(since, places, `write one of ${places.join(', ')}`);
  return [{ member, found: describeValue(since), todo }];
}

/** A path that `same` or `differ` compares must exist in every event of the sequence. */
function sharedPaths(
  paths: readonly string[] | undefined,
  condition: { readonly sequence: readonly EventPattern[] },
  member: string,
): FormProblem[] {
  return (paths ?? []).flatMap((path, index) => {
    const without = condition.sequence.find((item) => {
      const event = eventNamed(item.event);
      return event !== undefined && fieldAt(event.fields, path) === undefined;
    });
    if (without === undefined) return [];
    const todo = meant(
      path,
      Object.keys(eventNamed(without.event)!.fields),
      'choose a field that all of them have',
    );
    return [{ member: `${member}[${index}]`, found: `a field that ${without.event} does not have`, todo }];
  });
}
