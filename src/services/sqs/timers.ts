/** What falls due in SQS: one handler per kind of timer. */
import { unreachable } from '../../engine/assert.ts';
import type { Context, Timer } from '../../engine/service.ts';
import type { SqsState } from './model.ts';
import { pollsDue } from './rules/longPolls.ts';
import { type MoveDue, moveDue } from './rules/moveTasks.ts';
import { settle, storeDue } from './rules/storeAlarm.ts';

type SqsTimer =
  /** A timeout, a delay or a retention ends in the message store. */
  | { readonly type: 'sqs/StoreDue' }
  /** The wait of a long poll ends. */
  | { readonly type: 'sqs/PollDue' }
  /** A move task moves its next message. */
  | MoveDue;

export function due(context: Context<SqsState>, timer: Timer): void {
  const sqsTimer = timer as SqsTimer;
  switch (sqsTimer.type) {
    case 'sqs/StoreDue':
      storeDue(context);
      break;
    case 'sqs/PollDue':
      settle(context);
      pollsDue(context);
      break;
    case 'sqs/MoveDue':
      settle(context);
      moveDue(context, sqsTimer);
      break;
    default:
      unreachable(sqsTimer);
  }
}
