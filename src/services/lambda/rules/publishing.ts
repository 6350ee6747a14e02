/** A function that publishes: one message after the other, as the function itself; a refusal is its error. */
import type { Context, Outcome } from '../../../engine/service.ts';
import type { Execution, LambdaState } from '../model.ts';
import { failure } from './behaviours.ts';
import { callerOf } from './destinations.ts';

/** Comes back with a topic's answer. Frozen. */
export interface PublishToken {
  readonly type: 'publish';
  readonly execution: number;
  readonly index: number;
}

/** Publishes the next of its messages; false: there is none. */
export function publishNext(context: Context<LambdaState>, execution: Execution, index: number): boolean {
  const message = execution.ending.publishes?.[index];
  if (message === undefined || context.peek('sns') === undefined) return false;
  const slash = execution.function.indexOf('/');
  const caller = callerOf({
    account: execution.function.slice(0, slash),
    name: execution.function.slice(slash + 1),
  });
  const token: PublishToken = Object.freeze({ type: 'publish', execution: execution.id, index });
  const input = { TopicArn: message.topic, Message: message.text };
  context.request({ service: 'sns', operation: 'Publish', input, caller }, token);
  return true;
}

/** The execution as it ends with this answer; undefined: there is more to publish. */
export function publishAnswered(
  context: Context<LambdaState>,
  { execution: id, index }: PublishToken,
  outcome: Outcome,
): Execution | undefined {
  const execution = context.state.executions.get(id);
  if (execution === undefined) return undefined;
  if (!outcome.ok) {
    const { code, message } = outcome.refusal;
    const ended: Execution = Object.freeze({ ...execution, ending: failure(code, message) });
    context.state.executions.set(id, ended);
    return ended;
  }
  return publishNext(context, execution, index + 1) ? undefined : execution;
}
