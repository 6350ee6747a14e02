/** What zod found in a file, in words: which member, what was found there, what to do. */
import type { z } from 'zod';
import { nearest } from './nearest.ts';

export interface FormProblem {
  /** Where: `steps[2].goal.is`. */
  readonly member: string;
  readonly found: string;
  readonly todo: string;
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A message of a format is what to do, or `what is there -> what to do`. */
function asProblem(member: string, value: unknown, message: string): FormProblem {
  const [found, todo] = message.split(' -> ');
  return todo === undefined
    ? { member, found: describeValue(value), todo: message }
    : { member, found: found!, todo };
}

/** `['steps', 2, 'goal']` as `steps[2].goal`; the file itself as `(the whole file)`. */
function memberName(path: Path): string {
  let name = '';
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`;
    else name += name === '' ? String(part) : `.${String(part)}`;
  }
  return name === '' ? '(the whole file)' : name;
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  return value;
}

export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const words = JSON.stringify(value) ?? 'nothing';
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'an object { … }',
  record: 'an object { … }',
  null: 'null',
};

/** What to do about a value that is beyond its bound. */
function boundTodo(origin: string, side: 'most' | 'least', bound: number | bigint): string {
  if (origin === 'string')
    return side === 'most'
      ? `shorten it to at most ${bound} characters`
      : `write at least ${bound} characters`;
  if (origin === 'array')
    return side === 'most' ? `keep at most ${bound} entries` : `add entries: at least ${bound}`;
  return `write a number of at ${side} ${bound}`;
}

function lengthOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length} characters`;
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`;
  return describeValue(value);
}

/** The branch of a union that was meant: the one with the fewest surprises. Undefined: none was. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const score = (issues: readonly Issue[]): number => {
    let sum = 0;
    for (const issue of issues) {
      if (issue.path.length === 0 && issue.code === 'invalid_type') sum += 100;
      else if (issue.code === 'invalid_type' && issue.input === undefined && issue.path.length === 1)
        sum += 2;
      else if (issue.code === 'unrecognized_keys') sum += issue.keys.length * 2;
      else sum += 1;
    }
    return sum;
  };
  const scored = branches.map((issues) => ({ issues, sum: score(issues) })).sort((a, b) => a.sum - b.sum);
  const [best, second] = scored;
  if (best === undefined || best.sum >= 100) return undefined;
  return second !== undefined && second.sum === best.sum ? undefined : best.issues;
}

function describeIssue(issue: Issue, at: Path, input: unknown, words: readonly string[]): FormProblem[] {
  const value = valueAt(input, at);
  const member = memberName(at);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const meant = nearest(
          key,
          words.filter((word) => word !== key),
        );
        const todo = meant === undefined ? 'remove it' : `remove it, or name it ${meant} if you mean that`;
        return { member: memberName([...at, key]), found: 'a member that the format does not know', todo };
      });
    case 'invalid_type': {
      const kind = KINDS[issue.expected] ?? issue.expected;
      return value === undefined
        ? [{ member, found: 'nothing', todo: `add it: ${kind}` }]
        : [{ member, found: describeValue(value), todo: `write ${kind}` }];
    }
    case 'too_big':
      return [{ member, found: lengthOf(value), todo: boundTodo(issue.origin, 'most', issue.maximum) }];
    case 'too_small':
      return [{ member, found: lengthOf(value), todo: boundTodo(issue.origin, 'least', issue.minimum) }];
    case 'invalid_value': {
      const values = issue.values.map(String);
      const todo = values.length === 1 ? `write ${values[0]}` : `write one of ${values.join(', ')}`;
      return [{ member, found: describeValue(value), todo }];
    }
    case 'invalid_union': {
      const meant = meantBranch(issue.errors);
      if (meant !== undefined)
        return meant.flatMap((inner) => describeIssue(inner, [...at, ...inner.path], input, words));
      return [asProblem(member, value, issue.message)];
    }
    default:
      return [asProblem(member, value, issue.message)];
  }
}

/** All problems of a file's form. `words` are the format's members, for "did you mean". */
export function formProblems(
  error: { readonly issues: readonly Issue[] },
  input: unknown,
  words: readonly string[],
): FormProblem[] {
  return error.issues.flatMap((issue) => describeIssue(issue, issue.path, input, words));
}
