/** The practice exam as rows at their places: its desk, a paper, or what a paper came to. */
import { modeWords, timeWords } from '../../lessons/examText.ts';
import { placeToShow } from '../actions/exam.ts';
import { deskRows } from '../examDeskRows.ts';
import { circumstancesOf } from '../keymap.ts';
import type { Rect } from '../layout.ts';
import { makeTheme } from '../paint/theme.ts';
import { deskListRows, keptResultRows } from '../panes/examDeskRows.ts';
import { paperRows, placesRows, stripRow } from '../panes/examPaperRows.ts';
import { missedRows, resultRows } from '../panes/examResultRows.ts';
import { footerRow } from '../panes/footerRow.ts';
import { headerRow } from '../panes/headerRow.ts';
import type { Shell } from '../shell.ts';
import type { HomePane, HomePicture } from './homePicture.ts';
import { type Scene, veiled } from './scene.ts';

/** From this width on, things stand side by side. */
const BESIDE_FROM = 100;
const SIDE = 30;

export function examPicture(scene: Scene): HomePicture {
  const { theme, now, columns, rows } = scene;
  const { page } = now.state.exam;
  const panes =
    page === 'desk' ? deskPanes(scene) : page === 'paper' ? paperPanes(scene) : resultPanes(scene);
  const { notice } = now.state;
  return {
    header: headerRow(theme, { crumbs: crumbsOf(scene), session: undefined, right: figures(scene) }, columns),
    panes: panes.map((pane) => ({ ...pane, rows: veiled(scene, pane.rows) })),
    footer:
      notice === undefined || notice === ''
        ? footerRow(scene.bright, now, columns)
        : theme.on.bar(` ${theme.flight(notice)}`.padEnd(columns)),
    footerRow: rows - 1,
  };
}

function crumbsOf({ now }: Scene): readonly string[] {
  const view = now.exam;
  if (now.state.exam.page === 'desk' || view === undefined) return ['msg-playground', 'exam'];
  return ['msg-playground', 'exam', now.state.exam.page === 'result' ? 'result' : modeWords(view.mode)];
}

/** At the right of the header: how far one is, and in a timed paper the time that is left. */
function figures({ now, theme }: Scene): string {
  const view = now.exam;
  if (view === undefined || now.state.exam.page === 'desk') return '';
  const at = `${theme.second('question')} ${theme.strong(String(view.index + 1))}${theme.second(`/${view.of}`)}`;
  if (view.result !== undefined) return now.state.exam.page === 'result' ? '' : at;
  if (view.leftMs === undefined)
    return `${theme.second('answered')} ${theme.strong(String(view.answered))}   ${at}`;
  const left = timeWords(view.leftMs);
  const paint = view.leftMs <= SHORT_MS ? theme.flight : theme.strong;
  return `${at}   ${theme.second('left')} ${paint(left)}`;
}

/** The last ten minutes are marked. */
const SHORT_MS = 600_000;

const bodyOf = ({ columns, rows }: Scene): Rect => ({ x: 0, y: 1, width: columns, height: rows - 2 });
const isFocused = ({ now }: Scene): boolean => now.state.popover === undefined;

function deskPanes(scene: Scene): readonly HomePane[] {
  const { shell, theme, now, columns } = scene;
  const desk = shell.exam()?.view();
  if (desk === undefined) return [];
  const body = bodyOf(scene);
  const list = deskRows(desk);
  const wide = columns >= BESIDE_FROM;
  const left: Rect = wide
    ? { ...body, width: Math.floor(columns * 0.52) }
    : { ...body, height: body.height >= 21 ? list.length + 7 : body.height };
  const rest: Rect = wide
    ? { ...body, x: left.width, width: columns - left.width }
    : { ...body, y: body.y + left.height, height: body.height - left.height };
  const scope = `${desk.questions} questions on ${desk.facts} facts`;
  const panes: HomePane[] = [
    {
      rect: left,
      frame: { title: 'Practice exam', scope, focused: isFocused(scene) },
      rows: deskListRows(theme, list, now.state.exam.cursor, left.width - 2, left.height - 2),
    },
  ];
  if (rest.height >= 3) {
    const rows = keptResultRows(theme, desk, rest.width - 2, rest.height - 2);
    panes.push({ rect: rest, frame: { title: 'Results' }, rows });
  }
  return panes;
}

const statementOf =
  ({ shell }: Scene) =>
  (fact: string): string => {
    const facts = shell.host.home().factSheet.flatMap((group) => group.facts);
    return facts.find(({ id }) => id === fact)?.statement ?? '';
  };

/** Where the question stands. */
const paperRect = (scene: Scene): Rect => {
  const body = bodyOf(scene);
  return scene.columns >= BESIDE_FROM ? { ...body, width: body.width - SIDE } : body;
};

const COLOURLESS = makeTheme({ depth: 'none' });

/** How many rows of the question can be scrolled away at most. */
export function scrollMost(shell: Shell): number {
  const { columns, rows } = shell.size();
  const now = circumstancesOf(shell);
  const shown = paper({ shell, theme: COLOURLESS, bright: COLOURLESS, now, columns, rows });
  return shown === undefined ? 0 : shown.above + shown.below;
}

/** The rows of the question, and how many there are above and below. */
function paper(scene: Scene) {
  const { shell, theme, now, columns } = scene;
  const view = now.exam;
  if (view === undefined) return undefined;
  const rect = paperRect(scene);
  const strip = columns >= BESIDE_FROM ? [] : [stripRow(theme, view, rect.width - 2)];
  const { answer, exam } = now.state;
  const model = {
    view,
    answer,
    scroll: exam.scroll,
    place: placeToShow(shell),
    statementOf: statementOf(scene),
  };
  const found = paperRows(theme, model, rect.width - 2, rect.height - 2 - strip.length);
  return { ...found, rows: [...strip, ...found.rows], rect, view };
}

function paperPanes(scene: Scene): readonly HomePane[] {
  const { theme } = scene;
  const shown = paper(scene);
  if (shown === undefined) return [];
  const { rect, view, rows, above, below } = shown;
  const { marks } = theme;
  const more = [
    ...(above > 0 ? [`${marks.up} ${above} more`] : []),
    ...(below > 0 ? [`${marks.down} ${below} more`] : []),
  ].join('  ');
  const scope = more === '' ? view.service : more;
  const flag = view.marked ? ', flagged' : '';
  const frame = {
    title: `Question ${view.index + 1} of ${view.of}${flag}`,
    scope,
    focused: isFocused(scene),
  };
  const panes: HomePane[] = [{ rect, frame, rows }];
  if (rect.width < scene.columns) {
    const side: Rect = { ...rect, x: rect.width, width: scene.columns - rect.width };
    panes.push({
      rect: side,
      frame: { title: 'Paper', scope: `${view.answered} of ${view.of} answered` },
      rows: placesRows(theme, view, side.height - 2),
    });
  }
  return panes;
}

function resultPanes(scene: Scene): readonly HomePane[] {
  const { theme, now, columns } = scene;
  const view = now.exam;
  const result = view?.result;
  if (view === undefined || result === undefined) return [];
  const body = bodyOf(scene);
  const wide = columns >= BESIDE_FROM;
  const least = result.services.length + 5;
  const left: Rect = wide
    ? { ...body, width: Math.floor(columns * 0.48) }
    : { ...body, height: Math.min(least + 2, body.height - 4) };
  const right: Rect = wide
    ? { ...body, x: left.width, width: columns - left.width }
    : { ...body, y: body.y + left.height, height: body.height - left.height };
  const size = { cursor: now.state.exam.cursor, columns: right.width - 2, height: right.height - 2 };
  const { length } = result.missed;
  return [
    {
      rect: left,
      frame: { title: 'Result', scope: modeWords(view.mode) },
      rows: resultRows(theme, view, left.width - 2, left.height - 2),
    },
    {
      rect: right,
      frame: {
        title: 'Missed',
        scope: `${length} ${length === 1 ? 'fact' : 'facts'}`,
        focused: isFocused(scene),
      },
      rows: missedRows(theme, result, statementOf(scene), size),
    },
  ];
}
