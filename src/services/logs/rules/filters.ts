/** A subscription filter is made when its destination took a test message. API Reference, PutSubscriptionFilter. */
import type { ServiceError } from '../../../contract/errors.ts';
import type { CallId, Context, Outcome } from '../../../engine/service.ts';
import { invalidParameter } from '../errors.ts';
import { emit } from '../events.ts';
import type { LogsState, SubscriptionFilter } from '../model.ts';

/** What comes back when a destination was asked. Frozen. */
export interface ProbeToken {
  readonly type: 'probe';
  readonly call: CallId;
  readonly by: string;
  /** `account/name`. */
  readonly group: string;
  readonly service: string;
  readonly filter: SubscriptionFilter;
}

const SENTENCES: Readonly<Record<string, string>> = {
  firehose:
    'Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.',
  kinesis:
    'Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state.',
  lambda:
    'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
};

export const undelivered = (service: string, why: string): ServiceError =>
  invalidParameter(SENTENCES[service]!, { why });

export function probed(context: Context<LogsState>, token: ProbeToken, outcome: Outcome): void {
  const { call, by, filter, service } = token;
  const group = context.state.groups.get(token.group);
  if (!outcome.ok || group === undefined) {
    const { message } = outcome.ok ? { message: 'The log group is gone.' } : outcome.refusal;
    context.complete(call, { ok: false, refusal: undelivered(service, message).refusal });
    return;
  }
  group.filters.set(filter.name, filter);
  emit(context, { type: 'logs/FilterPut', by, group: group.name, filter: filter.name });
  context.complete(call, { ok: true, output: {} });
}
