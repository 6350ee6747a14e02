/** A requirement of the arena as rows: at its list, and beside the world in which its design is wired. */
import type { Judged } from '../../lessons/arena.ts';
import { FIGURES } from '../../lessons/arenaFigures.ts';
import type { Requirement } from '../../lessons/arenaFormat.ts';
import type { ArenaView } from '../../lessons/arenaPlay.ts';
import { endWords, entryWords, FIGURE_SHORT, loadWords, valueWords } from '../../lessons/arenaText.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, padStart, spread, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { Scene } from '../screens/scene.ts';
import { window } from './lessonRows.ts';
import { commandRows, hanging } from './markdown.ts';
import type { PaneSize } from './painter.ts';

/** Rows the strip would like: the figures, and the keys. */
export const ARENA_STRIP_ROWS = 8;

const PROSE = 76;

/** 90 and more of 100 is what the reference designs reach. */
export const GOOD_SCORE = 90;

export const scorePaint = (theme: Theme, score: number): string =>
  (score >= GOOD_SCORE ? theme.done : theme.flight)(String(score));

export const arenaScope = (theme: Theme, { last, best }: ArenaView): string => {
  if (last?.ok === true) return `${scorePaint(theme, last.total)}${theme.second('/100')}`;
  return best === undefined ? 'not judged' : `best ${best}`;
};

/** What is asked: story, what matters, load, ends, what is there, and with `figures` the figures. */
export function requirementRows(
  theme: Theme,
  requirement: Requirement,
  columns: number,
  figures: boolean,
): string[] {
  const ascii = theme.marks.ascii;
  const safe = (text: string): string => plain(text, { ascii, limit: 700 });
  const room = Math.min(PROSE, columns);
  const prose = (text: string): string[] => wrap(safe(text), room);
  const listed = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => hanging(theme.second(theme.marks.dot), 1, wrap(safe(text), room - 2)));
  const title = (text: string): string[] => ['', theme.second(text)];
  const given = requirement.given.flatMap((line) => commandRows(theme, line, columns));
  return [
    ...prose(requirement.story),
    ...title('What matters'),
    ...listed(requirement.matters),
    ...title('The load comes to'),
    ...prose(entryWords(requirement)),
    ...listed(loadWords(requirement)),
    ...title('It must end at'),
    ...listed(endWords(requirement)),
    ...(given.length === 0 ? [] : [...title('What is there already'), ...given]),
    ...(figures ? [...title('Full marks'), ...targetRows(theme, requirement, room)] : []),
    '',
    theme.second(`Judged ${requirement.seconds} s after the load begins.`),
  ];
}

/** One figure a row: at most so much, and what it weighs. */
function targetRows(theme: Theme, { figures }: Requirement, columns: number): string[] {
  const sum = FIGURES.reduce((all, id) => all + (figures[id]?.weight ?? 0), 0);
  return FIGURES.flatMap((id) => {
    const figure = figures[id];
    if (figure === undefined) return [];
    const points = padStart(String(Math.round((figure.weight / sum) * 100)), 3);
    const most = padStart(`${theme.marks.ascii ? '<=' : '≤'} ${valueWords(id, figure.target)}`, 10);
    const right = `${theme.strong(most)} ${theme.second(`${points} p`)}`;
    return [spread(FIGURE_SHORT[id], right, Math.min(columns, 44), theme.marks.more)];
  });
}

/** The figures of the last judgement, the worst lost first in words. */
function judgedRows(theme: Theme, judged: Judged, columns: number): string[] {
  return judged.figures.map(({ id, value, points, weight }) => {
    const paint = points < weight ? theme.flight : theme.done;
    const mark = paint(points < weight ? theme.marks.slow : theme.marks.done);
    const right = `${padStart(valueWords(id, value), 8)} ${paint(padStart(`${points}`, 5))}${theme.second(padEnd(`/${weight}`, 5))}`;
    return spread(`${mark} ${FIGURE_SHORT[id]}`, right, Math.min(columns, 44), theme.marks.more);
  });
}

/** Where the work stands: not judged, refused, or the score. */
function standRows(theme: Theme, view: ArenaView, columns: number): string[] {
  const { last, reference, shown, requirement } = view;
  const room = Math.min(PROSE, columns);
  if (shown === 'reference') {
    const about = wrap(plain(requirement.reference.about, { ascii: theme.marks.ascii, limit: 300 }), room);
    const judged = reference?.ok === true ? reference : undefined;
    return [
      theme.strong('The reference design'),
      ...about,
      ...(judged === undefined
        ? []
        : ['', scoreRow(theme, 'It scores', judged.total), ...judgedRows(theme, judged, columns)]),
    ];
  }
  if (last === undefined) return [theme.second('Full marks'), ...targetRows(theme, requirement, room)];
  if (!last.ok) {
    const why = wrap(plain(last.why, { ascii: theme.marks.ascii, limit: 400 }), columns - 2);
    return [theme.strong('Not judged'), ...hanging(theme.flight(theme.marks.slow), 1, why)];
  }
  const facts = [
    ...(reference?.ok === true ? [`reference ${reference.total}`] : []),
    ...(view.best === undefined ? [] : [`best ${view.best}`]),
    ...(view.outdated ? ['changed since'] : []),
  ];
  return [
    scoreRow(theme, 'Your design', last.total),
    cut(theme.second(facts.join(', ')), columns, theme.marks.more),
    ...judgedRows(theme, last, columns),
  ];
}

const scoreRow = (theme: Theme, words: string, total: number): string =>
  `${words} ${scorePaint(theme, total)}${theme.second('/100')}`;

/** While letters type, the keys work after Esc, and the verb does the same. */
function keyRows(theme: Theme, view: ArenaView, columns: number, typing: boolean): string[] {
  const keys: readonly (readonly [string, string])[] =
    view.shown === 'reference'
      ? [['v', 'your design']]
      : [
          ['J', 'judge'],
          ['v', 'reference'],
          ...(view.last?.ok === true ? ([['e', 'score card']] as const) : []),
        ];
  let row = typing ? `${theme.second('after')} ${theme.key('esc')}${theme.second(':')}` : '';
  for (const [key, says] of keys) {
    const part = `${row === '' ? '' : '  '}${theme.key(key)} ${theme.second(says)}`;
    if (width(row) + width(part) <= columns) row += part;
  }
  return ['', row];
}

/** The pane beside the world: a column, or a strip of two columns above the stage. */
export function arenaPaneRows(scene: Scene, view: ArenaView, strip: boolean, size: PaneSize): string[] {
  const { theme } = scene;
  const { state } = scene.now;
  const typing = state.focus === 'prompt';
  const { scroll } = state.panes.lesson;
  const { columns, rows } = size;
  if (!strip) {
    const keys = keyRows(theme, view, columns, typing);
    const stand = standRows(theme, view, columns);
    const text = requirementRows(theme, view.requirement, columns, false);
    // What was judged is read first; before that, what is asked.
    const first = view.last !== undefined || view.shown === 'reference';
    const rule = theme.faint(theme.marks.idleLine.repeat(columns));
    const all = first ? [...stand, rule, ...text] : [...text, rule, ...stand];
    const shown = window(theme, all, rows - keys.length, scroll);
    const gap = Math.max(0, rows - keys.length - shown.length);
    return [...shown, ...Array.from({ length: gap }, () => ''), ...keys];
  }
  const right = Math.min(40, Math.floor((columns - 3) * 0.5));
  const left = columns - 3 - right;
  const text = window(theme, requirementRows(theme, view.requirement, left, false), rows, scroll);
  const key = keyRows(theme, view, right, typing)[1] ?? '';
  const side = window(theme, standRows(theme, view, right), rows - 1, 0);
  while (side.length < rows - 1) side.push('');
  const bar = theme.faint(theme.marks.lifeline);
  return [...side, key].map((row, index) => `${padEnd(text[index] ?? '', left)} ${bar} ${row}`);
}
