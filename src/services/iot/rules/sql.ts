/**
 * The SQL of rules, from text to what is evaluated. AWS IoT Core Developer Guide, AWS IoT SQL reference; a subset:
 * `SUBSET` names it. UNSURE: the sentences of faults.
 */
import { notModelled, sqlFault } from '../errors.ts';
import { SQL_DEPTH_MAX } from '../limits.ts';
import { FUNCTIONS } from './sqlFunctions.ts';
import { SUBSET, type Word, wordsOf } from './sqlWords.ts';
import { filterFault } from './topicFilter.ts';

export type Expression =
  | { readonly type: 'value'; readonly value: string | number | boolean | null }
  | { readonly type: 'everything' }
  | { readonly type: 'member'; readonly of: Expression; readonly name: string | number }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: 'not' | 'negative' | 'undefined'; readonly of: Expression }
  | { readonly type: 'in'; readonly of: Expression; readonly list: readonly Expression[] };

interface Column {
  readonly expression: Expression;
  readonly name: string;
  /** As it is written. */
  readonly text: string;
}

export interface Query {
  /** All members of the payload, before the columns. */
  readonly star: boolean;
  readonly columns: readonly Column[];
  readonly filter: string;
  readonly where: Expression | undefined;
  readonly whereText: string;
}

/** Saves time only. */
const memory = new Map<string, Query>();

/** Refuses what is no SQL of rules. */
export function readSql(sql: string): Query {
  const known = memory.get(sql);
  if (known !== undefined) return known;
  const query = new Parser(sql).query();
  if (memory.size > 1_000) memory.clear();
  memory.set(sql, query);
  return query;
}

/** One expression: what stands in a substitution template. */
export const readExpression = (text: string): Expression => new Parser(text).alone();

const RESERVED = new Set([
  'SELECT',
  'FROM',
  'WHERE',
  'AS',
  'AND',
  'OR',
  'NOT',
  'IN',
  'IS',
  'CASE',
  'UNDEFINED',
]);
const COMPARE = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

class Parser {
  readonly #sql: string;
  readonly #words: readonly Word[];
  #at = 0;
  #depth = 0;

  constructor(sql: string) {
    this.#sql = sql;
    this.#words = wordsOf(sql);
  }

  query(): Query {
    this.#need('SELECT');
    const columns: Column[] = [];
    let star = false;
    do {
      if (this.#takes('*')) star = true;
      else columns.push(this.#column());
    } while (this.#takes(','));
    if (this.#keyword('WHERE') || this.#peek().type === 'end') {
      throw notModelled(
        'SQL without FROM (Basic Ingest)',
        "FROM names a topic filter: FROM 'plant/+/temperature'.",
      );
    }
    this.#need('FROM');
    const from = this.#next();
    if (from.type !== 'text')
      throw this.#fault(from, "a topic filter in single quotes: 'plant/+/temperature'");
    const wrong = filterFault(from.value);
    if (wrong !== undefined) throw sqlFault(`Invalid topic filter: ${from.value}`, `${wrong}.`);
    const begun = this.#peek().at;
    const where = this.#takesKeyword('WHERE') ? this.#or() : undefined;
    this.#end();
    return {
      star,
      columns,
      filter: from.value,
      where,
      whereText: where === undefined ? '' : this.#sql.slice(begun).trim(),
    };
  }

  alone(): Expression {
    const expression = this.#or();
    this.#end();
    return expression;
  }

  #end(): void {
    const rest = this.#peek();
    if (rest.type !== 'end') throw this.#fault(rest, 'the end');
  }

  #column(): Column {
    const begun = this.#words[this.#at - 1]?.at ?? 0;
    const expression = this.#or();
    const text = this.#sql.slice(begun, this.#words[this.#at - 1]!.at).trim();
    if (this.#takesKeyword('AS')) {
      const name = this.#next();
      if (name.type !== 'name' && name.type !== 'text') throw this.#fault(name, 'a name after AS');
      return { expression, name: name.value, text };
    }
    return { expression, name: nameOf(expression), text };
  }

  #or(): Expression {
    if (++this.#depth > SQL_DEPTH_MAX) throw sqlFault('The expression is nested too deeply', SUBSET);
    let left = this.#and();
    while (this.#takesKeyword('OR')) left = { type: 'binary', operator: 'OR', left, right: this.#and() };
    this.#depth--;
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#takesKeyword('AND')) left = { type: 'binary', operator: 'AND', left, right: this.#not() };
    return left;
  }

  #not(): Expression {
    return this.#takesKeyword('NOT') ? { type: 'not', of: this.#not() } : this.#compared();
  }

  #compared(): Expression {
    const left = this.#sum();
    const sign = this.#peek();
    if (sign.type === 'sign' && COMPARE.has(sign.value)) {
      this.#at++;
      const operator = sign.value === '!=' ? '<>' : sign.value;
      return { type: 'binary', operator, left, right: this.#sum() };
    }
    if (this.#takesKeyword('IS')) {
      const negated = this.#takesKeyword('NOT');
      this.#need('UNDEFINED');
      const is: Expression = { type: 'undefined', of: left };
      return negated ? { type: 'not', of: is } : is;
    }
    if (this.#takesKeyword('IN')) {
      const square = this.#takes('[');
      if (!square) this.#expect('(');
      const list = this.#list(square ? ']' : ')');
      return { type: 'in', of: left, list };
    }
    return left;
  }

  #sum(): Expression {
    let left = this.#product();
    for (
      let sign = this.#peek();
      ['+', '-', '||'].includes(sign.value) && sign.type === 'sign';
      sign = this.#peek()
    ) {
      this.#at++;
      left = {
        type: 'binary',
        operator: sign.value === '||' ? '+' : sign.value,
        left,
        right: this.#product(),
      };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#signed();
    for (
      let sign = this.#peek();
      ['*', '/', '%'].includes(sign.value) && sign.type === 'sign';
      sign = this.#peek()
    ) {
      this.#at++;
      left = { type: 'binary', operator: sign.value, left, right: this.#signed() };
    }
    return left;
  }

  #signed(): Expression {
    return this.#takes('-') ? { type: 'negative', of: this.#signed() } : this.#members(this.#atom());
  }

  #members(atom: Expression): Expression {
    let of = atom;
    for (;;) {
      if (this.#takes('.')) {
        const name = this.#next();
        if (name.type !== 'name') throw this.#fault(name, 'a name after the point');
        of = { type: 'member', of, name: name.value };
      } else if (this.#takes('[')) {
        const index = this.#next();
        if (index.type !== 'number') throw this.#fault(index, 'an index');
        this.#expect(']');
        of = { type: 'member', of, name: Number(index.value) };
      } else return of;
    }
  }

  #atom(): Expression {
    const word = this.#next();
    if (word.type === 'text') return { type: 'value', value: word.value };
    if (word.type === 'number') return { type: 'value', value: Number(word.value) };
    if (word.value === '*' && word.type === 'sign') return { type: 'everything' };
    if (word.value === '(' && word.type === 'sign') {
      if (this.#keyword('SELECT')) throw notModelled('a query inside a query', SUBSET);
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    if (word.type !== 'name') throw this.#fault(word, 'a value');
    const upper = word.value.toUpperCase();
    if (upper === 'CASE') throw notModelled('CASE in a rule’s SQL', SUBSET);
    if (upper === 'TRUE' || upper === 'FALSE') return { type: 'value', value: upper === 'TRUE' };
    if (upper === 'NULL') return { type: 'value', value: null };
    if (RESERVED.has(upper)) throw this.#fault(word, 'a value');
    if (!this.#takes('(')) return { type: 'member', of: { type: 'everything' }, name: word.value };
    return this.#call(word.value);
  }

  #call(written: string): Expression {
    const name = written.toLowerCase();
    const rule = FUNCTIONS[name];
    if (rule === undefined) {
      throw notModelled(
        `the SQL function ${written}`,
        `Functions here: ${Object.keys(FUNCTIONS).join(', ')}.`,
      );
    }
    const args = this.#takes(')') ? [] : this.#list(')');
    if (args.length < rule.min || args.length > rule.max) {
      throw sqlFault(
        `Wrong number of arguments of ${written}`,
        `${written} has ${args.length}; ${rule.min} to ${rule.max} are expected.`,
      );
    }
    return { type: 'call', name, args };
  }

  #list(end: string): readonly Expression[] {
    const items = [this.#or()];
    while (this.#takes(',')) items.push(this.#or());
    this.#expect(end);
    return items;
  }

  #peek(): Word {
    return this.#words[this.#at]!;
  }

  #next(): Word {
    const word = this.#peek();
    if (word.type !== 'end') this.#at++;
    return word;
  }

  #keyword(name: string): boolean {
    const { type, value } = this.#peek();
    return type === 'name' && value.toUpperCase() === name;
  }

  #takesKeyword(name: string): boolean {
    if (!this.#keyword(name)) return false;
    this.#at++;
    return true;
  }

  #takes(sign: string): boolean {
    const { type, value } = this.#peek();
    if (type !== 'sign' || value !== sign) return false;
    this.#at++;
    return true;
  }

  #need(name: string): void {
    if (!this.#takesKeyword(name)) throw this.#fault(this.#peek(), name);
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) throw this.#fault(this.#peek(), sign);
  }

  #fault({ value, at }: Word, expected: string): Error {
    return sqlFault(`Expected ${expected}, found ${value}`, `Before column ${at + 1}. ${SUBSET}`);
  }
}

/** The name of a column without AS: the last member, the function. */
function nameOf(expression: Expression): string {
  if (expression.type === 'member') return String(expression.name);
  return expression.type === 'call' ? expression.name : 'value';
}
