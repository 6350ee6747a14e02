/** Publish to a phone or to a device, past all topics. */
import { requestsOf } from '../../../contract/usage.ts';
import type { Context } from '../../../engine/service.ts';
import { after } from '../../../engine/units.ts';
import { endpointDisabled, invalidParameter, optedOut, platformApplicationDisabled } from '../errors.ts';
import { SMS_LENGTH_MAX } from '../limits.ts';
import type { Message, SnsState } from '../model.ts';
import { bill, count } from './counting.ts';
import type { FanOutDue } from './fanOut.ts';
import { kindOf, timeOnTheWay } from './latency.ts';
import type { CheckedPublish, Published } from './publishing.ts';
import { directTarget } from './subscribing.ts';

/** E.164: a plus, and up to 15 digits. */
const PHONE = /^\+[1-9]\d{6,14}$/u;

export function checkPhone(state: SnsState, account: string, number: string, message: string): void {
  if (!PHONE.test(number)) {
    throw invalidParameter(`PhoneNumber Reason: ${number} is not valid to publish to`);
  }
  if (state.optedOut.has(`${account}/${number}`)) throw optedOut(number);
  // UNSURE: the sentence.
  if (message.length > SMS_LENGTH_MAX) {
    throw invalidParameter('Message too long', `An SMS has at most ${SMS_LENGTH_MAX} characters.`);
  }
}

export function checkDevice(state: SnsState, arn: string): void {
  const device = state.endpoints.get(arn);
  if (device === undefined) {
    throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
  }
  if (device.attributes.Enabled === 'false') throw endpointDisabled();
  if (state.applications.get(device.applicationArn)?.attributes.Enabled === 'false') {
    throw platformApplicationDisabled();
  }
}

export function publishTo(
  context: Context<SnsState>,
  protocol: 'sms' | 'application',
  endpoint: string,
  checked: Omit<CheckedPublish, 'group' | 'deduplicationId'>,
): Published {
  const { state, now, caller } = context;
  const { body, bodies, subject, attributes, bytes } = checked;
  const target = directTarget(state, caller.account, protocol, endpoint);
  const message: Message = Object.freeze({
    seed: state.seed,
    sequence: state.messagesMade++,
    topicArn: target.topicArn,
    body,
    published: now,
    bytes,
    ...(bodies !== undefined && { bodies }),
    ...(subject !== undefined && { subject }),
    ...(attributes !== undefined && { attributes }),
  });
  bill(state, 'sns/publishes', requestsOf(bytes));
  count(state, target, 'pending', 1);
  const timer: FanOutDue = { type: 'sns/FanOutDue', message, subscriptions: Object.freeze([target.id]) };
  context.schedule(after(now, timeOnTheWay(context, kindOf(protocol), false)), timer);
  return { sequence: message.sequence, sequenceNumber: undefined };
}
