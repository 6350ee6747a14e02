/**
 * The rule of a composite alarm: `ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA(c))`. CloudWatch API Reference,
 * PutCompositeAlarm. Names may be written with or without quotes, or as ARNs.
 */
import type { StateValue } from '../model.ts';

export type Rule =
  | { readonly type: 'constant'; readonly value: boolean }
  | { readonly type: 'state'; readonly state: StateValue; readonly alarm: string }
  | { readonly type: 'not'; readonly of: Rule }
  | { readonly type: 'and' | 'or'; readonly left: Rule; readonly right: Rule };

const TOKEN = /\s*(?:(AND|OR|NOT|TRUE|FALSE|ALARM|OK|INSUFFICIENT_DATA)\b|([()])|"([^"]*)"|([^\s()"]+))/uy;

interface Token {
  readonly word?: string;
  readonly mark?: string;
  readonly name?: string;
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const found = TOKEN.exec(text);
    if (found === null) return undefined;
    const [, word, mark, quoted, plain] = found;
    if (word !== undefined) tokens.push({ word });
    else if (mark !== undefined) tokens.push({ mark });
    else tokens.push({ name: quoted ?? plain! });
  }
  return tokens;
}

/** Undefined: it cannot be read. */
export function parseAlarmRule(text: string): Rule | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined || tokens.length === 0) return undefined;
  let at = 0;
  const next = (): Token | undefined => tokens[at];
  const takeMark = (mark: string): boolean => (next()?.mark === mark ? ++at > 0 : false);

  function factor(): Rule | undefined {
    const token = next();
    if (token === undefined) return undefined;
    if (token.mark === '(') {
      at++;
      const inner = either();
      return inner !== undefined && takeMark(')') ? inner : undefined;
    }
    at++;
    switch (token.word) {
      case 'NOT': {
        const of = factor();
        return of && { type: 'not', of };
      }
      case 'TRUE':
      case 'FALSE':
        return { type: 'constant', value: token.word === 'TRUE' };
      case 'ALARM':
      case 'OK':
      case 'INSUFFICIENT_DATA': {
        if (!takeMark('(')) return undefined;
        const named = next();
        const name = named?.name ?? named?.word;
        if (name === undefined) return undefined;
        at++;
        return takeMark(')') ? { type: 'state', state: token.word, alarm: nameIn(name) } : undefined;
      }
      default:
        return undefined;
    }
  }
  function chain(word: 'AND' | 'OR', part: () => Rule | undefined): Rule | undefined {
    let left = part();
    while (left !== undefined && next()?.word === word) {
      at++;
      const right = part();
      left = right && { type: word === 'AND' ? 'and' : 'or', left, right };
    }
    return left;
  }
  const both = (): Rule | undefined => chain('AND', factor);
  const either = (): Rule | undefined => chain('OR', both);

  const rule = either();
  return at === tokens.length ? rule : undefined;
}

const nameIn = (text: string): string =>
  /^arn:aws:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/u.exec(text)?.[1] ?? text;

/** The alarms that it names. */
export function alarmsIn(rule: Rule): string[] {
  switch (rule.type) {
    case 'constant':
      return [];
    case 'state':
      return [rule.alarm];
    case 'not':
      return alarmsIn(rule.of);
    default:
      return [...alarmsIn(rule.left), ...alarmsIn(rule.right)];
  }
}

export function holds(rule: Rule, stateOf: (alarm: string) => StateValue | undefined): boolean {
  switch (rule.type) {
    case 'constant':
      return rule.value;
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !holds(rule.of, stateOf);
    case 'and':
      return holds(rule.left, stateOf) && holds(rule.right, stateOf);
    default:
      return holds(rule.left, stateOf) || holds(rule.right, stateOf);
  }
}
