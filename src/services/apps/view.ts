/** Apps as the screen and conditions see them. */
import type { LinkView, ResourceId, ResourceView, WorkerView } from '../../contract/view.ts';
import { after, type Instant, milliseconds } from '../../engine/units.ts';
import { type App, type AppsState, type Consumer, type Producer, type Worker, workerName } from './model.ts';
import { percentiles, perSecond, type RateRing } from './rings.ts';

/** The vocabulary of conditions: `app/NAME` (lesson format, section 6). */
export function figures(app: App, now: Instant): Readonly<Record<string, unknown>> {
  const { counters } = app;
  return {
    running: app.running,
    sent: counters.sent,
    sentPerSecond: app.kind === 'producer' ? rate(app, app.flow, now) : 0,
    throttled: counters.throttled,
    throttledPerSecond: rate(app, app.throttling, now),
    received: counters.received,
    processed: counters.processed,
    failed: counters.failed,
    repeatedEffects: counters.repeatedEffects,
    outOfOrder: counters.outOfOrder,
    lost: counters.lost,
    emptyReceives: counters.emptyReceives,
    requests: counters.requests,
    latencyMs: percentiles(app.latency),
  };
}

/** A stopped app's flow fades out; a running one's is measured since its start. */
const rate = (app: App, ring: RateRing, now: Instant): number =>
  perSecond(ring, now, app.running ? app.since : (0 as Instant));

export function view(state: AppsState, now: Instant): ResourceView[] {
  return [...state.apps.values()].map((app) =>
    app.kind === 'producer' ? producerView(app, now) : consumerView(app, now),
  );
}

function producerView(app: Producer, now: Instant): ResourceView {
  const out = rate(app, app.flow, now);
  const refused = rate(app, app.refusals, now);
  const { settings, given } = app;
  return {
    ...common(app, now),
    title: 'producer',
    role: 'source',
    rates: { in: 0, out, refused },
    links: [link(`queue/${settings.to.name}`, 'send', out, refused)],
    notes: notes([
      String(given.rate ?? '1/s'),
      settings.pattern === 'constant' ? '' : settings.pattern,
      settings.batch === 1 ? '' : `${settings.batch} a call`,
      state(app),
    ]),
  };
}

function consumerView(app: Consumer, now: Instant): ResourceView {
  const taken = rate(app, app.flow, now);
  const refused = rate(app, app.refusals, now);
  const { settings, given } = app;
  return {
    ...common(app, now),
    title: 'consumer',
    role: 'sink',
    rates: { in: taken, out: rate(app, app.done, now), refused },
    workers: app.workers.map((worker, index) => workerView(app, worker, index)),
    links: [link(`queue/${settings.from.name}`, 'poll', taken, refused)],
    notes: notes([
      `${String(given.time ?? '1s').replace('..', ' to ')} each`,
      settings.wait === 0 ? 'short polls' : '',
      settings.fail.numerator === 0 ? '' : `fails ${given.fail}`,
      settings.failOn === undefined ? '' : `fails on “${settings.failOn.slice(0, 20)}”`,
      settings.crash.numerator === 0 ? '' : `crashes ${given.crash}`,
      settings.idempotent ? 'idempotent' : '',
      settings.delete ? '' : 'does not delete',
      state(app),
    ]),
  };
}

function common(
  app: App,
  now: Instant,
): Pick<ResourceView, 'id' | 'kind' | 'name' | 'order' | 'fields' | 'stopped'> {
  return {
    id: `app/${app.name}`,
    kind: 'app',
    name: app.name,
    order: app.life,
    fields: figures(app, now),
    ...(app.running ? {} : { stopped: true }),
  };
}

const notes = (lines: readonly string[]): string[] => lines.filter((line) => line !== '');

const state = (app: App): string => (app.running ? '' : 'stopped');

function link(to: ResourceId, type: LinkView['type'], flow: number, refused: number): LinkView {
  return { to, type, perSecond: flow, refusedPerSecond: refused };
}

function workerView(app: Consumer, worker: Worker, index: number): WorkerView {
  const name = workerName(app, index);
  const { since, until } = worker;
  switch (worker.state) {
    case 'polling':
      return { name, state: 'polling', since, until };
    case 'working':
    case 'deleting': {
      const messageId = worker.batch[worker.index]?.messageId;
      const { visibility } = app.settings;
      const hiddenUntil =
        visibility === undefined ? undefined : after(worker.received, milliseconds(visibility));
      return {
        name,
        state: hiddenUntil !== undefined && until > hiddenUntil ? 'slow' : 'working',
        since,
        until,
        received: worker.received,
        ...(messageId === undefined ? {} : { messageId }),
        ...(hiddenUntil === undefined ? {} : { hiddenUntil }),
      };
    }
    case 'crashed':
      return { name, state: 'crashed', since };
    default:
      return { name, state: 'idle' };
  }
}
