/** The stage in its pane; in an empty world, what could be there and the keys that make it so. */
import type { ReactElement } from 'react';
import type { Session } from '../../session/sessionTypes.ts';
import { Lines } from '../paint/Line.tsx';
import { emptyStageRows } from '../panes/emptyStage.ts';
import type { Scene } from './scene.ts';

export interface StagePaneProps {
  readonly scene: Scene;
  readonly session: Session;
  readonly columns: number;
  readonly rows: number;
}

export function StagePane({ scene, session, columns, rows }: StagePaneProps): ReactElement {
  const view = session.view();
  if (view.resources.length === 0) {
    return <Lines lines={emptyStageRows(scene.theme, { columns, rows, typing: scene.now.state.focus === 'prompt' })} />;
  }
  return <Lines lines={view.resources.map((resource) => ` ${resource.id}`)} />;
}
