/** The home screen: tracks at the left; the chosen lesson, what to go on with, and the facts at the right. */
import type { ReactElement } from 'react';
import type { Host, Preview } from '../host.ts';
import { layoutHome, type Rect } from '../layout.ts';
import { Line, Lines } from '../paint/Line.tsx';
import { Pane } from '../paint/Pane.tsx';
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
import { At } from './At.tsx';
import { type Scene, veiled } from './scene.ts';

const previews = new WeakMap<Host, Map<string, Preview | undefined>>();

/** Made once for each lesson: a world is opened for it. */
function previewOf(host: Host, id: string): Preview | undefined {
  const known = previews.get(host) ?? new Map<string, Preview | undefined>();
  previews.set(host, known);
  if (!known.has(id)) known.set(id, host.preview?.(id));
  return known.get(id);
}

export function Home({ scene }: { readonly scene: Scene }): ReactElement {
  const { shell, theme, now, columns, rows } = scene;
  const view = shell.host.home();
  const { home, notice } = now.state;
  const layout = layoutHome(columns, rows);
  const lessons = view.tracks.flatMap((track) => track.lessons);
  const done = lessons.filter((lesson) => lesson.state === 'done').length;
  const proved = provedCount(view.facts);
  const figure = (label: string, value: number, of: number): string =>
    `${theme.second(label)} ${theme.strong(String(value))}${theme.second(`/${of}`)}`;
  const right = `${figure('lessons', done, lessons.length)}   ${figure('facts', proved, factCount(view.facts))}`;
  const header = headerRow(theme, { crumbs: ['msg-playground'], session: undefined, right }, columns);
  const chosen = chosenRow(view, home);
  const card = cardTitle(chosen);
  const preview = chosen?.type === 'lesson' ? previewOf(shell.host, chosen.lesson.id) : undefined;
  const inner = (rect: Rect): [number, number] => [rect.width - 2, rect.height - 2];
  const { learn, lesson, continues, facts } = layout;
  const said =
    notice === undefined || notice === '' ? footerRow(scene.bright, now, columns) : noticeRow(scene, notice);
  return (
    <>
      <At rect={{ x: 0, y: 0, width: columns, height: 1 }}>
        <Line text={header} />
      </At>
      <At rect={learn}>
        <Pane
          theme={theme}
          number={1}
          title="Learn"
          focused
          width={learn.width}
          height={learn.height}
          padding={0}
        >
          <Lines lines={veiled(scene, learnRows(theme, view, home, ...inner(learn)))} />
        </Pane>
      </At>
      {lesson === undefined ? null : (
        <At rect={lesson}>
          <Pane
            theme={theme}
            title={card.title}
            scope={card.scope}
            width={lesson.width}
            height={lesson.height}
            padding={0}
          >
            <Lines lines={veiled(scene, cardRows(theme, chosen, preview, ...inner(lesson)))} />
          </Pane>
        </At>
      )}
      {continues === undefined ? null : (
        <At rect={continues}>
          <Pane theme={theme} title="Continue" width={continues.width} height={continues.height} padding={0}>
            <Lines lines={veiled(scene, continueRows(theme, view, ...inner(continues)))} />
          </Pane>
        </At>
      )}
      {facts === undefined ? null : (
        <At rect={facts}>
          <Pane
            theme={theme}
            title="Facts seen to be true"
            scope={`${proved} of ${factCount(view.facts)}`}
            width={facts.width}
            height={facts.height}
            padding={0}
          >
            <Lines lines={veiled(scene, factRows(theme, view.facts, ...inner(facts)))} />
          </Pane>
        </At>
      )}
      <At rect={{ x: 0, y: layout.footerRow, width: columns, height: 1 }}>
        <Line text={said} />
      </At>
    </>
  );
}

const noticeRow = (scene: Scene, notice: string): string =>
  scene.theme.on.bar(` ${scene.theme.flight(notice)}`.padEnd(scene.columns));
