/**
 * Are the destinations of a configuration there, and do they let S3 in? A queue and a topic get a test message, a
 * function is asked. The caller waits. SIMPLER THAN AWS: test messages that were sent stay sent when another
 * destination is refused.
 */
import { parseArn } from '../../../contract/arn.ts';
import type { Caller, CallId, Context, Outcome } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import type { Bucket, ConfigurationCheck, NotificationRule, S3State } from '../model.ts';
import { unableToValidate } from './configuration.ts';
import { testBody } from './eventRecord.ts';
import { handOver, isThere, queueUrlOf } from './notifying.ts';

/** Frozen. */
export interface CheckToken {
  readonly type: 'check';
  readonly check: number;
  readonly kind: NotificationRule['kind'];
  readonly arn: string;
  /** S3 was refused; the question is now whether the destination is there at all. */
  readonly refused?: true;
}

export function setRules(
  context: Context<S3State>,
  bucket: Bucket,
  rules: readonly NotificationRule[],
  eventBridge: boolean,
  by: string,
): void {
  bucket.rules = rules;
  if (eventBridge) bucket.eventBridge = true;
  else delete bucket.eventBridge;
  emit(context, { type: 's3/NotificationsChanged', by, bucket: bucket.name, count: rules.length });
}

/** One question for each destination. */
export function checkDestinations(
  context: Context<S3State>,
  bucket: Bucket,
  rules: readonly NotificationRule[],
  eventBridge: boolean,
): void {
  const { state, now, call, caller } = context;
  const targets = new Map(rules.map((rule) => [rule.arn, rule.kind]));
  const id = ++state.configurationsMade;
  const check: ConfigurationCheck = {
    call: call!,
    by: caller.by,
    bucket: bucket.name,
    rules,
    eventBridge,
    left: targets.size,
    problems: [],
  };
  state.checks.set(id, check);
  for (const [arn, kind] of targets) {
    const token: CheckToken = Object.freeze({ type: 'check', check: id, kind, arn });
    if (!isThere(context, kind)) {
      oneAnswered(context, id, `${arn}: there is no such service in this world.`);
      continue;
    }
    const body = testBody(state, bucket.name, now);
    handOver(context, { bucket: bucket.name, account: bucket.account, kind, arn, body }, token, true);
  }
}

export function destinationAnswered(context: Context<S3State>, token: CheckToken, outcome: Outcome): void {
  const { check, kind, arn, refused } = token;
  if (outcome.ok && refused === undefined) {
    oneAnswered(context, check, undefined);
    return;
  }
  if (kind === 'function') {
    oneAnswered(context, check, `${arn}: Not authorized to invoke function [${arn}]`);
    return;
  }
  if (refused === undefined) {
    askWhetherThere(context, Object.freeze({ ...token, refused: true }));
    return;
  }
  // UNSURE: the words for a topic that is not there.
  const problem = outcome.ok
    ? `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`
    : `The destination ${kind} does not exist`;
  oneAnswered(context, check, `${arn}: ${problem}`);
}

/** Services tell a stranger only that he may not; its owner is told whether it is there. */
function askWhetherThere(context: Context<S3State>, token: CheckToken): void {
  const { arn, kind } = token;
  const { account } = parseArn(arn)!;
  const caller: Caller = { by: 's3', account, profile: 'default', secure: true };
  const request =
    kind === 'queue'
      ? { service: 'sqs', operation: 'GetQueueAttributes', input: { QueueUrl: queueUrlOf(arn) } }
      : { service: 'sns', operation: 'GetTopicAttributes', input: { TopicArn: arn } };
  context.request({ ...request, caller }, token);
}

function oneAnswered(context: Context<S3State>, id: number, problem: string | undefined): void {
  const { state } = context;
  const check = state.checks.get(id);
  if (check === undefined) return;
  if (problem !== undefined) check.problems.push(problem);
  if (--check.left > 0) return;
  state.checks.delete(id);
  const call = check.call as CallId;
  const bucket = state.buckets.get(check.bucket);
  if (bucket === undefined || check.problems.length > 0) {
    const problems = check.problems.length > 0 ? check.problems : ['The bucket is gone.'];
    context.complete(call, { ok: false, refusal: unableToValidate(problems).refusal });
    return;
  }
  setRules(context, bucket, check.rules, check.eventBridge, check.by);
  context.complete(call, { ok: true, output: {} });
}
