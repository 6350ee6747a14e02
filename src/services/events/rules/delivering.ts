/**
 * Events on their way to targets: at least once, in no order, tried again for a day when that may help. EventBridge User
 * Guide, How Amazon EventBridge retries delivering events; Using dead-letter queues to process undelivered events.
 */
import { parseArn } from '../../../contract/arn.ts';
import type { LogBook, LogLines } from '../../../contract/logLines.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { settingsOf } from '../../../contract/world.ts';
import type { Outcome } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { EVENTS_PRINCIPAL, emit } from '../events.ts';
import { BACKOFF, DELAY, RETRY, TWICE } from '../limits.ts';
import { type Envelope, type Flight, type Rule, ruleKey } from '../model.ts';
import { inputFor } from './input.ts';
import type { Ctx } from './lookup.ts';
import { principal, queueUrlOf, requestFor } from './targets.ts';

export interface InvocationDue {
  readonly type: 'events/InvocationDue';
  readonly flight: number;
}

/** What comes back with the answer of a target. Frozen. */
export interface InvocationToken {
  readonly type: 'invocation';
  readonly flight: number;
}

/** What comes back with the answer of a dead-letter queue. Frozen. */
export interface DeadLetterToken {
  readonly type: 'deadLetter';
  readonly rule: string;
  readonly target: string;
  readonly to: string;
  readonly queue: string;
  readonly event: string;
  readonly reason: string;
}

/** A rule was triggered: all its targets get the event. */
export function invokeTargets(context: Ctx, rule: Rule, event: Envelope): void {
  const { state, now } = context;
  const { delivery } = settingsOf(context);
  const random = context.random('delivery');
  for (const target of rule.targets.values()) {
    const copies = delivery === 'rough' && random.chance(1, TWICE) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const [least, most] = DELAY[delivery];
      const flight: Flight = Object.freeze({
        id: ++state.flightsMade,
        rule: ruleKey(rule.account, rule.name),
        ruleArn: rule.arn,
        target,
        event,
        since: now,
        attempt: 0,
      });
      state.flights.set(flight.id, flight);
      wait(context, flight, random.integer(least, most));
    }
  }
}

function wait(context: Ctx, { id }: Flight, waitMs: number): void {
  const timer: InvocationDue = { type: 'events/InvocationDue', flight: id };
  context.schedule(after(context.now, milliseconds(waitMs)), timer);
}

export function invocationDue(context: Ctx, { flight: id }: InvocationDue): void {
  const { state } = context;
  const before = state.flights.get(id);
  if (before === undefined) return;
  const flight = Object.freeze({ ...before, attempt: before.attempt + 1 });
  state.flights.set(id, flight);
  const text = inputFor(flight);
  const request = requestFor(flight, text);
  if (request === undefined) {
    writeLog(context, flight, text);
    return;
  }
  if (context.peek(request.service) === undefined) {
    giveUp(context, flight, { code: 'NO_RESOURCE', message: 'There is no such service in this world.' });
    return;
  }
  const token: InvocationToken = Object.freeze({ type: 'invocation', flight: id });
  context.request(request, token);
}

/** SIMPLER THAN AWS: resource policies of CloudWatch Logs are not asked. */
function writeLog(context: Ctx, flight: Flight, text: string): void {
  const { account = '', resource = '' } = parseArn(flight.target.arn) ?? {};
  const group = resource.replace(/^log-group:/u, '').replace(/:\*$/u, '');
  const book = context.peek('logs') as LogBook | undefined;
  if (book?.groups.has(`${account}/${group}`) !== true) {
    giveUp(context, flight, { code: 'NO_RESOURCE', message: 'The specified log group does not exist.' });
    return;
  }
  const lines: LogLines = Object.freeze({
    type: 'LogLines',
    account,
    group,
    stream: flight.event.id,
    lines: Object.freeze([text]),
  });
  context.deliver({ to: 'logs', from: 'events', payload: lines });
  succeeded(context, flight, undefined);
}

export function invocationAnswered(context: Ctx, { flight: id }: InvocationToken, outcome: Outcome): void {
  const flight = context.state.flights.get(id);
  if (flight === undefined) return;
  if (outcome.ok) {
    const { MessageId, RecordId, SequenceNumber } = outcome.output as Readonly<
      Record<string, string | undefined>
    >;
    succeeded(context, flight, MessageId ?? SequenceNumber ?? RecordId);
    return;
  }
  const { code, message, fault, httpStatus } = outcome.refusal;
  const mayHelp = fault === 'server' || httpStatus === 429 || AGAIN.test(code);
  if (mayHelp) tryAgain(context, flight, { code, message });
  else giveUp(context, flight, { code, message });
}

/** What goes away by itself: the target is throttled, or not yet there for others. */
const AGAIN =
  /Throttl|ThroughputExceeded|TooManyRequests|ServiceUnavailable|LimitExceeded|ResourceInUse|NotReady/u;

interface Failure {
  readonly code: string;
  readonly message: string;
}

function succeeded(context: Ctx, flight: Flight, became: string | undefined): void {
  const { state, now } = context;
  state.flights.delete(flight.id);
  const rule = state.rules.get(flight.rule);
  if (rule !== undefined) {
    rule.counters.invoked++;
    countTraffic(rule.outgoing, now);
  }
  emit(context, { type: 'events/TargetInvoked', ...about(flight), ...(became !== undefined && { became }) });
}

const nameOf = ({ rule }: Pick<Flight, 'rule'>): string => rule.slice(rule.indexOf('/') + 1);

const about = (flight: Flight) => ({
  by: EVENTS_PRINCIPAL,
  rule: nameOf(flight),
  messageId: flight.event.id,
  target: flight.target.id,
  to: flight.target.arn,
});

function note(context: Ctx, flight: Flight, { code, message }: Failure, again: boolean): void {
  const rule = context.state.rules.get(flight.rule);
  if (rule !== undefined) {
    if (again) rule.counters.retried++;
    else rule.counters.failed++;
    rule.trouble = Object.freeze({ at: context.now, to: flight.target.arn, code, message });
  }
  emit(context, {
    type: 'events/InvocationFailed',
    ...about(flight),
    reason: code,
    attempt: flight.attempt,
    again,
  });
}

function tryAgain(context: Ctx, flight: Flight, failure: Failure): void {
  const { attempts, age } = flight.target.retry ?? RETRY;
  const waitMs = Math.min(BACKOFF.max, BACKOFF.first * 2 ** Math.min(flight.attempt - 1, 20));
  if (flight.attempt > attempts) {
    giveUp(context, flight, failure, 'MaximumRetryAttempts');
    return;
  }
  if (context.now + waitMs - flight.since > age * 1_000) {
    giveUp(context, flight, failure, 'MaximumEventAgeInSeconds');
    return;
  }
  note(context, flight, failure, true);
  wait(context, flight, waitMs);
}

type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** To the dead-letter queue, if there is one; else it is gone. */
function giveUp(context: Ctx, flight: Flight, failure: Failure, exhausted?: Exhausted): void {
  const { state } = context;
  const { target, event, ruleArn } = flight;
  state.flights.delete(flight.id);
  note(context, flight, failure, false);
  const queue = target.deadLetter;
  if (queue === null || context.peek('sqs') === undefined) {
    lost(context, flight.rule, { ...about(flight), reason: failure.code });
    return;
  }
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const input = {
    QueueUrl: queueUrlOf(queue),
    MessageBody: JSON.stringify(event),
    MessageAttributes: {
      RULE_ARN: text(ruleArn),
      TARGET_ARN: text(target.arn),
      ERROR_CODE: text(
        ERROR_CODES.find(([pattern]) => pattern.test(failure.code))?.[1] ?? 'SDK_CLIENT_ERROR',
      ),
      ERROR_MESSAGE: text(failure.message === '' ? failure.code : failure.message),
      RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(flight.attempt - 1) },
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
    },
  };
  const token: DeadLetterToken = Object.freeze({
    type: 'deadLetter',
    rule: flight.rule,
    target: target.id,
    to: target.arn,
    queue,
    event: event.id,
    reason: failure.code,
  });
  context.request({ service: 'sqs', operation: 'SendMessage', input, caller: principal(ruleArn) }, token);
}

/** UNSURE: which refusals AWS counts where. */
const ERROR_CODES: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|AuthorizationError|NotAuthorized/u, 'NO_PERMISSIONS'],
  [/NonExistent|NotFound|NO_RESOURCE/u, 'NO_RESOURCE'],
  [/Throttl|ThroughputExceeded|TooManyRequests/u, 'THROTTLING'],
];

type Lost = Omit<Extract<Parameters<typeof emit>[1], { readonly type: 'events/EventLost' }>, 'type'>;

function lost(context: Ctx, key: string, facts: Lost): void {
  const rule = context.state.rules.get(key);
  if (rule !== undefined) rule.counters.lost++;
  emit(context, { type: 'events/EventLost', ...facts });
}

export function deadLetterAnswered(context: Ctx, token: DeadLetterToken, outcome: Outcome): void {
  const { rule: key, target, to, queue, event: messageId } = token;
  const facts = { by: EVENTS_PRINCIPAL, rule: nameOf(token), messageId, target, to };
  if (!outcome.ok) {
    const rule = context.state.rules.get(key);
    const { code, message } = outcome.refusal;
    if (rule !== undefined) rule.trouble = Object.freeze({ at: context.now, to: queue, code, message });
    lost(context, key, { ...facts, reason: code });
    return;
  }
  const rule = context.state.rules.get(key);
  if (rule !== undefined) rule.counters.deadLettered++;
  const { MessageId: became } = outcome.output as { readonly MessageId?: string };
  emit(context, {
    type: 'events/EventDeadLettered',
    ...facts,
    queue,
    ...(became !== undefined && { became }),
  });
}
