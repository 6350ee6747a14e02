/**
 * JSON read with the places of its parts, because SNS says at which column a policy is at fault.
 *
 * UNSURE: the columns; they are where the parser that AWS uses stands after what it read last.
 */

export type JsonNode = {
  /** Where the parser stands after the first character, and after the last one. */
  readonly begun: number;
  readonly ended: number;
} & (
  | { readonly type: 'object'; readonly entries: readonly (readonly [name: string, value: JsonNode])[] }
  | { readonly type: 'array'; readonly items: readonly JsonNode[] }
  | { readonly type: 'scalar'; readonly value: string | number | boolean | null }
);

/** What SNS says of a policy that it refuses. */
export class FilterFault extends Error {}

/** What is wrong, and where. */
export class JsonFault extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const DEPTH_MAX = 100;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;

export function readJson(text: string): JsonNode {
  const reader = new Reader(text);
  const node = reader.value(0);
  reader.end();
  return node;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    this.#skip();
    if (depth > DEPTH_MAX) throw new JsonFault('the policy is nested too deeply', this.#at);
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    const begun = this.#at + 1;
    const value = this.#scalar(first);
    return { type: 'scalar', value, begun, ended: this.#at };
  }

  end(): void {
    this.#skip();
    if (this.#at < this.#text.length) throw this.#unexpected('expected the end of the text');
  }

  #object(depth: number): JsonNode {
    const begun = ++this.#at;
    const entries: (readonly [string, JsonNode])[] = [];
    this.#skip();
    while (this.#text[this.#at] !== '}') {
      if (entries.length > 0) this.#expect(',', 'was expecting comma to separate Object entries');
      this.#skip();
      if (this.#text[this.#at] !== '"') {
        throw this.#unexpected('was expecting double-quote to start field name');
      }
      const name = this.#string();
      this.#skip();
      this.#expect(':', 'was expecting a colon to separate field name and value');
      entries.push([name, this.value(depth + 1)]);
      this.#skip();
    }
    return { type: 'object', entries, begun, ended: ++this.#at };
  }

  #array(depth: number): JsonNode {
    const begun = ++this.#at;
    const items: JsonNode[] = [];
    this.#skip();
    while (this.#text[this.#at] !== ']') {
      if (items.length > 0) this.#expect(',', 'was expecting comma to separate Array entries');
      items.push(this.value(depth + 1));
      this.#skip();
    }
    return { type: 'array', items, begun, ended: ++this.#at };
  }

  #scalar(first: string | undefined): string | number | boolean | null {
    if (first === '"') return this.#string();
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text);
    if (found === null) {
      throw this.#unexpected(
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      );
    }
    this.#at = NUMBER.lastIndex;
    return Number(found[0]);
  }

  #string(): string {
    STRING.lastIndex = this.#at;
    const found = STRING.exec(this.#text);
    if (found === null) throw new JsonFault('Unexpected end-of-input in a String value', this.#text.length);
    this.#at = STRING.lastIndex;
    return JSON.parse(found[0]) as string;
  }

  #expect(character: string, otherwise: string): void {
    if (this.#text[this.#at] !== character) throw this.#unexpected(otherwise);
    this.#at++;
  }

  #skip(): void {
    while (/[ \t\r\n]/u.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #unexpected(expected: string): JsonFault {
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) return new JsonFault('Unexpected end-of-input', this.#at);
    const shown = String.fromCodePoint(code);
    return new JsonFault(`Unexpected character ('${shown}' (code ${code})): ${expected}`, this.#at + 1);
  }
}

const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Since October 2025 the policy itself is not repeated. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - (before.lastIndexOf('\n') + 1) + 1;
  return `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`;
}
