/**
 * Untrusted text (bodies, names, answers) made harmless and visible: nothing of it can move the cursor, colour the
 * screen, hide a part or turn the reading direction. What would act is shown as a mark instead.
 */
export interface PlainOptions {
  /** Longest result, in characters; the rest is cut off with `…`. */
  readonly limit?: number;
  /** Only ASCII comes out; all else is written `\u{e9}`. */
  readonly ascii?: boolean;
  /** Keeps line breaks as they are; else they become `␊`. */
  readonly lines?: boolean;
}

const isHarmless = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
};

/** Characters that take no room or turn the direction of writing, and so can hide what a text says. */
function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x115f ||
    code === 0x1160 ||
    (code >= 0x17b4 && code <= 0x17b5) ||
    (code >= 0x180b && code <= 0x180f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0x3164 ||
    (code >= 0xfe00 && code <= 0xfe0d) ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xfff0 && code <= 0xfffb) ||
    (code >= 0xe0000 && code <= 0xe0fff)
  );
}

const isCombining = (letter: string): boolean => /\p{M}/u.test(letter);

function hex(code: number): string {
  return code.toString(16).padStart(2, '0');
}

function shown(letter: string, code: number, ascii: boolean): string {
  if (code === 0x09) return '  ';
  if (code < 0x20) return ascii ? `\\x${hex(code)}` : String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return ascii ? '\\x7f' : '␡';
  if (code >= 0x80 && code < 0xa0) return `\\x${hex(code)}`;
  if (code >= 0xd800 && code <= 0xdfff) return ascii ? '?' : '\ufffd';
  if (code === 0xfe0e || code === 0xfe0f) return '';
  if (isInvisible(code)) return ascii ? `\\u{${hex(code)}}` : '·';
  if (ascii && code > 0x7e) return `\\u{${hex(code)}}`;
  return letter;
}

export function plain(text: string, options: PlainOptions = {}): string {
  const limit = options.limit ?? 2_000;
  const ascii = options.ascii === true;
  const source = text.length > limit ? text.slice(0, limit) : text;
  const rest = text.length > limit ? (ascii ? '~' : '…') : '';
  if (isHarmless(source)) return source + rest;
  let result = '';
  let stacked = 2;
  for (const letter of source) {
    const code = letter.codePointAt(0) ?? 0;
    if (code === 0x0a && options.lines === true) {
      result += '\n';
      stacked = 2;
      continue;
    }
    // A mark that belongs to no letter, or a heap of them, would climb out of its row.
    if (code >= 0x300 && isCombining(letter)) {
      stacked += 1;
      if (stacked > 2) {
        result += ascii ? `\\u{${hex(code)}}` : '·';
        continue;
      }
    } else {
      stacked = 0;
    }
    result += shown(letter, code, ascii);
  }
  return result + rest;
}

/** What acts on a terminal: control characters and changes of the reading direction; not our painters' colours. */
const ACTING = /[\0-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\x1b(?!\[[\d;]*m)/u;
const ALL_ACTING = new RegExp(ACTING, 'gu');

/** A painted row at the gate to the terminal: its colours pass, and what a painter forgot to make harmless does not. */
export const harmlessRow = (row: string): string =>
  ACTING.test(row) ? row.replace(ALL_ACTING, (character) => plain(character)) : row;
