/**
 * How a group comes to have as many instances as it wants: it launches in the zone with the fewest, and ends those of
 * the zone with the most, the oldest first.
 *
 * SIMPLER THAN AWS: of the default termination policy only the balance of zones and the age are kept; launches never
 * fail, instances are never unhealthy.
 */
import { faultOn } from '../../../contract/faults.ts';
import type { Context } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { emit, PRINCIPAL } from '../events.ts';
import { ACTIVITIES_MAX, BOOT_MS, SHUTDOWN_MS } from '../limits.ts';
import { noteGroup } from '../metrics.ts';
import {
  type Activity,
  type AutoScalingState,
  countOf,
  type Group,
  type Instance,
  keyOf,
  newId,
  newInstanceId,
} from '../model.ts';
import { tellBus, tellStateChange } from './busEvents.ts';
import { instanceDue } from './instanceDue.ts';
import { stampOf } from './lookup.ts';
import { notify } from './notifying.ts';

export type Ctx = Context<AutoScalingState>;

/** Another number is wanted from now on. `cause`: the first sentence of the activities that follow. */
export function reconcile(context: Ctx, group: Group, cause: string): readonly Activity[] {
  const begun: Activity[] = [];
  let there = countOf(group, 'Pending', 'InService');
  while (there < group.desired) {
    begun.push(launch(context, group, cause, there));
    there++;
  }
  while (there > group.desired) {
    const victim = victimOf(group);
    if (victim === undefined) break;
    begun.push(terminate(context, group, victim, cause, there));
    there--;
  }
  noteGroup(context.state, group, context.now);
  return begun;
}

function launch(context: Ctx, group: Group, cause: string, there: number): Activity {
  const { state, now } = context;
  const id = newInstanceId(state);
  const zone = fewest(context, group);
  const boot = context.random(`boot/${group.name}`).integer(BOOT_MS.min, BOOT_MS.max);
  const until = after(now, milliseconds(boot));
  const stamp = stampOf(state, now);
  const activity = begin(context, group, {
    description: `Launching a new EC2 instance: ${id}`,
    cause: `${cause}  At ${stamp} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${there} to ${there + 1}.`,
    zone,
  });
  const made = state.launchConfigurations.get(keyOf(group.account, group.launchConfiguration));
  group.instances.set(id, {
    id,
    zone,
    launchConfiguration: group.launchConfiguration,
    imageId: made?.imageId ?? '',
    instanceType: made?.instanceType ?? '',
    launched: now,
    state: 'Pending',
    until,
    warmUntil: until,
    isProtected: group.protectsNew,
    activity: activity.id,
  });
  context.schedule(until, instanceDue(keyOf(group.account, group.name), id));
  tellInstance(context, group, 'autoscaling/InstanceLaunched', id, zone);
  return activity;
}

/** Ends an instance: it takes no more work, and is gone after a while. */
export function terminate(
  context: Ctx,
  group: Group,
  instance: Instance,
  cause: string,
  there: number,
  why = 'in response to a difference between desired and actual capacity, ',
): Activity {
  const { state, now } = context;
  const stamp = stampOf(state, now);
  endActivity(group, instance.activity, 'Cancelled', context);
  const activity = begin(context, group, {
    description: `Terminating EC2 instance: ${instance.id}`,
    cause: `${cause}  At ${stamp} an instance was taken out of service ${why}shrinking the capacity from ${there} to ${there - 1}.`,
    zone: instance.zone,
  });
  instance.state = 'Terminating';
  instance.activity = activity.id;
  const time = context.random(`end/${group.name}`).integer(SHUTDOWN_MS.min, SHUTDOWN_MS.max);
  instance.until = after(now, milliseconds(time));
  context.schedule(instance.until, instanceDue(keyOf(group.account, group.name), instance.id));
  tellInstance(context, group, 'autoscaling/InstanceTerminating', instance.id, instance.zone);
  return activity;
}

/** An instance has booted, or is gone. A timer of an earlier state is stale. */
export function instanceIsDue(context: Ctx, group: Group, instance: Instance): void {
  if (instance.until !== context.now) return;
  if (instance.state === 'Pending') {
    instance.state = 'InService';
    const launched = endActivity(group, instance.activity, 'Successful', context);
    const seconds = group.warmup >= 0 ? group.warmup : group.cooldown;
    instance.warmUntil = after(context.now, milliseconds(seconds * 1_000));
    tellInstance(context, group, 'autoscaling/InstanceInService', instance.id, instance.zone);
    notify(context, group, 'LAUNCH', instance.id, launched);
    tellBus(context, group, 'Launch', instance.id, launched);
  } else if (instance.state === 'Terminating') {
    const ended = endActivity(group, instance.activity, 'Successful', context);
    group.instances.delete(instance.id);
    tellInstance(context, group, 'autoscaling/InstanceTerminated', instance.id, instance.zone);
    notify(context, group, 'TERMINATE', instance.id, ended);
    tellBus(context, group, 'Terminate', instance.id, ended);
  }
  if (group.cooldownAfter > 0 && countOf(group, 'Pending') === 0) {
    group.cooldownUntil = after(context.now, group.cooldownAfter);
    group.cooldownAfter = milliseconds(0);
  }
  noteGroup(context.state, group, context.now);
}

/** Tells it to whoever reads events, and to the apps that run on the instance. */
function tellInstance(
  context: Ctx,
  group: Group,
  type: `autoscaling/Instance${'Launched' | 'InService' | 'Terminating' | 'Terminated'}`,
  instance: string,
  zone: string,
): void {
  emit(context, { type, by: PRINCIPAL, group: group.name, instance, zone });
  tellStateChange(
    context,
    group,
    type.slice('autoscaling/'.length) as Parameters<typeof tellStateChange>[2],
    instance,
  );
  if (context.peek('app') === undefined) return;
  const payload = Object.freeze({ type: type.slice('autoscaling/'.length), group: group.name, instance });
  context.deliver({ to: 'app', from: 'autoscaling', payload });
}

function countIn(group: Group, zone: string): number {
  let count = 0;
  for (const one of group.instances.values()) if (one.zone === zone && one.state !== 'Terminating') count++;
  return count;
}

/** The first of the zones that have the fewest, of those that are up; with none up, of all. */
function fewest(context: Ctx, group: Group): string {
  const down = faultOn(context, `group/${group.name}`, 'zone-down')?.zone;
  const up = group.zones.filter((zone) => zone !== down);
  const zones = up.length > 0 ? up : group.zones;
  return zones.reduce((best, zone) => (countIn(group, zone) < countIn(group, best) ? zone : best));
}

/** Of the zone with the most instances the oldest that is not protected; else the oldest of any. */
function victimOf(group: Group): Instance | undefined {
  const free = [...group.instances.values()].filter(
    ({ state, isProtected }) => state !== 'Terminating' && !isProtected,
  );
  let best: Instance | undefined;
  for (const one of free) {
    if (best === undefined || countIn(group, one.zone) > countIn(group, best.zone)) best = one;
  }
  return best;
}

function begin(
  context: Ctx,
  group: Group,
  { description, cause, zone }: Pick<Activity, 'description' | 'cause' | 'zone'>,
): Activity {
  const activity: Activity = Object.freeze({
    id: newId(context.state),
    description,
    cause,
    zone,
    started: context.now,
    ended: -1,
    status: 'InProgress',
  });
  group.activities = Object.freeze([activity, ...group.activities].slice(0, ACTIVITIES_MAX));
  return activity;
}

function endActivity(
  group: Group,
  id: string,
  status: Activity['status'],
  { now }: Ctx,
): Activity | undefined {
  group.activities = Object.freeze(
    group.activities.map((one) =>
      one.id === id && one.ended < 0 ? Object.freeze({ ...one, status, ended: now }) : one,
    ),
  );
  return group.activities.find((one) => one.id === id);
}

/** Nothing holds a simple policy back: no instance on its way, no cooldown. Else seconds left, 0 for the first. */
export function heldBack(group: Group, now: number): number | undefined {
  if (group.cooldownAfter > 0) return 0;
  return group.cooldownUntil > now ? Math.ceil((group.cooldownUntil - now) / 1_000) : undefined;
}
