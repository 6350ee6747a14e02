/** What the painters of the panes have in common. */
import type { ResourceView } from '../../contract/view.ts';
import type { Session } from '../../session/sessionTypes.ts';
import type { Scene } from '../screens/scene.ts';

export interface PaneBody {
  readonly rows: readonly string[];
  /** The figure that scopes the pane, painted or not. */
  readonly scope: string;
  /** The scope stays where tabs leave little room. */
  readonly scopeStays?: boolean;
  readonly bad: boolean;
}

export interface PaneSize {
  readonly columns: number;
  readonly rows: number;
}

/** Pure: what a pane shows now, in rows of at most `columns` cells; rows beyond `rows` are not shown. */
export type Painter = (scene: Scene, session: Session, size: PaneSize) => PaneBody;

export const body = (rows: readonly string[], scope = '', bad = false): PaneBody => ({ rows, scope, bad });

/** What the key of a pane is called where letters may type: behind Tab while the prompt has them. */
export const paneKeyNow = (scene: Scene, key: string): string =>
  scene.now.state.focus === 'prompt' ? `tab ${key}` : key;

/** The fields of a resource as the pane of its kind names them: what a service's view gives is not typed by kind. */
export const fieldsOf = <Fields extends object>({ fields }: ResourceView): Fields =>
  fields as object as Fields;
