/** The timer of an instance: it has booted, or has ended. */
import type { Timer } from '../../../engine/service.ts';

export interface InstanceDue extends Timer {
  readonly type: 'autoscaling/InstanceDue';
  readonly group: string;
  readonly instance: string;
}

export const instanceDue = (group: string, instance: string): InstanceDue => ({
  type: 'autoscaling/InstanceDue',
  group,
  instance,
});
