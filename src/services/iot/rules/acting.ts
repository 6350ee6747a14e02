/**
 * Messages on their way to actions: each at least once, an action that is throttled a few times more, then the error
 * action. AWS IoT Core Developer Guide, AWS IoT rule actions; Error handling (error action).
 */
import type { Action } from '@aws-sdk/client-iot';
import type { LogBook, LogLines } from '../../../contract/logLines.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { base64 } from '../../../engine/plainJson.ts';
import type { Outcome } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { emit, IOT_PRINCIPAL } from '../events.ts';
import { AGAIN, DELAY } from '../limits.ts';
import { type Flight, type Message, ruleKey, type TopicRule } from '../model.ts';
import { deedOf, partOf, placeOf } from './actions.ts';
import type { Ctx } from './lookup.ts';
import { surroundings } from './surroundings.ts';

export interface ActionDue {
  readonly type: 'iot/ActionDue';
  readonly flight: number;
}

/** What comes back with an answer. Frozen. */
export interface ActionToken {
  readonly type: 'action';
  readonly flight: number;
}

/** Given by `receiving.ts`: a rule can publish again. */
export type Republish = (
  context: Ctx,
  topic: string,
  payload: Uint8Array,
  account: string,
  by: string,
) => void;

export function startActions(context: Ctx, rule: TopicRule, message: Message, data: Uint8Array): void {
  for (const action of rule.actions) start(context, rule, action, message, data, false);
}

function start(
  context: Ctx,
  rule: Pick<TopicRule, 'account' | 'name' | 'arn'>,
  action: Action,
  message: Message,
  data: Uint8Array,
  isErrorAction: boolean,
): void {
  const { state } = context;
  const flight: Flight = Object.freeze({
    id: ++state.flightsMade,
    rule: ruleKey(rule.account, rule.name),
    ruleArn: rule.arn,
    action,
    isErrorAction,
    message,
    data,
    attempt: 0,
  });
  state.flights.set(flight.id, flight);
  wait(context, flight, context.random('actions').integer(DELAY.min, DELAY.max));
}

function wait(context: Ctx, { id }: Flight, waitMs: number): void {
  const timer: ActionDue = { type: 'iot/ActionDue', flight: id };
  context.schedule(after(context.now, milliseconds(waitMs)), timer);
}

export function actionDue(context: Ctx, { flight: id }: ActionDue, republish: Republish): void {
  const { state } = context;
  const before = state.flights.get(id);
  if (before === undefined) return;
  const flight = Object.freeze({ ...before, attempt: before.attempt + 1 });
  state.flights.set(id, flight);
  const account = accountOf(flight);
  const deed = deedOf(flight, surroundings(state, flight.message, account));
  if (deed.type === 'log') {
    writeLog(context, flight, account, deed.group, deed.text);
    return;
  }
  if (deed.type === 'republish') {
    done(context, flight, undefined);
    republish(context, deed.topic, flight.data, account, IOT_PRINCIPAL);
    return;
  }
  if (context.peek(deed.request.service) === undefined) {
    failed(context, flight, {
      code: 'ServiceUnavailable',
      message: 'There is no such service in this world.',
    });
    return;
  }
  const token: ActionToken = Object.freeze({ type: 'action', flight: id });
  context.request(deed.request, token);
}

const accountOf = ({ rule }: Pick<Flight, 'rule'>): string => rule.slice(0, rule.indexOf('/'));
const nameOf = ({ rule }: Pick<Flight, 'rule'>): string => rule.slice(rule.indexOf('/') + 1);

function writeLog(context: Ctx, flight: Flight, account: string, group: string, text: string): void {
  const book = context.peek('logs') as LogBook | undefined;
  if (book?.groups.has(`${account}/${group}`) !== true) {
    failed(context, flight, {
      code: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    return;
  }
  const lines: LogLines = Object.freeze({
    type: 'LogLines',
    account,
    group,
    stream: nameOf(flight),
    lines: Object.freeze([text]),
  });
  context.deliver({ to: 'logs', from: 'iot', payload: lines });
  done(context, flight, undefined);
}

const AGAIN_CODES = /Throttl|ThroughputExceeded|TooManyRequests|ServiceUnavailable|SlowDown/u;

export function actionAnswered(context: Ctx, { flight: id }: ActionToken, outcome: Outcome): void {
  const flight = context.state.flights.get(id);
  if (flight === undefined) return;
  if (outcome.ok) {
    const { MessageId, RecordId, SequenceNumber } = outcome.output as Readonly<
      Record<string, string | undefined>
    >;
    done(context, flight, MessageId ?? SequenceNumber ?? RecordId);
    return;
  }
  const { code, message, fault } = outcome.refusal;
  const mayHelp = fault === 'server' || AGAIN_CODES.test(code);
  if (!mayHelp || flight.attempt > AGAIN.attempts) {
    failed(context, flight, { code, message });
    return;
  }
  note(context, flight, { code, message }, true);
  wait(context, flight, AGAIN.firstMs * 2 ** (flight.attempt - 1));
}

const about = (flight: Flight) => ({
  by: IOT_PRINCIPAL,
  rule: nameOf(flight),
  messageId: flight.message.id,
  topic: flight.message.topic,
  action: partOf(flight.action).name,
  to: placeOf(flight.action),
});

function done(context: Ctx, flight: Flight, became: string | undefined): void {
  const { state, now } = context;
  state.flights.delete(flight.id);
  const rule = state.rules.get(flight.rule);
  if (rule !== undefined) {
    if (flight.isErrorAction) rule.counters.errorActions++;
    else rule.counters.done++;
    countTraffic(rule.outgoing, now);
  }
  emit(context, {
    type: 'iot/ActionDone',
    ...about(flight),
    isErrorAction: flight.isErrorAction,
    ...(became !== undefined && { became }),
  });
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

function note(context: Ctx, flight: Flight, { code, message }: Failure, again: boolean): void {
  const rule = context.state.rules.get(flight.rule);
  if (rule !== undefined) {
    if (!again) rule.counters.failed++;
    rule.trouble = Object.freeze({ at: context.now, code, message });
  }
  emit(context, {
    type: 'iot/ActionFailed',
    ...about(flight),
    reason: code,
    attempt: flight.attempt,
    again,
  });
}

/** The error action is told; without one the message is gone. */
function failed(context: Ctx, flight: Flight, failure: Failure): void {
  const { state } = context;
  state.flights.delete(flight.id);
  note(context, flight, failure, false);
  const rule = state.rules.get(flight.rule);
  const errorAction = flight.isErrorAction ? null : (rule?.errorAction ?? null);
  if (rule === undefined || errorAction === null) {
    if (rule !== undefined) rule.counters.lost++;
    emit(context, { type: 'iot/MessageLost', ...about(flight), reason: failure.code });
    return;
  }
  start(context, rule, errorAction, flight.message, errorPayload(flight, failure), true);
}

const NAMES: Readonly<Record<string, string>> = { cloudwatchLogs: 'CloudwatchLogsAction' };

/** Error handling, Message format of an error action. */
function errorPayload(flight: Flight, { code, message }: Failure): Uint8Array {
  const { name } = partOf(flight.action);
  const failedAction = NAMES[name] ?? `${name[0]!.toUpperCase()}${name.slice(1)}Action`;
  const told = {
    ruleName: nameOf(flight),
    topic: flight.message.topic,
    cloudwatchTraceId: flight.message.id,
    clientId: 'N/A',
    base64OriginalPayload: base64(flight.message.payload),
    failures: [
      {
        failedAction,
        failedResource: placeOf(flight.action),
        errorMessage: `${message === '' ? code : message} (Error Code: ${code}). Message arrived on: ${flight.message.topic}, Action: ${name}`,
      },
    ],
  };
  return utf8Bytes(JSON.stringify(told));
}
