/** The last page of a lesson: what to keep, what was proved, where one lingered, and what comes next. */
import type { CompletedView, LessonView } from '../host.ts';
import { meter } from '../paint/bars.ts';
import { span } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, padStart, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { blockRows, hanging } from './markdown.ts';

export function summaryRows(theme: Theme, lesson: LessonView, columns: number, height: number): string[] {
  const done = lesson.completed;
  if (done === undefined) return [];
  const { marks } = theme;
  const rows: string[] = [''];
  const section = (title: string): void => {
    if (rows.at(-1) !== '') rows.push('');
    rows.push(` ${theme.second(title)}`);
  };
  section('Take with you');
  for (const takeaway of done.takeaways) {
    const text = blockRows(theme, takeaway, Math.min(76, columns - 4));
    rows.push(...hanging(theme.done(marks.working), 1, text).map((row) => ` ${row}`));
  }
  if (done.facts.length > 0) {
    section('Facts proved by what you did');
    for (const fact of done.facts) {
      const text = wrap(
        plain(fact.statement, { ascii: marks.ascii, limit: 300 }),
        Math.min(76, columns - 13),
      );
      const lead = `${theme.done(marks.working)} ${theme.visible(padEnd(fact.id, 8))}`;
      rows.push(...hanging(lead, 10, text).map((row) => ` ${row}`));
    }
  }
  section('Your steps');
  rows.push(...stepTimes(theme, done, columns));
  rows.push(...predictionRows(theme, done));
  rows.push('', ` ${theme.second(`Run ${done.run}`)}`);
  return rows.slice(0, height).map((row) => cut(row, columns, marks.more));
}

function stepTimes(theme: Theme, done: CompletedView, columns: number): string[] {
  const { marks } = theme;
  const longest = Math.max(1, ...done.steps.map((step) => step.tookMs ?? 0));
  const names = Math.min(30, Math.max(...done.steps.map((step) => width(step.title))));
  return done.steps.map((step) => {
    const mark = step.state === 'done' ? theme.done(marks.done) : theme.second(marks.crumb);
    const took = step.tookMs ?? 0;
    const bar = meter(theme, {
      ratio: took / longest,
      width: Math.max(4, Math.min(18, columns - names - 30)),
      role: 'visible',
    });
    const title = padEnd(plain(step.title, { ascii: marks.ascii, limit: 80 }), names, marks.more);
    return ` ${mark} ${title}  ${bar} ${padStart(span(took), 9)}  ${theme.second(plain(step.note, { limit: 40 }))}`;
  });
}

function predictionRows(theme: Theme, done: CompletedView): string[] {
  const line = (label: string, { right, of }: CompletedView['review']): string[] =>
    of === 0 ? [] : [` ${theme.second(label)} ${theme.strong(`${right} of ${of}`)} ${theme.second('right')}`];
  const rows = [...line('Predictions', done.predictions), ...line('Questions  ', done.review)];
  return rows.length === 0 ? [] : ['', ...rows];
}

export function nextRows(theme: Theme, done: CompletedView, columns: number): string[] {
  const keys: (readonly [string, string])[] = [];
  const rows: string[] = [''];
  if (done.next !== undefined) {
    rows.push(` ${theme.strong(cut(plain(done.next.title), columns - 2, theme.marks.more))}`);
    rows.push(
      ...wrap(plain(done.next.question, { limit: 300 }), columns - 2).map((row) => ` ${theme.second(row)}`),
      '',
    );
    keys.push([theme.marks.enter, 'begin']);
  } else {
    rows.push(` ${theme.second('This was the last lesson of its track.')}`, '');
  }
  keys.push(
    ['k', 'keep this world as a sandbox'],
    ['p', 'play on here'],
    ['R', 'begin again'],
    ['esc', 'home'],
  );
  const wide = Math.max(...keys.map(([key]) => width(key)));
  return [...rows, ...keys.map(([key, says]) => ` ${theme.key(padEnd(key, wide))} ${theme.second(says)}`)];
}

export function trackRows(theme: Theme, done: CompletedView, columns: number): string[] {
  const { track, factsProved } = done;
  const { marks } = theme;
  const rest = Math.max(0, factsProved.of - factsProved.proved);
  const squares =
    theme.done(marks.working.repeat(factsProved.proved)) + theme.second(marks.idle.repeat(rest));
  return [
    '',
    ` ${meter(theme, { ratio: track.of === 0 ? 0 : track.done / track.of, width: columns - 2, role: 'visible' })}`,
    '',
    ` ${cut(squares, columns - 2, marks.more)}`,
    ` ${theme.strong(String(factsProved.proved))} ${theme.second(`of ${factsProved.of} ${plain(factsProved.service)} facts proved`)}`,
  ];
}
