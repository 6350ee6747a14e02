/** What a paper of the practice exam came to: the score, by service, and the facts that were missed. */
import type { ExamResult } from '../../lessons/examResult.ts';
import { PASS_PERCENT } from '../../lessons/examResult.ts';
import type { ExamView } from '../../lessons/examRun.ts';
import { scoreWords, timeWords } from '../../lessons/examText.ts';
import { meter } from '../paint/bars.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { serviceRows } from './examDeskRows.ts';

export function resultRows(theme: Theme, view: ExamView, columns: number, height: number): string[] {
  const { result } = view;
  if (result === undefined) return [];
  const { marks } = theme;
  const verdict = result.passed
    ? theme.done(`${marks.done} passed`)
    : theme.flight(`${marks.dead} not passed`);
  const open = result.of - result.answered;
  const width = Math.max(10, Math.min(40, columns - 20));
  const ratio = result.of === 0 ? 0 : result.right / result.of;
  const bar = meter(theme, {
    ratio,
    width,
    role: result.passed ? 'done' : 'flight',
    limit: PASS_PERCENT / 100,
  });
  const head = [
    ` ${verdict}   ${theme.strong(scoreWords(result))}`,
    ` ${bar} ${theme.second(`${PASS_PERCENT}% passes`)}`,
  ];
  const time = `${view.timeIsOver ? 'The 130 minutes were over' : `In ${timeWords(view.usedMs)}`}${open > 0 ? `, ${open} without an answer` : ''}.`;
  const services = serviceRows(theme, result.services, columns);
  const airy = height >= head.length + services.length + 5;
  const gap = airy ? [''] : [];
  return [...gap, ...head, ` ${theme.second(time)}`, ...gap, ...services].slice(0, height);
}

export function missedRows(
  theme: Theme,
  { missed }: ExamResult,
  statementOf: (fact: string) => string,
  { cursor, columns, height }: { readonly cursor: number; readonly columns: number; readonly height: number },
): string[] {
  if (missed.length === 0)
    return ['', ` ${theme.done(theme.marks.done)} ${theme.second('No fact was missed.')}`];
  const said = (fact: string): string => plain(statementOf(fact), { ascii: theme.marks.ascii, limit: 400 });
  const chosen = missed[Math.min(cursor, missed.length - 1)];
  const detail =
    height < 10 || chosen === undefined
      ? []
      : ['', ...wrap(said(chosen.fact), Math.min(76, columns - 3)).map((row) => ` ${theme.second(row)}`)];
  const { first, end } = windowOf(missed.length, height - detail.length, cursor, 0);
  const list = missed.slice(first, end).map(({ fact }, index) => {
    const text = `${theme.bad(theme.marks.dead)} ${theme.strong(fact.padEnd(7))} ${said(fact)}`;
    return cursorRow(theme, cut(text, columns - 3, theme.marks.more), first + index === cursor, columns);
  });
  return [...list, ...detail];
}
