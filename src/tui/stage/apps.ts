/** Apps have no box: a name, what it does, one square a worker; on a card each worker with the bar of its work. */
import type { ResourceView, WorkerView } from '../../contract/view.ts';
import { rate } from '../paint/figures.ts';
import type { Role } from '../paint/palettes.ts';
import { cut, padStart, wrap } from '../paint/text.ts';
import type { Canvas } from './canvas.ts';
import { type Fit, nameOf, SQUARES, timesOf } from './fits.ts';
import type { Placed } from './layout.ts';
import {
  isSelected,
  type Part,
  partsWidth,
  putParts,
  ratesOf,
  type Scene,
  troubleParts,
  viewsOf,
} from './scene.ts';
import { drawWorkers, missingOf, squareParts, workersSeen, workerWords } from './workers.ts';

/** The columns after the name's end, so that a wire can start there. */
export function nameEnd(placed: Placed, fit: Fit, scene: Scene): number {
  if (placed.node.ghost) return placed.x + 1;
  const start = placed.x + indentOf(fit);
  if (fit.shape === 'row') return placed.x + placed.width + 1;
  return start + partsWidth(nameParts(placed, fit, scene)) + 1;
}

const indentOf = (fit: Fit): number => (fit.shape === 'row' ? 0 : 1);

/** A name with its title where it is no app, and how many stand for it. */
export function nameParts(placed: Placed, fit: Fit, scene: Scene): Part[] {
  const times = timesOf(placed.node, scene.views);
  const name = cut(nameOf(placed.node, scene.views), fit.cap, scene.marks.more);
  const role: Role = isSelected(placed.node, scene) ? 'accent' : 'strong';
  const view = viewsOf(placed.node, scene.views)[0];
  const title = view === undefined || view.kind === 'app' ? '' : `${view.title} `;
  const parts: Part[] = [
    [title, 'second'],
    [name, role, true],
  ];
  if (times > 1) parts.push([` ${scene.marks.times}${times}`, 'second']);
  return parts;
}

export function drawApp(canvas: Canvas, placed: Placed, fit: Fit, scene: Scene): void {
  const x = placed.x + indentOf(fit);
  if (placed.node.ghost) {
    canvas.put(x, placed.out, 'no consumer', 'second');
    const words: Part[] = [
      [scene.newKey, 'accent', true],
      [' adds one', 'second'],
    ];
    if (placed.height > 1) putParts(canvas, x, placed.out + 1, words);
    return;
  }
  const views = viewsOf(placed.node, scene.views);
  const workers = workersSeen(views, scene);
  if (placed.expanded) {
    drawWorkers(canvas, x, placed, workers, views, scene);
    return;
  }
  if (isSelected(placed.node, scene)) canvas.select(placed.x, placed.out, placed.width);
  const end = putParts(canvas, x, placed.out, nameParts(placed, fit, scene));
  if (fit.shape === 'row') {
    drawOneLine(canvas, end, placed, workers, scene);
    return;
  }
  const below =
    workers.length > 0 ? consumerLines(workers, views, fit, scene) : producerLines(views, placed, fit, scene);
  below.slice(0, placed.y + placed.height - placed.out - 1).forEach((parts, row) => {
    putParts(canvas, x, placed.out + 1 + row, parts);
  });
}

function drawOneLine(
  canvas: Canvas,
  end: number,
  placed: Placed,
  workers: readonly WorkerView[],
  scene: Scene,
): void {
  if (workers.length > 0) {
    const at = placed.x + placed.width - SQUARES.row;
    putParts(canvas, Math.max(end + 1, at), placed.y, squareParts(workers, SQUARES.row, scene));
    return;
  }
  const { out: sent, in: taken, refused } = ratesOf(placed.node, scene.views);
  // A client that only takes.
  const out = sent === 0 ? taken : sent;
  const text = refused > 0 && out === 0 ? `${scene.marks.refused}${rate(refused)}` : rate(out);
  const room = placed.x + placed.width - end - 1;
  canvas.put(
    end + 1,
    placed.y,
    padStart(text, Math.max(0, room), scene.marks.more),
    out === 0 ? 'second' : 'normal',
  );
}

function consumerLines(
  workers: readonly WorkerView[],
  views: readonly ResourceView[],
  fit: Fit,
  scene: Scene,
): Part[][] {
  const isStopped = views.length > 0 && views.every((view) => view.stopped === true);
  const missing = missingOf(views, scene);
  const told = views[0]?.kind === 'group' ? views[0].notes?.[0] : undefined;
  const words: Part[] =
    missing === undefined
      ? [[told ?? workerWords(workers, isStopped), 'second']]
      : [[cut(missing, 15, scene.marks.more), 'bad']];
  const squares = squareParts(workers, SQUARES[fit.shape], scene);
  const trouble = troubleParts(views, scene);
  return trouble === undefined ? [squares, words] : [squares, trouble, words];
}

function producerLines(views: readonly ResourceView[], placed: Placed, fit: Fit, scene: Scene): Part[][] {
  const first = views[0];
  const lines: Part[][] = [];
  const { refused } = ratesOf(placed.node, scene.views);
  const trouble = troubleParts(views, scene);
  if (trouble !== undefined) lines.push(trouble);
  // The wires of this size have no room for it.
  if (fit.shape === 'block' && fit.tight && refused > 0)
    lines.push([[`${scene.marks.refused} ${rate(refused)}`, 'bad']]);
  const missing = missingOf(views, scene);
  // Whose queue is missing is the news: a long name takes the row of the rate.
  if (missing !== undefined) {
    for (const words of wrap(missing, 14)) lines.push([[cut(words, 14, scene.marks.more), 'bad']]);
  }
  if (views.length > 1) lines.push([[rate(ratesOf(placed.node, scene.views).out), 'normal']]);
  for (const note of first?.notes ?? []) lines.push([[cut(note, 14, scene.marks.more), 'second']]);
  if (lines.length === 0) lines.push([[first?.title ?? '', 'second']]);
  return lines;
}
