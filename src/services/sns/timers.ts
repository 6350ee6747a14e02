/** What falls due in SNS: one handler per kind of timer. */
import { unreachable } from '../../engine/assert.ts';
import type { Context, Timer } from '../../engine/service.ts';
import type { SnsState } from './model.ts';
import { arrive, type RetryDue, retryDue } from './rules/delivering.ts';
import { answerDue, type EndpointAnswerDue, endpointAnswered } from './rules/endpointAnswers.ts';
import type { FanOutDue } from './rules/fanOut.ts';
import { removeSubscription } from './rules/subscribing.ts';

/** An endpoint outside AWS should have answered by now. */
export interface AnswerDue extends Timer {
  readonly type: 'sns/AnswerDue';
  readonly delivery: number;
}

/** Subscriptions of a deleted topic are collected. */
export interface DetachedDue extends Timer {
  readonly type: 'sns/DetachedDue';
  readonly ids: readonly number[];
}

export const detachedDue = (ids: readonly number[]): DetachedDue => ({ type: 'sns/DetachedDue', ids });

type SnsTimer = FanOutDue | RetryDue | AnswerDue | EndpointAnswerDue | DetachedDue;

export function due(context: Context<SnsState>, timer: Timer): void {
  const { state } = context;
  const snsTimer = timer as SnsTimer;
  switch (snsTimer.type) {
    case 'sns/FanOutDue': {
      const { message, subscriptions } = snsTimer;
      for (const id of subscriptions) {
        const subscription = state.subscriptions.get(id);
        if (subscription !== undefined) arrive(context, subscription, message);
      }
      break;
    }
    case 'sns/RetryDue':
      retryDue(context, snsTimer);
      break;
    case 'sns/AnswerDue':
      answerDue(context, snsTimer.delivery);
      break;
    case 'sns/EndpointAnswerDue':
      endpointAnswered(context, snsTimer.answer);
      break;
    case 'sns/DetachedDue':
      for (const id of snsTimer.ids) {
        const subscription = state.subscriptions.get(id);
        if (subscription?.detached !== undefined) removeSubscription(state, subscription);
      }
      break;
    default:
      unreachable(snsTimer);
  }
}
