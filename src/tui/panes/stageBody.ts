/** The stage in its pane: plans are kept from frame to frame, motion follows from the newest events. */
import type { ResourceId } from '../../contract/view.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { plain } from '../paint/plain.ts';
import type { Scene } from '../screens/scene.ts';
import type { Shell } from '../shell.ts';
import type { EmptyInput } from '../stage/empty.ts';
import { followMessage } from '../stage/follow.ts';
import { motionOf } from '../stage/motion.ts';
import { type Plan, type PlanRequest, stagePlanner, viewsById } from '../stage/plan.ts';
import type { Followed } from '../stage/scene.ts';
import { hiddenText, scopeText, stageRows } from '../stage/stage.ts';
import { drawnOf } from '../stage/troubles.ts';
import { youOf } from '../stage/you.ts';

interface Kept {
  readonly plan: (request: PlanRequest) => Plan;
  rated: ReadonlySet<string>;
}

const kept = new WeakMap<Shell, Kept>();

function keptOf(shell: Shell): Kept {
  const known = kept.get(shell);
  if (known !== undefined) return known;
  const made: Kept = { plan: stagePlanner(), rated: new Set() };
  kept.set(shell, made);
  return made;
}

/** Events that can still be seen moving are among the newest. */
const EVENTS_READ = 300;

export interface StageBody {
  readonly rows: readonly string[];
  readonly scope: string;
  /** It tells of what is out of view. */
  readonly scopeStays: boolean;
}

export function stageBody(
  scene: Scene,
  session: Session,
  size: { readonly columns: number; readonly rows: number },
): StageBody {
  const { shell, theme, now } = scene;
  const view = session.view();
  const memory = keptOf(shell);
  const made = drawnOf(view.resources);
  const you = youOf(made, (queue, from, limit) => session.messages(queue, from, limit));
  const resources = you === undefined ? made : [...made, you];
  const selected = resources.find((resource) => resource.id === now.state.selected)?.id as
    | ResourceId
    | undefined;
  const place = { width: size.columns, height: size.rows };
  const views = viewsById(resources);
  const followed = followedOf(scene, session, views);
  const plan = memory.plan({ resources, size: place, selected, followed: followed?.path });
  const motion = motionOf({
    graph: plan.layout.graph,
    views,
    events: session.events(Math.max(0, view.eventCount - EVENTS_READ), EVENTS_READ),
    now: view.now,
    pace: session.paused ? 1 : session.speed,
    fps: shell.host.settings.fps,
    before: memory.rated,
    followed: followed?.messageId,
  });
  memory.rated = motion.rates;
  const rows = stageRows({
    theme,
    size: place,
    resources,
    now: view.now,
    selected,
    followed,
    motion,
    plan,
    empty: emptyOf(scene, session),
  });
  const hidden = hiddenText(plan.hidden, theme);
  const all = hidden === '' ? scopeText(plan, made.length) : hidden;
  const scope = followed === undefined ? all : `path of ${theme.key(followed.label)}`;
  return { rows, scope, scopeStays: hidden !== '' && followed === undefined };
}

const FOLLOW_READ = 2_000;

function followedOf(
  scene: Scene,
  session: Session,
  views: ReturnType<typeof viewsById>,
): Followed | undefined {
  const messageId = scene.now.state.followed;
  if (messageId === undefined) return undefined;
  const count = session.view().eventCount;
  const events = session.events(Math.max(0, count - FOLLOW_READ), FOLLOW_READ);
  return followMessage({ messageId, label: plain(messageId.slice(0, 4)), events, views });
}

/** The keys of an empty world: other ones while letters type. */
function emptyOf(scene: Scene, session: Session): EmptyInput {
  const typing = scene.now.state.focus === 'prompt';
  const title = session.paused ? 'This world is empty, and its clock stands still.' : 'This world is empty.';
  const create = scene.now.lesson?.commands[0] ?? 'aws sqs create-queue --queue-name orders';
  if (typing) {
    return {
      title,
      keys: [
        { key: '$  ', label: 'type', text: create },
        { key: 'tab', label: 'keys', text: 'to the panes: there n opens a form for a queue or an app' },
        { key: '^P ', label: 'find', text: 'everything one can do, by name' },
      ],
    };
  }
  return {
    title,
    keys: [
      { key: 'n', label: 'new …', text: 'a queue, a producer or a consumer, from a form' },
      { key: 'i', label: 'type', text: create },
      { key: 'q', label: 'home', text: 'lessons, and the worlds you keep' },
    ],
  };
}
