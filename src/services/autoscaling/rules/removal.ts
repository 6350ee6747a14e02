/** The end of a group: at once, or with its last instance. */
import { emit } from '../events.ts';
import { endGroupMetrics } from '../metrics.ts';
import { type Group, keyOf } from '../model.ts';
import type { Ctx } from './capacity.ts';

export function removeGroup(context: Ctx, group: Group): void {
  endGroupMetrics(context.state, group, context.now);
  context.state.groups.delete(keyOf(group.account, group.name));
  emit(context, { type: 'autoscaling/GroupDeleted', by: context.caller.by, group: group.name });
}
