/**
 * Metric math, read: arithmetic, comparisons, and AVG FILL IF MAX METRICS MIN RATE SUM. CloudWatch User Guide, Using
 * math expressions with CloudWatch metrics. The other functions are refused by name.
 */
import { validation } from '../errors.ts';

export type Operator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&&' | '||';

export type Expression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'metric'; readonly id: string }
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'negative'; readonly of: Expression }
  | {
      readonly type: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: 'call'; readonly name: FunctionName; readonly given: readonly Expression[] };

const FUNCTIONS = ['AVG', 'FILL', 'IF', 'MAX', 'METRICS', 'MIN', 'RATE', 'SUM'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];
const isFunction = (name: string): name is FunctionName => (FUNCTIONS as readonly string[]).includes(name);

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*)|"([^"]*)"|'([^']*)'|(<=|>=|==|!=|&&|\|\||[-+*/<>()[\],^]))/uy;

interface Token {
  readonly number?: string;
  readonly name?: string;
  readonly text?: string;
  readonly mark?: string;
}

/** Weakest first. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];
const WORDS: Readonly<Record<string, Operator>> = { AND: '&&', OR: '||' };

/** Throws ValidationError. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const expression = parser.level(0);
  parser.end();
  return expression;
}

class Parser {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    TOKEN.lastIndex = 0;
    const end = text.trimEnd().length;
    while (TOKEN.lastIndex < end) {
      const found = TOKEN.exec(text);
      if (found === null) throw this.#wrong();
      const [, number, name, double, single, mark] = found;
      this.#tokens.push(
        number !== undefined
          ? { number }
          : name !== undefined
            ? { name }
            : mark !== undefined
              ? { mark }
              : { text: double ?? single ?? '' },
      );
    }
  }

  level(index: number): Expression {
    const operators = LEVELS[index];
    if (operators === undefined) return this.#unary();
    let left = this.level(index + 1);
    for (;;) {
      const token = this.#tokens[this.#at];
      const operator = token?.mark ?? WORDS[token?.name ?? ''];
      if (!operators.includes(operator as Operator)) return left;
      this.#at++;
      left = { type: 'binary', operator: operator as Operator, left, right: this.level(index + 1) };
    }
  }

  end(): void {
    if (this.#at < this.#tokens.length || this.#tokens.length === 0) throw this.#wrong();
  }

  #unary(): Expression {
    if (this.#take('-')) return { type: 'negative', of: this.#unary() };
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.#wrong();
    if (token.number !== undefined) return { type: 'number', value: Number(token.number) };
    if (token.text !== undefined) return { type: 'text', value: token.text };
    if (token.mark === '(') {
      const inner = this.level(0);
      this.#expect(')');
      return inner;
    }
    if (token.mark === '[') return { type: 'list', items: this.#items(']') };
    if (token.name === undefined) throw this.#wrong();
    return this.#named(token.name);
  }

  #named(name: string): Expression {
    if (!this.#take('(')) {
      // The words that FILL takes.
      if (name === 'REPEAT' || name === 'LINEAR') return { type: 'text', value: name };
      return { type: 'metric', id: name };
    }
    if (!isFunction(name)) {
      throw validation(`not modelled: the function ${name} of metric math`, {
        why: `Known are ${FUNCTIONS.join(', ')}, + - * / and comparisons.`,
      });
    }
    return { type: 'call', name, given: this.#items(')') };
  }

  #items(closing: string): Expression[] {
    const items: Expression[] = [];
    if (this.#take(closing)) return items;
    do items.push(this.level(0));
    while (this.#take(','));
    this.#expect(closing);
    return items;
  }

  #take(mark: string): boolean {
    if (this.#tokens[this.#at]?.mark !== mark) return false;
    this.#at++;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) throw this.#wrong();
  }

  /** UNSURE: the sentence. */
  #wrong(): Error {
    return validation(`Error in expression: invalid syntax in "${this.#text}"`, {
      why: 'Expected are ids of metrics, numbers, + - * /, comparisons and functions.',
    });
  }
}

/** The ids that it names. */
export function idsIn(expression: Expression): string[] {
  switch (expression.type) {
    case 'metric':
      return [expression.id];
    case 'list':
      return expression.items.flatMap(idsIn);
    case 'negative':
      return idsIn(expression.of);
    case 'binary':
      return [...idsIn(expression.left), ...idsIn(expression.right)];
    case 'call':
      return expression.given.flatMap(idsIn);
    default:
      return [];
  }
}
