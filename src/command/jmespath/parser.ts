/** JMESPath's grammar as jmespath 1.0 for Python parses it: by the binding power of tokens. */
import { type Plain, pyRepr, pyStr } from '../python/values.ts';
import { QueryError, type Token, type TokenType, tokenize } from './lexer.ts';

export type Comparison = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte';

export type Node =
  | { readonly type: 'literal'; readonly value: Plain }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'current' }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'slice'; readonly parts: readonly (number | undefined)[] }
  /** One after the other: `a.b`, `a[0]`, `a | b`. */
  | { readonly type: 'chain'; readonly nodes: readonly Node[]; readonly isIndex: boolean }
  | { readonly type: 'projection' | 'valueProjection'; readonly left: Node; readonly right: Node }
  | { readonly type: 'filter'; readonly left: Node; readonly right: Node; readonly condition: Node }
  | { readonly type: 'flatten'; readonly node: Node }
  | { readonly type: 'comparison'; readonly operator: Comparison; readonly left: Node; readonly right: Node }
  | { readonly type: 'or' | 'and'; readonly left: Node; readonly right: Node }
  | { readonly type: 'not' | 'expression'; readonly node: Node }
  | { readonly type: 'list'; readonly nodes: readonly Node[] }
  | { readonly type: 'object'; readonly entries: readonly (readonly [string, Node])[] }
  | { readonly type: 'call'; readonly name: string; readonly nodes: readonly Node[] };

const POWER: Readonly<Record<TokenType, number>> = {
  eof: 0,
  unquoted_identifier: 0,
  quoted_identifier: 0,
  literal: 0,
  rbracket: 0,
  rparen: 0,
  comma: 0,
  rbrace: 0,
  number: 0,
  current: 0,
  expref: 0,
  colon: 0,
  pipe: 1,
  or: 2,
  and: 3,
  eq: 5,
  gt: 5,
  lt: 5,
  gte: 5,
  lte: 5,
  ne: 5,
  flatten: 9,
  star: 20,
  filter: 21,
  dot: 40,
  not: 45,
  lbrace: 50,
  lbracket: 55,
  lparen: 60,
};
/** Tokens below this end a projection. */
const PROJECTION_STOP = 10;
const CURRENT: Node = { type: 'current' };
const DEEPEST = 200;

/** Throws QueryError. */
export function parseQuery(expression: string): Node {
  return new Parser(expression).parse();
}

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;

  constructor(expression: string) {
    this.text = expression;
    this.tokens = tokenize(expression);
  }

  parse(): Node {
    const node = this.expression(0);
    if (this.type !== 'eof') throw this.error(this.token, `Unexpected token: ${pyStr(this.token.value)}`);
    return node;
  }

  private get token(): Token {
    return this.tokens[Math.min(this.index, this.tokens.length - 1)] as Token;
  }

  private get type(): TokenType {
    return this.token.type;
  }

  private next(ahead: number): Token | undefined {
    return this.tokens[this.index + ahead];
  }

  private expression(power: number): Node {
    this.depth += 1;
    if (this.depth > DEEPEST) throw this.error(this.token, 'too deeply nested');
    const first = this.token;
    this.index += 1;
    let left = this.prefix(first);
    while (power < POWER[this.type]) {
      const token = this.token;
      this.index += 1;
      left = this.infix(left, token);
    }
    this.depth -= 1;
    return left;
  }

  /** A token at the start of an expression. */
  private prefix(token: Token): Node {
    switch (token.type) {
      case 'literal':
        return { type: 'literal', value: token.value };
      case 'unquoted_identifier':
        return { type: 'field', name: String(token.value) };
      case 'quoted_identifier':
        if (this.type === 'lparen') {
          throw this.error({ ...this.token, start: 0 }, 'Quoted identifier not allowed for function names.');
        }
        return { type: 'field', name: String(token.value) };
      case 'star':
        return {
          type: 'valueProjection',
          left: CURRENT,
          right: this.type === 'rbracket' ? CURRENT : this.projected(POWER.star),
        };
      case 'filter':
        return this.filter(CURRENT);
      case 'lbrace':
        return this.object();
      case 'lparen': {
        const node = this.expression(0);
        this.match('rparen');
        return node;
      }
      case 'flatten':
        return this.flatten(CURRENT);
      case 'not':
        return { type: 'not', node: this.expression(POWER.not) };
      case 'lbracket':
        return this.bracket();
      case 'current':
        return CURRENT;
      case 'expref':
        return { type: 'expression', node: this.expression(POWER.expref) };
      case 'eof':
        throw this.incomplete();
      default:
        throw this.error(token, 'invalid token');
    }
  }

  /** A token behind an expression. */
  private infix(left: Node, token: Token): Node {
    switch (token.type) {
      case 'dot':
        if (this.type === 'star') {
          this.index += 1;
          return { type: 'valueProjection', left, right: this.projected(POWER.dot) };
        }
        return chain(left, this.afterDot(POWER.dot), false);
      case 'pipe':
        return chain(left, this.expression(POWER.pipe), false);
      case 'or':
      case 'and':
        return { type: token.type, left, right: this.expression(POWER[token.type]) };
      case 'lparen':
        return this.call(left);
      case 'filter':
        return this.filter(left);
      case 'eq':
      case 'ne':
      case 'lt':
      case 'lte':
      case 'gt':
      case 'gte':
        return { type: 'comparison', operator: token.type, left, right: this.expression(POWER[token.type]) };
      case 'flatten':
        return this.flatten(left);
      case 'lbracket':
        return this.indexed(left);
      default:
        throw this.error(token, 'invalid token');
    }
  }

  private bracket(): Node {
    if (this.type === 'number' || this.type === 'colon')
      return this.projectedSlice(CURRENT, this.indexOrSlice());
    if (this.type === 'star' && this.next(1)?.type === 'rbracket') {
      this.index += 2;
      return { type: 'projection', left: CURRENT, right: this.projected(POWER.star) };
    }
    return this.list();
  }

  private indexed(left: Node): Node {
    if (this.type === 'number' || this.type === 'colon') {
      const right = this.indexOrSlice();
      return left.type === 'chain' && left.isIndex
        ? chain(left, right, true)
        : this.projectedSlice(left, right);
    }
    this.match('star');
    this.match('rbracket');
    return { type: 'projection', left, right: this.projected(POWER.star) };
  }

  private indexOrSlice(): Node {
    if (this.type === 'colon' || this.next(1)?.type === 'colon') return this.slice();
    const index = Number(this.token.value);
    this.index += 1;
    this.match('rbracket');
    return { type: 'index', index };
  }

  private slice(): Node {
    const parts: (number | undefined)[] = [undefined, undefined, undefined];
    let place = 0;
    while (this.type !== 'rbracket' && place < 3) {
      if (this.type === 'colon') {
        place += 1;
        if (place === 3) throw this.error(this.token, 'syntax error');
      } else if (this.type === 'number') {
        parts[place] = Number(this.token.value);
      } else {
        throw this.error(this.token, 'syntax error');
      }
      this.index += 1;
    }
    this.match('rbracket');
    return { type: 'slice', parts };
  }

  private projectedSlice(left: Node, right: Node): Node {
    const node: Node = { type: 'chain', nodes: [left, right], isIndex: true };
    return right.type === 'slice'
      ? { type: 'projection', left: node, right: this.projected(POWER.star) }
      : node;
  }

  private call(left: Node): Node {
    if (left.type !== 'field') {
      const before = this.next(-2) ?? this.token;
      throw this.error(before, `Invalid function name '${pyStr(before.value)}'`);
    }
    const nodes: Node[] = [];
    while (this.type !== 'rparen') {
      nodes.push(this.expression(0));
      if (this.type === 'comma') this.match('comma');
    }
    this.match('rparen');
    return { type: 'call', name: left.name, nodes };
  }

  private filter(left: Node): Node {
    const condition = this.expression(0);
    this.match('rbracket');
    const right = this.type === 'flatten' ? CURRENT : this.projected(POWER.filter);
    return { type: 'filter', left, right, condition };
  }

  private flatten(node: Node): Node {
    return { type: 'projection', left: { type: 'flatten', node }, right: this.projected(POWER.flatten) };
  }

  private list(): Node {
    const nodes: Node[] = [];
    for (;;) {
      nodes.push(this.expression(0));
      if (this.type === 'rbracket') break;
      this.match('comma');
    }
    this.match('rbracket');
    return { type: 'list', nodes };
  }

  private object(): Node {
    const entries: (readonly [string, Node])[] = [];
    for (;;) {
      const key = this.token;
      if (key.type !== 'quoted_identifier' && key.type !== 'unquoted_identifier') {
        throw this.unexpected(['quoted_identifier', 'unquoted_identifier']);
      }
      this.index += 1;
      this.match('colon');
      entries.push([String(key.value), this.expression(0)]);
      if (this.type === 'comma') this.match('comma');
      else if (this.type === 'rbrace') {
        this.match('rbrace');
        break;
      }
    }
    return { type: 'object', entries };
  }

  /** What a projection does with each element. */
  private projected(power: number): Node {
    if (POWER[this.type] < PROJECTION_STOP) return CURRENT;
    if (this.type === 'lbracket' || this.type === 'filter') return this.expression(power);
    if (this.type === 'dot') {
      this.match('dot');
      return this.afterDot(power);
    }
    throw this.error(this.token, 'syntax error');
  }

  private afterDot(power: number): Node {
    switch (this.type) {
      case 'quoted_identifier':
      case 'unquoted_identifier':
      case 'star':
        return this.expression(power);
      case 'lbracket':
        this.match('lbracket');
        return this.list();
      case 'lbrace':
        this.match('lbrace');
        return this.object();
      default: {
        const allowed = ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'];
        throw this.error(this.token, `Expecting: ${pyRepr(allowed)}, got: ${this.type}`);
      }
    }
  }

  private match(type: TokenType): void {
    if (this.type !== type) throw this.unexpected(type);
    this.index += 1;
  }

  private unexpected(wanted: TokenType | readonly TokenType[]): QueryError {
    if (this.type === 'eof') return this.incomplete();
    const words = typeof wanted === 'string' ? wanted : pyRepr(wanted);
    return this.error(this.token, `Expecting: ${words}, got: ${this.type}`);
  }

  private incomplete(): QueryError {
    const underline = `${' '.repeat([...this.text].length + 1)}^`;
    return new QueryError(
      `Invalid jmespath expression: Incomplete expression:\n"${this.text}"\n${underline}`,
    );
  }

  private error(token: Token, message: string): QueryError {
    return new QueryError(
      `${message}: Parse error at column ${token.start}, token "${pyStr(token.value)}" (${token.type.toUpperCase()}), ` +
        `for expression:\n"${this.text}"\n${' '.repeat(token.start + 1)}^`,
    );
  }
}

function chain(left: Node, right: Node, isIndex: boolean): Node {
  return left.type === 'chain' && left.isIndex === isIndex
    ? { type: 'chain', nodes: [...left.nodes, right], isIndex }
    : { type: 'chain', nodes: [left, right], isIndex };
}
