/** What falls due for groups: an instance has booted, or has ended. */
import type { Context, Timer } from '../../engine/service.ts';
import type { AutoScalingState } from './model.ts';
import { instanceIsDue } from './rules/capacity.ts';
import type { InstanceDue } from './rules/instanceDue.ts';
import { removeGroup } from './rules/removal.ts';

export function due(context: Context<AutoScalingState>, timer: Timer): void {
  const { group: key, instance: id } = timer as InstanceDue;
  const group = context.state.groups.get(key);
  const instance = group?.instances.get(id);
  if (group === undefined || instance === undefined) return;
  instanceIsDue(context, group, instance);
  if (group.deleting && group.instances.size === 0) removeGroup(context, group);
}
