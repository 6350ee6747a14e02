/** Workers of a consumer: one square each, or each with its words and the bar of its work. */
import type { ResourceView, WorkerView } from '../../contract/view.ts';
import { type Instant, instant } from '../../engine/units.ts';
import { halfCells, limitCell } from '../paint/bars.ts';
import { span } from '../paint/figures.ts';
import type { Role } from '../paint/palettes.ts';
import { cut, width } from '../paint/text.ts';
import type { Canvas } from './canvas.ts';
import { WORKER_WIDTH } from './fits.ts';
import type { Placed } from './layout.ts';
import { isSelected, type Part, putParts, type Scene } from './scene.ts';
import { proportion } from './tray.ts';

const STATES = ['working', 'slow', 'crashed', 'polling', 'idle'] as const;

function countOf(workers: readonly WorkerView[]): Readonly<Record<WorkerView['state'], number>> {
  const count = { working: 0, slow: 0, crashed: 0, polling: 0, idle: 0 };
  for (const worker of workers) count[worker.state] += 1;
  return count;
}

/** One square a worker, those of a kind beside each other. */
export function squareParts(workers: readonly WorkerView[], cells: number, scene: Scene): Part[] {
  const { marks } = scene;
  const count = countOf(workers);
  const shares = proportion(
    STATES.map((state) => count[state]),
    cells,
  );
  const look: Readonly<Record<WorkerView['state'], readonly [string, Role]>> = {
    working: [marks.working, 'done'],
    slow: [marks.slow, 'flight'],
    crashed: [marks.dead, 'bad'],
    polling: [marks.idle, 'second'],
    idle: [marks.idle, 'faint'],
  };
  return STATES.flatMap((state, index) => {
    const share = shares[index] ?? 0;
    return share === 0 ? [] : [[look[state][0].repeat(share), look[state][1]] as Part];
  });
}

/** A queue that an app is made for and that is not there. */
export function missingOf(views: readonly ResourceView[], scene: Scene): string | undefined {
  const link = views.flatMap((view) => view.links).find((one) => !scene.views.has(one.to));
  return link === undefined ? undefined : `no ${link.to.replace('/', ' ')}`;
}

/** What the workers do, in words: what is wrong first. */
export function workerWords(workers: readonly WorkerView[], isStopped: boolean): string {
  if (isStopped) return 'stopped';
  const count = countOf(workers);
  if (workers.length === 1) return ONE[workers[0]?.state ?? 'idle'];
  const parts: string[] = [];
  if (count.slow > 0) parts.push(`${count.slow} slow`);
  if (count.crashed > 0) parts.push(`${count.crashed} down`);
  if (parts.length === 0) return count.working > 0 ? `${count.working} at work` : 'waits';
  if (parts.length === 1 && count.working > 0) parts.unshift(`${count.working} work`);
  return parts.join(', ');
}

const ONE: Readonly<Record<WorkerView['state'], string>> = {
  working: 'at work',
  slow: 'too slow',
  crashed: 'crashed',
  polling: 'waits',
  idle: 'waits',
};

const BAR = 20;

interface Line {
  /** On which row of the picture its wire arrives. */
  readonly row: number;
  readonly name: string;
  readonly worker: WorkerView;
}

/** Each worker on its own wire: its name, what it does, and how far it is before the message shows again. */
export function drawWorkers(
  canvas: Canvas,
  x: number,
  placed: Placed,
  workers: readonly WorkerView[],
  views: readonly ResourceView[],
  scene: Scene,
): void {
  const isStopped = views.every((view) => view.stopped === true);
  const isTroubled = views.some((view) => view.trouble !== undefined);
  const lines = workers.map((worker, index): Line => {
    const marked = isTroubled ? `${scene.marks.slow} ${worker.name}` : worker.name;
    const name = cut(marked, WORKER_WIDTH, scene.marks.more);
    return { row: placed.ports[index] ?? placed.y + 1, name, worker };
  });
  const accent = isSelected(placed.node, scene);
  const missing = missingOf(views, scene);
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    const busy = isAtWork(line.worker) && !isStopped;
    const isNear = next !== undefined && next.row - line.row <= 2;
    const taken = isNear && isAtWork(next.worker) && !isStopped;
    const nameRow = busy ? line.row - 1 : line.row;
    const end = canvas.put(x, nameRow, line.name, accent ? 'accent' : 'strong', true);
    const words = missing ?? (isStopped ? 'stopped' : wordsOf(line.worker, scene));
    const isWrong = line.worker.state === 'crashed' || missing !== undefined;
    const room = x + WORKER_WIDTH - end - 1;
    const ticked = scene.motion.deleted.has(line.worker.name);
    if (ticked && !busy) canvas.put(end + 1, nameRow, `${scene.marks.done} done`, 'done');
    else canvas.put(end + 1, nameRow, cut(words, room, scene.marks.more), isWrong ? 'bad' : 'second');
    if (busy) drawBar(canvas, x, line.row, line.worker, taken ? undefined : line.row + 1, scene);
  });
}

/** The workers, with when what they hold shows again; one that will not be done by then is slow. */
export function workersSeen(views: readonly ResourceView[], scene: Scene): WorkerView[] {
  return views.flatMap((view) =>
    (view.workers ?? []).map((worker): WorkerView => {
      const hiddenUntil = worker.hiddenUntil ?? hiddenUntilOf(worker, view, scene);
      if (hiddenUntil === undefined) return worker;
      const isLate = worker.state === 'working' && worker.until !== undefined && worker.until > hiddenUntil;
      return { ...worker, hiddenUntil, state: isLate ? 'slow' : worker.state };
    }),
  );
}

/**
 * When what a worker holds stops being hidden, by its queue's timeout: an app that asks for none does not know it.
 * SIMPLER THAN AWS: a change of visibility by somebody else is not seen here; the Messages pane has it.
 */
function hiddenUntilOf(worker: WorkerView, view: ResourceView, scene: Scene): Instant | undefined {
  if (worker.received === undefined) return undefined;
  const link = view.links.find((one) => one.type === 'poll');
  const attributes = link === undefined ? undefined : scene.views.get(link.to)?.fields.attributes;
  if (typeof attributes !== 'object' || attributes === null || !('VisibilityTimeout' in attributes))
    return undefined;
  const timeout = Number(attributes.VisibilityTimeout);
  return Number.isFinite(timeout) ? instant(worker.received + timeout * 1000) : undefined;
}

export const isAtWork = (worker: WorkerView): boolean =>
  worker.state === 'working' || worker.state === 'slow';

/** What it has for itself tells more than that it waits. */
function wordsOf(worker: WorkerView, scene: Scene): string {
  const { holds, state } = worker;
  if (holds === undefined || state === 'crashed') return stateWords(worker, scene);
  return state === 'idle' || state === 'polling' ? holds : `${stateWords(worker, scene)}, ${holds}`;
}

export function stateWords(worker: WorkerView, scene: Scene): string {
  const { since, until } = worker;
  switch (worker.state) {
    case 'polling': {
      if (until === undefined || until - scene.now < 1000) return 'polls';
      return `long poll ${span(Math.ceil((until - scene.now) / 1000) * 1000)}`;
    }
    case 'working':
    case 'slow': {
      // What is over within a second is not read as a figure.
      if (since === undefined || until === undefined || until - since < 1_000) return 'at work';
      const whole = span(until - since);
      const done = Math.min(until - since, Math.max(0, scene.now - since));
      const figure = until - since < 10_000 ? (done / 1000).toFixed(1) : String(Math.floor(done / 1000));
      return `${figure} of ${whole}`;
    }
    case 'crashed':
      return `${scene.marks.dead} crashed`;
    case 'idle':
      return 'waits';
  }
}

export function drawBar(
  canvas: Canvas,
  x: number,
  row: number,
  worker: WorkerView,
  hintRow: number | undefined,
  scene: Scene,
): void {
  const { marks, now, followed } = scene;
  const { since, until, hiddenUntil, messageId } = worker;
  const total = since === undefined || until === undefined ? 0 : until - since;
  const ratio = total <= 0 || since === undefined ? 0 : (now - since) / total;
  const halves = halfCells(ratio, BAR);
  const whole = Math.floor(halves / 2);
  const mine = followed !== undefined && messageId === followed.messageId;
  const filled = marks.full.repeat(whole) + (halves % 2 === 1 ? marks.half : '');
  canvas.put(x, row, filled, mine ? 'accent' : 'flight');
  canvas.put(x + width(filled), row, marks.track.repeat(BAR - width(filled)), 'faint');
  if (since === undefined || hiddenUntil === undefined || total <= 0 || hiddenUntil >= since + total) return;
  const at = limitCell((hiddenUntil - since) / total, BAR);
  canvas.put(x + at, row, marks.limit, 'flight', true);
  if (hintRow === undefined) return;
  const word = hiddenUntil > now ? 'hidden to' : 'visible';
  const start = x + at - width(word) - 1;
  if (start >= x)
    putParts(canvas, start, hintRow, [
      [`${word} `, 'second'],
      [marks.up, 'flight'],
    ]);
  else
    putParts(canvas, x + at, hintRow, [
      [marks.up, 'flight'],
      [` ${word}`, 'second'],
    ]);
}
