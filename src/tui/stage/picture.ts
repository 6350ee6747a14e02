/** A plan and the world of now, painted: one string a row. */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import type { Theme } from '../paint/theme.ts';
import { drawApp } from './apps.ts';
import { drawFrame, drawInside } from './boxes.ts';
import { Canvas } from './canvas.ts';
import { drawGroup } from './groups.ts';
import { drawHang } from './hangs.ts';
import type { Placed } from './layout.ts';
import { drawBlock, drawRow } from './lines.ts';
import { type Plan, viewsById } from './plan.ts';
import type { Followed, Motion, Scene } from './scene.ts';
import { drawWires } from './wires.ts';

export interface PictureInput {
  readonly resources: readonly ResourceView[];
  readonly now: number;
  readonly selected?: ResourceId | undefined;
  readonly followed?: Followed | undefined;
  readonly motion: Motion;
  /** The key that makes a new resource. */
  readonly newKey?: string;
}

function drawNode(canvas: Canvas, placed: Placed, plan: Plan, scene: Scene): void {
  const { fit } = plan.layout;
  if (placed.node.app && placed.node.ids.length <= 1) {
    drawApp(canvas, placed, fit, scene);
    return;
  }
  if (placed.node.app) {
    drawApp(canvas, placed, fit, scene);
    return;
  }
  if (fit.shape === 'row') {
    drawRow(canvas, placed, scene);
    return;
  }
  if (fit.shape === 'block') {
    drawBlock(canvas, placed, scene);
    return;
  }
  const hangs = placed.node.hangs.length > 0 && !fit.tight;
  const rows = placed.height - (hangs ? (fit.shape === 'card' ? 2 : 1) : 0);
  drawFrame(canvas, placed, rows, scene);
  if (placed.node.ids.length > 1) drawGroup(canvas, placed, scene);
  else drawInside(canvas, placed, rows, scene);
}

/** The stage as cells, before colours. */
export function drawStage(plan: Plan, input: PictureInput, theme: Theme): Canvas {
  const canvas = new Canvas(plan.size, plan.left, plan.top);
  const scene: Scene = {
    views: viewsById(input.resources),
    marks: theme.marks,
    now: input.now,
    selected: input.selected,
    followed: input.followed,
    motion: input.motion,
    newKey: input.newKey ?? 'n',
  };
  for (const placed of plan.shown) drawNode(canvas, placed, plan, scene);
  drawWires(canvas, plan.layout, scene, plan.shown);
  for (const placed of plan.shown) drawHang(canvas, placed, plan.layout.fit, scene);
  return canvas;
}

export const paintStage = (plan: Plan, input: PictureInput, theme: Theme): string[] =>
  drawStage(plan, input, theme).rows(theme);
