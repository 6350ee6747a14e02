/** The stage: the rows of a picture. What is selected, followed and moving comes from outside. */
import type { EventView } from '../../projection/snapshot.ts';
import type { Theme } from '../paint/theme.ts';
import { type EmptyInput, emptyStage } from './empty.ts';
import { followMessage } from './follow.ts';
import { narrowStage } from './narrow.ts';
import { type PictureInput, paintStage } from './picture.ts';
import { type Hidden, type Plan, planStage, type Size, viewsById } from './plan.ts';

/** Below so many columns inside the pane the stage stands from top to bottom. */
const NARROW = 76;

export interface StageProps extends PictureInput {
  readonly theme: Theme;
  /** Cells inside the pane's border. */
  readonly size: Size;
  /** From `stagePlanner()`; made here when left out. */
  readonly plan?: Plan | undefined;
  /** A message to follow: its path, its mark and its worker's bar are accent. `events` tell where it has been. */
  readonly follow?:
    | { readonly messageId: string; readonly label: string; readonly events: readonly EventView[] }
    | undefined;
  /** What an empty world shows. */
  readonly empty: EmptyInput;
}

/** The rows inside the pane. */
export function stageRows(props: StageProps): string[] {
  const { theme, size, resources, selected, follow } = props;
  if (resources.length === 0) return emptyStage(theme, size, props.empty);
  const followed =
    follow === undefined ? props.followed : followMessage({ ...follow, views: viewsById(resources) });
  const input = { ...props, followed };
  if (size.width < NARROW) return narrowStage(input, size, theme).rows;
  const plan = props.plan ?? planStage({ resources, size, selected, followed: followed?.path });
  return paintStage(plan, input, theme);
}

/** What the border says of what is out of view: `3 more ►`, `▼ 12 more`; empty when all is in view. */
export function hiddenText(hidden: Hidden, theme: Theme): string {
  const { marks } = theme;
  const parts: string[] = [];
  if (hidden.left > 0) parts.push(`${marks.left} ${hidden.left} more`);
  if (hidden.up > 0) parts.push(`${marks.up} ${hidden.up} more`);
  if (hidden.down > 0) parts.push(`${marks.down} ${hidden.down} more`);
  if (hidden.right > 0) parts.push(`${hidden.right} more ${marks.right}`);
  return parts.join('  ');
}

/** `12 resources`, `20 resources, as rows`, `63 resources in 9 groups`. */
export function scopeText(plan: Plan, total: number): string {
  const all = `${total} ${total === 1 ? 'resource' : 'resources'}`;
  if (total === 0) return 'nothing yet';
  if (plan.groups > 0 && plan.level === 'fold')
    return `${all} in ${plan.groups} ${plan.groups === 1 ? 'group' : 'groups'}`;
  return plan.level === 'row' ? `${all}, as rows` : all;
}
