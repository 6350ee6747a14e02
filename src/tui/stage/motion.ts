/**
 * Messages in motion, as a function of time: what is on which wire follows from the newest events and the instant
 * shown, so going back, pausing and stepping need no state of their own.
 */
import type { ResourceView } from '../../contract/view.ts';
import type { EventView } from '../../projection/snapshot.ts';
import type { Views } from './fits.ts';
import type { Graph, GraphEdge } from './graph.ts';
import type { Dot, Flow, Motion } from './scene.ts';
import { flowOf } from './scene.ts';

export const STILL: Motion = { dots: new Map(), rates: new Set(), refused: new Set(), deleted: new Set() };

/** How long a mark is on its wire, in milliseconds of wall time: a hop of 10 ms is seen, and 400 is the least. */
export const TRANSIT_MS = 1_000;
/** How long `╳` stands at a door, and a tick in a tray. */
const DOOR_MS = 1_000;
const TICK_MS = 250;
/** Above so many marks per second of wall time a wire stands still and says its rate. */
const MOST_MARKS_PER_SECOND = 20;
/** Above this pace wires carry figures. */
const MOST_PACE = 10;

export interface MotionRequest {
  readonly graph: Graph;
  readonly views: Views;
  /** The newest events, oldest first; those of the last few seconds are enough. */
  readonly events: readonly EventView[];
  readonly now: number;
  /** Milliseconds of the world per millisecond of wall time; 1 while paused. */
  readonly pace: number;
  /** Frames per second asked for; 0: nothing moves. */
  readonly fps: number;
  readonly followed?: string | undefined;
  /** Edges that carried figures before: a wire changes over with some reserve, so that it does not flicker. */
  readonly before?: ReadonlySet<string> | undefined;
}

/** Which edges carry figures rather than marks. */
function ratedEdges(request: MotionRequest): Set<string> {
  const rated = new Set<string>();
  for (const edge of request.graph.edges) {
    if (edge.redrive) continue;
    const flow: Flow = flowOf(edge, request.views);
    const marks = (flow.perSecond + flow.refusedPerSecond) * request.pace;
    const limit =
      request.before?.has(edge.key) === true ? MOST_MARKS_PER_SECOND * 0.7 : MOST_MARKS_PER_SECOND;
    if (request.fps === 0 || request.pace > MOST_PACE || marks > limit) rated.add(edge.key);
  }
  return rated;
}

interface Ends {
  readonly edge: GraphEdge;
  readonly app: ResourceView;
}

/** What is sent, and to which kind of thing: the event's field of that name says to which. */
const SENT: Readonly<Record<string, string>> = {
  'sqs/MessageSent': 'queue',
  'sns/MessagePublished': 'topic',
  'kinesis/RecordPut': 'stream',
};
const RECEIVED: Readonly<Record<string, string>> = {
  'sqs/MessageReceived': 'queue',
  'kinesis/RecordsRead': 'stream',
};

/** Edges by who calls and on what: `web>queue/orders` sends, `queue/orders>web` takes. */
function endsOf(graph: Graph, views: Views): Map<string, Ends> {
  const ends = new Map<string, Ends>();
  for (const edge of graph.edges) {
    for (const link of edge.links) {
      const app = views.get(link.owner);
      const other = views.get(link.to);
      if (app === undefined || other === undefined) continue;
      const at = `${other.kind}/${other.name}`;
      if (link.type === 'send') ends.set(`${app.name}>${at}`, { edge, app });
      if (link.type !== 'poll') continue;
      const made: Ends = { edge, app };
      ends.set(`${at}>${app.name}`, made);
      for (const worker of app.workers ?? []) ends.set(`${at}>${worker.name}`, made);
    }
  }
  return ends;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const bare = (name: string): string => name.replace(/^app\//, '');

/** Whose door shows a refusal: of an app by its own event, of a real client by its answer. */
function refusedOf(event: EventView): { readonly kind: string; readonly name: string } | undefined {
  if (event.type === 'app/Refused') return { kind: 'app', name: text(event.fields.app) };
  if (event.type !== 'api/Answered' || event.fields.error === undefined) return undefined;
  return { kind: 'client', name: event.by };
}

/** The newest events that can still be seen, newest last. */
function recent(events: readonly EventView[], since: number): readonly EventView[] {
  let first = events.length;
  while (first > 0 && (events[first - 1]?.at ?? 0) >= since) first -= 1;
  return events.slice(first);
}

export function motionOf(request: MotionRequest): Motion {
  const { graph, views, now, pace, fps } = request;
  const rates = ratedEdges(request);
  if (fps === 0) return { ...STILL, rates };
  const transit = TRANSIT_MS * pace;
  const door = DOOR_MS * pace;
  const tick = TICK_MS * pace;
  const ends = endsOf(graph, views);
  const dots = new Map<string, Dot[]>();
  const refused = new Set<string>();
  const deleted = new Set<string>();
  for (const event of recent(request.events, now - Math.max(transit, door))) {
    const age = now - event.at;
    if (age < 0) continue;
    const queue = text(event.fields.queue);
    const by = bare(event.by);
    if (event.type === 'sqs/MessageDeleted') {
      const taker = ends.get(`queue/${queue}>${by}`);
      // Where many are deleted, ticks would never leave the tray.
      if (age < tick && (taker === undefined || !rates.has(taker.edge.key)))
        deleted.add(`queue/${queue}`).add(by);
      continue;
    }
    const turnedAway = refusedOf(event);
    if (turnedAway !== undefined && age < door) {
      for (const [, { app, edge }] of ends) {
        if (app.name === turnedAway.name && app.kind === turnedAway.kind) refused.add(edge.key);
      }
      continue;
    }
    const to = SENT[event.type];
    const from = RECEIVED[event.type];
    const sends = to !== undefined;
    const end = sends
      ? ends.get(`${by}>${to}/${text(event.fields[to])}`)
      : ends.get(`${from}/${text(event.fields[from ?? ''])}>${by}`);
    if (end === undefined || age >= transit || rates.has(end.edge.key)) continue;
    const id = text(event.fields.messageId);
    const delayed = sends && Number(event.fields.delayMs ?? 0) > 0;
    const list = dots.get(end.edge.key) ?? [];
    list.push({
      progress: age / transit,
      state: sends ? (delayed ? 'delayed' : 'visible') : 'inFlight',
      followed: request.followed !== undefined && id === request.followed,
      worker: sends ? undefined : by,
    });
    dots.set(end.edge.key, list);
  }
  return { dots, rates, refused, deleted };
}

/** Whether anything moves now, so that the next tick must be soon. */
export const isMoving = (motion: Motion): boolean =>
  motion.dots.size > 0 || motion.refused.size > 0 || motion.deleted.size > 0;
