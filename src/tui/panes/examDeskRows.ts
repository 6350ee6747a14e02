/** The desk of the practice exam: what can be begun, and the results there are. */
import type { DeskView } from '../../lessons/examDesk.ts';
import { PASS_PERCENT, passes, percent } from '../../lessons/examResult.ts';
import { modeWords, timeWords } from '../../lessons/examText.ts';
import type { DeskRow } from '../examDeskRows.ts';
import { meter } from '../paint/bars.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { padEnd, spread, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export function deskListRows(
  theme: Theme,
  rows: readonly DeskRow[],
  cursor: number,
  columns: number,
  height: number,
): string[] {
  if (rows.length === 0) {
    const text = 'This course has no exam questions. Its author puts them into the folder exam.';
    return ['', ...wrap(text, Math.min(76, columns - 2)).map((row) => ` ${theme.second(row)}`)];
  }
  const chosen = rows[Math.min(cursor, rows.length - 1)];
  const about = wrap(chosen?.about ?? '', Math.min(76, columns - 3)).map((row) => ` ${theme.second(row)}`);
  const airy = height >= rows.length + about.length + 3;
  const room = height - about.length - (airy ? 3 : 1);
  const { first, end } = windowOf(rows.length, room, cursor, 0);
  const list = rows.slice(first, end).map(({ title, detail }, index) => {
    const here = first + index === cursor;
    const text = spread(
      here ? theme.strong(title) : title,
      theme.second(detail),
      columns - 3,
      theme.marks.more,
    );
    return cursorRow(theme, text, here, columns);
  });
  return [...(airy ? [''] : []), ...list, '', ...about];
}

export function keptResultRows(
  theme: Theme,
  { results }: DeskView,
  columns: number,
  height: number,
): string[] {
  if (results.length === 0) {
    return ['', ...wrap('No paper was handed in yet.', columns - 2).map((row) => ` ${theme.second(row)}`)];
  }
  const rows = results.map((result) => {
    const paint = passes(result) ? theme.done : theme.flight;
    const left = ` ${theme.second(result.when.slice(0, 10))} ${modeWords(result.mode)}`;
    const right = `${result.right}/${result.of}  ${paint(`${percent(result)}%`.padStart(4))}  ${theme.second(timeWords(result.usedMs).padStart(9))}`;
    return spread(left, right, columns - 1, theme.marks.more);
  });
  const [latest] = results;
  const services =
    latest === undefined || height < latest.services.length + 5
      ? []
      : ['', ` ${theme.second('the last one, by service')}`, ...serviceRows(theme, latest.services, columns)];
  const shown = rows.slice(0, Math.max(1, height - services.length - 1));
  return ['', ...shown, ...services].slice(0, height);
}

/** One service a row: how many were right. */
export function serviceRows(
  theme: Theme,
  services: readonly { readonly service: string; readonly right: number; readonly of: number }[],
  columns: number,
): string[] {
  const bar = Math.max(6, Math.min(30, columns - 28));
  return services.map((score) => {
    const ratio = score.of === 0 ? 0 : score.right / score.of;
    const role = percent(score) >= PASS_PERCENT ? 'done' : 'flight';
    const figures = `${String(score.right).padStart(3)}/${padEnd(String(score.of), 3)} ${`${percent(score)}%`.padStart(4)}`;
    return ` ${padEnd(score.service, 10)} ${meter(theme, { ratio, width: bar, role })} ${figures}`;
  });
}
