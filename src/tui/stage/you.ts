/** The person at the prompt as a taker of messages: drawn like a consumer while something is in their hands. */
import type { MessageRow, ResourceId, ResourceView, WorkerView } from '../../contract/view.ts';
import { instant } from '../../engine/units.ts';

const YOU: ResourceId = 'app/you';

/** Of one queue: what is looked through for messages in your hands. */
const READ = 500;
const SHOWN = 4;

type Rows = (queue: ResourceId, from: number, limit: number) => readonly MessageRow[];

/** `you` with a wire to each queue you hold messages of, one worker a message; undefined when you hold none. */
export function youOf(resources: readonly ResourceView[], messages: Rows): ResourceView | undefined {
  const held = resources
    .filter((resource) => resource.kind === 'queue' && (resource.stock?.inFlight ?? 0) > 0)
    .map((queue) => ({
      queue: queue.id,
      rows: messages(queue.id, 0, READ).filter(
        ({ state, holder }) => state === 'inFlight' && holder === 'you',
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
  if (held.length === 0) return undefined;
  const workers = held.flatMap(({ rows }) => rows.map(workerOf));
  return {
    id: YOU,
    kind: 'app',
    name: 'you',
    title: 'consumer',
    role: 'sink',
    order: Number.MAX_SAFE_INTEGER,
    fields: {},
    links: held.map(({ queue }) => ({ to: queue, type: 'poll', perSecond: 0, refusedPerSecond: 0 })),
    workers: workers.slice(0, SHOWN),
    ...(workers.length > SHOWN ? { notes: [`${workers.length} in your hands`] } : {}),
  };
}

/** The bar fills until the message shows again. */
function workerOf({ messageId, received, sent, due }: MessageRow): WorkerView {
  const since = instant(received ?? sent);
  return {
    name: `you ${messageId.slice(0, 4)}`,
    state: 'working',
    since,
    messageId,
    ...(due === undefined ? {} : { until: instant(due), hiddenUntil: instant(due) }),
  };
}
