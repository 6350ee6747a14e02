/** What every picture of the stage must keep: cells of its wires, boxes that meet, resources that are counted. */
import type { Layout, Placed } from '../../../src/tui/stage/layout.ts';
import type { Plan } from '../../../src/tui/stage/plan.ts';

export function cellsOf(made: Layout): { readonly x: number; readonly y: number }[] {
  const cells: { x: number; y: number }[] = [];
  const line = (x1: number, y1: number, x2: number, y2: number): void => {
    for (let x = Math.min(x1, x2); x <= Math.max(x1, x2); x += 1) {
      for (let y = Math.min(y1, y2); y <= Math.max(y1, y2); y += 1) cells.push({ x, y });
    }
  };
  for (const route of made.routes) {
    route.hops.forEach((hop, index) => {
      const last = index === route.hops.length - 1;
      const end = last || route.back !== undefined ? hop.to : hop.to + 1;
      const trunk = hop.trunk ?? hop.from;
      line(hop.from, hop.row, trunk, hop.row);
      for (const row of hop.rows) {
        line(trunk, hop.row, trunk, row);
        line(trunk, row, end, row);
      }
    });
  }
  return cells;
}

export const isIn = (placed: Placed, x: number, y: number): boolean =>
  x >= placed.x && x < placed.x + placed.width && y >= placed.y && y < placed.y + placed.height;

export const meet = (a: Placed, b: Placed): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export function counted(plan: Plan): number {
  let sum = plan.hidden.left + plan.hidden.right + plan.hidden.up + plan.hidden.down;
  for (const placed of plan.shown) sum += placed.node.ids.length + placed.node.hangs.length;
  return sum;
}

export function countAll(made: Layout): number {
  return made.placed.reduce((sum, placed) => sum + placed.node.ids.length + placed.node.hangs.length, 0);
}
