/** What each pane of a world shows, as rows; the stage is drawn elsewhere. */
import type { Session } from '../../session/sessionTypes.ts';
import type { PaneId } from '../panesOf.ts';
import type { Scene } from '../screens/scene.ts';
import { brokerPane } from './brokerPane.ts';
import { bufferPane } from './bufferPane.ts';
import { consolePane } from './consolePane.ts';
import { costsPane } from './costsPane.ts';
import { eventsPane } from './eventsPane.ts';
import { factsPane } from './factsPane.ts';
import { findField } from './findField.ts';
import { lessonPane } from './lessonPane.ts';
import { messagesPane } from './messagesPane.ts';
import { metricsPane } from './metricsPane.ts';
import { objectPane } from './objectPane.ts';
import { body, type Painter, type PaneBody, type PaneSize } from './painter.ts';
import { policyPane } from './policyPane.ts';
import { resourcesPane } from './resourcesPane.ts';
import { shardsPane } from './shardsPane.ts';
import { stageBody } from './stageBody.ts';
import { storyPane } from './storyPane.ts';
import { subscriptionsPane } from './subscriptionsPane.ts';
import { timelinePane } from './timelinePane.ts';

const GUTTERED: ReadonlySet<PaneId> = new Set<PaneId>([
  'messages',
  'resources',
  'story',
  'policy',
  'facts',
  'subscriptions',
  'shards',
  'object',
  'buffer',
  'broker',
]);

/** Panes whose rows begin with a gutter of one cell for the cursor; the others get a blank column at each side. */
export const hasGutter = (pane: PaneId): boolean => GUTTERED.has(pane);

const stagePane: Painter = (scene, session, size) => {
  const { rows, scope, scopeStays } = stageBody(scene, session, size);
  return { ...body(rows, scope), scopeStays };
};

const PAINTERS: Readonly<Record<PaneId, Painter>> = {
  lesson: lessonPane,
  stage: stagePane,
  messages: messagesPane,
  events: eventsPane,
  resources: resourcesPane,
  timeline: timelinePane,
  console: consolePane,
  story: storyPane,
  metrics: metricsPane,
  costs: costsPane,
  policy: policyPane,
  facts: factsPane,
  subscriptions: subscriptionsPane,
  shards: shardsPane,
  buffer: bufferPane,
  broker: brokerPane,
  object: objectPane,
};

export function paneBody(scene: Scene, session: Session, pane: PaneId, size: PaneSize): PaneBody {
  const painter = PAINTERS[pane];
  const { find } = scene.now.state.panes[pane];
  if (find === undefined) return painter(scene, session, size);
  const finding = scene.now.state.finding && scene.now.state.focus === pane;
  const field = findField(scene.theme, find, finding, hasGutter(pane) ? ' ' : '');
  const painted = painter(scene, session, { ...size, rows: size.rows - 1 });
  return { ...painted, rows: [field, ...painted.rows] };
}
