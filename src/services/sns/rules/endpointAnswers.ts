/** What comes back from endpoints outside AWS, or does not. SNS Developer Guide, message delivery retries. */
import type { EndpointAnswer } from '../../../contract/endpoint.ts';
import type { Context, Timer } from '../../../engine/service.ts';
import { after } from '../../../engine/units.ts';
import { ANSWER_WAIT } from '../limits.ts';
import type { Awaiting, SnsState, Subscription } from '../model.ts';
import type { Failure } from './attempt.ts';
import { delivered, failed } from './delivering.ts';

/** An answer that is on its way. */
export interface EndpointAnswerDue extends Timer {
  readonly type: 'sns/EndpointAnswerDue';
  readonly answer: EndpointAnswer;
}

/** It takes the endpoint's own time; one that is too late finds nobody waiting. */
export function answerComes(context: Context<SnsState>, answer: EndpointAnswer): void {
  if (answer.latency === 0) endpointAnswered(context, answer);
  else {
    const timer: EndpointAnswerDue = { type: 'sns/EndpointAnswerDue', answer };
    context.schedule(after(context.now, answer.latency), timer);
  }
}

export function endpointAnswered(context: Context<SnsState>, answer: EndpointAnswer): void {
  const { delivery, status, resource } = answer;
  const found = take(context.state, delivery);
  if (found === undefined) return;
  const { subscription, awaiting } = found;
  const { message, attempt, started } = awaiting;
  if (resource !== undefined) subscription.target = resource;
  if (status >= 200 && status < 400) {
    delivered(context, subscription, [message], attempt, started, { statusCode: status });
    return;
  }
  if (subscription.protocol === 'application' && (status === 404 || status === 410)) {
    disable(context.state, subscription);
  }
  failed(context, subscription, [message], attempt, started, failureOf(status));
}

/** No answer in 15 seconds. */
export function answerDue(context: Context<SnsState>, delivery: number): void {
  const found = take(context.state, delivery);
  if (found === undefined) return;
  const { subscription, awaiting } = found;
  const { message, attempt, started } = awaiting;
  failed(context, subscription, [message], attempt, started, {
    reason: 'noAnswer',
    again: true,
    statusCode: 0,
    response: `no answer in ${ANSWER_WAIT / 1000} s`,
  });
}

function take(
  state: SnsState,
  delivery: number,
): { readonly subscription: Subscription; readonly awaiting: Awaiting } | undefined {
  const awaiting = state.awaiting.get(delivery);
  if (awaiting === undefined) return undefined;
  state.awaiting.delete(delivery);
  const subscription = state.subscriptions.get(awaiting.subscription);
  return subscription && { subscription, awaiting };
}

/** UNSURE: that 429 is tried again, and that any other 4xx goes to the dead-letter queue at once. */
function failureOf(status: number): Failure {
  if (status === 0) {
    return { reason: 'connectionRefused', again: true, statusCode: 0, response: 'connection refused' };
  }
  const again = status >= 500 || status === 429;
  return { reason: `HTTP ${status}`, again, statusCode: status, response: `HTTP ${status}` };
}

/** SNS Developer Guide, mobile push: a token that the platform does not know any more disables its endpoint. */
function disable(state: SnsState, { endpoint }: Subscription): void {
  const device = state.endpoints.get(endpoint);
  if (device !== undefined) device.attributes = Object.freeze({ ...device.attributes, Enabled: 'false' });
}
