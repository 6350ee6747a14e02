/** What falls due in AWS IoT, what is answered, and what is published. */
import { isIotMessage } from '../../contract/iotMessages.ts';
import type { Delivery, Outcome, Timer } from '../../engine/service.ts';
import { type ActionDue, type ActionToken, actionAnswered, actionDue } from './rules/acting.ts';
import type { Ctx } from './rules/lookup.ts';
import { receive } from './rules/receiving.ts';

export const due = (context: Ctx, timer: Timer): void => actionDue(context, timer as ActionDue, receive);

export const answered = (context: Ctx, token: object, outcome: Outcome): void =>
  actionAnswered(context, token as ActionToken, outcome);

export function delivered(context: Ctx, { payload }: Delivery): void {
  if (isIotMessage(payload)) receive(context, payload.topic, payload.payload, payload.account, payload.by);
}
