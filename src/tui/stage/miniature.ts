/** A small picture of a world, for the home screen: boxes of one line, or rows where there is less room. */
import type { ResourceView } from '../../contract/view.ts';
import type { Theme } from '../paint/theme.ts';
import type { Fit } from './fits.ts';
import { layout, prepare } from './layout.ts';
import { STILL } from './motion.ts';
import { paintStage } from './picture.ts';
import { type Plan, type Size, viewsById } from './plan.ts';
import type { Motion } from './scene.ts';

const SMALL: readonly Fit[] = [
  { level: 'box', shape: 'slim', cap: 20, spacing: 1, gap: 7, tight: true, folds: undefined },
  { level: 'box', shape: 'slim', cap: 14, spacing: 0, gap: 4, tight: true, folds: undefined },
  { level: 'row', shape: 'block', cap: 14, spacing: 0, gap: 3, tight: true, folds: undefined },
  { level: 'row', shape: 'row', cap: 12, spacing: 0, gap: 3, tight: true, folds: undefined },
];

export interface MiniatureInput {
  readonly resources: readonly ResourceView[];
  readonly now: number;
  readonly motion?: Motion;
}

/** At most `size.height` rows; none when even the smallest picture does not fit. */
export function miniature(theme: Theme, size: Size, input: MiniatureInput): string[] {
  const { resources, now } = input;
  if (resources.length === 0) return [];
  const prepared = prepare(resources, {}, undefined);
  const views = viewsById(resources);
  for (const fit of SMALL) {
    const made = layout(prepared, views, fit, size.width);
    if (made.width > size.width || made.height > size.height) continue;
    const plan: Plan = {
      layout: made,
      level: fit.level,
      size: { width: size.width, height: made.height },
      left: 0,
      top: 0,
      shown: new Set(made.placed),
      hidden: { left: 0, right: 0, up: 0, down: 0 },
      groups: 0,
    };
    return paintStage(plan, { resources, now, motion: input.motion ?? STILL }, theme);
  }
  return [];
}
