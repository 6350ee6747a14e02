/** What falls due in S3, and the answers to its calls. */
import type { Context, Outcome, Timer } from '../../engine/service.ts';
import type { S3State } from './model.ts';
import { type CheckToken, destinationAnswered } from './rules/checking.ts';
import { type NotificationToken, notificationAnswered, notificationDue } from './rules/notifying.ts';

export interface NotificationDue extends Timer {
  readonly type: 's3/NotificationDue';
  readonly notification: number;
}

export function due(context: Context<S3State>, timer: Timer): void {
  const notification = context.state.notifications.get((timer as NotificationDue).notification);
  if (notification !== undefined) notificationDue(context, notification);
}

export function answered(context: Context<S3State>, token: object, outcome: Outcome): void {
  const its = token as NotificationToken | CheckToken;
  if (its.type === 'notification') notificationAnswered(context, its, outcome);
  else destinationAnswered(context, its, outcome);
}
