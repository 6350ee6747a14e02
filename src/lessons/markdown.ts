/**
 * The small Markdown of lesson texts, as plain data for a screen: paragraphs, bold, italic, `code`, lists, fences.
 * Nothing else is understood, so nothing else can happen: no HTML, no links, no control characters.
 */

export interface Span {
  readonly text: string;
  readonly style?: 'bold' | 'italic' | 'code';
}

export type Block =
  | { readonly type: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  /** A fence; `console`: command lines, for a key to copy. */
  | { readonly type: 'fence'; readonly console: boolean; readonly lines: readonly string[] };

const FENCE = /^```\s*(\S*)\s*$/;
const BULLET = /^\s*[-*]\s+(.*)$/;
const NUMBERED = /^\s*\d{1,2}[.)]\s+(.*)$/;

/** Control characters (but line feed and tab), and those that turn the direction of text, show as a mark. */
export const withoutControls = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

export function parseMarkdown(source: string): Block[] {
  const lines = withoutControls(source.replace(/\r\n?/g, '\n')).replace(/\t/g, '  ').split('\n');
  const blocks: Block[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index]!;
    const fence = FENCE.exec(line);
    if (fence !== null) {
      const end = lines.findIndex((each, at) => at > index && FENCE.test(each));
      const last = end < 0 ? lines.length : end;
      blocks.push({ type: 'fence', console: fence[1] === 'console', lines: lines.slice(index + 1, last) });
      index = last + 1;
    } else if (line.trim() === '') {
      index++;
    } else {
      const taken = takeText(lines, index);
      blocks.push(taken.block);
      index = taken.next;
    }
  }
  return blocks;
}

function takeText(lines: readonly string[], from: number): { readonly block: Block; readonly next: number } {
  const pattern = [BULLET, NUMBERED].find((each) => each.test(lines[from]!));
  const texts: string[] = [];
  let index = from;
  for (; index < lines.length; index++) {
    const line = lines[index]!;
    if (line.trim() === '' || FENCE.test(line)) break;
    const item = pattern?.exec(line);
    const startsList = BULLET.test(line) || NUMBERED.test(line);
    if (pattern === undefined && startsList) break;
    if (item) texts.push(item[1]!);
    else if (pattern !== undefined && startsList) break;
    else if (texts.length === 0) texts.push(line.trim());
    else texts[texts.length - 1] += ` ${line.trim()}`;
  }
  const spans = texts.map(parseSpans);
  const block: Block =
    pattern === undefined
      ? { type: 'paragraph', spans: spans[0] ?? [] }
      : { type: 'list', ordered: pattern === NUMBERED, items: spans };
  return { block, next: index };
}

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*/g;

export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const found of text.matchAll(SPAN)) {
    if (found.index > from) spans.push({ text: text.slice(from, found.index) });
    if (found[1] !== undefined) spans.push({ text: found[1], style: 'code' });
    else if (found[2] !== undefined) spans.push({ text: found[2], style: 'bold' });
    else spans.push({ text: found[3]!, style: 'italic' });
    from = found.index + found[0].length;
  }
  if (from < text.length) spans.push({ text: text.slice(from) });
  return spans;
}

/** The command lines of all console fences of a text. */
export const consoleLines = (source: string): string[] =>
  parseMarkdown(source).flatMap((block) =>
    block.type === 'fence' && block.console ? block.lines.filter((line) => line.trim() !== '') : [],
  );

/** A text without its marks, for where there is only plain text. */
export const plainText = (source: string): string =>
  parseMarkdown(source)
    .map((block) => {
      if (block.type === 'fence') return block.lines.join('\n');
      const texts = block.type === 'list' ? block.items : [block.spans];
      return texts.map((spans) => spans.map((span) => span.text).join('')).join('\n');
    })
    .join('\n\n');
