/** The home screen as rows at their places: tracks at the left; the chosen lesson, what to go on with, facts at the right. */
import type { Host, Preview } from '../host.ts';
import { layoutHome, type Rect } from '../layout.ts';
import type { FrameProps } from '../paint/frame.ts';
import { factsBody } from '../panes/factsPane.ts';
import { findField } from '../panes/findField.ts';
import { footerRow } from '../panes/footerRow.ts';
import { headerRow } from '../panes/headerRow.ts';
import {
  cardRows,
  cardTitle,
  chosenRow,
  continueRows,
  factCount,
  factRows,
  learnRows,
  provedCount,
} from '../panes/homeRows.ts';
import { type Scene, veiled } from './scene.ts';

export interface HomePane {
  readonly rect: Rect;
  readonly frame: FrameProps;
  /** Inside the frame. */
  readonly rows: readonly string[];
}

export interface HomePicture {
  readonly header: string;
  readonly panes: readonly HomePane[];
  readonly footer: string;
  readonly footerRow: number;
}

const previews = new WeakMap<Host, Map<string, Preview>>();

/** Made once for each lesson, since a world is opened for it; a host that has none yet is asked again. */
function previewOf(host: Host, id: string): Preview | undefined {
  const known = previews.get(host) ?? new Map<string, Preview>();
  previews.set(host, known);
  const preview = known.get(id) ?? host.preview?.(id);
  if (preview !== undefined) known.set(id, preview);
  return preview;
}

export function homePicture(scene: Scene): HomePicture {
  const { shell, theme, now, columns, rows } = scene;
  const view = shell.host.home();
  const { home } = now.state;
  const layout = layoutHome(columns, rows);
  const lessons = view.tracks.flatMap((track) => track.lessons);
  const done = lessons.filter((lesson) => lesson.state === 'done').length;
  const proved = provedCount(view.facts);
  const figure = (label: string, value: number, of: number): string =>
    `${theme.second(label)} ${theme.strong(String(value))}${theme.second(`/${of}`)}`;
  const right = `${figure('lessons', done, lessons.length)}   ${figure('facts', proved, factCount(view.facts))}`;
  const chosen = chosenRow(view, home);
  const preview = chosen?.type === 'lesson' ? previewOf(shell.host, chosen.lesson.id) : undefined;
  const panes: HomePane[] = [];
  const add = (
    rect: Rect | undefined,
    frame: FrameProps,
    paint: (columns: number, rows: number) => readonly string[],
  ): void => {
    if (rect === undefined) return;
    panes.push({ rect, frame, rows: veiled(scene, paint(rect.width - 2, rect.height - 2)) });
  };
  if (home.facts) return { ...edges(scene, right, layout.footerRow), panes: [factsPlace(scene)] };
  add(layout.learn, { jump: '1', title: 'Learn', focused: true }, (...size) =>
    learnRows(theme, view, home, ...size),
  );
  add(layout.lesson, cardTitle(chosen), (...size) => cardRows(theme, chosen, preview, ...size));
  add(layout.continues, { jump: 'c', title: 'Continue' }, (...size) => continueRows(theme, view, ...size));
  add(
    layout.facts,
    { title: 'Facts seen to be true', scope: `${proved} of ${factCount(view.facts)}` },
    (...size) => factRows(theme, view.facts, ...size),
  );
  return { ...edges(scene, right, layout.footerRow), panes };
}

/** Header and footer. */
function edges(scene: Scene, right: string, footerRowAt: number): Omit<HomePicture, 'panes'> {
  const { theme, now, columns } = scene;
  const { notice, home } = now.state;
  const crumbs = ['msg-playground', ...(home.facts ? ['facts'] : [])];
  return {
    header: headerRow(theme, { crumbs, session: undefined, right }, columns),
    footer:
      notice === undefined || notice === ''
        ? footerRow(scene.bright, now, columns)
        : noticeRow(scene, notice),
    footerRow: footerRowAt,
  };
}

/** The facts of the study guide over the whole body, searched or not. */
function factsPlace(scene: Scene): HomePane {
  const { now, theme, columns, rows } = scene;
  const rect: Rect = { x: 0, y: 1, width: columns, height: rows - 2 };
  const { find } = now.state.panes.facts;
  const field = find === undefined ? [] : [findField(theme, find, now.state.finding, ' ')];
  const size = { columns: columns - 2, rows: rect.height - 2 - field.length };
  const { rows: painted, scope } = factsBody(scene, size);
  const frame = { title: 'Facts of the study guide', scope, focused: now.state.popover === undefined };
  return { rect, frame, rows: veiled(scene, [...field, ...painted].slice(0, rect.height - 2)) };
}

const noticeRow = (scene: Scene, notice: string): string =>
  scene.theme.on.bar(` ${scene.theme.flight(notice)}`.padEnd(scene.columns));
