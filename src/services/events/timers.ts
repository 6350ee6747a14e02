/** What falls due in EventBridge, what is answered, and what services tell. */
import { isAwsEvent } from '../../contract/awsEvents.ts';
import type { Delivery, Outcome, Timer } from '../../engine/service.ts';
import {
  type DeadLetterToken,
  deadLetterAnswered,
  type InvocationDue,
  type InvocationToken,
  invocationAnswered,
  invocationDue,
} from './rules/delivering.ts';
import type { Ctx } from './rules/lookup.ts';
import { receive } from './rules/receiving.ts';
import { type ScheduleDue, scheduleDue } from './rules/scheduling.ts';

export function due(context: Ctx, timer: Timer): void {
  const its = timer as InvocationDue | ScheduleDue;
  if (its.type === 'events/ScheduleDue') scheduleDue(context, its);
  else invocationDue(context, its);
}

export function answered(context: Ctx, token: object, outcome: Outcome): void {
  const its = token as InvocationToken | DeadLetterToken;
  if (its.type === 'invocation') invocationAnswered(context, its, outcome);
  else deadLetterAnswered(context, its, outcome);
}

export function delivered(context: Ctx, { payload }: Delivery): void {
  if (!isAwsEvent(payload)) return;
  const { source, detailType, account, resources, detail, origin } = payload;
  const time = context.state.epoch + context.now;
  receive(context, { source, detailType, account, resources, detail, time }, source, origin);
}
