/**
 * Texts with a place for a number: `order {n}` counts, `user-{1..100}` and `{red,blue}` take turns. The text for
 * message n depends on n alone, so nothing has to be remembered.
 */
import { invalidValue } from './errors.ts';

type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number' }
  | { readonly type: 'range'; readonly from: number; readonly count: number }
  | { readonly type: 'choice'; readonly choices: readonly string[] };

export interface Template {
  readonly parts: readonly Part[];
}

const CHOICES_MAX = 1_000_000;

/** Reads `user-{1..10}`; braces that hold neither `n`, a range nor a list are text as they are (JSON bodies). */
export function readTemplate(flag: string, text: string): Template {
  const parts: Part[] = [];
  let done = 0;
  for (const match of text.matchAll(/\{(n|-?\d+\.\.-?\d+|[\w-]+(?:,[\w-]+)+)\}/g)) {
    if (match.index > done) parts.push({ type: 'text', text: text.slice(done, match.index) });
    parts.push(placeOf(flag, text, match[1]!));
    done = match.index + match[0].length;
  }
  if (done < text.length) parts.push({ type: 'text', text: text.slice(done) });
  return Object.freeze({ parts: Object.freeze(parts.map((part) => Object.freeze(part))) });
}

function placeOf(flag: string, whole: string, inside: string): Part {
  if (inside === 'n') return { type: 'number' };
  const range = /^(-?\d+)\.\.(-?\d+)$/.exec(inside);
  if (range === null) return { type: 'choice', choices: Object.freeze(inside.split(',')) };
  const from = Number(range[1]);
  const count = Number(range[2]) - from + 1;
  if (count < 1 || count > CHOICES_MAX) {
    throw invalidValue(flag, whole, `a range goes up, like {1..10}, and holds at most ${CHOICES_MAX}`);
  }
  return { type: 'range', from, count };
}

/** The text for message `n`, counted from 1. */
export function fill(template: Template, n: number): string {
  let result = '';
  for (const part of template.parts) {
    switch (part.type) {
      case 'text':
        result += part.text;
        break;
      case 'number':
        result += n;
        break;
      case 'range':
        result += part.from + ((n - 1) % part.count);
        break;
      case 'choice':
        result += part.choices[(n - 1) % part.choices.length];
        break;
    }
  }
  return result;
}

const FILLER = '.'.repeat(2 * 1_048_576);

/** Pads a text with dots to `size` bytes of UTF-8; a longer one stays. The filling is shared, not copied. */
export function pad(text: string, size: number): string {
  const missing = size - utf8Length(text);
  return missing <= 0 ? text : text + FILLER.slice(0, missing);
}

function utf8Length(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Each half of a surrogate pair counts two of the pair's four bytes.
    length += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return length;
}
