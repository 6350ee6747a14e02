/**
 * What a policy does when its alarm is raised, or when it is executed by hand.
 *
 * Simple: waits for instances on their way and for the cooldown; then adds or takes so many. Step: how many depends on
 * how far the metric is beyond the alarm's threshold; instances that warm up count as added already, and hold scaling
 * in back. Target tracking: as many as bring the metric back to its target, out at once, in a tenth at a time.
 *
 * Amazon EC2 Auto Scaling User Guide, Simple and step scaling policies; Target tracking scaling policies.
 * SIMPLER THAN AWS: how carefully target tracking scales in is its own secret.
 */
import type { StepAdjustment } from '@aws-sdk/client-auto-scaling';
import { milliseconds } from '../../../engine/units.ts';
import { emit, PRINCIPAL, type ScalingHeld } from '../events.ts';
import { type AdjustmentType, countOf, type Group, type Policy } from '../model.ts';
import { type Ctx, heldBack, reconcile } from './capacity.ts';
import { stampOf } from './lookup.ts';

export interface Signal {
  /** The alarm, and its state; undefined: a person executes the policy. */
  readonly alarm?: string | undefined;
  readonly metricValue?: number | undefined;
  /** Of the alarm, or as given by hand. */
  readonly threshold?: number | undefined;
  /** Also while the cooldown lasts. */
  readonly force?: boolean | undefined;
}

export function act(context: Ctx, group: Group, policy: Policy, signal: Signal): void {
  if (!policy.enabled) {
    held(context, group, policy, 'disabled');
    return;
  }
  if (policy.type === 'SimpleScaling') actSimply(context, group, policy, signal);
  else if (policy.type === 'StepScaling') actInSteps(context, group, policy, signal);
  else track(context, group, policy, signal);
}

function actSimply(context: Ctx, group: Group, policy: Policy, signal: Signal): void {
  if (signal.force !== true && heldBack(group, context.now) !== undefined) {
    held(context, group, policy, 'cooldown');
    return;
  }
  const wanted = adjusted(group.desired, policy, policy.adjustment ?? 0);
  if (!scale(context, group, policy, signal, wanted)) return;
  group.cooldownAfter = milliseconds((policy.cooldown ?? group.cooldown) * 1_000);
  const isMoving = countOf(group, 'Pending', 'Terminating') > 0;
  if (isMoving) return;
  group.cooldownUntil = (context.now + group.cooldownAfter) as typeof context.now;
  group.cooldownAfter = milliseconds(0);
}

function actInSteps(context: Ctx, group: Group, policy: Policy, signal: Signal): void {
  const breach = (signal.metricValue ?? 0) - (signal.threshold ?? 0);
  const step = policy.steps.find((one) => isWithin(one, breach));
  if (step === undefined) {
    held(context, group, policy, 'enough');
    return;
  }
  const warming = warmingIn(group, context.now);
  const capacity = group.desired - warming;
  const wanted = adjusted(capacity, policy, step.ScalingAdjustment ?? 0);
  if (wanted < capacity && warming > 0) {
    held(context, group, policy, 'warmup');
    return;
  }
  // What warms up was added for the same breach: only what is missing beyond it is launched.
  if (wanted > capacity && wanted <= group.desired) {
    held(context, group, policy, 'warmup');
    return;
  }
  if (scale(context, group, policy, signal, wanted)) warm(context, group, policy);
}

const isWithin = (step: StepAdjustment, breach: number): boolean =>
  breach >= (step.MetricIntervalLowerBound ?? Number.NEGATIVE_INFINITY) &&
  breach < (step.MetricIntervalUpperBound ?? Number.POSITIVE_INFINITY);

function track(context: Ctx, group: Group, policy: Policy, signal: Signal): void {
  const { target } = policy;
  const capacity = countOf(group, 'InService');
  if (target?.TargetValue === undefined || signal.metricValue === undefined) return;
  if (capacity === 0) {
    held(context, group, policy, 'noInstances');
    return;
  }
  const wanted = neededFor(capacity, signal.metricValue, target.TargetValue);
  if (wanted > capacity) {
    if (wanted <= group.desired) held(context, group, policy, 'warmup');
    else if (scale(context, group, policy, signal, wanted)) warm(context, group, policy);
    return;
  }
  if (wanted === capacity || target.DisableScaleIn === true) {
    held(context, group, policy, 'enough');
    return;
  }
  if (warmingIn(group, context.now) > 0) {
    held(context, group, policy, 'warmup');
    return;
  }
  const gently = group.desired - Math.max(1, Math.floor(group.desired / 10));
  scale(context, group, policy, signal, Math.max(wanted, gently));
}

/** ceil(capacity × metric / target): with a metric that falls as the group grows, what brings it to the target. */
export const neededFor = (capacity: number, metric: number, target: number): number =>
  Math.ceil((capacity * metric) / target);

/** Instances that count as added, but not as capacity. */
function warmingIn(group: Group, now: number): number {
  let count = 0;
  for (const one of group.instances.values()) {
    if (one.state === 'Pending' || (one.state === 'InService' && one.warmUntil > now)) count++;
  }
  return count;
}

/** A policy's own warm-up is that of the instances it launches. */
function warm(_context: Ctx, group: Group, policy: Policy): void {
  if (policy.warmup === null) return;
  for (const one of group.instances.values()) {
    if (one.state === 'Pending') one.warmUntil = (one.until + policy.warmup * 1_000) as typeof one.until;
  }
}

/** Amazon EC2 Auto Scaling User Guide, Scaling adjustment types: fractions are rounded away from the old size. */
export function adjusted(
  capacity: number,
  {
    adjustmentType,
    minMagnitude,
  }: { readonly adjustmentType: AdjustmentType | null; readonly minMagnitude: number | null },
  adjustment: number,
): number {
  if (adjustmentType === 'ExactCapacity') return adjustment;
  if (adjustmentType !== 'PercentChangeInCapacity') return capacity + adjustment;
  const exact = (capacity * adjustment) / 100;
  // Greater than 1 is rounded down, between 0 and 1 up to 1; the same below zero.
  const sign = exact < 0 ? -1 : 1;
  const size = Math.abs(exact);
  const whole = size === 0 ? 0 : size < 1 ? 1 : Math.floor(size);
  return capacity + sign * Math.max(whole, size === 0 ? 0 : (minMagnitude ?? 0));
}

/** Within the bounds of the group. False: nothing changes. */
function scale(context: Ctx, group: Group, policy: Policy, signal: Signal, wanted: number): boolean {
  const before = group.desired;
  const to = Math.min(group.max, Math.max(group.min, wanted));
  if (to === before) {
    held(context, group, policy, wanted === before ? 'enough' : 'bounds');
    return false;
  }
  group.desired = to;
  group.held.clear();
  const { alarm } = signal;
  const by = alarm === undefined ? context.caller.by : PRINCIPAL;
  const about = { group: group.name, desired: to, before, reason: 'policy' as const, policy: policy.name };
  emit(context, { type: 'autoscaling/Scaled', by, ...about, ...(alarm === undefined ? {} : { alarm }) });
  reconcile(context, group, causeOf(context, policy, alarm, before, to));
  return true;
}

function causeOf(
  context: Ctx,
  policy: Policy,
  alarm: string | undefined,
  before: number,
  to: number,
): string {
  const stamp = stampOf(context.state, context.now);
  const change = `changing the desired capacity from ${before} to ${to}.`;
  return alarm === undefined
    ? `At ${stamp} a user request executed policy ${policy.name} ${change}`
    : `At ${stamp} a monitor alarm ${alarm} in state ALARM triggered policy ${policy.name} ${change}`;
}

export function held(context: Ctx, group: Group, policy: Policy, reason: ScalingHeld['reason']): void {
  // An alarm raises its policy every minute for as long as it lasts: what stays the same is told once.
  if (group.held.get(policy.name) === reason) return;
  group.held.set(policy.name, reason);
  emit(context, {
    type: 'autoscaling/ScalingHeld',
    by: PRINCIPAL,
    group: group.name,
    policy: policy.name,
    reason,
  });
}
