/** An object, opened: what is known of it, and its content as text, or as bytes where it is none. */
import type { ObjectView } from '../../contract/view.ts';
import { exact, exactInstant } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { padEnd, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

/** Bytes of a content that are shown. */
const SHOWN_MAX = 16_384;
const LABEL = 10;

export function objectRows(theme: Theme, object: ObjectView, columns: number): string[] {
  const ascii = theme.marks.ascii;
  const fact = (label: string, value: string): string[] =>
    wrap(plain(value, { ascii }), columns - LABEL).map(
      (line, index) => theme.second(padEnd(index === 0 ? label : '', LABEL)) + line,
    );
  return [
    theme.strong(plain(object.key, { ascii, limit: columns - 1 })),
    ...fact('size', `${exact(object.size)} ${object.size === 1 ? 'byte' : 'bytes'}`),
    ...fact('written', exactInstant(object.modified)),
    ...fact('type', object.contentType),
    ...fact('ETag', object.eTag),
    ...Object.entries(object.metadata).flatMap(([name, value]) => fact('metadata', `${name}: ${value}`)),
    '',
    ...contentRows(theme, object.body, columns),
  ];
}

function contentRows(theme: Theme, content: Uint8Array, columns: number): string[] {
  if (content.length === 0) return [theme.second('it has no content')];
  const shown = content.subarray(0, SHOWN_MAX);
  const text = textOf(shown, shown.length < content.length);
  const rows = text === undefined ? hexRows(theme, shown, columns) : textRows(theme, text, columns);
  const rest = content.length - shown.length;
  return rest > 0 ? [...rows, theme.second(`${exact(rest)} more bytes`)] : rows;
}

/** UTF-8 without the characters that only bytes have; undefined: it is no text. */
function textOf(content: Uint8Array, isCut: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content, { stream: isCut });
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

const textRows = (theme: Theme, text: string, columns: number): string[] =>
  text
    .replace(/\r?\n$/u, '')
    .split(/\r?\n/u)
    .flatMap((line) => folded(plain(line, { ascii: theme.marks.ascii, limit: SHOWN_MAX }), columns));

const folded = (line: string, columns: number): string[] => (line === '' ? [''] : wrap(line, columns));

/** Place, bytes, and beside them what is a letter. */
function hexRows(theme: Theme, content: Uint8Array, columns: number): string[] {
  const perRow = columns >= 76 ? 16 : 8;
  const rows: string[] = [];
  for (let at = 0; at < content.length; at += perRow) {
    const bytes = [...content.subarray(at, at + perRow)];
    const place = at.toString(16).padStart(6, '0');
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = bytes.map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    rows.push(`${theme.second(place)}  ${hex.padEnd(perRow * 3)} ${theme.second(letters.join(''))}`);
  }
  return rows;
}
