/**
 * Calls that nobody waits for: accepted, tried, tried again, and told of at their end. Lambda Developer Guide, How
 * Lambda handles errors and retries with asynchronous invocation; Adding a destination.
 */
import { toUtcText } from '../../../contract/isoTime.ts';
import type { Context } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { emit } from '../events.ts';
import { ASYNC_AGE, ASYNC_RETRIES, ERROR_WAITS, THROTTLE_WAIT } from '../limits.ts';
import { countFunction } from '../metrics.ts';
import {
  type AsyncEvent,
  type Ending,
  type Execution,
  functionKey,
  type LambdaFunction,
  type LambdaState,
  newRequestId,
} from '../model.ts';
import type { AttemptDue } from '../timers.ts';
import { sendDeadLetter, sendTo } from './destinations.ts';
import { startExecution } from './executing.ts';

/** Accepts an event; it is tried in this instant. */
export function acceptEvent(
  context: Context<LambdaState>,
  record: LambdaFunction,
  payload: string,
): AsyncEvent {
  const { state, now, caller } = context;
  const event: AsyncEvent = {
    id: ++state.eventsMade,
    function: functionKey(record.account, record.name),
    requestId: newRequestId(state),
    by: caller.by,
    payload,
    received: now,
    attempts: 0,
    throttles: 0,
    due: now,
  };
  state.events.set(event.id, event);
  record.counters.waiting++;
  countFunction(state, record, now, 'AsyncEventsReceived');
  emit(context, {
    type: 'lambda/EventAccepted',
    by: caller.by,
    function: record.name,
    requestId: event.requestId,
  });
  const timer: AttemptDue = { type: 'lambda/AttemptDue', event: event.id };
  context.schedule(now, timer);
  return event;
}

export function attemptEvent(context: Context<LambdaState>, event: AsyncEvent): void {
  const { state, now } = context;
  const record = state.functions.get(event.function);
  event.due = undefined;
  if (record === undefined) {
    // The function is gone, and with it its destinations.
    state.events.delete(event.id);
    return;
  }
  const age = (record.async?.age ?? ASYNC_AGE.default) * 1_000;
  if (now - event.received > age) {
    giveUp(context, record, event, 'EventAgeExceeded', undefined);
    return;
  }
  countFunction(state, record, now, 'AsyncEventAge', now - event.received);
  const started = startExecution(context, record, {
    origin: Object.freeze({ type: 'async', event: event.id }),
    by: event.by,
    text: event.payload,
    requestId: event.requestId,
  });
  if (started !== undefined) {
    event.attempts++;
    event.throttles = 0;
    return;
  }
  const doubled = THROTTLE_WAIT.first * 2 ** Math.min(event.throttles, 16);
  event.throttles++;
  later(context, record, event, Math.min(doubled, THROTTLE_WAIT.max), 'throttled');
}

function later(
  context: Context<LambdaState>,
  record: LambdaFunction,
  event: AsyncEvent,
  waitMs: number,
  reason: 'error' | 'throttled',
): void {
  event.due = after(context.now, milliseconds(waitMs));
  const timer: AttemptDue = { type: 'lambda/AttemptDue', event: event.id };
  context.schedule(event.due, timer);
  emit(context, {
    type: 'lambda/RetryScheduled',
    by: event.by,
    function: record.name,
    requestId: event.requestId,
    attempt: event.attempts + 1,
    waitMs,
    reason,
  });
}

/** The function answered, or failed. */
export function eventTried(context: Context<LambdaState>, id: number, execution: Execution): void {
  const { state } = context;
  const event = state.events.get(id);
  const record = state.functions.get(execution.function);
  if (event === undefined) return;
  if (record === undefined) {
    state.events.delete(id);
    return;
  }
  const { ending } = execution;
  if (ending.error === undefined) {
    finish(context, record, event);
    const to = record.async?.onSuccess;
    if (to !== undefined) {
      sendTo(context, record, event, to, bodyOf(state, context.now, record, event, 'Success', ending));
    }
    return;
  }
  const retries = record.async?.retries ?? ASYNC_RETRIES.default;
  if (event.attempts > retries) {
    giveUp(context, record, event, 'RetriesExhausted', ending);
    return;
  }
  later(context, record, event, ERROR_WAITS[Math.min(event.attempts, 2) - 1]!, 'error');
}

function finish({ state }: Context<LambdaState>, record: LambdaFunction, event: AsyncEvent): void {
  state.events.delete(event.id);
  record.counters.waiting = Math.max(0, record.counters.waiting - 1);
}

function giveUp(
  context: Context<LambdaState>,
  record: LambdaFunction,
  event: AsyncEvent,
  reason: 'RetriesExhausted' | 'EventAgeExceeded',
  ending: Ending | undefined,
): void {
  const { state, now } = context;
  finish(context, record, event);
  record.counters.dropped++;
  countFunction(state, record, now, 'AsyncEventsDropped');
  emit(context, {
    type: 'lambda/EventDropped',
    by: event.by,
    function: record.name,
    requestId: event.requestId,
    reason,
    attempts: event.attempts,
  });
  const to = record.async?.onFailure;
  const { deadLetterArn } = record.config;
  if (to !== undefined) sendTo(context, record, event, to, bodyOf(state, now, record, event, reason, ending));
  if (deadLetterArn !== undefined) sendDeadLetter(context, record, event, deadLetterArn, ending);
  if (to === undefined && deadLetterArn === undefined) record.counters.lost++;
}

/** What a destination gets. `ending`: none when the function was never asked, or was too busy at the end. */
function bodyOf(
  { epoch }: LambdaState,
  now: number,
  record: LambdaFunction,
  event: AsyncEvent,
  condition: string,
  ending: Ending | undefined,
): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: toUtcText(epoch + now),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${record.arn}:$LATEST`,
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: JSON.parse(event.payload) as unknown,
    ...(ending !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(ending.error !== undefined && { functionError: ending.error }),
      },
      responsePayload: parsedOr(ending.payload),
    }),
  });
}

/** A function can answer a text that is no JSON. */
function parsedOr(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
