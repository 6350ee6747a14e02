/**
 * A grid of cells on which the stage is drawn, then read out as one painted string a row. Wires are kept as which
 * sides of a cell they touch, so that corners, branches and crossings come out right whatever is drawn first.
 */

import type { Marks } from '../paint/marks.ts';
import { type Ground, ROLES, type Role } from '../paint/palettes.ts';
import { plain } from '../paint/plain.ts';
import { graphemes, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

const NORTH = 1;
export const EAST = 2;
const SOUTH = 4;
export const WEST = 8;

const ROLE_INDEX = new Map<Role, number>(ROLES.map((role, index) => [role, index]));
const GROUND_SEL: Ground = 'sel';

/** When wires share a cell, the one that says most gives its colour. */
const STRENGTH: Readonly<Partial<Record<Role, number>>> = { faint: 1, second: 2, bad: 3, accent: 4 };

const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

export interface Wire {
  /** Who owns it: wires of one owner join, wires of two only cross. */
  readonly owner: number;
  readonly role: Role;
  readonly idle: boolean;
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #text: string[];
  readonly #role: Uint8Array;
  readonly #bold: Uint8Array;
  readonly #selected: Uint8Array;
  readonly #sides: Uint8Array;
  readonly #wireRole: Uint8Array;
  readonly #flowing: Uint8Array;
  readonly #across: Int16Array;
  readonly #along: Int16Array;
  readonly #left: number;
  readonly #top: number;

  /** `left` and `top`: the point of the picture that is shown in the first cell. */
  constructor(size: { readonly width: number; readonly height: number }, left = 0, top = 0) {
    this.width = size.width;
    this.height = size.height;
    this.#left = left;
    this.#top = top;
    const cells = size.width * size.height;
    this.#text = new Array<string>(cells).fill('');
    this.#role = new Uint8Array(cells);
    this.#bold = new Uint8Array(cells);
    this.#selected = new Uint8Array(cells);
    this.#sides = new Uint8Array(cells);
    this.#wireRole = new Uint8Array(cells);
    this.#flowing = new Uint8Array(cells);
    this.#across = new Int16Array(cells).fill(-1);
    this.#along = new Int16Array(cells).fill(-1);
  }

  #at(x: number, y: number): number {
    const column = x - this.#left;
    const row = y - this.#top;
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return -1;
    return row * this.width + column;
  }

  /** Writes text from a point to the right; a letter of two cells takes both. Gives the column after it. */
  put(x: number, y: number, text: string, role: Role = 'normal', bold = false): number {
    let column = x;
    // Names and notes are other people's texts.
    const safe = UNSAFE.test(text) ? plain(text) : text;
    for (const letter of graphemes(safe)) {
      const cells = Math.max(1, width(letter));
      const at = this.#at(column, y);
      if (at >= 0) {
        this.#text[at] = letter;
        this.#role[at] = ROLE_INDEX.get(role) ?? 0;
        this.#bold[at] = bold ? 1 : 0;
        const second = cells === 2 ? this.#at(column + 1, y) : -1;
        if (second >= 0) this.#text[second] = '\u0000';
      }
      column += cells;
    }
    return column;
  }

  /** Writes text so that it ends before column `end`. */
  putEnd(end: number, y: number, text: string, role: Role = 'normal', bold = false): void {
    this.put(end - width(text), y, text, role, bold);
  }

  /** The ground of the selected row under some cells. */
  select(x: number, y: number, cells: number): void {
    for (let column = x; column < x + cells; column += 1) {
      const at = this.#at(column, y);
      if (at >= 0) this.#selected[at] = 1;
    }
  }

  /** Whether nothing is drawn on these cells, and all of them are in the picture. */
  isFree(x: number, y: number, cells: number): boolean {
    for (let column = x; column < x + cells; column += 1) {
      const at = this.#at(column, y);
      if (at < 0 || this.#text[at] !== '' || this.#sides[at] !== 0) return false;
    }
    return true;
  }

  /** Adds sides to a cell of a wire. */
  wire(x: number, y: number, sides: number, wire: Wire): void {
    const at = this.#at(x, y);
    if (at < 0) return;
    this.#sides[at] = (this.#sides[at] ?? 0) | sides;
    if ((sides & (EAST | WEST)) !== 0) this.#across[at] = wire.owner;
    if ((sides & (NORTH | SOUTH)) !== 0) this.#along[at] = wire.owner;
    const before = ROLES[this.#wireRole[at] ?? 0] ?? 'normal';
    if ((STRENGTH[wire.role] ?? 0) >= (STRENGTH[before] ?? 0))
      this.#wireRole[at] = ROLE_INDEX.get(wire.role) ?? 0;
    if (!wire.idle) this.#flowing[at] = 1;
  }

  /** A wire along a row, from one column to another. */
  across(y: number, from: number, to: number, wire: Wire): void {
    const first = Math.min(from, to);
    const last = Math.max(from, to);
    for (let x = first; x <= last; x += 1) {
      this.wire(x, y, (x > first ? WEST : 0) | (x < last ? EAST : 0), wire);
    }
  }

  /** A wire along a column, from one row to another. */
  along(x: number, from: number, to: number, wire: Wire): void {
    const first = Math.min(from, to);
    const last = Math.max(from, to);
    for (let y = first; y <= last; y += 1) {
      this.wire(x, y, (y > first ? NORTH : 0) | (y < last ? SOUTH : 0), wire);
    }
  }

  #mark(at: number, marks: Marks): string {
    const text = this.#text[at] ?? '';
    if (text !== '') return text;
    let sides = this.#sides[at] ?? 0;
    if (sides === 0) return ' ';
    const across = sides & (EAST | WEST);
    const along = sides & (NORTH | SOUTH);
    // A mere crossing lets the vertical pass and breaks the horizontal for one cell.
    if (across !== 0 && along !== 0 && this.#across[at] !== this.#along[at]) sides = along;
    return wireMark(sides, this.#flowing[at] === 0, marks);
  }

  /** One painted string a row, without trailing blanks. */
  rows(theme: Theme): string[] {
    const rows: string[] = [];
    for (let row = 0; row < this.height; row += 1) rows.push(this.#row(row, theme));
    return rows;
  }

  #row(row: number, theme: Theme): string {
    const start = row * this.width;
    let end = start + this.width;
    while (
      end > start &&
      this.#text[end - 1] === '' &&
      this.#sides[end - 1] === 0 &&
      this.#selected[end - 1] === 0
    ) {
      end -= 1;
    }
    let line = '';
    let open = '';
    for (let at = start; at < end; at += 1) {
      const mark = this.#mark(at, theme.marks);
      if (mark === '\u0000') continue;
      const isText = this.#text[at] !== '';
      const selected = this.#selected[at] === 1;
      const role = ROLES[(isText ? this.#role[at] : this.#wireRole[at]) ?? 0] ?? 'normal';
      const blank = mark === ' ';
      const codes =
        blank && !selected
          ? ''
          : theme.codes(
              blank ? 'normal' : role,
              this.#bold[at] === 1 && isText,
              selected ? GROUND_SEL : undefined,
            );
      // Blanks look the same under any colour of text, so a colour runs on over them unless a ground must end.
      if (codes !== open && !(blank && !selected && !open.includes('[4') && !open.includes('[7m'))) {
        line += (open === '' ? '' : '\u001b[0m') + codes;
        open = codes;
      }
      line += mark;
    }
    return open === '' ? line : `${line}\u001b[0m`;
  }

  /** The text of the picture without colours: for tests. */
  plainRows(marks: Marks): string[] {
    const rows: string[] = [];
    for (let row = 0; row < this.height; row += 1) {
      let line = '';
      for (let column = 0; column < this.width; column += 1) {
        const mark = this.#mark(row * this.width + column, marks);
        if (mark !== '\u0000') line += mark;
      }
      rows.push(line.trimEnd());
    }
    return rows;
  }
}

function wireMark(sides: number, idle: boolean, marks: Marks): string {
  switch (sides) {
    case EAST:
    case WEST:
    case EAST | WEST:
      return idle ? marks.idleLine : marks.line;
    case NORTH:
    case SOUTH:
    case NORTH | SOUTH:
      return idle ? marks.lifeline : marks.column;
    case EAST | SOUTH:
      return marks.topLeft;
    case WEST | SOUTH:
      return marks.topRight;
    case EAST | NORTH:
      return marks.bottomLeft;
    case WEST | NORTH:
      return marks.bottomRight;
    case NORTH | SOUTH | EAST:
      return marks.teeRight;
    case NORTH | SOUTH | WEST:
      return marks.teeLeft;
    case EAST | WEST | SOUTH:
      return marks.teeDown;
    case EAST | WEST | NORTH:
      return marks.teeUp;
    default:
      return marks.cross;
  }
}
