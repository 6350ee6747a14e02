/** The last page of a lesson. */
import type { ReactElement } from 'react';
import type { Session } from '../../session/sessionTypes.ts';
import type { CompletedView, LessonView } from '../host.ts';
import { Line, Lines } from '../paint/Line.tsx';
import { Pane } from '../paint/Pane.tsx';
import { nextRows, summaryRows, trackRows } from '../panes/completedRows.ts';
import { footerRow } from '../panes/footerRow.ts';
import { headerRow } from '../panes/headerRow.ts';
import { At } from './At.tsx';
import { type Scene, veiled } from './scene.ts';

export interface CompletedProps {
  readonly scene: Scene;
  readonly session: Session;
  readonly lesson: LessonView;
  readonly done: CompletedView;
}

export function Completed({ scene, session, lesson, done }: CompletedProps): ReactElement {
  const { theme, now, columns, rows } = scene;
  const height = rows - 2;
  const wide = columns >= 100;
  const side = Math.min(50, Math.floor(columns * 0.42));
  const next = nextRows(theme, done, (wide ? side : columns) - 2);
  const below = wide ? height : Math.max(8, height - Math.min(next.length + 2, Math.floor(height * 0.45)));
  const summary = { x: 0, y: 1, width: wide ? columns - side : columns, height: below };
  const nextHeight = wide ? Math.min(height - 7, next.length + 3) : height - below;
  const nextRect = wide
    ? { x: columns - side, y: 1, width: side, height: nextHeight }
    : { x: 0, y: 1 + below, width: columns, height: nextHeight };
  const trackRect = { x: columns - side, y: 1 + nextHeight, width: side, height: height - nextHeight };
  const crumbs = [lesson.place, lesson.title];
  const notice = now.state.notice;
  return (
    <>
      <At rect={{ x: 0, y: 0, width: columns, height: 1 }}>
        <Line text={headerRow(theme, { crumbs, session, done: true }, columns)} />
      </At>
      <At rect={summary}>
        <Pane
          theme={theme}
          jump="1"
          title={lesson.title}
          scope={theme.done(`${theme.marks.done} done`)}
          focused
          width={summary.width}
          height={summary.height}
          padding={0}
        >
          <Lines lines={veiled(scene, summaryRows(theme, lesson, summary.width - 2, summary.height - 2))} />
        </Pane>
      </At>
      <At rect={nextRect}>
        <Pane
          theme={theme}
          jump="2"
          title="Next"
          scope={done.next === undefined ? '' : `${done.next.minutes} min`}
          width={nextRect.width}
          height={nextRect.height}
          padding={0}
        >
          <Lines lines={veiled(scene, next.slice(0, nextRect.height - 2))} />
        </Pane>
      </At>
      {wide ? (
        <At rect={trackRect}>
          <Pane
            theme={theme}
            jump="3"
            title={done.track.title}
            scope={`${done.track.done}/${done.track.of}`}
            width={trackRect.width}
            height={trackRect.height}
            padding={0}
          >
            <Lines
              lines={veiled(
                scene,
                trackRows(theme, done, trackRect.width - 2).slice(0, trackRect.height - 2),
              )}
            />
          </Pane>
        </At>
      ) : null}
      <At rect={{ x: 0, y: rows - 1, width: columns, height: 1 }}>
        <Line
          text={
            notice === undefined || notice === ''
              ? footerRow(scene.bright, now, columns)
              : theme.on.bar(` ${theme.flight(notice)}`.padEnd(columns))
          }
        />
      </At>
    </>
  );
}
