/** The AWS CLI's shorthand syntax, `A=b,C=[d,e],F={g=h}`: its grammar and its sentences, from `awscli/shorthand.py`. */
import type { Shape, StructureShape } from '../contract/shape.ts';
import { CliFailure, GENERAL_EXIT } from './cliFailure.ts';
import { type Plain, pyFloat, pyInt, pyQuote } from './python/values.ts';

/** What the parser builds, before the shape has its say: texts, lists and objects. */
type Draft = string | Draft[] | { [key: string]: Draft };

export class ShorthandError extends Error {}

const START_WORD = '\\!\\#-&\\(-\\+\\--\\<\\>-Z\\\\-z\u007c-\ud7ff\ue000-\uffff';
const FIRST_FOLLOW = '\\s\\!\\#-&\\(-\\+\\--\\\\\\^-\\|~-\ud7ff\ue000-\uffff';
const SECOND_FOLLOW = '\\s\\!\\#-&\\(-\\+\\--\\<\\>-\ud7ff\ue000-\uffff';
const SINGLE_QUOTED = /'(?:\\\\|\\'|[^'])*'/y;
const DOUBLE_QUOTED = /"(?:\\\\|\\"|[^"])*"/y;
const FIRST_VALUE = new RegExp(`(\\\\,|[${START_WORD}])(\\\\,|[${FIRST_FOLLOW}])*`, 'y');
const SECOND_VALUE = new RegExp(`(\\\\,|[${START_WORD}])(\\\\,|[${SECOND_FOLLOW}])*`, 'y');

/** Throws ShorthandError. */
export const parseShorthand = (text: string): { [key: string]: Draft } => new Parser(text).parameter();

class Parser {
  private readonly text: string;
  private index = 0;

  constructor(text: string) {
    this.text = text;
  }

  parameter(): { [key: string]: Draft } {
    const result: { [key: string]: Draft } = {};
    this.keyValue(result, 0);
    let last = this.index;
    while (this.index < this.text.length) {
      this.expect(',', true);
      this.keyValue(result, last + 1);
      last = this.index;
    }
    return result;
  }

  private keyValue(result: { [key: string]: Draft }, start: number): void {
    const key = this.key();
    this.expect('=', true);
    const value = this.values();
    if (Object.hasOwn(result, key)) {
      throw new ShorthandError(
        `Second instance of key "${key}" encountered for input:\n${this.located(start)}\n` +
          'This is often because there is a preceding "," instead of a space.',
      );
    }
    set(result, key, value);
  }

  private key(): string {
    const start = this.index;
    while (/[A-Za-z0-9\-_.#/:]/.test(this.current())) this.index += 1;
    return this.text.slice(start, this.index);
  }

  private values(): Draft {
    if (this.atEnd()) return '';
    if (this.current() === '[') return this.explicitList();
    if (this.current() === '{') return this.hash();
    return this.commaSeparated();
  }

  private commaSeparated(): Draft {
    const first = this.firstValue();
    this.whitespace();
    if (this.current() !== ',') return first;
    this.expect(',', true);
    const list = [first];
    for (;;) {
      try {
        const value = this.secondValue();
        this.whitespace();
        if (this.atEnd()) {
          list.push(value);
          break;
        }
        this.expect(',', true);
        list.push(value);
      } catch (error) {
        if (!(error instanceof ShorthandError) || this.atEnd()) throw error;
        // What looked like another value is the next key: back to the comma before it.
        while (this.index >= 0 && this.current() !== ',') this.index -= 1;
        break;
      }
    }
    return list.length === 1 ? first : list;
  }

  private explicitList(): Draft[] {
    this.expect('[', true);
    const list: Draft[] = [];
    while (this.current() !== ']') {
      list.push(this.explicitValue());
      this.whitespace();
      if (this.current() !== ']') {
        this.expect(',');
        this.whitespace();
      }
    }
    this.expect(']');
    return list;
  }

  private explicitValue(): Draft {
    if (this.current() === '[') return this.explicitList();
    if (this.current() === '{') return this.hash();
    return this.firstValue();
  }

  private hash(): Draft {
    this.expect('{', true);
    const result: { [key: string]: Draft } = {};
    while (this.current() !== '}') {
      const key = this.key();
      this.expect('=', true);
      const value = this.explicitValue();
      this.whitespace();
      if (this.current() !== '}') {
        this.expect(',');
        this.whitespace();
      }
      set(result, key, value);
    }
    this.expect('}');
    return result;
  }

  private firstValue(): string {
    const quote = this.current();
    if (quote === "'" || quote === '"') return this.quoted(quote);
    const matched = this.match(FIRST_VALUE);
    return matched === undefined ? '' : matched.replaceAll('\\,', ',').trimEnd();
  }

  private secondValue(): string {
    const quote = this.current();
    if (quote === "'" || quote === '"') return this.quoted(quote);
    const matched = this.match(SECOND_VALUE);
    if (matched === undefined) throw this.unexpected('<second>', '<none>');
    return matched.replaceAll('\\,', ',').trimEnd();
  }

  private quoted(quote: string): string {
    const matched = this.match(quote === "'" ? SINGLE_QUOTED : DOUBLE_QUOTED);
    if (matched === undefined) {
      throw this.unexpected(quote === "'" ? '<singled quoted>' : '<double quoted>', '<none>');
    }
    return matched.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.index;
    const matched = pattern.exec(this.text)?.[0];
    if (matched !== undefined) this.index += matched.length;
    return matched;
  }

  private expect(character: string, spaced = false): void {
    if (spaced) this.whitespace();
    const actual = this.text.codePointAt(this.index);
    if (this.current() !== character) {
      throw this.unexpected(character, actual === undefined ? 'EOF' : String.fromCodePoint(actual));
    }
    this.index += 1;
    if (spaced) this.whitespace();
  }

  private whitespace(): void {
    while (/[ \t\n\r\v\f]/.test(this.current())) this.index += 1;
  }

  /** Empty at the end. */
  private current(): string {
    return this.text[this.index] ?? '';
  }

  private atEnd(): boolean {
    return this.index >= this.text.length;
  }

  private unexpected(expected: string, actual: string): ShorthandError {
    return new ShorthandError(
      `Expected: '${expected}', received: '${actual}' for input:\n${this.located(this.index)}`,
    );
  }

  /** The input with a caret below the place. */
  private located(index: number): string {
    const lastNewline = this.text.slice(0, index).lastIndexOf('\n');
    const spaces = lastNewline < 0 ? index : index - lastNewline - 1;
    const next = this.text.indexOf('\n', index);
    const consumed = next < 0 ? this.text : this.text.slice(0, next);
    const remaining = next < 0 ? '' : this.text.slice(next);
    return `${consumed}\n${' '.repeat(spaces)}^${remaining}`;
  }
}

function set(target: { [key: string]: Draft }, key: string, value: Draft): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Gives the parsed texts the types of the shape: numbers, booleans, a lone value as a list of one. */
export function typed(draft: Draft, shape: Shape): Plain {
  if (shape.type === 'structure') return typedStructure(draft, shape);
  if (shape.type === 'list') {
    if (Array.isArray(draft)) return draft.map((item) => typed(item, shape.member));
    // A lone value becomes a list of one; what is in it stays as it was written.
    return [draft];
  }
  if (shape.type === 'map') {
    if (typeof draft === 'string' || Array.isArray(draft)) return draft;
    return Object.fromEntries(Object.entries(draft).map(([key, value]) => [key, typed(value, shape.value)]));
  }
  return typeof draft === 'string' ? typedScalar(draft, shape.type) : draft;
}

function typedStructure(draft: Draft, shape: StructureShape): Plain {
  if (typeof draft === 'string' || Array.isArray(draft)) return draft;
  const members = new Map(shape.members.map((member) => [member.name, member]));
  return Object.fromEntries(
    Object.entries(draft).map(([key, value]) => {
      const member = members.get(key);
      return [key, member ? typed(value, member.shape()) : value];
    }),
  );
}

function typedScalar(text: string, type: Shape['type']): Plain {
  if (type === 'integer' || type === 'long') {
    const number = pyInt(text);
    if (number === undefined) throw valueError('int() with base 10', text);
    return number;
  }
  if (type === 'double') {
    const number = pyFloat(text);
    if (number === undefined)
      throw new CliFailure(`could not convert string to float: ${pyQuote(text)}`, GENERAL_EXIT);
    return number;
  }
  if (type === 'boolean') {
    if (text.toLowerCase() === 'true') return true;
    if (text.toLowerCase() === 'false') return false;
  }
  return text;
}

/** Python's ValueError: the AWS CLI lets it through, with exit code 255. */
export const valueError = (what: string, text: string): CliFailure =>
  new CliFailure(`invalid literal for ${what}: ${pyQuote(text)}`, GENERAL_EXIT);
