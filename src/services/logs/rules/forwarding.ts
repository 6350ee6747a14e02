/**
 * What a subscription filter lets through goes to a delivery stream, a stream or a function: JSON in gzip, as CloudWatch
 * Logs writes it. CloudWatch Logs User Guide, Log group-level subscription filters; what is refused is tried for a day.
 */
import { parseArn } from '../../../contract/arn.ts';
import { messageId } from '../../../contract/messageId.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { base64 } from '../../../engine/plainJson.ts';
import type { Caller, Context, Outcome } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { gzip } from '../codecs/gzip.ts';
import { emit, LOGS_PRINCIPAL } from '../events.ts';
import { FORWARD } from '../limits.ts';
import {
  eventId,
  type Forward,
  type LogEvent,
  type LogGroup,
  type LogStream,
  type LogsState,
  type SubscriptionFilter,
} from '../model.ts';
import { fits } from './filterPattern.ts';
import { groupKey } from './lookup.ts';

type Ctx = Context<LogsState>;

/** What comes back with the answer of a destination. Frozen. */
export interface ForwardToken {
  readonly type: 'forward';
  readonly forward: number;
}
export interface ForwardDue {
  readonly type: 'logs/ForwardDue';
  readonly forward: number;
}

/** A random key. */
const KEY_IDS = 0x4c;

/** A request that hands data to a destination; undefined: no destination of subscription filters. */
export function requestTo(
  { state }: Pick<Ctx, 'state'>,
  group: LogGroup,
  to: string,
  data: Uint8Array,
  PartitionKey: string,
): Parameters<Ctx['request']>[0] | undefined {
  const { service, resource = '' } = parseArn(to) ?? {};
  const role: Caller = { by: group.name, account: group.account, profile: 'default', secure: true };
  const name = resource.slice(resource.search(/[/:]/u) + 1);
  switch (service) {
    case 'firehose': {
      const input = { DeliveryStreamName: name, Record: { Data: data } };
      return { service, operation: 'PutRecord', input, caller: role };
    }
    case 'kinesis':
      return {
        service,
        operation: 'PutRecord',
        input: { StreamARN: to, Data: data, PartitionKey },
        caller: role,
      };
    case 'lambda': {
      const Payload = utf8Bytes(JSON.stringify({ awslogs: { data: base64(data) } }));
      const caller: Caller = {
        by: LOGS_PRINCIPAL,
        account: state.account,
        profile: '',
        secure: true,
        sourceArn: `${group.arn}:*`,
      };
      const input = { FunctionName: to, InvocationType: 'Event', Payload };
      return { service, operation: 'Invoke', input, caller };
    }
    default:
      return undefined;
  }
}

/** What a destination is asked before it is accepted. */
export const testMessage = ({ state, now }: Pick<Ctx, 'state' | 'now'>, where: string): Uint8Array =>
  gzip(
    utf8Bytes(
      JSON.stringify({
        messageType: 'CONTROL_MESSAGE',
        owner: 'CloudwatchLogs',
        logGroup: '',
        logStream: '',
        subscriptionFilters: [],
        logEvents: [
          {
            id: '',
            timestamp: state.epoch + now,
            message: `CWL CONTROL MESSAGE: Checking health of destination ${where}.`,
          },
        ],
      }),
    ),
  );

/** New events of a stream: what each filter lets through is on its way. */
export function forwardEvents(
  context: Ctx,
  group: LogGroup,
  stream: LogStream,
  events: readonly LogEvent[],
): void {
  for (const filter of group.filters.values()) {
    const fitting = events.filter(({ message }) => fits(filter.pattern, message));
    if (fitting.length > 0) begin(context, group, stream, filter, fitting);
  }
}

function begin(
  context: Ctx,
  group: LogGroup,
  stream: LogStream,
  filter: SubscriptionFilter,
  events: readonly LogEvent[],
): void {
  const { state, now } = context;
  const id = ++state.forwardsMade;
  const data = gzip(
    utf8Bytes(
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        owner: group.account,
        logGroup: group.name,
        logStream: stream.name,
        subscriptionFilters: [filter.name],
        logEvents: events.map((event) => ({
          id: eventId(event),
          timestamp: event.timestamp,
          message: event.message,
        })),
      }),
    ),
  );
  const forward: Forward = Object.freeze({
    id,
    group: groupKey(group.account, group.name),
    stream: stream.name,
    filter: filter.name,
    to: filter.to,
    key: filter.distribution === 'Random' ? messageId(state.seed, id, KEY_IDS) : stream.name,
    data,
    count: events.length,
    since: now,
    attempt: 0,
  });
  attempt(context, forward);
}

function attempt(context: Ctx, before: Forward): void {
  const { state } = context;
  const group = state.groups.get(before.group);
  if (group === undefined) {
    state.forwards.delete(before.id);
    return;
  }
  const forward = Object.freeze({ ...before, attempt: before.attempt + 1 });
  state.forwards.set(forward.id, forward);
  const { service = '' } = parseArn(forward.to) ?? {};
  const request = requestTo(context, group, forward.to, forward.data, forward.key);
  if (request === undefined || context.peek(service) === undefined) {
    lose(context, group, forward, 'there is no such service in this world');
    return;
  }
  const token: ForwardToken = Object.freeze({ type: 'forward', forward: forward.id });
  context.request(request, token);
}

export function forwardAnswered(context: Ctx, { forward: id }: ForwardToken, outcome: Outcome): void {
  const { state, now } = context;
  const forward = state.forwards.get(id);
  const group = forward && state.groups.get(forward.group);
  if (forward === undefined || group === undefined) return;
  const facts = { by: LOGS_PRINCIPAL, group: group.name, filter: forward.filter, to: forward.to };
  if (outcome.ok) {
    state.forwards.delete(id);
    group.counters.forwarded += forward.count;
    countTraffic(group.outgoing, now, forward.count);
    emit(context, { type: 'logs/EventsForwarded', ...facts, count: forward.count });
    return;
  }
  const { code } = outcome.refusal;
  group.counters.failed++;
  emit(context, { type: 'logs/ForwardFailed', ...facts, count: forward.count, reason: code });
  const waitMs = Math.min(FORWARD.max, FORWARD.first * 2 ** Math.min(forward.attempt - 1, 20));
  if (now + waitMs - forward.since > FORWARD.tries) {
    lose(context, group, forward, code);
    return;
  }
  const timer: ForwardDue = { type: 'logs/ForwardDue', forward: id };
  context.schedule(after(now, milliseconds(waitMs)), timer);
}

function lose(context: Ctx, group: LogGroup, forward: Forward, reason: string): void {
  context.state.forwards.delete(forward.id);
  group.counters.lost += forward.count;
  const { filter, to, count } = forward;
  emit(context, {
    type: 'logs/EventsLost',
    by: LOGS_PRINCIPAL,
    group: group.name,
    filter,
    to,
    count,
    reason,
  });
}

export function forwardDue(context: Ctx, { forward: id }: ForwardDue): void {
  const forward = context.state.forwards.get(id);
  if (forward !== undefined) attempt(context, forward);
}
