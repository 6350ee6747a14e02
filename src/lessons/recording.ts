/**
 * What was played, cut into the steps of a lesson: from a script with `# step: title` marks, from a transcript, or from
 * the Console of a sandbox with `record` marks.
 */
import { literal } from '../command/shellValues.ts';
import { type RawWord, readShellLine } from '../command/shellWords.ts';
import { splitScript } from '../command/splitScript.ts';
import type { ConsoleEntry } from '../session/sessionTypes.ts';

/** A line of the prompt as it was given. */
export interface RecordedLine {
  readonly line: string;
  /** When, in milliseconds of the world; unknown for lines of a script. */
  readonly at?: number;
  /** AWS refused it, and that was not said to be expected. */
  readonly refused?: boolean;
  /** What it answered. */
  readonly output?: string;
}

interface RecordedStep {
  readonly title: string;
  readonly fact?: string;
  /** Lines of the lesson's own, before the step. */
  readonly enter: readonly RecordedLine[];
  readonly lines: readonly RecordedLine[];
}

export interface Recording {
  readonly title?: string;
  readonly setup: readonly RecordedLine[];
  readonly steps: readonly RecordedStep[];
}

type Mark =
  | { readonly type: 'step'; readonly title: string; readonly fact?: string }
  | { readonly type: 'lesson'; readonly title: string }
  /** What follows is the lesson's own, until the next step. */
  | { readonly type: 'setup' }
  /** Marks before it do not count. */
  | { readonly type: 'start' }
  | { readonly type: 'stop' };

const COMMENT_MARK = /^#\s*(step|setup|lesson)\s*:\s*(.*)$/;
const TITLE_WITH_FACT = /^(.*?)\s*\[([A-Z]+-\d{2,3})\]$/;

/** The mark that a line is: `# step: Receive it [SQS-05]`, or `record step 'Receive it' --fact SQS-05`. */
function markOf(line: string): Mark | undefined {
  const comment = COMMENT_MARK.exec(line.trim());
  if (comment === null) return verbMark(line);
  const [, type, text = ''] = comment;
  if (type === 'setup') return { type: 'setup' };
  const [, title = text, fact] = TITLE_WITH_FACT.exec(text) ?? [];
  if (type === 'lesson') return { type: 'lesson', title };
  return { type: 'step', title, ...(fact === undefined ? {} : { fact }) };
}

function verbMark(line: string): Mark | undefined {
  if (!/^record\s/.test(line)) return undefined;
  const words = wordsOf(line);
  const verb = words[1];
  if (verb === 'start' || verb === 'setup' || verb === 'stop') return { type: verb };
  if (verb !== 'step') return undefined;
  const fact = valueAfter(words, '--fact');
  const title = valueAfter(words, '--title') ?? (words[2]?.startsWith('--') === false ? words[2] : '');
  return { type: 'step', title, ...(fact === undefined ? {} : { fact }) };
}

const valueAfter = (words: readonly string[], flag: string): string | undefined => {
  const at = words.indexOf(flag);
  return at < 0 ? undefined : words[at + 1];
};

function wordsOf(line: string): string[] {
  try {
    const read = readShellLine(line);
    return read.type === 'command' ? read.words.map((word: RawWord) => literal(word) ?? '') : [];
  } catch {
    return [];
  }
}

/** Cuts lines into setup and steps where the marks are. */
export function recordingOf(lines: readonly RecordedLine[]): Recording {
  let title: string | undefined;
  let setup: RecordedLine[] = [];
  let steps: { title: string; fact?: string; enter: RecordedLine[]; lines: RecordedLine[] }[] = [];
  let own: RecordedLine[] = [];
  let target = setup;
  for (const line of lines) {
    const mark = markOf(line.line);
    if (mark === undefined) {
      if (!line.line.trimStart().startsWith('#')) target.push(line);
    } else if (mark.type === 'lesson') {
      title = mark.title;
    } else if (mark.type === 'start') {
      setup = [...setup, ...steps.flatMap((step) => [...step.enter, ...step.lines]), ...own];
      steps = [];
      own = [];
      target = setup;
    } else if (mark.type === 'setup') {
      if (steps.length > 0) target = own;
    } else if (mark.type === 'step') {
      const { type: _type, ...named } = mark;
      const step = { ...named, enter: own, lines: [] };
      steps.push(step);
      own = [];
      target = step.lines;
    } else break;
  }
  return { setup, steps, ...(title === undefined ? {} : { title }) };
}

/** A script of prompt lines; lines that begin with `$ ` are those of a transcript, and what is between is its answers. */
export function linesOfScript(text: string): RecordedLine[] {
  const rows = text.replaceAll('\r\n', '\n').split('\n');
  const prompts = rows.filter((row) => row.startsWith('$ '));
  const source = prompts.length > 0 ? prompts.map((row) => row.slice(2)) : rows;
  const lines: RecordedLine[] = [];
  let chunk: string[] = [];
  const flush = (): void => {
    lines.push(...splitScript(chunk.join('\n')).map((line) => ({ line })));
    chunk = [];
  };
  for (const row of source) {
    if (COMMENT_MARK.test(row.trim())) {
      flush();
      lines.push({ line: row.trim() });
    } else chunk.push(row);
  }
  flush();
  return lines;
}

/** What the Console of a world tells: without what was undone, or lies behind a jump back. */
export function linesOfConsole(entries: readonly Omit<ConsoleEntry, 'id'>[]): RecordedLine[] {
  let lines: RecordedLine[] = [];
  for (const { line: given, at, by, result } of entries) {
    if (result === undefined || (result.error !== undefined && result.error.kind !== 'refused')) continue;
    const line = result.echo === '' ? given : result.echo;
    lines = lines.filter((before) => before.at === undefined || before.at <= at);
    if (/^undo\b/.test(line)) {
      const last = lines.findLastIndex((before) => markOf(before.line) === undefined);
      if (last >= 0) lines.splice(last, 1);
      continue;
    }
    const refused = result.error !== undefined && !result.tolerated;
    // The lines of a lesson that was played are its setup.
    if (by === 'lesson' && lines.some((before) => markOf(before.line)?.type === 'step'))
      lines.push({ line: 'record setup', at });
    lines.push({ line, at, output: result.output, ...(refused ? { refused } : {}) });
  }
  return lines;
}
