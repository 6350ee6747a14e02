/** JMESPath's tokens, as jmespath 1.0 for Python reads them: the AWS CLI's dialect and its sentences. */
import { JsonError, parseJson } from '../python/json.ts';
import type { Plain } from '../python/values.ts';

export type TokenType =
  | 'dot'
  | 'star'
  | 'rbracket'
  | 'comma'
  | 'colon'
  | 'current'
  | 'lparen'
  | 'rparen'
  | 'lbrace'
  | 'rbrace'
  | 'unquoted_identifier'
  | 'quoted_identifier'
  | 'flatten'
  | 'filter'
  | 'lbracket'
  | 'literal'
  | 'number'
  | 'or'
  | 'pipe'
  | 'and'
  | 'expref'
  | 'lte'
  | 'lt'
  | 'gte'
  | 'gt'
  | 'ne'
  | 'not'
  | 'eq'
  | 'eof';

export interface Token {
  readonly type: TokenType;
  readonly value: Plain;
  readonly start: number;
}

/** The expression is none, or it was asked to do what it cannot. */
export class QueryError extends Error {}

const SIMPLE: Readonly<Record<string, TokenType>> = {
  '.': 'dot',
  '*': 'star',
  ']': 'rbracket',
  ',': 'comma',
  ':': 'colon',
  '@': 'current',
  '(': 'lparen',
  ')': 'rparen',
  '{': 'lbrace',
  '}': 'rbrace',
};

/** Signs that a second sign can change: `|` and `||`. */
const PAIRS: Readonly<Record<string, readonly [string, TokenType, TokenType]>> = {
  '|': ['|', 'or', 'pipe'],
  '&': ['&', 'and', 'expref'],
  '<': ['=', 'lte', 'lt'],
  '>': ['=', 'gte', 'gt'],
  '!': ['=', 'ne', 'not'],
};

/** Throws QueryError. */
export function tokenize(expression: string): Token[] {
  if (expression === '') throw new QueryError('Invalid JMESPath expression: cannot be empty.');
  const tokens: Token[] = [];
  const characters = [...expression];
  let at = 0;
  while (at < characters.length) {
    const character = characters[at] ?? '';
    if (/[ \t\n\r]/.test(character)) {
      at += 1;
      continue;
    }
    const { token, next } = read(characters, at, expression);
    tokens.push(token);
    at = next;
  }
  tokens.push({ type: 'eof', value: '', start: characters.length });
  return tokens;
}

interface Step {
  readonly token: Token;
  readonly next: number;
}

function read(characters: readonly string[], start: number, expression: string): Step {
  const character = characters[start] ?? '';
  const following = characters[start + 1];
  const step = (type: TokenType, value: Plain, next: number): Step => ({
    token: { type, value, start },
    next,
  });
  const simple = Object.hasOwn(SIMPLE, character) ? SIMPLE[character] : undefined;
  if (simple) return step(simple, character, start + 1);
  if (/[A-Za-z_]/.test(character)) {
    const word = run(characters, start, /[A-Za-z0-9_]/);
    return step('unquoted_identifier', word, start + word.length);
  }
  if (character === '[') {
    if (following === ']') return step('flatten', '[]', start + 2);
    if (following === '?') return step('filter', '[?', start + 2);
    return step('lbracket', '[', start + 1);
  }
  const pair = PAIRS[character];
  if (pair) {
    const [second, both, single] = pair;
    return following === second
      ? step(both, character + second, start + 2)
      : step(single, character, start + 1);
  }
  if (/[0-9]/.test(character)) {
    const digits = run(characters, start, /[0-9]/);
    return step('number', Number(digits), start + digits.length);
  }
  if (character === '-') {
    const digits = run(characters, start + 1, /[0-9]/);
    if (digits === '') throw lexerError("Unknown token '-'", expression, start);
    return step('number', -Number(digits), start + 1 + digits.length);
  }
  if (character === '=') {
    if (following === '=') return step('eq', '==', start + 2);
    throw lexerError("Unknown token '='", expression, start);
  }
  if (character === "'" || character === '"' || character === '`')
    return readQuoted(characters, start, expression);
  throw lexerError(`Unknown token ${character}`, expression, start);
}

function run(characters: readonly string[], start: number, pattern: RegExp): string {
  let text = '';
  for (let at = start; at < characters.length && pattern.test(characters[at] ?? ''); at++)
    text += characters[at];
  return text;
}

function readQuoted(characters: readonly string[], start: number, expression: string): Step {
  const delimiter = characters[start] ?? '';
  let text = '';
  let at = start + 1;
  while (characters[at] !== delimiter) {
    if (characters[at] === '\\') {
      text += '\\';
      at += 1;
    }
    const character = characters[at];
    if (character === undefined) throw lexerError(`Unclosed ${delimiter} delimiter`, expression, start);
    text += character;
    at += 1;
  }
  const next = at + 1;
  if (delimiter === "'")
    return { token: { type: 'literal', value: text.replaceAll("\\'", "'"), start }, next };
  if (delimiter === '`')
    return { token: { type: 'literal', value: literal(text, expression, start), start }, next };
  try {
    return { token: { type: 'quoted_identifier', value: parseJson(`"${text}"`), start }, next };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw lexerError(error.message.split(':')[0] ?? '', expression, start);
  }
}

/** JSON between backquotes; what is none is a text, as it was before JMESPath had texts of its own. */
function literal(text: string, expression: string, start: number): Plain {
  const lexeme = text.replaceAll('\\`', '`');
  for (const candidate of [lexeme, `"${lexeme.trimStart()}"`]) {
    try {
      return parseJson(candidate);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
    }
  }
  throw lexerError(`Bad token ${lexeme}`, expression, start);
}

const lexerError = (message: string, expression: string, at: number): QueryError =>
  new QueryError(`Bad jmespath expression: ${message}:\n${expression}\n${' '.repeat(at)}^`);
