/**
 * Notifications on their way: at least once, in no order, within seconds. Amazon S3 User Guide, Amazon S3 Event
 * Notifications.
 */

import { parseArn } from '../../../contract/arn.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import type { Caller, Context, Outcome } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { emit, S3_PRINCIPAL } from '../events.ts';
import { type Bucket, bucketArn, type Notification, type NotificationRule, type S3State } from '../model.ts';
import type { NotificationDue } from '../timers.ts';
import { eventBody, type Happened, writeId } from './eventRecord.ts';

/** Frozen. */
export interface NotificationToken {
  readonly type: 'notification';
  readonly id: number;
}

/** In ms, by how far deliveries stray. */
const DELAY = { calm: [200, 900], typical: [200, 2_500], rough: [500, 60_000] } as const;
/** One in so many comes twice, when deliveries are rough. */
const TWICE = 50;
/** What is the server's fault is tried again: after so long, so often. UNSURE: S3 does not say. */
const AGAIN = { waitMs: 5_000, attempts: 20 } as const;

const matchesEvent = (patterns: readonly string[], eventName: string): boolean => {
  const full = `s3:${eventName}`;
  return patterns.some((pattern) =>
    pattern.endsWith(':*') ? full.startsWith(pattern.slice(0, -1)) : pattern === full,
  );
};

const fits = ({ events, prefix, suffix }: NotificationRule, { eventName, key }: Happened): boolean =>
  matchesEvent(events, eventName) && key.startsWith(prefix) && key.endsWith(suffix);

/** Something happened to an object: those who asked for it are told. */
export function notify(context: Context<S3State>, bucket: Bucket, happened: Happened): void {
  const { state, now, caller } = context;
  for (const rule of bucket.rules) {
    if (!fits(rule, happened)) continue;
    const body = eventBody(state, bucket, rule.id, happened, now, caller);
    const random = context.random('notification');
    const copies = state.delivery === 'rough' && random.chance(1, TWICE) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const [least, most] = DELAY[state.delivery];
      const notification: Notification = Object.freeze({
        id: ++state.notificationsMade,
        bucket: bucket.name,
        account: bucket.account,
        rule: rule.id,
        kind: rule.kind,
        arn: rule.arn,
        eventName: happened.eventName,
        key: happened.key,
        sequence: happened.sequence,
        body,
        attempt: 1,
      });
      send(context, notification, random.integer(least, most));
    }
  }
}

function send(context: Context<S3State>, notification: Notification, waitMs: number): void {
  context.state.notifications.set(notification.id, notification);
  const timer: NotificationDue = { type: 's3/NotificationDue', notification: notification.id };
  context.schedule(after(context.now, milliseconds(waitMs)), timer);
}

/** S3 as it calls on behalf of a bucket; policies ask for the bucket's ARN and its account. */
const callerFor = (bucket: string, account: string): Caller => ({
  by: S3_PRINCIPAL,
  account,
  profile: S3_PRINCIPAL,
  secure: true,
  sourceArn: bucketArn(bucket),
});

/** `arn:aws:sqs:…` → the queue's URL. */
export function queueUrlOf(arn: string): string {
  const { region, account, resource } = parseArn(arn)!;
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

/** Hands a text to a destination, as S3. `test`: a function is only asked whether it may be called. */
export function handOver(
  context: Context<S3State>,
  of: Pick<Notification, 'bucket' | 'account' | 'kind' | 'arn' | 'body'>,
  token: object,
  test: boolean,
): void {
  const caller = callerFor(of.bucket, of.account);
  switch (of.kind) {
    case 'queue': {
      const input = { QueueUrl: queueUrlOf(of.arn), MessageBody: of.body };
      context.request({ service: 'sqs', operation: 'SendMessage', input, caller }, token);
      return;
    }
    case 'topic': {
      const input = { TopicArn: of.arn, Subject: 'Amazon S3 Notification', Message: of.body };
      context.request({ service: 'sns', operation: 'Publish', input, caller }, token);
      return;
    }
    case 'function': {
      const input = {
        FunctionName: of.arn,
        InvocationType: test ? 'DryRun' : 'Event',
        Payload: utf8Bytes(of.body),
      };
      context.request({ service: 'lambda', operation: 'Invoke', input, caller }, token);
    }
  }
}

const SERVICES = { queue: 'sqs', topic: 'sns', function: 'lambda' } as const;
export const isThere = (context: Context<S3State>, kind: NotificationRule['kind']): boolean =>
  context.peek(SERVICES[kind]) !== undefined;

export function notificationDue(context: Context<S3State>, notification: Notification): void {
  const token: NotificationToken = Object.freeze({ type: 'notification', id: notification.id });
  if (isThere(context, notification.kind)) handOver(context, notification, token, false);
  else failed(context, notification, 'there is no such service in this world');
}

export function notificationAnswered(
  context: Context<S3State>,
  { id }: NotificationToken,
  outcome: Outcome,
): void {
  const { state } = context;
  const notification = state.notifications.get(id);
  if (notification === undefined) return;
  if (!outcome.ok) {
    const { fault, code, httpStatus } = outcome.refusal;
    const again = (fault === 'server' || httpStatus === 429) && notification.attempt < AGAIN.attempts;
    if (again) {
      const next = Object.freeze({ ...notification, attempt: notification.attempt + 1 });
      send(context, next, AGAIN.waitMs);
    } else failed(context, notification, code);
    return;
  }
  state.notifications.delete(id);
  const bucket = state.buckets.get(notification.bucket);
  if (bucket !== undefined) bucket.counters.notified++;
  const { MessageId: became } = outcome.output as { readonly MessageId?: string };
  emit(context, {
    type: 's3/NotificationSent',
    by: S3_PRINCIPAL,
    messageId: writeId(state, notification.sequence),
    ...(became !== undefined && { became }),
    bucket: notification.bucket,
    key: notification.key,
    eventName: notification.eventName,
    to: notification.arn,
  });
}

/** It is gone: S3 has no dead-letter queue. */
function failed(context: Context<S3State>, notification: Notification, reason: string): void {
  const { state } = context;
  state.notifications.delete(notification.id);
  const bucket = state.buckets.get(notification.bucket);
  if (bucket !== undefined) bucket.counters.notificationsFailed++;
  emit(context, {
    type: 's3/NotificationFailed',
    by: S3_PRINCIPAL,
    messageId: writeId(state, notification.sequence),
    bucket: notification.bucket,
    key: notification.key,
    eventName: notification.eventName,
    to: notification.arn,
    reason,
  });
}
