/**
 * Message selectors: a subset of SQL-92 conditions over headers and properties. Jakarta Messaging 3.1, Message Selectors:
 * what is missing is NULL, and what is compared with NULL is unknown; only what is true is delivered.
 */
export type Selector =
  | { readonly is: 'value'; readonly value: Literal }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'not' | 'minus' | 'plus'; readonly of: Selector }
  | { readonly is: 'and' | 'or'; readonly left: Selector; readonly right: Selector }
  | { readonly is: 'compare'; readonly sign: string; readonly left: Selector; readonly right: Selector }
  | { readonly is: 'arithmetic'; readonly sign: string; readonly left: Selector; readonly right: Selector }
  | { readonly is: 'between'; readonly of: Selector; readonly low: Selector; readonly high: Selector }
  | { readonly is: 'in'; readonly of: Selector; readonly list: readonly string[] }
  | { readonly is: 'like'; readonly of: Selector; readonly pattern: string; readonly escapeLetter: string }
  | { readonly is: 'null'; readonly of: Selector };
type Literal = string | number | boolean;

/** What is wrong with a selector, and where. */
export class InvalidSelector extends Error {
  override readonly name = 'InvalidSelector';
}

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[lLfFdD]?|(?<word>[A-Za-z_$][\w$]*)|(?<sign><>|<=|>=|[-=<>+*/(),]))/uy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined)
      throw new InvalidSelector(`unexpected “${text.slice(at).trim()[0]}” at ${at + 1}`);
    const { string, number, word, sign } = groups;
    if (string !== undefined) {
      tokens.push({ kind: 'string', text: string.slice(1, -1).replaceAll("''", "'"), at });
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else tokens.push({ kind: 'sign', text: sign!, at });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: 'the end', at: text.length });
  return tokens;
}

const KEYWORDS = new Set([
  'AND',
  'OR',
  'NOT',
  'BETWEEN',
  'IN',
  'LIKE',
  'IS',
  'NULL',
  'ESCAPE',
  'TRUE',
  'FALSE',
]);

class Parser {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  whole(): Selector {
    const result = this.#or();
    if (this.#peek().kind !== 'end') throw this.#unexpected('AND, OR or the end');
    return result;
  }

  #peek(): Token {
    return this.#tokens[this.#index]!;
  }

  #unexpected(wanted: string): InvalidSelector {
    const { text, at } = this.#peek();
    return new InvalidSelector(`unexpected “${text}” at ${at + 1}: expected ${wanted}`);
  }

  #keyword(word: string): boolean {
    const { kind, text } = this.#peek();
    if (kind !== 'word' || text.toUpperCase() !== word) return false;
    this.#index++;
    return true;
  }

  #sign(...signs: readonly string[]): string | undefined {
    const { kind, text } = this.#peek();
    if (kind !== 'sign' || !signs.includes(text)) return undefined;
    this.#index++;
    return text;
  }

  #string(): string {
    const { kind, text } = this.#peek();
    if (kind !== 'string') throw this.#unexpected("a text in '…'");
    this.#index++;
    return text;
  }

  #or(): Selector {
    let left = this.#and();
    while (this.#keyword('OR')) left = { is: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Selector {
    let left = this.#not();
    while (this.#keyword('AND')) left = { is: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Selector {
    return this.#keyword('NOT') ? { is: 'not', of: this.#not() } : this.#comparison();
  }

  #comparison(): Selector {
    const left = this.#sum();
    const sign = this.#sign('=', '<>', '<=', '>=', '<', '>');
    if (sign !== undefined) return { is: 'compare', sign, left, right: this.#sum() };
    if (this.#keyword('IS')) {
      const negated = this.#keyword('NOT');
      if (!this.#keyword('NULL')) throw this.#unexpected('NULL');
      return this.#negated(negated, { is: 'null', of: left });
    }
    const negated = this.#keyword('NOT');
    if (this.#keyword('BETWEEN')) {
      const low = this.#sum();
      if (!this.#keyword('AND')) throw this.#unexpected('AND');
      return this.#negated(negated, { is: 'between', of: left, low, high: this.#sum() });
    }
    if (this.#keyword('IN')) return this.#negated(negated, { is: 'in', of: left, list: this.#list() });
    if (this.#keyword('LIKE')) {
      const pattern = this.#string();
      const escapeLetter = this.#keyword('ESCAPE') ? this.#string() : '';
      return this.#negated(negated, { is: 'like', of: left, pattern, escapeLetter });
    }
    if (negated) throw this.#unexpected('BETWEEN, IN or LIKE');
    return left;
  }

  #negated(negated: boolean, of: Selector): Selector {
    return negated ? { is: 'not', of } : of;
  }

  #list(): readonly string[] {
    if (this.#sign('(') === undefined) throw this.#unexpected('(');
    const list = [this.#string()];
    while (this.#sign(',') !== undefined) list.push(this.#string());
    if (this.#sign(')') === undefined) throw this.#unexpected(')');
    return list;
  }

  #sum(): Selector {
    let left = this.#product();
    for (let sign = this.#sign('+', '-'); sign !== undefined; sign = this.#sign('+', '-')) {
      left = { is: 'arithmetic', sign, left, right: this.#product() };
    }
    return left;
  }

  #product(): Selector {
    let left = this.#unary();
    for (let sign = this.#sign('*', '/'); sign !== undefined; sign = this.#sign('*', '/')) {
      left = { is: 'arithmetic', sign, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Selector {
    const sign = this.#sign('-', '+');
    if (sign !== undefined) return { is: sign === '-' ? 'minus' : 'plus', of: this.#unary() };
    if (this.#sign('(') !== undefined) {
      const inside = this.#or();
      if (this.#sign(')') === undefined) throw this.#unexpected(')');
      return inside;
    }
    const { kind, text } = this.#peek();
    if (kind === 'string' || kind === 'number') {
      this.#index++;
      return { is: 'value', value: kind === 'number' ? Number(text) : text };
    }
    if (kind !== 'word') throw this.#unexpected('a name or a value');
    const upper = text.toUpperCase();
    if (upper === 'TRUE' || upper === 'FALSE') {
      this.#index++;
      return { is: 'value', value: upper === 'TRUE' };
    }
    if (KEYWORDS.has(upper)) throw this.#unexpected('a name or a value');
    this.#index++;
    return { is: 'name', name: text };
  }
}

/** Throws `InvalidSelector`. The answer is frozen through and through. */
export const readSelector = (text: string): Selector => deepFrozen(new Parser(text).whole());

function deepFrozen<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object') deepFrozen(part as object);
  return Object.freeze(value);
}

/** undefined is NULL, or unknown. */
export type Known = Literal | undefined;

export const selects = (selector: Selector, read: (name: string) => Known): boolean =>
  evaluate(selector, read) === true;

function evaluate(node: Selector, read: (name: string) => Known): Known {
  switch (node.is) {
    case 'value':
      return node.value;
    case 'name':
      return read(node.name);
    case 'not': {
      const value = evaluate(node.of, read);
      return typeof value === 'boolean' ? !value : undefined;
    }
    case 'minus':
    case 'plus': {
      const value = evaluate(node.of, read);
      return typeof value !== 'number' ? undefined : node.is === 'minus' ? -value : value;
    }
    case 'and':
    case 'or': {
      const deciding = node.is === 'or';
      const left = evaluate(node.left, read);
      if (left === deciding) return deciding;
      const right = evaluate(node.right, read);
      if (right === deciding) return deciding;
      return typeof left === 'boolean' && typeof right === 'boolean' ? !deciding : undefined;
    }
    case 'compare':
      return compared(node.sign, evaluate(node.left, read), evaluate(node.right, read));
    case 'arithmetic':
      return calculated(node.sign, evaluate(node.left, read), evaluate(node.right, read));
    case 'between': {
      const value = evaluate(node.of, read);
      const low = compared('>=', value, evaluate(node.low, read));
      const high = compared('<=', value, evaluate(node.high, read));
      if (low === false || high === false) return false;
      return low === undefined || high === undefined ? undefined : true;
    }
    case 'in': {
      const value = evaluate(node.of, read);
      return value === undefined ? undefined : typeof value === 'string' && node.list.includes(value);
    }
    case 'like': {
      const value = evaluate(node.of, read);
      if (value === undefined) return undefined;
      return typeof value === 'string' && isLike(value, node.pattern, node.escapeLetter);
    }
    case 'null':
      return evaluate(node.of, read) === undefined;
  }
}

/** Values of unlike types are never equal, and never less. */
function compared(sign: string, left: Known, right: Known): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left !== typeof right) return false;
  if (sign === '=') return left === right;
  if (sign === '<>') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  if (sign === '<') return left < right;
  if (sign === '<=') return left <= right;
  return sign === '>' ? left > right : left >= right;
}

function calculated(sign: string, left: Known, right: Known): number | undefined {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (sign === '+') return left + right;
  if (sign === '-') return left - right;
  if (sign === '*') return left * right;
  return right === 0 ? undefined : left / right;
}

/** `%` any letters, `_` one. Without a regular expression: patterns come from people. */
function isLike(value: string, pattern: string, escapeLetter: string): boolean {
  const parts: { readonly letter: string; readonly wild: boolean }[] = [];
  const letters = [...pattern];
  for (let index = 0; index < letters.length; index++) {
    const letter = letters[index]!;
    if (letter === escapeLetter && index + 1 < letters.length) {
      parts.push({ letter: letters[++index]!, wild: false });
    } else parts.push({ letter, wild: letter === '%' || letter === '_' });
  }
  const text = [...value];
  let reached = new Set([0]);
  for (const { letter, wild } of parts) {
    const next = new Set<number>();
    for (const at of reached) {
      if (wild && letter === '%') for (let end = at; end <= text.length; end++) next.add(end);
      else if (at < text.length && (wild || text[at] === letter)) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(text.length);
}
