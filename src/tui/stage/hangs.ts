/** Dead letters below their source: `╰ after 5 ► SQS billing-dlq ✗ 37`. */
import { exact, short } from '../paint/figures.ts';
import { cut, width } from '../paint/text.ts';
import { cardBelow } from './boxes.ts';
import type { Canvas } from './canvas.ts';
import type { Fit } from './fits.ts';
import { patternOf } from './graph.ts';
import type { Placed } from './layout.ts';
import { type Part, partsWidth, putParts, type Scene } from './scene.ts';
import { stockTotal } from './tray.ts';

interface Words {
  readonly label: string;
  readonly title: string;
  readonly name: string;
  readonly dead: number;
}

function wordsOf(placed: Placed, scene: Scene): Words | undefined {
  const first = placed.node.hangs[0];
  if (first === undefined) return undefined;
  const ids = [...new Set(placed.node.hangs.map((hang) => hang.id))];
  const views = ids.flatMap((id) => scene.views.get(id) ?? []);
  const name = views[0]?.name ?? first.id;
  return {
    label: first.label === '' ? 'dead' : first.label,
    title: views[0]?.title ?? '',
    name: ids.length > 1 ? patternOf(name) : name,
    dead: views.reduce((sum, view) => sum + stockTotal(view.stock), 0),
  };
}

function deadPart(words: Words, scene: Scene, gap: string): Part {
  const figure = words.dead > 9_999 ? short(words.dead) : exact(words.dead);
  return [`${gap}${scene.marks.dead} ${figure}`, words.dead > 0 ? 'bad' : 'second'];
}

/** The words in ever fewer cells, ending with the shortest. */
function variants(words: Words, scene: Scene, cells: number): Part[][] {
  const { marks } = scene;
  const title = words.title === '' ? '' : `${words.title} `;
  const brief = words.label.replace(/ receives?$/, '');
  const dead = deadPart(words, scene, ' ');
  const named = (before: Part[], name: string): Part[] => [...before, [name], dead];
  const arrow: Part = [`${marks.right} `, 'faint'];
  const left = cells - 2 - partsWidth([dead]);
  return [
    named([[`${brief} `, 'second'], arrow, [title, 'second']], words.name),
    named([[`${brief} `, 'second'], arrow], words.name),
    named([arrow], words.name),
    named([arrow], cut(words.name, Math.max(8, left), marks.more)),
    [['dlq'], dead],
  ];
}

function fitting(words: Words, scene: Scene, cells: number): Part[] {
  const all = variants(words, scene, cells);
  return all.find((parts) => partsWidth(parts) <= cells) ?? all[all.length - 1] ?? [];
}

/** Hangs on a card: down from the border, then to the right as far as there is room. */
function drawLong(canvas: Canvas, placed: Placed, words: Words, scene: Scene): void {
  const { marks } = scene;
  const bottom = placed.y + placed.height - 3;
  const x = placed.x + 4;
  const label = words.label;
  const idle = marks.idleLine.repeat(6);
  const title = words.title === '' ? '' : `${words.title} `;
  const long: Part[] = [
    [`${marks.bottomLeft}${marks.line} `, 'faint'],
    [`${label} `, 'second'],
    [`${idle}${marks.right} `, 'faint'],
    [title, 'second'],
    [words.name],
    deadPart(words, scene, '  '),
  ];
  canvas.put(x, bottom, marks.teeDown, canvasBorder(placed, scene));
  canvas.put(x, bottom + 1, marks.column, 'faint');
  if (canvas.isFree(x, bottom + 2, partsWidth(long) + 1)) {
    putParts(canvas, x, bottom + 2, long);
    return;
  }
  const room = placed.width - 4 - 2;
  putParts(canvas, x, bottom + 2, [[`${marks.bottomLeft} `, 'faint'], ...fitting(words, scene, room)]);
}

function canvasBorder(placed: Placed, scene: Scene): 'accent' | 'second' {
  return scene.selected !== undefined && placed.node.ids.includes(scene.selected) ? 'accent' : 'second';
}

/** Draws what hangs below a node; drawn after wires, so that it takes only free cells beyond its node. */
export function drawHang(canvas: Canvas, placed: Placed, fit: Fit, scene: Scene): void {
  const words = wordsOf(placed, scene);
  if (words === undefined) return;
  const { marks } = scene;
  const below = [`${marks.bottomLeft} `, 'faint'] as const;
  if (fit.shape === 'row') {
    if (placed.height < 2) return;
    const view = scene.views.get(placed.node.ids[0] ?? 'none/none');
    const start = placed.x + width(view?.title ?? '') + 1;
    // The tray's column belongs to the trend.
    const room = placed.x + placed.width - 13 - 1 - 8 - 1 - start - 2;
    putParts(canvas, start, placed.y + 1, [below, ...fitting(words, scene, room)]);
    return;
  }
  if (fit.shape === 'block') {
    const parts = fitting(words, scene, placed.width - 3);
    putParts(canvas, placed.x + 1, placed.y + placed.height - 1, [below, ...parts]);
    return;
  }
  if (fit.tight) {
    const y = placed.y + placed.height - 1;
    const taken = fit.shape === 'card' ? partsWidth(cardBelow(placed, scene)) : 0;
    putParts(canvas, placed.x + 2, y, [[' '], ...fitting(words, scene, placed.width - 6 - taken), [' ']]);
    return;
  }
  if (fit.shape === 'card') {
    drawLong(canvas, placed, words, scene);
    return;
  }
  const y = placed.y + placed.height - 1;
  canvas.put(
    placed.x + 3,
    y - 1,
    marks.teeDown,
    canvasBorder(placed, scene) === 'accent' ? 'accent' : 'faint',
  );
  // The words may reach beyond the box where nothing else stands.
  const whole = variants(words, scene, placed.width)[0] ?? [];
  const over = partsWidth(whole) - (placed.width - 5);
  const fits = over <= 0 || canvas.isFree(placed.x + placed.width, y, over + 1);
  putParts(canvas, placed.x + 3, y, [below, ...(fits ? whole : fitting(words, scene, placed.width - 5))]);
}
