/**
 * What a group tells topics: an instance was launched, or has ended, and a test when it is set. Amazon EC2 Auto Scaling
 * User Guide, Amazon SNS notification options: one notification for each instance, by best effort.
 *
 * The account's service-linked role publishes (AWSServiceRoleForAutoScaling may sns:Publish), so a topic of the own
 * account needs no statement for it; a topic that denies it, or of another account that does not allow it, refuses.
 * SIMPLER THAN AWS: launches and ends never fail, so the two notifications of errors are never sent; subnets are empty.
 */
import type { Caller, CallId, Outcome } from '../../../engine/service.ts';
import { cannotNotify } from '../errors.ts';
import { emit, PRINCIPAL } from '../events.ts';
import { TEST_NOTIFICATION } from '../limits.ts';
import { type Activity, type AutoScalingState, type Group, keyOf, newId } from '../model.ts';
import type { Ctx } from './capacity.ts';

/** Comes back with the topic's answer. Frozen. */
export interface NotifiedToken {
  readonly type: 'notified';
  readonly group: string;
  readonly topic: string;
  readonly event: string;
  readonly instance: string;
  readonly activity: string;
}

/** Comes back with the topic's answer to the test; the caller waits for it. Frozen. */
export interface NotificationTestToken {
  readonly type: 'notificationTest';
  readonly call: CallId;
  readonly by: string;
  readonly group: string;
  readonly topic: string;
  readonly types: readonly string[];
}

/** The service-linked role. */
export const roleOf = (
  { account, arn }: Pick<Group, 'account' | 'arn'>,
  state: AutoScalingState,
): Caller => ({
  by: 'autoscaling',
  account,
  profile: account === state.account ? 'default' : 'partner',
  secure: true,
  sourceArn: arn,
});

const timeOf = ({ epoch }: AutoScalingState, at: number): string => new Date(epoch + at).toISOString();

function publish(
  context: Ctx,
  group: Group,
  topic: string,
  subject: string,
  body: object,
  token: object,
): void {
  const input = { TopicArn: topic, Subject: subject, Message: JSON.stringify(body) };
  const caller = roleOf(group, context.state);
  context.request({ service: 'sns', operation: 'Publish', input, caller }, token);
}

/** An activity has ended well: those who asked for it are told. */
export function notify(
  context: Ctx,
  group: Group,
  which: 'LAUNCH' | 'TERMINATE',
  instance: string,
  activity: Activity | undefined,
): void {
  if (activity === undefined || group.notifications.size === 0 || context.peek('sns') === undefined) return;
  const event = `autoscaling:EC2_INSTANCE_${which}`;
  const subject = `Auto Scaling: ${which === 'LAUNCH' ? 'launch' : 'termination'} for group "${group.name}"`;
  for (const [topic, types] of group.notifications) {
    if (!types.includes(event)) continue;
    const body = activityBody(context, group, activity, event, instance);
    const token: NotifiedToken = Object.freeze({
      type: 'notified',
      group: keyOf(group.account, group.name),
      topic,
      event,
      instance,
      activity: activity.id,
    });
    publish(context, group, topic, subject, body, token);
  }
}

/** As AWS writes it: members and their order. */
function activityBody(
  { state, now }: Ctx,
  group: Group,
  activity: Activity,
  event: string,
  instance: string,
): object {
  const launches = event.endsWith('LAUNCH');
  return {
    Origin: launches ? 'EC2' : 'AutoScalingGroup',
    Destination: launches ? 'AutoScalingGroup' : 'EC2',
    Progress: 50,
    AccountId: group.account,
    Description: activity.description,
    RequestId: activity.id,
    EndTime: timeOf(state, now),
    AutoScalingGroupARN: group.arn,
    ActivityId: activity.id,
    StartTime: timeOf(state, activity.started),
    Service: 'AWS Auto Scaling',
    Time: timeOf(state, now),
    EC2InstanceId: instance,
    StatusCode: 'InProgress',
    StatusMessage: '',
    Details: { 'Subnet ID': '', 'Availability Zone': activity.zone },
    AutoScalingGroupName: group.name,
    Cause: activity.cause,
    Event: event,
  };
}

/** The topic gets a test message; what it answers decides whether the configuration is taken. */
export function testTopic(context: Ctx, group: Group, token: NotificationTestToken): void {
  const { state, now } = context;
  const body = {
    AccountId: group.account,
    RequestId: newId(state),
    AutoScalingGroupARN: group.arn,
    AutoScalingGroupName: group.name,
    Service: 'AWS Auto Scaling',
    Event: TEST_NOTIFICATION,
    Time: timeOf(state, now),
  };
  publish(
    context,
    group,
    token.topic,
    `Auto Scaling: test notification for group "${group.name}"`,
    body,
    token,
  );
}

export function topicTested(context: Ctx, token: NotificationTestToken, outcome: Outcome): void {
  const { call, topic, types, by } = token;
  const group = context.state.groups.get(token.group);
  if (!outcome.ok || group === undefined) {
    const why = outcome.ok ? 'The group is gone.' : outcome.refusal.message;
    context.complete(call, { ok: false, refusal: cannotNotify(topic, why).refusal });
    return;
  }
  group.notifications.set(topic, types);
  emit(context, { type: 'autoscaling/NotificationsPut', by, group: group.name, topic, types });
  context.complete(call, { ok: true, output: {} });
}

export function topicNotified(context: Ctx, token: NotifiedToken, outcome: Outcome): void {
  const group = token.group.slice(token.group.indexOf('/') + 1);
  const { topic, event, instance, activity: messageId } = token;
  const about = { by: PRINCIPAL, group, messageId, topic, event, instance };
  if (!outcome.ok) {
    emit(context, { type: 'autoscaling/NotificationFailed', ...about, reason: outcome.refusal.code });
    return;
  }
  const { MessageId: became } = outcome.output as { readonly MessageId?: string };
  emit(context, {
    type: 'autoscaling/NotificationSent',
    ...about,
    ...(became !== undefined && { became }),
  });
}
