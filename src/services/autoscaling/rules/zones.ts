/** A zone goes down: its instances end, others start elsewhere; when it is back, it takes instances again. */
import type { FaultNews } from '../../../contract/faults.ts';
import { countOf, keyOf } from '../model.ts';
import { type Ctx, reconcile, terminate } from './capacity.ts';
import { stampOf } from './lookup.ts';

export function zoneFault(context: Ctx, { type, fault }: FaultNews): void {
  const { state, now } = context;
  const group = state.groups.get(keyOf(state.account, fault.on.slice('group/'.length)));
  if (group === undefined || group.deleting || type === 'FaultEnded') return;
  const stamp = stampOf(state, now);
  const cause = `At ${stamp} an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.`;
  for (const instance of group.instances.values()) {
    if (instance.zone !== fault.zone || instance.state === 'Terminating') continue;
    const there = countOf(group, 'Pending', 'InService');
    terminate(context, group, instance, cause, there, 'in response to an EC2 health check, ');
  }
  reconcile(context, group, `At ${stamp} instances of ${fault.zone} were found unhealthy.`);
}
