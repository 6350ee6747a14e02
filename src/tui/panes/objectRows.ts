/** An object, opened: what is known of it, and its content as text, or as bytes where it is none. */
import type { ObjectView } from '../../contract/view.ts';
import { exact, exactInstant } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import { padEnd, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { contentOf, type TableContent } from './objectContent.ts';

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
    ...insideRows(theme, object.body, columns, fact),
  ];
}

/** A packed text is shown unpacked, a Parquet file as a table. */
function insideRows(
  theme: Theme,
  body: Uint8Array,
  columns: number,
  fact: (label: string, value: string) => string[],
): string[] {
  const { bytes, isPacked, table } = contentOf(body);
  if (table !== undefined) {
    const rows = `${exact(table.rowCount)} ${table.rowCount === 1 ? 'row' : 'rows'} of ${table.columns.length} columns`;
    return [
      ...fact('Parquet', `${rows}, packed with ${table.codec}`),
      '',
      ...tableRows(theme, table, columns),
    ];
  }
  const unpacked = isPacked
    ? fact('gzip', `${exact(bytes.length)} bytes when unpacked, as they are shown here`)
    : [];
  return [...unpacked, '', ...contentRows(theme, bytes, columns)];
}

function tableRows(
  theme: Theme,
  { columns: heads, rows, rowCount }: TableContent,
  columns: number,
): string[] {
  const shown: Column[] = heads.map(({ name, isNumber }, at) => ({
    title: plain(name, { ascii: theme.marks.ascii, limit: 30 }),
    ...(isNumber && { align: 'right' as const }),
    ...(at === 0 && { flexible: true, least: 8 }),
  }));
  const cells = rows.map((row) => row.map((cell) => plain(cell, { ascii: theme.marks.ascii, limit: 60 })));
  // As wide as it must be: columns that belong together stand together.
  const widths = shown.map(({ title }, at) =>
    Math.max(title.length, ...cells.map((row) => width(row[at] ?? ''))),
  );
  const needed = widths.reduce((sum, cells) => sum + cells + 2, 0);
  const table = tableLines(theme, shown, cells, Math.min(columns - 1, Math.max(needed, 12)));
  const rest = rowCount - rows.length;
  return [table.header, ...table.rows, ...(rest > 0 ? [theme.second(`${exact(rest)} more rows`)] : [])];
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
