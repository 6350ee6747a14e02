/** `--output yaml`: what ruamel.yaml (libyaml) writes for the AWS CLI: keys sorted, lines folded at 80 columns. */
import { isPlainObject, type Plain, type PlainObject, pyRepr } from '../python/values.ts';
import { formatJson } from './json.ts';
import { sorted } from './text.ts';
import { isPrintable, scalarStyle } from './yamlScalar.ts';

const BEST_WIDTH = 80;
const LONGEST_SIMPLE_KEY = 128;

/** Each line with its newline. A scalar is written as JSON, as the AWS CLI does. */
export function formatYaml(value: Plain): string {
  if (!Array.isArray(value) && !isPlainObject(value)) return `${formatJson(value)}\n`;
  const emitter = new Emitter(anchorsOf(value));
  emitter.node(value, -2, 'root');
  return emitter.finish();
}

/** Lists and objects that occur twice get an anchor; the query language can return one value many times. */
function anchorsOf(value: Plain): Map<object, string> {
  const counts = new Map<object, number>();
  const count = (item: Plain): void => {
    if (!Array.isArray(item) && !isPlainObject(item)) return;
    const seen = counts.get(item) ?? 0;
    counts.set(item, seen + 1);
    if (seen > 0) return;
    if (Array.isArray(item)) for (const inner of item) count(inner);
    else for (const key of sorted(Object.keys(item))) count((item as PlainObject)[key] ?? null);
  };
  count(value);
  const anchors = new Map<object, string>();
  for (const [item, seen] of counts) {
    if (seen > 1) anchors.set(item, `id${String(anchors.size + 1).padStart(3, '0')}`);
  }
  return anchors;
}

type Place = 'root' | 'sequence' | 'mapping';

class Emitter {
  private text = '';
  private column = 0;
  /** What was written last is whitespace or nothing. */
  private whitespace = true;
  /** Only indentation and indicators like `- ` stand on this line. */
  private indention = true;
  private readonly anchors: ReadonlyMap<object, string>;
  private readonly anchored = new Set<object>();

  constructor(anchors: ReadonlyMap<object, string>) {
    this.anchors = anchors;
  }

  finish(): string {
    return `${this.text}\n`;
  }

  node(value: Plain, indent: number, place: Place): void {
    if (!Array.isArray(value) && !isPlainObject(value)) {
      this.scalar(value, place === 'root' ? 0 : indent + 2, false);
      return;
    }
    const anchor = this.anchors.get(value);
    if (anchor !== undefined) {
      if (this.anchored.has(value)) {
        this.indicator(`*${anchor}`, true, false, false);
        return;
      }
      this.anchored.add(value);
      this.indicator(`&${anchor}`, true, false, false);
    }
    if (Array.isArray(value)) this.sequence(value, indent, place);
    else this.mapping(value as PlainObject, indent);
  }

  private sequence(list: readonly Plain[], indent: number, place: Place): void {
    if (list.length === 0) {
      this.indicator('[', true, true, false);
      this.indicator(']', false, false, false);
      return;
    }
    // In a mapping the dashes stand under the key.
    const inner = place === 'mapping' && !this.indention ? indent : indent + 2;
    for (const item of list) {
      this.newLine(inner);
      this.indicator('-', true, false, true);
      this.node(item, inner, 'sequence');
    }
  }

  private mapping(object: PlainObject, indent: number): void {
    const keys = sorted(Object.keys(object));
    if (keys.length === 0) {
      this.indicator('{', true, true, false);
      this.indicator('}', false, false, false);
      return;
    }
    const inner = indent + 2;
    for (const key of keys) {
      this.newLine(inner);
      const simple = key.length <= LONGEST_SIMPLE_KEY && !scalarStyle(key, false).multiline;
      if (simple) {
        this.scalar(key, inner, true);
        this.indicator(':', false, false, false);
      } else {
        this.indicator('?', true, false, true);
        this.scalar(key, inner + 2, false);
        this.newLine(inner);
        this.indicator(':', true, false, true);
      }
      this.node(object[key] ?? null, inner, 'mapping');
    }
  }

  private scalar(value: Plain, indent: number, asKey: boolean): void {
    if (typeof value !== 'string') {
      this.plain(
        typeof value === 'boolean' ? String(value) : value === null ? 'null' : pyRepr(value),
        indent,
        asKey,
      );
      return;
    }
    const { style } = scalarStyle(value, asKey);
    if (style === 'plain') this.plain(value, indent, asKey);
    else if (style === 'single') this.singleQuoted(value, indent, asKey);
    else this.doubleQuoted(value, indent, asKey);
  }

  private plain(text: string, indent: number, asKey: boolean): void {
    if (!this.whitespace && text.length > 0) this.put(' ');
    const characters = [...text];
    let spaces = false;
    for (const [index, character] of characters.entries()) {
      if (character === ' ') {
        if (!asKey && !spaces && this.column > BEST_WIDTH && characters[index + 1] !== ' ')
          this.newLine(indent);
        else this.put(character);
        spaces = true;
      } else {
        this.put(character);
        spaces = false;
      }
    }
    this.whitespace = false;
    this.indention = false;
  }

  private singleQuoted(text: string, indent: number, asKey: boolean): void {
    this.indicator("'", true, false, false);
    const characters = [...text];
    let spaces = false;
    let breaks = false;
    for (const [index, character] of characters.entries()) {
      if (character === ' ') {
        const inside = index > 0 && index < characters.length - 1;
        if (!asKey && !spaces && inside && this.column > BEST_WIDTH && characters[index + 1] !== ' ') {
          this.newLine(indent);
        } else {
          this.put(character);
        }
        spaces = true;
      } else if (/[\r\n\u0085\u2028\u2029]/.test(character)) {
        if (!breaks && character === '\n') this.lineBreak();
        this.lineBreak(character);
        this.indention = true;
        breaks = true;
      } else {
        if (breaks) this.newLine(indent);
        this.put(character === "'" ? "''" : character);
        this.indention = false;
        spaces = false;
        breaks = false;
      }
    }
    if (breaks) this.newLine(indent);
    this.indicator("'", false, false, false);
  }

  private doubleQuoted(text: string, indent: number, asKey: boolean): void {
    this.indicator('"', true, false, false);
    const characters = [...text];
    let spaces = false;
    for (const [index, character] of characters.entries()) {
      if (character === ' ') {
        const inside = index > 0 && index < characters.length - 1;
        if (!asKey && !spaces && inside && this.column > BEST_WIDTH) {
          this.newLine(indent);
          if (characters[index + 1] === ' ') this.put('\\');
        } else {
          this.put(character);
        }
        spaces = true;
      } else {
        this.put(isPlainInQuotes(character) ? character : escaped(character));
        spaces = false;
      }
    }
    this.indicator('"', false, false, false);
    this.whitespace = false;
    this.indention = false;
  }

  private put(text: string): void {
    this.text += text;
    this.column += [...text].length;
  }

  private lineBreak(character = '\n'): void {
    this.text += character;
    this.column = 0;
  }

  private indicator(text: string, needsSpace: boolean, isWhitespace: boolean, isIndention: boolean): void {
    if (needsSpace && !this.whitespace) this.put(' ');
    this.put(text);
    this.whitespace = isWhitespace;
    this.indention = this.indention && isIndention;
  }

  /** libyaml's write_indent. */
  private newLine(indent: number): void {
    const target = Math.max(0, indent);
    if (!this.indention || this.column > target || (this.column === target && !this.whitespace))
      this.lineBreak();
    if (this.column < target) this.put(' '.repeat(target - this.column));
    this.whitespace = true;
    this.indention = true;
  }
}

const isPlainInQuotes = (character: string): boolean =>
  isPrintable(character) && !/["\\\n\u2028\u2029]/.test(character);

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\x08': 'b',
  '\t': 't',
  '\n': 'n',
  '\x0b': 'v',
  '\x0c': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(character: string): string {
  const short = ESCAPES[character];
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
