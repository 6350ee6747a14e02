/** The arena's requirements as rows at their places: the list with the best scores, and what the chosen one asks. */
import type { ArenaRow } from '../../lessons/arenaDesk.ts';
import { arenaRowsOf } from '../actions/arena.ts';
import type { Rect } from '../layout.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { spread } from '../paint/text.ts';
import { makeTheme, type Theme } from '../paint/theme.ts';
import { GOOD_SCORE, requirementRows, scorePaint } from '../panes/arenaRows.ts';
import { footerRow } from '../panes/footerRow.ts';
import { headerRow } from '../panes/headerRow.ts';
import type { Shell } from '../shell.ts';
import type { HomePicture } from './homePicture.ts';
import { type Scene, veiled } from './scene.ts';

/** From this width on, list and requirement stand side by side. */
const BESIDE_FROM = 100;

export function arenaPicture(scene: Scene): HomePicture {
  const { theme, now, shell, columns, rows } = scene;
  const list = arenaRowsOf(shell);
  const { cursor, scroll } = now.state.arena;
  const chosen = list[Math.min(cursor, list.length - 1)];
  const { left, right } = placesOf(columns, rows, list.length);
  const tried = list.filter(({ best }) => best !== undefined).length;
  const asked = chosen === undefined ? [] : textRows(theme, chosen, right.width - 4);
  const text = right.height > asked.length + 2 ? ['', ...asked] : asked;
  const room = right.height - 2;
  const first = Math.max(0, Math.min(scroll, text.length - room));
  const below = text.length - first - room;
  const { notice } = now.state;
  const focused = now.state.popover === undefined;
  return {
    header: headerRow(
      theme,
      {
        crumbs: ['msg-playground', 'arena'],
        session: undefined,
        right: `${theme.second('tried')} ${theme.strong(String(tried))}${theme.second(`/${list.length}`)}`,
      },
      columns,
    ),
    panes: [
      {
        rect: left,
        frame: { title: 'Arena', scope: `${list.length} requirements`, focused },
        rows: veiled(scene, listRows(theme, list, cursor, left.width - 2, left.height - 2)),
      },
      {
        rect: right,
        frame: {
          title: chosen?.requirement.title ?? '',
          scope: below > 0 ? `${theme.marks.down} ${below} more` : first > 0 ? 'the end' : '',
        },
        rows: veiled(
          scene,
          text.slice(first, first + room).map((row) => ` ${row}`),
        ),
      },
    ],
    footer:
      notice === undefined || notice === ''
        ? footerRow(scene.bright, now, columns)
        : theme.on.bar(` ${theme.flight(notice)}`.padEnd(columns)),
    footerRow: rows - 1,
  };
}

function placesOf(
  columns: number,
  rows: number,
  count: number,
): { readonly left: Rect; readonly right: Rect } {
  const height = rows - 2;
  if (columns >= BESIDE_FROM) {
    const left: Rect = { x: 0, y: 1, width: Math.floor(columns * 0.42), height };
    return { left, right: { x: left.width, y: 1, width: columns - left.width, height } };
  }
  const above = Math.min(count + 2, Math.floor(height / 2));
  const left: Rect = { x: 0, y: 1, width: columns, height: above };
  return { left, right: { x: 0, y: 1 + above, width: columns, height: height - above } };
}

const textRows = (theme: Theme, { requirement }: ArenaRow, columns: number): string[] =>
  requirementRows(theme, requirement, columns, true);

const COLOURLESS = makeTheme({ depth: 'none' });

/** How far the chosen requirement can be scrolled. */
export function arenaScrollMost(shell: Shell): number {
  const { columns, rows } = shell.size();
  const list = arenaRowsOf(shell);
  const chosen = list[shell.store.get().arena.cursor];
  const { right } = placesOf(columns, rows, list.length);
  if (chosen === undefined) return 0;
  return Math.max(0, textRows(COLOURLESS, chosen, right.width - 4).length - (right.height - 2));
}

function listRows(
  theme: Theme,
  list: readonly ArenaRow[],
  cursor: number,
  columns: number,
  height: number,
): string[] {
  const airy = height > list.length + 1;
  const { first, end } = windowOf(list.length, airy ? height - 1 : height, cursor, 0);
  const rows = list.slice(first, end).map(({ requirement, best, begun }, index) => {
    const here = first + index === cursor;
    const { marks } = theme;
    const mark =
      best === undefined
        ? begun
          ? theme.flight(marks.inFlight)
          : theme.second(marks.open)
        : best >= GOOD_SCORE
          ? theme.done(marks.done)
          : theme.flight(marks.inFlight);
    const title = plain(requirement.title, { ascii: marks.ascii });
    const right =
      best === undefined
        ? theme.second(begun ? 'begun' : 'not tried')
        : `${theme.second('best')} ${scorePaint(theme, best)}`;
    const left = `${mark} ${here ? theme.strong(title) : title}`;
    return cursorRow(theme, spread(left, right, columns - 3, marks.more), here, columns);
  });
  return [...(airy ? [''] : []), ...rows];
}
