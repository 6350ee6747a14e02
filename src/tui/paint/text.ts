/**
 * Text for a terminal: made harmless, measured and cut by display width. Every function here but `plain` knows that a
 * string may carry the colour codes of our own painters (`ESC [ … m`) and counts them as nothing.
 */
import stringWidth from 'string-width';
import { allNarrow } from './narrow.ts';

const CODES = /\u001b\[[0-9;]*m/g;
const TOKENS = /\u001b\[[0-9;]*m|[^\u001b]+|\u001b/g;

export const stripAnsi = (text: string): string => (text.includes('\u001b') ? text.replace(CODES, '') : text);

/** Cells a text takes on the screen. */
export function width(text: string): number {
  const bare = stripAnsi(text);
  return allNarrow(bare) ? bare.length : stringWidth(bare);
}

let segmenter: Intl.Segmenter | undefined;

/** Made when a text needs it: that takes longer than the first frame does. */
function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** What the eye takes as one letter each; our own codes must be out already. */
export function graphemes(text: string): string[] {
  if (allNarrow(text)) return text.split('');
  return Array.from(segmentsOf(text), (part) => part.segment);
}

/** The first `cells` columns of a text without a mark for the rest; colours stay balanced. */
export function take(text: string, cells: number): string {
  if (!text.includes('\u001b') && allNarrow(text)) return text.slice(0, Math.max(0, cells));
  let left = Math.max(0, cells);
  let result = '';
  for (const token of text.match(TOKENS) ?? []) {
    if (token.startsWith('\u001b[')) {
      result += token;
      continue;
    }
    if (left <= 0) continue;
    if (allNarrow(token)) {
      result += token.slice(0, left);
      left -= Math.min(left, token.length);
      continue;
    }
    for (const { segment: letter } of segmentsOf(token)) {
      const cost = stringWidth(letter);
      if (cost > left) {
        left = 0;
        break;
      }
      result += letter;
      left -= cost;
    }
  }
  return result;
}

/** Whether a text takes more than `cells` columns; of a long one only the beginning is measured. */
function isWider(text: string, cells: number): boolean {
  const bare = stripAnsi(text);
  if (bare.length > cells * 8 && width(bare.slice(0, cells * 8)) > cells) return true;
  return width(bare) > cells;
}

/** At most `cells` columns; where something is cut off, the last cell is the mark `more`. */
export function cut(text: string, cells: number, more = '…'): string {
  if (cells <= 0) return '';
  if (!isWider(text, cells)) return text;
  const end = width(more);
  if (cells <= end) return take(more, cells);
  const kept = take(text, cells - end);
  // The mark takes the colour of what it cuts: it goes before the codes that close it.
  const closing = /(?:\u001b\[[0-9;]*m)*$/.exec(kept)?.[0] ?? '';
  return kept.slice(0, kept.length - closing.length) + more + closing;
}

/** A name of one colour, cut in its middle: names of one family differ at their end. */
export function cutMiddle(text: string, cells: number, more = '…'): string {
  const room = cells - width(more);
  if (room < 4 || !isWider(text, cells)) return cut(text, cells, more);
  const [, opening = '', closing = ''] =
    /^((?:\u001b\[[0-9;]*m)*)[^\u001b]*((?:\u001b\[[0-9;]*m)*)$/.exec(text) ?? [];
  const bare = stripAnsi(text);
  const letters = graphemes(bare).reverse();
  const tail: string[] = [];
  const tailRoom = Math.floor(room / 2);
  let used = 0;
  for (const letter of letters) {
    used += width(letter);
    if (used > tailRoom) break;
    tail.unshift(letter);
  }
  const end = tail.join('');
  return opening + take(bare, room - width(end)) + more + end + closing;
}

/** Filled up with blanks on the right, or cut, to exactly `cells` columns. */
export function padEnd(text: string, cells: number, more = '…'): string {
  const missing = cells - width(text);
  return missing >= 0 ? text + ' '.repeat(missing) : cut(text, cells, more);
}

/** Filled up with blanks on the left, or cut, to exactly `cells` columns. */
export function padStart(text: string, cells: number, more = '…'): string {
  const missing = cells - width(text);
  return missing >= 0 ? ' '.repeat(missing) + text : cut(text, cells, more);
}

/** `left` and `right` at the two ends of a row; the left gives way. */
export function spread(left: string, right: string, cells: number, more = '…'): string {
  if (right === '') return cut(left, cells, more);
  const room = cells - width(right);
  if (room < 2) return cut(left, cells, more);
  return padEnd(width(left) < room ? left : cut(left, room - 1, more), room) + right;
}

/** Colour codes still open at the end of a text, in the order they were opened. */
function openCodes(text: string, before: readonly string[]): string[] {
  let open = [...before];
  for (const code of text.match(CODES) ?? []) {
    const first = Number.parseInt(code.slice(2), 10) || 0;
    open = open.filter((other) => kindOf(other) !== kindOf(code));
    if (first === 0) open = [];
    else if (first !== 39 && first !== 49 && !(first >= 22 && first <= 29)) open.push(code);
  }
  return open;
}

function kindOf(code: string): string {
  const first = Number.parseInt(code.slice(2), 10) || 0;
  if (first === 1 || first === 2 || first === 22) return 'weight';
  if (first === 7 || first === 27) return 'inverse';
  if (first === 4 || first === 24) return 'underline';
  if ((first >= 40 && first <= 49) || first >= 100) return 'ground';
  return 'colour';
}

const CLOSING: Readonly<Record<string, string>> = {
  weight: '\u001b[22m',
  inverse: '\u001b[27m',
  underline: '\u001b[24m',
  ground: '\u001b[49m',
  colour: '\u001b[39m',
};

/** Pieces of at most `cells` columns of a word too long for a line. */
function chop(word: string, cells: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (width(rest) > cells) {
    const piece = take(stripAnsi(rest), cells);
    if (piece === '') break;
    pieces.push(piece);
    rest = stripAnsi(rest).slice(piece.length);
  }
  pieces.push(rest);
  return pieces;
}

/** Breaks between words into lines of at most `cells` columns; a line break in the text is kept. */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  const columns = Math.max(1, cells);
  let open: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    const push = (): void => {
      const started = open.join('') + line;
      open = openCodes(line, open);
      lines.push(started + open.map((code) => CLOSING[kindOf(code)] ?? '').join(''));
      line = '';
      used = 0;
    };
    const indent = /^ */.exec(paragraph)?.[0] ?? '';
    paragraph
      .slice(indent.length)
      .split(' ')
      .forEach((word, index) => {
        const pieces = width(word) > columns ? chop(word, columns) : [word];
        pieces.forEach((piece, pieceIndex) => {
          const size = width(piece);
          const gap = index === 0 ? indent : pieceIndex === 0 ? ' ' : '';
          if (used > 0 && used + gap.length + size > columns) push();
          const lead = used > 0 ? gap : index === 0 ? gap.slice(0, Math.max(0, columns - size)) : '';
          line += lead + piece;
          used += lead.length + size;
        });
      });
    push();
  }
  return lines;
}
