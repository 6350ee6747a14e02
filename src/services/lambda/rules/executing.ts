/**
 * One execution of a function: taken when there is room, decided at once, ended when its time has passed. Lambda
 * Developer Guide, Understanding Lambda function scaling; Configure Lambda function timeout.
 */
import { toUtcText } from '../../../contract/isoTime.ts';
import type { LogBook, LogLines } from '../../../contract/logLines.ts';
import { mixWords } from '../../../contract/messageId.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { emit, type InvocationWay } from '../events.ts';
import { concurrencyMax } from '../limits.ts';
import { countFunction } from '../metrics.ts';
import {
  type Ending,
  type Execution,
  functionKey,
  type LambdaFunction,
  type LambdaState,
  newRequestId,
  type Origin,
} from '../model.ts';
import type { ExecutionDue } from '../timers.ts';
import { drawDuration, entriesOf, failure, run } from './behaviours.ts';

/** Why there is no room; undefined: there is. */
export function fullness(state: LambdaState, record: LambdaFunction): string | undefined {
  const { reserved, counters } = record;
  if (reserved !== undefined) {
    if (counters.running < reserved) return undefined;
    return `${record.name} has ${counters.running} executions; ${reserved} are reserved for it, and no more are allowed.`;
  }
  const { running, limit } = unreserved(state, record.account);
  if (running < limit) return undefined;
  return `The functions without a reservation have ${running} executions; ${limit} are left for them${state.limits === 'scaled' ? ' (scaled: 1/100 of the AWS figure)' : ''}.`;
}

/** What the functions of an account without a reservation share. */
export function unreserved(
  state: LambdaState,
  account: string,
): { readonly running: number; readonly limit: number } {
  let running = 0;
  let limit = concurrencyMax(state.limits);
  for (const record of state.functions.values()) {
    if (record.account !== account) continue;
    if (record.reserved === undefined) running += record.counters.running;
    else limit -= record.reserved;
  }
  return { running, limit };
}

interface Started {
  readonly origin: Origin;
  /** Who caused it. */
  readonly by: string;
  /** JSON. */
  readonly text: string;
  readonly requestId?: string;
}

/** Starts an execution; undefined: there was no room, and that is counted. */
export function startExecution(
  context: Context<LambdaState>,
  record: LambdaFunction,
  { origin, by, text, requestId = newRequestId(context.state) }: Started,
): Execution | undefined {
  const { state, now } = context;
  if (fullness(state, record) !== undefined) {
    noteThrottle(context, record, origin, by);
    return undefined;
  }
  const { config, counters } = record;
  const event: unknown = JSON.parse(text);
  const drawn = drawDuration(config.handler, config.environment, context.random('duration'));
  const limit = config.timeout * 1_000;
  const ending = run(config.handler, {
    event,
    text,
    environment: config.environment,
    random: context.random('behaviour'),
    hadEffect: (name) => record.effects.has(name),
    effect: (name) => haveEffect(record, name),
  });
  const execution: Execution = Object.freeze({
    id: ++state.executionsMade,
    function: functionKey(record.account, record.name),
    order: record.order,
    requestId,
    origin,
    by,
    started: now,
    durationMs: Math.min(drawn, limit),
    memory: config.memory,
    ending: drawn > limit ? timedOut(requestId, config.timeout) : ending,
    records: entriesOf(event)?.length ?? 1,
  });
  state.executions.set(execution.id, execution);
  counters.running++;
  counters.invocations++;
  countTraffic(record.incoming, now);
  countFunction(state, record, now, 'Invocations');
  countFunction(state, record, now, 'ConcurrentExecutions', counters.running);
  const timer: ExecutionDue = { type: 'lambda/ExecutionDue', execution: execution.id };
  context.schedule(after(now, milliseconds(execution.durationMs)), timer);
  return execution;
}

const timedOut = (requestId: string, timeout: number): Ending =>
  failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${timeout}.00 seconds`);

/** Texts that are remembered, so that an effect that is had again is noticed. */
const EFFECTS_MAX = 20_000;

function haveEffect({ effects, counters }: LambdaFunction, text: string): void {
  counters.effects++;
  if (effects.has(text)) counters.repeatedEffects++;
  if (effects.size >= EFFECTS_MAX) effects.delete(effects.values().next().value!);
  effects.add(text);
}

const wayOf = ({ type }: Origin): InvocationWay =>
  type === 'call' ? 'RequestResponse' : type === 'async' ? 'Event' : 'batch';

function noteThrottle(
  context: Context<LambdaState>,
  record: LambdaFunction,
  origin: Origin,
  by: string,
): void {
  const { state, now } = context;
  record.counters.throttles++;
  countTraffic(record.refusals, now);
  countFunction(state, record, now, 'Throttles');
  emit(context, { type: 'lambda/Throttled', by, function: record.name, invocation: wayOf(origin) });
}

/** Its time has passed: counts it, and answers the execution. */
export function endExecution(context: Context<LambdaState>, execution: Execution): void {
  const { state, now } = context;
  const { requestId, ending, durationMs, origin, by, records } = execution;
  state.executions.delete(execution.id);
  state.requests++;
  state.duration += durationMs * execution.memory;
  const slash = execution.function.indexOf('/');
  const name = execution.function.slice(slash + 1);
  const record = state.functions.get(execution.function);
  // A function of the same name may have been made meanwhile.
  if (record?.order === execution.order) {
    record.counters.running--;
    if (ending.error !== undefined) {
      record.counters.errors++;
      countFunction(state, record, now, 'Errors');
    }
    countFunction(state, record, now, 'Duration', durationMs);
  }
  writeLog(context, execution, execution.function.slice(0, slash), name);
  emit(context, {
    type: 'lambda/Invoked',
    by,
    function: name,
    requestId,
    invocation: wayOf(origin),
    durationMs,
    records,
    ...(ending.error !== undefined && { error: errorText(ending) }),
  });
}

/** `Sandbox.Timedout: Task timed out …`: what a function's error says. */
function errorText({ payload }: Ending): string {
  const { errorType, errorMessage } = JSON.parse(payload) as Record<string, string>;
  return `${errorType}: ${errorMessage}`;
}

/** The end of the log, as Invoke gives it back. */
export const logOf = (execution: Execution): Uint8Array => utf8Bytes(`${linesOf(execution).join('\n')}\n`);

/** Lambda Developer Guide, Sending Lambda function logs to CloudWatch Logs. SIMPLER THAN AWS: a group must be made. */
function writeLog(context: Context<LambdaState>, execution: Execution, account: string, name: string): void {
  const book = context.peek('logs') as LogBook | undefined;
  const group = `/aws/lambda/${name}`;
  if (book === undefined || !book.groups.has(`${account}/${group}`)) return;
  const day = toUtcText(context.state.epoch + context.now)
    .slice(0, 10)
    .replaceAll('-', '/');
  const payload: LogLines = {
    type: 'LogLines',
    account,
    group,
    stream: `${day}/[$LATEST]${mixWords(context.state.seed, execution.order).toString(16).padStart(8, '0')}`,
    lines: Object.freeze(linesOf(execution)),
  };
  context.deliver({ to: 'logs', from: name, payload: Object.freeze(payload) });
}

function linesOf(execution: Execution): string[] {
  const { requestId, durationMs, memory, ending } = execution;
  return [
    `START RequestId: ${requestId} Version: $LATEST`,
    ...(ending.error === undefined ? [] : [`[ERROR] ${errorText(ending)}`]),
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tDuration: ${durationMs}.00 ms\tBilled Duration: ${durationMs} ms\tMemory Size: ${memory} MB\tMax Memory Used: ${Math.min(memory, 64)} MB`,
  ];
}
