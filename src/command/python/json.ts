/** Python's `json.loads`, with its sentences about what is wrong, and where. */
import type { Plain } from './values.ts';

export class JsonError extends Error {
  constructor(problem: string, text: string, at: number) {
    // Python counts characters, not UTF-16 units.
    const before = [...text.slice(0, at)];
    const lastNewline = before.lastIndexOf('\n');
    const line = before.filter((character) => character === '\n').length + 1;
    super(`${problem}: line ${line} column ${before.length - lastNewline} (char ${before.length})`);
  }
}

const DEEPEST = 200;
const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const WHITESPACE = /[ \t\n\r]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const WORDS: readonly (readonly [string, Plain])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

/** Throws JsonError. */
export function parseJson(text: string): Plain {
  const reader = new Reader(text);
  const value = reader.value(reader.space(0), 0);
  const end = reader.space(reader.end);
  if (end !== text.length) throw new JsonError('Extra data', text, end);
  return value;
}

class Reader {
  readonly text: string;
  /** Where the last value ended. */
  end = 0;

  constructor(text: string) {
    this.text = text;
  }

  space(at: number): number {
    WHITESPACE.lastIndex = at;
    return at + (WHITESPACE.exec(this.text)?.[0].length ?? 0);
  }

  value(at: number, depth: number): Plain {
    if (depth > DEEPEST) throw new JsonError('Too deeply nested', this.text, at);
    const first = this.text[at];
    if (first === '"') return this.string(at + 1);
    if (first === '{') return this.object(at + 1, depth);
    if (first === '[') return this.array(at + 1, depth);
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, at)) {
        this.end = at + word.length;
        return value;
      }
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(this.text);
    if (number === null) throw new JsonError('Expecting value', this.text, at);
    this.end = at + number[0].length;
    return Number(number[0]);
  }

  string(start: number): string {
    let result = '';
    let at = start;
    for (;;) {
      const character = this.text[at];
      if (character === undefined)
        throw new JsonError('Unterminated string starting at', this.text, start - 1);
      if (character === '"') break;
      if (character < ' ') throw new JsonError('Invalid control character at', this.text, at);
      if (character !== '\\') {
        result += character;
        at += 1;
        continue;
      }
      const code = this.text[at + 1];
      if (code === undefined) throw new JsonError('Unterminated string starting at', this.text, start - 1);
      if (code === 'u') {
        const digits = this.text.slice(at + 2, at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits))
          throw new JsonError('Invalid \\uXXXX escape', this.text, at + 1);
        result += String.fromCharCode(Number.parseInt(digits, 16));
        at += 6;
        continue;
      }
      const meaning = ESCAPES[code];
      if (meaning === undefined) throw new JsonError('Invalid \\escape', this.text, at);
      result += meaning;
      at += 2;
    }
    this.end = at + 1;
    return result;
  }

  private object(start: number, depth: number): Plain {
    const result: Record<string, Plain> = {};
    let at = this.space(start);
    if (this.text[at] === '}') {
      this.end = at + 1;
      return result;
    }
    for (;;) {
      if (this.text[at] !== '"') {
        throw new JsonError('Expecting property name enclosed in double quotes', this.text, at);
      }
      const key = this.string(at + 1);
      at = this.space(this.end);
      if (this.text[at] !== ':') throw new JsonError("Expecting ':' delimiter", this.text, at);
      const value = this.value(this.space(at + 1), depth + 1);
      Object.defineProperty(result, key, { value, enumerable: true, writable: true, configurable: true });
      at = this.space(this.end);
      if (this.text[at] === '}') break;
      if (this.text[at] !== ',') throw new JsonError("Expecting ',' delimiter", this.text, at);
      at = this.space(at + 1);
    }
    this.end = at + 1;
    return result;
  }

  private array(start: number, depth: number): Plain {
    const result: Plain[] = [];
    let at = this.space(start);
    if (this.text[at] === ']') {
      this.end = at + 1;
      return result;
    }
    for (;;) {
      result.push(this.value(at, depth + 1));
      at = this.space(this.end);
      if (this.text[at] === ']') break;
      if (this.text[at] !== ',') throw new JsonError("Expecting ',' delimiter", this.text, at);
      at = this.space(at + 1);
    }
    this.end = at + 1;
    return result;
  }
}
