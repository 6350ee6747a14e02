/** What each pane of a world shows, as rows; the stage is drawn elsewhere. */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import type { EventView } from '../../projection/snapshot.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { followedRow } from '../actions/panes.ts';
import { queueOf } from '../actions/worlds.ts';
import { count, shortIds } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import type { PaneId } from '../panesOf.ts';
import type { Scene } from '../screens/scene.ts';
import { consoleRows } from './consoleRows.ts';
import { eventRows } from './eventRows.ts';
import { lessonRows, lessonStrip } from './lessonRows.ts';
import { messageCount, messageRows } from './messageRows.ts';
import { resourceRows } from './resourceRows.ts';
import { stageBody } from './stageBody.ts';
import { timelineRows } from './timelineRows.ts';

export interface PaneBody {
  readonly rows: readonly string[];
  /** The figure that scopes the pane, painted or not. */
  readonly scope: string;
  readonly bad: boolean;
}

/** Panes whose rows begin with a gutter for the cursor. */
export const hasGutter = (pane: PaneId): boolean => pane === 'messages' || pane === 'resources';

const EVENTS_READ = 400;
const IDS_READ = 200;

export function paneBody(
  scene: Scene,
  session: Session,
  pane: PaneId,
  size: { readonly columns: number; readonly rows: number },
): PaneBody {
  const painter = PAINTERS[pane];
  const { find } = scene.now.state.panes[pane];
  if (find === undefined) return painter(scene, session, size);
  const { theme } = scene;
  const finding = scene.now.state.finding && scene.now.state.focus === pane;
  const field = `${hasGutter(pane) ? ' ' : ''}${theme.key('/')} ${theme.strong(plain(find))}${finding ? theme.on.sel(' ') : `  ${theme.key('esc')} ${theme.second('shows all')}`}`;
  const body = painter(scene, session, { ...size, rows: size.rows - 1 });
  return { ...body, rows: [field, ...body.rows] };
}

type Painter = (
  scene: Scene,
  session: Session,
  size: { readonly columns: number; readonly rows: number },
) => PaneBody;

const body = (rows: readonly string[], scope = '', bad = false): PaneBody => ({ rows, scope, bad });

const PAINTERS: Readonly<Record<PaneId, Painter>> = {
  lesson(scene, session, size) {
    const { lesson, state } = scene.now;
    if (lesson === undefined) return body([]);
    const model = {
      lesson,
      now: session.view().now,
      scroll: state.panes.lesson.scroll,
      typing:
        state.focus === 'prompt' &&
        (lesson.phase === 'doing' || lesson.phase === 'spoiled' || lesson.phase === 'reached'),
    };
    const strip = scene.columns >= 80 && scene.columns < 120 && state.full !== 'lesson';
    const rows = (strip ? lessonStrip : lessonRows)(scene.theme, model, size.columns, size.rows);
    const { theme } = scene;
    const scope = lesson.freePlay
      ? theme.flight('free play')
      : `${theme.strong(String(lesson.stepIndex + 1))}${theme.second(`/${lesson.steps.length}`)}`;
    return body(rows, scope);
  },
  stage(scene, session, size) {
    const { rows, scope } = stageBody(scene, session, size);
    return body(rows, scope);
  },
  messages(scene, session, size) {
    const { state } = scene.now;
    const view = session.view();
    const name = queueOf(scene.shell);
    const queue = view.resources.find((resource) => resource.id === `queue/${name}`);
    const model = {
      queue,
      now: view.now,
      rows: (from: number, limit: number) =>
        queue === undefined ? [] : session.messages(queue.id, from, limit),
      idOf: idsOf(session, queue),
      find: state.panes.messages.find,
      cursor:
        state.focus === 'messages'
          ? Math.min(
              // While the list moves, the cursor stays on the message that is followed.
              followedRow(scene.shell) ?? state.panes.messages.selected,
              Math.max(0, messageCount(queue) - 1),
            )
          : undefined,
      followed: state.followed,
      typing: state.focus === 'prompt',
    };
    const scope =
      queue === undefined
        ? ''
        : `${plain(queue.name)} ${scene.theme.marks.dot} ${count(messageCount(queue))}`;
    return body(messageRows(scene.theme, model, size.columns, size.rows), scope);
  },
  events(scene, session, size) {
    const { find, scroll } = scene.now.state.panes.events;
    const model = { events: recentEvents(session), idOf: idsOf(session, undefined), find, scroll };
    return body(eventRows(scene.theme, model, size.columns, size.rows), count(session.view().eventCount));
  },
  resources(scene, session, size) {
    const { state } = scene.now;
    const { resources } = session.view();
    const cursor =
      state.focus === 'resources'
        ? Math.min(state.panes.resources.selected, Math.max(0, resources.length - 1))
        : undefined;
    const model = {
      resources,
      selected: state.selected,
      find: state.panes.resources.find,
      cursor,
      typing: state.focus === 'prompt',
    };
    return body(resourceRows(scene.theme, model, size.columns, size.rows), String(resources.length));
  },
  timeline(scene, session, size) {
    const { state } = scene.now;
    const timeline = session.timeline();
    const events = session.events(0, TIMELINE_EVENTS);
    const model = {
      timeline,
      resources: session.view().resources,
      happened: events.filter((event) => !isRefusal(event)).map((event) => event.at as number),
      refused: events.filter(isRefusal).map((event) => event.at as number),
      cursor:
        state.focus === 'timeline'
          ? Math.min(state.panes.timeline.selected, timeline.branches.length - 1)
          : undefined,
    };
    const forks = timeline.branches.length - 1;
    const scope = forks === 0 ? 'no forks yet' : forks === 1 ? '1 fork' : `${forks} forks`;
    return body(timelineRows(scene.theme, model, size.columns, size.rows), scope);
  },
  console(scene, session, size) {
    const { state } = scene.now;
    const entries = session.console();
    const { find, scroll, selected } = state.panes.console;
    const cursor = state.focus === 'console' ? selected : undefined;
    const model = {
      entries,
      running: session.running,
      now: session.view().now,
      unfolded: state.unfolded,
      find,
      cursor,
      scroll,
    };
    const rows = consoleRows(scene.theme, model, size.columns, size.rows);
    const refused =
      entries.at(-1)?.result?.error?.kind === 'refused' && entries.at(-1)?.result?.tolerated !== true;
    const { theme } = scene;
    return body(rows, refused ? theme.bad(`${theme.marks.refused} refused`) : '', refused);
  },
};

const TIMELINE_EVENTS = 2_000;

const isRefusal = (event: EventView): boolean =>
  event.type === 'app/Refused' ||
  (event.type === 'api/Answered' && typeof event.fields.error === 'string' && event.fields.error !== '');

const recentEvents = (session: Session): readonly EventView[] =>
  session.events(Math.max(0, session.view().eventCount - EVENTS_READ), EVENTS_READ);

/** The shortest prefix that names a message among those in sight, at least four letters. */
function idsOf(session: Session, queue: ResourceView | undefined): (messageId: string) => string {
  const queues: readonly ResourceId[] =
    queue === undefined
      ? session.view().resources.flatMap((resource) => (resource.kind === 'queue' ? [resource.id] : []))
      : [queue.id];
  const ids = queues
    .slice(0, 8)
    .flatMap((id) => session.messages(id, 0, IDS_READ).map((row) => row.messageId));
  const short = shortIds(ids);
  return (messageId) => plain(short.get(messageId) ?? messageId.slice(0, 4));
}
