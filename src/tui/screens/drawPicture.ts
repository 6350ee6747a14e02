/** The drawing test as rows at their places: the ways with a picture, or a picture beside what arrived of it. */
import { type Drawing, drawnBy } from '../../lessons/drawing.ts';
import { drawingOf, drawingTestOf, scrollDraw } from '../actions/draw.ts';
import type { Rect } from '../layout.ts';
import { plain } from '../paint/plain.ts';
import { arrivalRows, countRows, originalRows, wayRows } from '../panes/drawRows.ts';
import { footerRow } from '../panes/footerRow.ts';
import { headerRow } from '../panes/headerRow.ts';
import type { Shell } from '../shell.ts';
import type { HomePane, HomePicture } from './homePicture.ts';
import { type Scene, veiled } from './scene.ts';

const BELOW = { rows: 7, rowsShort: 5, shortUnder: 20 } as const;
/** Narrower than this a drawing says too little, and the original gives way. */
const READER_LEAST = 30;

export function drawPicture(scene: Scene): HomePicture {
  const { theme, now, shell, columns, rows } = scene;
  const drawing = drawingOf(shell);
  const panes = drawing === undefined ? deskPanes(scene) : runPanes(scene, drawing);
  const { notice, draw } = now.state;
  const crumbs = ['msg-playground', 'draw', ...(drawing === undefined ? [] : [drawing.way.title])];
  const at = (label: string, value: number | string): string =>
    `${theme.second(label)} ${theme.strong(String(value))}`;
  const right =
    drawing === undefined
      ? at('seed', draw.seed)
      : `${at('arrived', draw.shown)}${theme.second(`/${drawing.arrivals.length}`)}   ${at('seed', draw.seed)}`;
  return {
    header: headerRow(theme, { crumbs, session: undefined, right }, columns),
    panes: panes.map((pane) => ({ ...pane, rows: veiled(scene, pane.rows) })),
    footer:
      notice === undefined || notice === ''
        ? footerRow(scene.bright, now, columns)
        : theme.on.bar(` ${theme.flight(notice)}`.padEnd(columns)),
    footerRow: rows - 1,
  };
}

const isFocused = ({ now }: Scene): boolean => now.state.popover === undefined;

function deskPanes(scene: Scene): readonly HomePane[] {
  const { shell, theme, now, columns, rows } = scene;
  const { way, picture: index } = now.state.draw;
  const test = drawingTestOf(shell);
  const picture = test?.pictures[index];
  if (test === undefined || picture === undefined) return [];
  const height = rows - 2;
  const left: Rect = { x: 0, y: 1, width: Math.max(28, Math.floor(columns * 0.45)), height };
  const right: Rect = { x: left.width, y: 1, width: columns - left.width, height };
  return [
    {
      rect: left,
      frame: { title: 'Drawing test', focused: isFocused(scene) },
      rows: wayRows(theme, way, left.width - 2, height - 2),
    },
    {
      rect: right,
      frame: {
        title: plain(picture.name, { ascii: theme.marks.ascii, limit: 20 }),
        scope: `picture ${index + 1} of ${test.pictures.length}`,
      },
      rows: originalRows(theme, picture, 0, right.width - 2, height - 2),
    },
  ];
}

/** Where the pictures stand: the original first where there is room, then one for each reader. */
function columnsOf(
  drawing: Drawing,
  width: number,
): { readonly original: number; readonly readers: number[] } {
  const { length } = drawing.way.readers;
  const widest = Math.max(24, ...drawing.picture.lines.map((line) => [...line].length)) + 7;
  const wanted = Math.min(widest, Math.floor(width / (length + 1)));
  const original = length > 1 && wanted < READER_LEAST - 6 ? 0 : wanted;
  const each = Math.floor((width - original) / length);
  const readers = drawing.way.readers.map((_, index) =>
    index === length - 1 ? width - original - each * (length - 1) : each,
  );
  return { original, readers };
}

const belowRows = (rows: number): number => (rows < BELOW.shortUnder ? BELOW.rowsShort : BELOW.rows);
const roomOf = (rows: number): number => rows - 2 - belowRows(rows) - 2;

function runPanes(scene: Scene, drawing: Drawing): readonly HomePane[] {
  const { theme, now, columns, rows } = scene;
  const { shown, scroll } = now.state.draw;
  const below = belowRows(rows);
  const height = rows - 2 - below;
  const room = roomOf(rows);
  const { original, readers } = columnsOf(drawing, columns);
  const panes: HomePane[] = [];
  const { length } = drawing.picture.lines;
  if (original > 0) {
    const first = Math.min(scroll ?? 0, Math.max(0, length - room));
    panes.push({
      rect: { x: 0, y: 1, width: original, height },
      frame: { title: 'Sent', scope: moreBelow(scene, length - room - first) },
      rows: originalRows(theme, drawing.picture, first, original - 2, room),
    });
  }
  let x = original;
  for (const [reader, width] of readers.entries()) {
    const arrivals = drawnBy(drawing, reader, shown);
    const most = Math.max(0, arrivals.length - room);
    const first = Math.min(scroll ?? most, most);
    panes.push({
      rect: { x, y: 1, width, height },
      frame: {
        title: drawing.way.readers[reader]!,
        scope: `${arrivals.length} ${arrivals.length === 1 ? 'line' : 'lines'}`,
        focused: reader === 0 && isFocused(scene),
      },
      rows: arrivalRows(theme, arrivals, drawing.picture, first, width - 2, room),
    });
    x += width;
  }
  panes.push({
    rect: { x: 0, y: 1 + height, width: columns, height: below },
    frame: { title: 'Order of arrival', scope: `delivery ${drawing.way.delivery}` },
    rows: countRows(theme, drawing, shown, columns - 2, below - 2),
  });
  return panes;
}

const moreBelow = ({ theme }: Scene, count: number): string =>
  count > 0 ? `${theme.marks.down} ${count} more` : '';

/** Scrolls all pictures together. */
export function scrollBy(shell: Shell, by: number): void {
  const drawing = drawingOf(shell);
  if (drawing === undefined) return;
  const { shown, scroll } = shell.store.get().draw;
  const lines = drawing.way.readers.map((_, reader) => drawnBy(drawing, reader, shown).length);
  const most = Math.max(0, Math.max(drawing.picture.lines.length, ...lines) - roomOf(shell.size().rows));
  scrollDraw(shell, Math.max(0, Math.min(most, (scroll ?? most) + by)));
}
