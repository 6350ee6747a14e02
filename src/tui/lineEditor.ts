/**
 * The prompt's line as a value: text, cursor (an index into the text), what was killed, and where in the history it
 * stands. Every function takes a line and gives a new one.
 */
export interface Line {
  readonly text: string;
  readonly cursor: number;
  readonly killed: string;
  /** How many entries back in the history; 0 is the line being written. */
  readonly back: number;
  /** What was being written before the history was entered. */
  readonly draft: string;
}

export const EMPTY_LINE: Line = { text: '', cursor: 0, killed: '', back: 0, draft: '' };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the character before (or after) `at` begins (or ends): marks that combine move as one. */
function stepFrom(text: string, at: number, direction: -1 | 1): number {
  let before = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    const end = index + segment.length;
    if (direction === 1 && index >= at) return end;
    if (direction === -1 && end >= at) return index;
    before = end;
  }
  return direction === 1 ? text.length : before;
}

const isWordPart = (character: string): boolean => /[^\s=:,{}"'[\]]/.test(character);

function wordFrom(text: string, at: number, direction: -1 | 1): number {
  let index = at;
  const peek = (): string => (direction === 1 ? (text[index] ?? '') : (text[index - 1] ?? ''));
  while (peek() !== '' && !isWordPart(peek())) index += direction;
  while (peek() !== '' && isWordPart(peek())) index += direction;
  return index;
}

const edited = (line: Line, text: string, cursor: number, killed = line.killed): Line => ({
  text,
  cursor,
  killed,
  back: 0,
  draft: '',
});

export const setText = (line: Line, text: string, cursor = text.length): Line => edited(line, text, cursor);

export const insert = (line: Line, typed: string): Line =>
  edited(
    line,
    line.text.slice(0, line.cursor) + typed + line.text.slice(line.cursor),
    line.cursor + typed.length,
  );

/** Puts `typed` in place of what stands between `from` and `to`. */
export const replace = (line: Line, from: number, to: number, typed: string): Line =>
  edited(line, line.text.slice(0, from) + typed + line.text.slice(to), from + typed.length);

const cutBetween = (line: Line, from: number, to: number, keep: boolean): Line =>
  from === to
    ? line
    : edited(
        line,
        line.text.slice(0, from) + line.text.slice(to),
        from,
        keep ? line.text.slice(from, to) : line.killed,
      );

export const backspace = (line: Line): Line =>
  cutBetween(line, stepFrom(line.text, line.cursor, -1), line.cursor, false);
export const deleteForward = (line: Line): Line =>
  line.cursor === line.text.length
    ? line
    : cutBetween(line, line.cursor, stepFrom(line.text, line.cursor, 1), false);

export const killToEnd = (line: Line): Line => cutBetween(line, line.cursor, line.text.length, true);
export const killToStart = (line: Line): Line => cutBetween(line, 0, line.cursor, true);
export const killWord = (line: Line): Line =>
  cutBetween(line, wordFrom(line.text, line.cursor, -1), line.cursor, true);
export const yank = (line: Line): Line => insert(line, line.killed);

const moved = (line: Line, cursor: number): Line => ({ ...line, cursor });
export const left = (line: Line): Line =>
  moved(line, line.cursor === 0 ? 0 : stepFrom(line.text, line.cursor, -1));
export const right = (line: Line): Line =>
  moved(line, line.cursor === line.text.length ? line.cursor : stepFrom(line.text, line.cursor, 1));
export const wordLeft = (line: Line): Line => moved(line, wordFrom(line.text, line.cursor, -1));
export const wordRight = (line: Line): Line => moved(line, wordFrom(line.text, line.cursor, 1));
export const toStart = (line: Line): Line => moved(line, 0);
export const toEnd = (line: Line): Line => moved(line, line.text.length);

/** One entry back in the history (oldest first), or as far as it goes. */
export function historyBack(line: Line, history: readonly string[]): Line {
  if (line.back >= history.length) return line;
  const back = line.back + 1;
  const text = history[history.length - back] ?? '';
  return { ...line, text, cursor: text.length, back, draft: line.back === 0 ? line.text : line.draft };
}

/** One entry forward; past the newest, the line that was being written. */
export function historyForward(line: Line, history: readonly string[]): Line {
  if (line.back === 0) return line;
  const back = line.back - 1;
  const text = back === 0 ? line.draft : (history[history.length - back] ?? '');
  return { ...line, text, cursor: text.length, back, draft: back === 0 ? '' : line.draft };
}

/** The newest entry at or before `from` (an index into the history) that holds all words of the query. */
export function searchHistory(history: readonly string[], query: string, from: number): number | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  for (let index = Math.min(from, history.length - 1); index >= 0; index--) {
    const entry = history[index]!.toLowerCase();
    if (words.every((word) => entry.includes(word))) return index;
  }
  return undefined;
}

/**
 * A pasted text as whole lines to run, and the rest to leave in the prompt. Lines that end in `\` go together with
 * the next; a paste without a line's end runs nothing.
 */
export function splitPaste(
  before: string,
  pasted: string,
): { readonly run: readonly string[]; readonly rest: string } {
  const lines = (before + pasted.replace(/\r\n?/g, '\n')).split('\n');
  const run: string[] = [];
  let open = '';
  for (const line of lines.slice(0, -1)) {
    if (/\\\s*$/.test(line)) {
      open += line.replace(/\\\s*$/, '').trimEnd() + ' ';
      continue;
    }
    const whole = (open + line.trim()).trim();
    open = '';
    if (whole !== '' && !whole.startsWith('#')) run.push(whole);
  }
  return { run, rest: open + (lines.at(-1) ?? '') };
}
