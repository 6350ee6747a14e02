/** What happens to groups and their instances. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface OfGroup extends DomainEvent {
  readonly group: string;
}

interface Scaled extends OfGroup {
  readonly type: 'autoscaling/Scaled';
  readonly desired: number;
  readonly before: number;
  readonly reason: 'asked' | 'policy' | 'bounds';
  readonly policy?: string;
  readonly alarm?: string;
}

/** A policy was asked to act, and nothing came of it. */
export interface ScalingHeld extends OfGroup {
  readonly type: 'autoscaling/ScalingHeld';
  readonly policy: string;
  readonly reason: 'cooldown' | 'warmup' | 'bounds' | 'enough' | 'noInstances' | 'disabled';
}

interface InstanceChanged extends OfGroup {
  readonly type:
    | 'autoscaling/InstanceLaunched'
    | 'autoscaling/InstanceInService'
    | 'autoscaling/InstanceTerminating'
    | 'autoscaling/InstanceTerminated';
  readonly instance: string;
  readonly zone: string;
}

interface GroupChanged extends OfGroup {
  readonly type: 'autoscaling/GroupCreated' | 'autoscaling/GroupDeleted';
}

interface PolicyChanged extends OfGroup {
  readonly type: 'autoscaling/PolicyPut' | 'autoscaling/PolicyDeleted';
  readonly policy: string;
}

interface NotificationsChanged extends OfGroup {
  readonly type: 'autoscaling/NotificationsPut' | 'autoscaling/NotificationsDeleted';
  /** ARN. */
  readonly topic: string;
  readonly types?: readonly string[];
}

export interface Notified extends OfGroup {
  readonly type: 'autoscaling/NotificationSent' | 'autoscaling/NotificationFailed';
  /** ARN. */
  readonly topic: string;
  /** `autoscaling:EC2_INSTANCE_LAUNCH`. */
  readonly event: string;
  readonly instance: string;
  /** The activity that it tells of. */
  readonly messageId: string;
  /** The id under which the topic took it. */
  readonly became?: string;
  /** The code of the refusal. */
  readonly reason?: string;
}

export type AutoScalingEvent =
  | Scaled
  | ScalingHeld
  | InstanceChanged
  | GroupChanged
  | PolicyChanged
  | NotificationsChanged
  | Notified;

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: AutoScalingEvent): void =>
  context.emit(Object.freeze(event));

/** Who causes what time and alarms do. */
export const PRINCIPAL = 'autoscaling.amazonaws.com';
