/** How Python shows values: the AWS CLI's messages and tables print them with `str()` and `repr()`. */

/** A plain value as JSON has it; blobs are bytes. */
export type Plain = null | boolean | number | string | Uint8Array | readonly Plain[] | PlainObject;
export interface PlainObject {
  readonly [key: string]: Plain;
}

export const isPlainObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** `str(value)`. */
export function pyStr(value: Plain | undefined, ordered = false): string {
  return typeof value === 'string' ? value : pyRepr(value, ordered);
}

/** `repr(value)`; `ordered`: objects are OrderedDicts, as those of a JSON argument are. */
export function pyRepr(value: Plain | undefined, ordered = false): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pyNumber(value);
  if (typeof value === 'string') return pyQuote(value);
  if (value instanceof Uint8Array) return pyBytes(value);
  if (Array.isArray(value)) return `[${value.map((item: Plain) => pyRepr(item, ordered)).join(', ')}]`;
  const entries = Object.entries(value as PlainObject);
  if (!ordered) return `{${entries.map(([key, item]) => `${pyQuote(key)}: ${pyRepr(item)}`).join(', ')}}`;
  if (entries.length === 0) return 'OrderedDict()';
  return `OrderedDict([${entries.map(([key, item]) => `(${pyQuote(key)}, ${pyRepr(item, true)})`).join(', ')}])`;
}

/** `type(value).__name__`. */
export function pyTypeName(value: Plain | undefined): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (value instanceof Uint8Array) return 'bytes';
  return Array.isArray(value) ? 'list' : 'dict';
}

/** `str(type(value))`. */
export function pyType(value: Plain | undefined, ordered = false): string {
  const name = pyTypeName(value);
  return ordered && name === 'dict' ? "<class 'collections.OrderedDict'>" : `<class '${name}'>`;
}

function pyNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? text.replace(/e([+-])(\d)$/, 'e$10$2') : text;
}

export function pyQuote(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = '';
  for (const character of text) {
    if (character === quote || character === '\\') body += `\\${character}`;
    else if (character === '\n') body += '\\n';
    else if (character === '\r') body += '\\r';
    else if (character === '\t') body += '\\t';
    else if (/\p{C}|\p{Zl}|\p{Zp}|[\u00a0\u2000-\u200a\u202f\u205f\u3000]/u.test(character))
      body += pyEscape(character);
    else body += character;
  }
  return quote + body + quote;
}

function pyEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function pyBytes(value: Uint8Array): string {
  let body = '';
  for (const byte of value) {
    if (byte === 0x5c || byte === 0x27) body += `\\${String.fromCharCode(byte)}`;
    else if (byte === 10) body += '\\n';
    else if (byte === 13) body += '\\r';
    else if (byte === 9) body += '\\t';
    else if (byte >= 32 && byte < 127) body += String.fromCharCode(byte);
    else body += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `b'${body}'`;
}

/** `int(text)`; undefined where Python raises ValueError. */
export function pyInt(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?\d+(_\d+)*$/.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}

/** `float(text)`; undefined where Python raises ValueError. */
export function pyFloat(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?$/i.test(trimmed)
    ? Number(trimmed.replaceAll('_', ''))
    : undefined;
}

/** Which of two texts comes first, by code point as Python sorts: negative, zero or positive. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    // A surrogate stands for a code point beyond all others.
    const high = Number(isSurrogate(left)) - Number(isSurrogate(right));
    return high === 0 ? left - right : high;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
