/** Where the end of an asynchronous call is told: queues, topics, functions, called as the function itself. */
import { parseArn } from '../../../contract/arn.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import type { Caller, Context, Outcome } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import { countFunction } from '../metrics.ts';
import {
  type AsyncEvent,
  type Ending,
  functionKey,
  type LambdaFunction,
  type LambdaState,
} from '../model.ts';

/** What comes back with the answer of a destination. Frozen. */
export interface DestinationToken {
  readonly type: 'destination';
  readonly function: string;
  readonly requestId: string;
  readonly to: string;
  readonly deadLetter: boolean;
}

/**
 * The function as it calls others. SIMPLER THAN AWS: its execution role may do whatever its account may, so another
 * account's resources need a policy and those of its own do not.
 */
export const callerOf = ({ name, account }: Pick<LambdaFunction, 'name' | 'account'>): Caller => ({
  by: name,
  account,
  profile: 'default',
  secure: true,
});

/** `arn:aws:sqs:…` → the queue's URL. */
export function queueUrlOf(arn: string): string {
  const { region, account, resource } = parseArn(arn)!;
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

export function sendTo(
  context: Context<LambdaState>,
  record: LambdaFunction,
  event: Pick<AsyncEvent, 'requestId'>,
  to: string,
  body: string,
): void {
  send(context, record, event, to, body, undefined);
}

/** Into a bucket, as an object of this key. */
export function putTo(
  context: Context<LambdaState>,
  record: LambdaFunction,
  { requestId }: Pick<AsyncEvent, 'requestId'>,
  to: string,
  Key: string,
  Body: string,
): void {
  const own = functionKey(record.account, record.name);
  const token: DestinationToken = Object.freeze({
    type: 'destination',
    function: own,
    requestId,
    to,
    deadLetter: false,
  });
  if (context.peek('s3') === undefined) {
    noteFailure(context, token, 'there is no such service in this world');
    return;
  }
  const input = { Bucket: parseArn(to)!.resource, Key, Body };
  context.request({ service: 's3', operation: 'PutObject', input, caller: callerOf(record) }, token);
}

/** Lambda Developer Guide, Adding a dead-letter queue: the event as it came, and why in three attributes. */
export function sendDeadLetter(
  context: Context<LambdaState>,
  record: LambdaFunction,
  event: AsyncEvent,
  to: string,
  ending: Ending | undefined,
): void {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const message =
    ending === undefined
      ? 'Rate Exceeded.'
      : String((JSON.parse(ending.payload) as Record<string, unknown>).errorMessage);
  send(context, record, event, to, event.payload, {
    RequestID: text(event.requestId),
    ErrorCode: { DataType: 'Number', StringValue: ending === undefined ? '429' : '200' },
    ErrorMessage: text(message),
  });
}

function send(
  context: Context<LambdaState>,
  record: LambdaFunction,
  event: Pick<AsyncEvent, 'requestId'>,
  to: string,
  body: string,
  MessageAttributes: object | undefined,
): void {
  const token: DestinationToken = Object.freeze({
    type: 'destination',
    function: functionKey(record.account, record.name),
    requestId: event.requestId,
    to,
    deadLetter: MessageAttributes !== undefined,
  });
  const caller = callerOf(record);
  const more = MessageAttributes === undefined ? {} : { MessageAttributes };
  switch (parseArn(to)?.service) {
    case 'sqs': {
      const input = { QueueUrl: queueUrlOf(to), MessageBody: body, ...more };
      context.request({ service: 'sqs', operation: 'SendMessage', input, caller }, token);
      return;
    }
    case 'sns': {
      if (context.peek('sns') === undefined) break;
      const input = { TopicArn: to, Message: body, ...more };
      context.request({ service: 'sns', operation: 'Publish', input, caller }, token);
      return;
    }
    case 'lambda': {
      const input = { FunctionName: to, InvocationType: 'Event', Payload: utf8Bytes(body) };
      context.request({ service: 'lambda', operation: 'Invoke', input, caller }, token);
      return;
    }
  }
  noteFailure(context, token, 'there is no such service in this world');
}

export function destinationAnswered(
  context: Context<LambdaState>,
  token: DestinationToken,
  outcome: Outcome,
): void {
  if (!outcome.ok) {
    noteFailure(context, token, outcome.refusal.code);
    return;
  }
  emit(context, {
    type: 'lambda/DestinationReached',
    by: nameOf(token),
    function: nameOf(token),
    requestId: token.requestId,
    to: token.to,
  });
}

const nameOf = ({ function: key }: DestinationToken): string => key.slice(key.indexOf('/') + 1);

function noteFailure(context: Context<LambdaState>, token: DestinationToken, reason: string): void {
  const { state, now } = context;
  const record = state.functions.get(token.function);
  if (record !== undefined) {
    record.counters.lost++;
    countFunction(state, record, now, token.deadLetter ? 'DeadLetterErrors' : 'DestinationDeliveryFailures');
  }
  emit(context, {
    type: 'lambda/DestinationFailed',
    by: nameOf(token),
    function: nameOf(token),
    requestId: token.requestId,
    to: token.to,
    reason,
  });
}
