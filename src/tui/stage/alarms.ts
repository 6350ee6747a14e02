/** Alarms hang at what they watch: ` alarm deep: on ` in the bottom border of its card, if there is room. */
import type { ResourceView } from '../../contract/view.ts';
import { plain } from '../paint/plain.ts';
import { cut, width } from '../paint/text.ts';
import type { Canvas } from './canvas.ts';
import type { Placed } from './layout.ts';
import { type Part, partsWidth, putParts, type Scene, viewsOf } from './scene.ts';

/** The least that is worth showing: some letters of a name, and its state. */
const LEAST = 14;

/** `taken`: cells at the right end of the border that others use. */
export function drawAlarms(canvas: Canvas, placed: Placed, scene: Scene, taken: number): void {
  // Dead letters hang there.
  if (placed.node.hangs.length > 0) return;
  const alarms = viewsOf(placed.node, scene.views).flatMap(({ watchedBy = [] }) => watchedBy);
  // One that is on comes first.
  const alarm = alarms.find(({ fields }) => fields.StateValue === 'ALARM') ?? alarms[0];
  if (alarm === undefined) return;
  const room = placed.width - 4 - taken;
  if (room < LEAST) return;
  const parts = partsOf(alarm, alarms.length - 1, room, scene);
  if (partsWidth(parts) <= room) putParts(canvas, placed.x + 2, placed.y + placed.height - 1, parts);
}

function partsOf(alarm: ResourceView, others: number, room: number, scene: Scene): Part[] {
  const isOn = alarm.fields.StateValue === 'ALARM';
  const state = isOn ? 'on' : alarm.fields.StateValue === 'OK' ? 'off' : 'no data';
  const more = others > 0 ? ` +${others}` : '';
  const name = cut(
    plain(alarm.name, { ascii: scene.marks.ascii, limit: 80 }),
    Math.max(3, room - width(`  alarm : ${state}${more}`)),
    scene.marks.more,
  );
  return [
    [` alarm ${name}: `, isOn ? 'flight' : 'second'],
    [`${state}${more} `, isOn ? 'flight' : 'second'],
  ];
}
