/** A line as completion sees it: unfinished quotes and all. */

export interface Token {
  readonly from: number;
  readonly to: number;
  /** Without quotes and backslashes. */
  readonly value: string;
}

export interface Scan {
  /** Whole words before the one under the cursor. */
  readonly before: readonly Token[];
  /** The word under the cursor, up to the cursor; empty when it stands behind a space. */
  readonly current: Token;
  /** Where the word under the cursor ends. */
  readonly end: number;
  /** Whole words after it. */
  readonly after: readonly Token[];
  /** The cursor stands in a comment, or behind `||`: nothing to offer. */
  readonly closed: boolean;
}

/** Where the command begins: behind `NAME=$(` and `repeat N`. */
function commandStart(text: string): number {
  const capture = /^\s*[A-Za-z_][A-Za-z0-9_]*="?\$\(/.exec(text)?.[0].length ?? 0;
  return capture + (/^\s*repeat\s+\d+\s+/.exec(text.slice(capture))?.[0].length ?? 0);
}

export function scan(text: string, cursor: number, start = commandStart(text)): Scan {
  const tokens = tokensOf(text, start);
  const under = tokens.find(({ from, to }) => from <= cursor && cursor <= to);
  const current = under
    ? { from: under.from, to: cursor, value: unquoted(text.slice(under.from, cursor)) }
    : { from: cursor, to: cursor, value: '' };
  const before = tokens.filter(({ to }) => to < current.from || (to <= current.from && !under));
  const closed = before.some(
    ({ value }) => value.startsWith('#') || value === '||' || value === '|' || value === ')',
  );
  return {
    before,
    current,
    end: under?.to ?? cursor,
    after: tokens.filter(({ from }) => from > cursor),
    closed: closed || current.value.startsWith('#'),
  };
}

function tokensOf(text: string, start: number): Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const from = at;
    let quote = '';
    while (at < text.length) {
      const character = text[at] ?? '';
      if (quote === '' && /\s/.test(character)) break;
      if (character === '\\' && quote !== "'") at += 1;
      else if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '"' || character === "'") quote = character;
      at += 1;
    }
    at = Math.min(at, text.length);
    tokens.push({ from, to: at, value: unquoted(text.slice(from, at)) });
  }
  return tokens;
}

function unquoted(text: string): string {
  let value = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\\' && quote !== "'") {
      at += 1;
      value += text[at] ?? '';
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else value += character;
    } else if (character === '"' || character === "'") quote = character;
    else value += character;
  }
  return value;
}
