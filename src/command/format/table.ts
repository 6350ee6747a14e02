/** `--output table` (`awscli/table.py`, `TableFormatter`), without colour. */
import { eastAsianWidthType } from 'get-east-asian-width';
import { CliFailure, GENERAL_EXIT } from '../cliFailure.ts';
import { isPlainObject, type Plain, type PlainObject, pyStr, pyTypeName } from '../python/values.ts';
import { sorted } from './text.ts';

/** What the AWS CLI takes when its output is no terminal. */
const TERMINAL_WIDTH = 80;
const PADDING = 4;

/** Each line with its newline; empty for an empty value. Throws CliFailure for rows of unequal length. */
export function formatTable(title: string, value: Plain): string {
  const table = new Table();
  if (!table.build(title, value, 0)) return '';
  return table.render();
}

interface Section {
  readonly title: string;
  readonly indent: number;
  headers: readonly string[];
  rows: (readonly string[])[];
  columns: number | undefined;
  widths: number[];
}

/** Wide characters take two columns; so do those that East Asian fonts draw wide. */
function textLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const type = code < 0x80 ? 'narrow' : eastAsianWidthType(code);
    length += type === 'wide' || type === 'fullwidth' || type === 'ambiguous' ? 2 : 1;
  }
  return length;
}

const isEmpty = (value: Plain | undefined): boolean => {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isPlainObject(value) && Object.keys(value).length === 0;
};
const isScalar = (value: Plain | undefined): boolean => !Array.isArray(value) && !isPlainObject(value);

class Table {
  private sections: Section[] = [];

  build(title: string | undefined, value: Plain | undefined, indent: number): boolean {
    if (value === undefined || isEmpty(value)) return false;
    if (title !== undefined) this.newSection(title, indent);
    if (Array.isArray(value)) {
      if (isPlainObject(value[0])) this.buildList(value, indent, title);
      else for (const item of value) this.buildItem(item);
    } else if (isPlainObject(value)) {
      this.buildObject(value, indent);
    }
    return true;
  }

  private buildItem(item: Plain): void {
    if (isScalar(item)) this.addRow([item]);
    else if (Array.isArray(item) && item.every(isScalar)) this.addRow(item);
    else if (isPlainObject(item) && Object.keys(item).length >= 0) this.addRow(Object.keys(item));
    else this.build(undefined, item, 0);
  }

  private buildObject(object: PlainObject, indent: number): void {
    const { scalars, nested } = grouped([object]);
    const first = scalars[0];
    if (scalars.length === 1 && first !== undefined) {
      this.addRow([first, object[first] ?? null]);
    } else if (scalars.length > 0) {
      this.addHeaders(scalars);
      this.addRow(scalars.map((key) => object[key] ?? null));
    }
    for (const key of nested) this.build(key, object[key], indent + 1);
  }

  private buildList(list: readonly Plain[], indent: number, title: string | undefined): void {
    const objects = list.filter(isPlainObject);
    const other = list.find((item) => !isPlainObject(item));
    if (other !== undefined) {
      throw new CliFailure(notIterable(other), GENERAL_EXIT, {
        why: 'a table cannot show a list of objects and other values',
      });
    }
    const { scalars, nested } = grouped(objects);
    this.addHeaders(scalars);
    for (const [index, object] of objects.entries()) {
      if (index > 0 && nested.length > 0) {
        this.newSection(title ?? '', indent);
        this.addHeaders(scalars);
      }
      this.addRow(scalars.map((key) => (Object.hasOwn(object, key) ? (object[key] ?? null) : '')));
      for (const key of nested) if (Object.hasOwn(object, key)) this.build(key, object[key], indent + 1);
    }
  }

  private newSection(title: string, indent: number): void {
    this.sections.push({ title, indent, headers: [], rows: [], columns: undefined, widths: [] });
  }

  private get current(): Section {
    const section = this.sections.at(-1);
    if (!section) throw new Error('a table begins with a section');
    return section;
  }

  private addHeaders(headers: readonly string[]): void {
    widen(this.current, headers);
    this.current.columns ??= headers.length;
    this.current.headers = headers;
  }

  private addRow(row: readonly Plain[]): void {
    addRow(
      this.current,
      row.map((value) => pyStr(value)),
    );
  }

  render(): string {
    let width = Math.max(...this.sections.map(totalWidth));
    if (width > TERMINAL_WIDTH) {
      this.sections = this.sections.map(vertical);
      width = Math.max(...this.sections.map(totalWidth));
    }
    const lines = ['-'.repeat(width)];
    for (const section of this.sections) {
      const bars = '|'.repeat(section.indent);
      for (const line of rendered(section, width - section.indent * 2)) lines.push(bars + line + bars);
    }
    return `${lines.join('\n')}\n`;
  }
}

/** Python's words when the CLI takes a value for an object. */
function notIterable(value: Plain): string {
  const empty = value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return `'${pyTypeName(value)}' object has no attribute 'get'`;
  if (typeof value === 'string') return "string indices must be integers, not 'str'";
  return Array.isArray(value)
    ? `list indices must be integers or slices, not ${pyTypeName(value[0])}`
    : `'${pyTypeName(value)}' object is not iterable`;
}

function grouped(objects: readonly PlainObject[]): { readonly scalars: string[]; readonly nested: string[] } {
  const scalars = new Set<string>();
  const nested = new Set<string>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) (isScalar(value) ? scalars : nested).add(key);
  }
  return { scalars: sorted([...scalars]), nested: sorted([...nested]) };
}

function widen(section: Section, row: readonly string[]): void {
  if (section.widths.length > 0 && row.length > section.widths.length) {
    throw new CliFailure('list index out of range', GENERAL_EXIT, {
      why: 'a table needs rows of one length',
    });
  }
  for (const [index, text] of row.entries()) {
    section.widths[index] = Math.max(section.widths[index] ?? 0, textLength(text));
  }
}

function addRow(section: Section, row: readonly string[]): void {
  section.columns ??= row.length;
  if (row.length !== section.columns) {
    throw new CliFailure(
      `Row should have ${section.columns} elements, instead it has ${row.length}`,
      GENERAL_EXIT,
    );
  }
  section.rows.push(row);
  widen(section, row);
}

/** A section with one row under headers stands upright: a line for each header. */
function vertical(section: Section): Section {
  const row = section.rows[0];
  if (section.rows.length !== 1 || !row || section.headers.length === 0) return section;
  const upright: Section = { ...section, headers: [], rows: [], columns: undefined, widths: [] };
  for (const [index, header] of section.headers.entries()) addRow(upright, [header, row[index] ?? '']);
  return upright;
}

function totalWidth(section: Section): number {
  const columns = section.widths.reduce((sum, width) => sum + width + PADDING, 0);
  const outer = 2 + section.indent * 2;
  return Math.max(textLength(section.title) + outer, columns + outer);
}

/** Python's round: halves go to the even neighbour. */
function round(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function columnWidths(section: Section, width: number): number[] {
  const unscaled = section.widths.map((column) => column + PADDING);
  if (unscaled.length === 0) return [];
  const factor = width / unscaled.reduce((sum, column) => sum + column, 0);
  const scaled = unscaled.map((column) => round(factor * column));
  let off = scaled.reduce((sum, column) => sum + column, 0) - width;
  const step = off > 0 ? -1 : 1;
  while (off !== 0) {
    for (let count = 0; count < scaled.length && off !== 0; count++) {
      const index = step < 0 ? count : scaled.length - 1 - count;
      scaled[index] = (scaled[index] ?? 0) + step;
      off += step;
    }
  }
  return scaled;
}

function rendered(section: Section, width: number): string[] {
  const lines: string[] = [];
  if (section.title) {
    lines.push(centred(section.title, width, '|'));
    if (section.headers.length === 0 && section.rows.length === 0) lines.push(`+${'-'.repeat(width - 2)}+`);
  }
  const widths = columnWidths(section, width);
  if (section.headers.length > 0) {
    lines.push(ruler(widths));
    lines.push(
      section.headers
        .map((text, index) => centred(text, widths[index] ?? 0, index === 0 ? '|' : ''))
        .join(''),
    );
  }
  if (section.rows.length === 0 || widths.length === 0) return lines;
  lines.push(ruler(widths));
  for (const row of section.rows) {
    lines.push(row.map((text, index) => aligned(text, widths[index] ?? 0, index === 0 ? '|' : '')).join(''));
  }
  lines.push(ruler(widths));
  return lines;
}

const ruler = (widths: readonly number[]): string =>
  widths.map((width, index) => (index === 0 ? `+${dashes(width - 2)}+` : `${dashes(width - 1)}+`)).join('');
const dashes = (count: number): string => '-'.repeat(Math.max(0, count));
const spaces = (count: number): string => ' '.repeat(Math.max(0, count));

function centred(text: string, width: number, left: string): string {
  const length = textLength(text);
  const start = Math.floor(width / 2) - Math.floor(length / 2) - 1;
  const end = left.length + start + length;
  return `${left}${spaces(start)}${text}${spaces(width - 1 - end)}|`;
}

function aligned(text: string, width: number, left: string): string {
  const length = textLength(text);
  const padding = width - (length + 2 + left.length + 1) >= 0 ? 2 : 0;
  return `${left}${spaces(padding)}${text}${spaces(width - (left.length + padding + length) - 1)}|`;
}
