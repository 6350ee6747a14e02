/** Beside the messages, where there is room: how deep their queue has been. */
import type { ReactElement } from 'react';
import type { Session } from '../../session/sessionTypes.ts';
import { queueOf } from '../actions/worlds.ts';
import type { Rect } from '../layout.ts';
import { depthRows } from '../paint/depth.ts';
import { Lines } from '../paint/Line.tsx';
import { Pane } from '../paint/Pane.tsx';
import { depthSamples } from '../panes/depthSamples.ts';
import { At } from './At.tsx';
import { type Scene, veiled } from './scene.ts';

/** Columns with borders; from so many columns and rows of the messages' frame on. */
export const DEPTH = { columns: 28, from: 80, rows: 8 } as const;

const EVENTS_READ = 2_000;
const MINUTE = 60_000;
const SPANS: readonly (readonly [number, string])[] = [
  [2 * MINUTE, '2 min'],
  [20 * MINUTE, '20 min'],
  [4 * 60 * MINUTE, '4 h'],
  [2 * 24 * 60 * MINUTE, '2 d'],
];

export interface DepthProps {
  readonly scene: Scene;
  readonly session: Session;
  readonly rect: Rect;
}

export function Depth({ scene, session, rect }: DepthProps): ReactElement | null {
  const { theme } = scene;
  const view = session.view();
  const queue = view.resources.find((resource) => resource.id === `queue/${queueOf(scene.shell)}`);
  if (queue === undefined) return null;
  const [span, name] = spanFor(session.speed);
  const events = session.events(Math.max(0, view.eventCount - EVENTS_READ), EVENTS_READ);
  const samples = depthSamples(queue, events, view.now, view.now - span);
  const rows = depthRows(theme, {
    samples,
    now: view.now,
    span,
    width: rect.width - 4,
    height: rect.height - 2,
  });
  return (
    <At rect={rect}>
      <Pane theme={theme} title="Depth" scope={name} width={rect.width} height={rect.height}>
        <Lines lines={veiled(scene, rows)} />
      </Pane>
    </At>
  );
}

/** So wide that a change of the last moments of wall time can be seen. */
const spanFor = (speed: number): readonly [number, string] =>
  SPANS[speed <= 10 ? 0 : speed <= 60 ? 1 : speed <= 600 ? 2 : 3]!;
