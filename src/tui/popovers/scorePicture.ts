/** The score card: each figure with its target, the learner's design beside the reference, and why points were lost. */
import type { Judged, Scored } from '../../lessons/arena.ts';
import type { ArenaView } from '../../lessons/arenaPlay.ts';
import { FIGURE_NAMES, FIGURE_SHORT, heldWords, lostWords, valueWords } from '../../lessons/arenaText.ts';
import { meter } from '../paint/bars.ts';
import { plain } from '../paint/plain.ts';
import { padEnd, padStart, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { GOOD_SCORE, scorePaint } from '../panes/arenaRows.ts';
import type { Shell } from '../shell.ts';
import type { PopoverPicture, Room } from './drawing.ts';

const WIDEST = 88;
/** From here on the points of the reference have a column of their own. */
const POINTS_FROM = 80;

export function scorePicture(theme: Theme, shell: Shell, scroll: number, room: Room): PopoverPicture {
  const columns = Math.min(room.columns - 4, WIDEST);
  const view = shell.world()?.arena?.view();
  const all = view === undefined ? [] : scoreRows(theme, view, columns - 4);
  const height = room.rows - 6;
  const first = Math.max(0, Math.min(scroll, all.length - height));
  const below = all.length - first - height;
  const rows = all.slice(first, first + height).map((row) => ` ${row}`);
  const scope = below > 0 ? `${theme.marks.down} ${below} more` : '';
  return {
    frame: { title: `Score card: ${view?.requirement.title ?? ''}`, scope },
    rows: ['', ...rows, ''],
    columns,
  };
}

/** How far the score card can be scrolled. */
export function scoreScrollMost(theme: Theme, shell: Shell): number {
  const room = shell.size();
  const view = shell.world()?.arena?.view();
  if (view === undefined) return 0;
  return Math.max(0, scoreRows(theme, view, Math.min(room.columns - 4, WIDEST) - 4).length - (room.rows - 6));
}

function scoreRows(theme: Theme, view: ArenaView, columns: number): string[] {
  const judged = view.shown === 'reference' ? view.reference : view.last;
  if (judged === undefined) return [theme.second('Nothing was judged yet.')];
  const prose = (text: string): string[] =>
    wrap(plain(text, { ascii: theme.marks.ascii, limit: 500 }), Math.min(76, columns));
  if (!judged.ok) return [theme.strong('Not judged'), '', ...prose(judged.why)];
  const reference = view.reference?.ok === true ? view.reference : undefined;
  const beside = view.shown === 'reference' ? undefined : reference;
  const bar = Math.min(30, columns - 34);
  const role = judged.total >= GOOD_SCORE ? 'done' : 'flight';
  const about = view.requirement.reference.about;
  return [
    `${padEnd(view.shown === 'reference' ? 'Reference' : 'Your design', 13)} ${meter(theme, { ratio: judged.total / 100, width: bar, role })} ${scorePaint(theme, judged.total)}${theme.second(' of 100')}`,
    ...(beside === undefined
      ? []
      : [
          `${padEnd('Reference', 13)} ${meter(theme, { ratio: beside.total / 100, width: bar, role: 'visible' })} ${theme.strong(String(beside.total))}${theme.second(' of 100')}`,
        ]),
    theme.second(`The load went to ${judged.entry}; ${judged.arrived}% arrived.`),
    '',
    ...tableRows(theme, judged, beside, columns),
    ...(judged.heldBefore === 0
      ? []
      : ['', ...prose(heldWords(judged.heldBefore)).map((row) => theme.flight(row))]),
    '',
    ...prose(`Reference: ${about}`).map((row) => theme.second(row)),
  ];
}

function tableRows(theme: Theme, mine: Judged, other: Judged | undefined, columns: number): string[] {
  const wide = columns >= POINTS_FROM;
  const columnsOfFigures = other === undefined ? 3 : wide ? 5 : 4;
  const name = Math.min(32, columns - 10 * columnsOfFigures);
  const cell = (text: string): string => padStart(text, 10);
  const head = [
    'at most',
    mine === other ? '' : 'yours',
    'points',
    ...(other === undefined ? [] : ['reference']),
  ];
  if (wide && other !== undefined) head.push('points');
  const rows = [theme.second(padEnd('', name) + head.map(cell).join(''))];
  for (const figure of mine.figures) {
    const beside = other?.figures.find(({ id }) => id === figure.id);
    rows.push(figureRow(theme, figure, beside, { name, wide }));
    if (figure.points >= figure.weight) continue;
    const why = `${lostWords(figure)}: ${plain(figure.why, { ascii: theme.marks.ascii, limit: 300 })}`;
    rows.push(...wrap(why, Math.min(76, columns - 2)).map((row) => `  ${theme.second(row)}`));
  }
  return rows;
}

function figureRow(
  theme: Theme,
  mine: Scored,
  other: Scored | undefined,
  { name, wide }: { readonly name: number; readonly wide: boolean },
): string {
  const points = ({ points: got, weight }: Scored): string => `${got}/${weight}`;
  const paint = mine.points < mine.weight ? theme.flight : theme.done;
  const mark = paint(mine.points < mine.weight ? theme.marks.slow : theme.marks.done);
  const cells = [
    theme.second(padStart(valueWords(mine.id, mine.target), 10)),
    theme.strong(padStart(valueWords(mine.id, mine.value), 10)),
    paint(padStart(points(mine), 10)),
  ];
  if (other !== undefined) {
    cells.push(padStart(valueWords(other.id, other.value), 10));
    if (wide) cells.push(theme.second(padStart(points(other), 10)));
  }
  return `${padEnd(`${mark} ${(name < 30 ? FIGURE_SHORT : FIGURE_NAMES)[mine.id]}`, name, theme.marks.more)}${cells.join('')}`;
}
