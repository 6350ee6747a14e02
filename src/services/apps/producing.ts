/**
 * A producer at work: messages fall due by its pattern, go out alone or in batches, and are tried again when the
 * service says "too fast". A producer does not wait for an answer before it sends on, so it can exceed what one
 * waiting client could.
 */
import type { Context, Outcome, Refusal } from '../../engine/service.ts';
import { after, between, instant, milliseconds } from '../../engine/units.ts';
import { type AgentState, nextLook, readLog, ripe } from './agent.ts';
import { call, isWorthRetrying, noteRefusal, publish, queueUrl, write } from './calling.ts';
import { refusedEvents, takesEvents, tell, tellOperation } from './eventSending.ts';
import { collectionMax, putAggregated } from './kplSending.ts';
import type { AppsState, Producer } from './model.ts';
import { nextDue, takeDue } from './pattern.ts';
import { putOperation, putRecords, refusedRecords, takesRecords } from './recordSending.ts';
import { countIn, sample } from './rings.ts';
import { fill, pad } from './template.ts';
import { producerOf, type RetryDue, type SendDue, type SendToken } from './timers.ts';

type AppsContext = Context<AppsState>;

const streamOf = (app: Producer): string => `producer/${app.name}`;

/** Arms the timer for the next messages; whatever was armed before is stale. */
export function planNext(
  context: AppsContext,
  app: Producer,
  earliest = after(context.now, milliseconds(1)),
): void {
  if (!app.running) return;
  const { rate, pattern, batch, kplBuffered } = app.settings;
  const missing = kplBuffered === undefined ? Math.max(1, Math.min(batch, room(app)) - app.waiting) : 1;
  const due =
    app.agent === undefined
      ? nextDue(app.progress, rate, pattern, context.now, missing) + (kplBuffered ?? 0)
      : nextLook(app, app.agent, context.now);
  app.plan++;
  const timer: SendDue = { type: 'app/SendDue', app: app.name, life: app.life, plan: app.plan };
  context.schedule(instant(Math.max(due, earliest)), timer);
}

/** How many more messages may go out before `count` is reached. */
const room = (app: Producer): number =>
  (app.settings.count ?? Number.MAX_SAFE_INTEGER) - app.counters.sent - app.outstanding;

export function sendDue(context: AppsContext, timer: SendDue): void {
  const app = producerOf(context, timer);
  if (app === undefined || !app.running || timer.plan !== app.plan) return;
  sendWhatIsDue(context, app);
  planNext(context, app);
}

function sendWhatIsDue(context: AppsContext, app: Producer): void {
  if (app.agent !== undefined) {
    tailLog(context, app, app.agent);
    return;
  }
  const { rate, pattern, batch } = app.settings;
  const due = takeDue(app.progress, rate, pattern, context.now, context.random(streamOf(app)));
  const kpl = app.settings.kplBuffered !== undefined;
  app.waiting = Math.min(app.waiting + due, Math.max(0, room(app)));
  while (app.waiting > 0) {
    const size = Math.min(kpl ? collectionMax(app) : batch, app.waiting);
    if (!kpl && size < batch && size < room(app)) return;
    app.waiting -= size;
    app.outstanding += size;
    const numbers: number[] = [];
    for (let index = 0; index < size; index++) numbers.push(app.next++);
    submit(context, app, numbers, 1, context.now);
  }
}

function tailLog(context: AppsContext, app: Producer, agent: AgentState): void {
  readLog(context, app, agent);
  for (let size = ripe(app, agent, context.now); size > 0; size = ripe(app, agent, context.now)) {
    app.waiting -= size;
    app.outstanding += size;
    agent.since = app.waiting > 0 ? context.now : instant(0);
    const numbers: number[] = [];
    for (let index = 0; index < size; index++) numbers.push(app.next++);
    for (const line of numbers) agent.unaccepted.add(line);
    submit(context, app, numbers, 1, context.now);
  }
}

function submit(
  context: AppsContext,
  app: Producer,
  numbers: readonly number[],
  attempt: number,
  first: number,
): void {
  const { to } = app.settings;
  const token: SendToken = {
    type: 'send',
    app: app.name,
    life: app.life,
    numbers,
    attempt,
    at: context.now,
    first,
    ...(app.agent !== undefined && { run: app.agent.run }),
  };
  if (to.kind === 'database') {
    write(context, app, app.name, to, token);
    return;
  }
  if (app.settings.kplBuffered !== undefined) {
    putAggregated(context, app, numbers, token);
    return;
  }
  if (takesRecords(to.kind)) {
    putRecords(context, app, numbers, token);
    return;
  }
  if (takesEvents(to.kind)) {
    tell(context, app, numbers, token);
    return;
  }
  if (to.kind === 'topic') {
    const entries = numbers.map((n) => ({ Id: `m${n}`, ...publication(app, n) }));
    if (app.settings.batch === 1) publish(context, app, 'Publish', publication(app, numbers[0]!), to, token);
    else publish(context, app, 'PublishBatch', { PublishBatchRequestEntries: entries }, to, token);
    return;
  }
  const QueueUrl = queueUrl(context, to);
  if (app.settings.batch === 1) {
    call(context, app, app.name, 'SendMessage', { QueueUrl, ...message(app, numbers[0]!) }, token);
    return;
  }
  const Entries = numbers.map((n) => ({ Id: `m${n}`, ...message(app, n) }));
  call(context, app, app.name, 'SendMessageBatch', { QueueUrl, Entries }, token);
}

/** Message `n` as Publish takes it: topics know no delay. */
function publication(app: Producer, n: number): object {
  const { body, size, group, dedup } = app.settings;
  const text = fill(body, n);
  return {
    Message: size === undefined ? text : pad(text, size),
    ...(group === undefined ? {} : { MessageGroupId: fill(group, n) }),
    ...(dedup === undefined ? {} : { MessageDeduplicationId: fill(dedup, n) }),
  };
}

/** Message `n` as SendMessage takes it. */
function message(app: Producer, n: number): object {
  const { body, size, group, dedup, delay } = app.settings;
  const text = fill(body, n);
  return {
    MessageBody: size === undefined ? text : pad(text, size),
    ...(delay === undefined ? {} : { DelaySeconds: delay / 1_000 }),
    ...(group === undefined ? {} : { MessageGroupId: fill(group, n) }),
    ...(dedup === undefined ? {} : { MessageDeduplicationId: fill(dedup, n) }),
  };
}

interface BatchAnswer {
  readonly Failed?: readonly {
    readonly Id: string;
    readonly Code: string;
    readonly Message?: string;
    readonly SenderFault: boolean;
  }[];
}

/** The answer to a send: count what was accepted, try again or give up what was not. */
export function sendAnswered(context: AppsContext, token: SendToken, outcome: Outcome): void {
  const app = producerOf(context, token);
  if (app === undefined) return;
  // Of a process that crashed: nobody is there to take the answer.
  if (app.agent !== undefined && token.run !== app.agent.run) return;
  const operation = operationOf(app);
  if (!app.settings.website) sample(app.latency, between(instant(token.at), context.now));
  else if (outcome.ok) sample(app.latency, between(instant(token.first), context.now));
  if (!outcome.ok) {
    noteRefusal(context, app, app.name, operation, outcome.refusal, token.numbers.length);
    retryOrLose(context, app, token, token.numbers, outcome.refusal);
  } else if (takesRecords(app.settings.to.kind) || takesEvents(app.settings.to.kind)) {
    const refused = takesEvents(app.settings.to.kind)
      ? refusedEvents(outcome.output, token.numbers)
      : refusedRecords(outcome.output, token.numbers, token.inRecords);
    if (app.agent !== undefined) noteAccepted(app.agent, token.numbers, refused);
    accept(
      context,
      app,
      token.numbers.length - refused.reduce((sum, { numbers }) => sum + numbers.length, 0),
    );
    for (const { refusal, numbers } of refused) {
      noteRefusal(context, app, app.name, operation, refusal, numbers.length);
      retryOrLose(context, app, token, numbers, refusal);
    }
  } else {
    const failed = (outcome.output as BatchAnswer).Failed ?? [];
    accept(context, app, token.numbers.length - failed.length);
    for (const entry of failed) {
      const refusal: Refusal = {
        code: entry.Code,
        message: entry.Message ?? '',
        httpStatus: 400,
        fault: entry.SenderFault ? 'client' : 'server',
      };
      noteRefusal(context, app, app.name, operation, refusal, 1);
      retryOrLose(context, app, token, [Number(entry.Id.slice(1))], refusal);
    }
  }
  if (app.running && app.counters.sent >= (app.settings.count ?? Number.POSITIVE_INFINITY)) {
    app.running = false;
    app.since = context.now;
    context.emit(Object.freeze({ type: 'app/Stopped', by: app.name, app: app.name, reason: 'count' }));
  }
}

function noteAccepted(
  { unaccepted }: AgentState,
  numbers: readonly number[],
  refused: readonly { readonly numbers: readonly number[] }[],
): void {
  for (const line of numbers) unaccepted.delete(line);
  for (const { numbers: still } of refused) for (const line of still) unaccepted.add(line);
}

function operationOf(app: Producer): string {
  const { kind } = app.settings.to;
  if (app.settings.kplBuffered !== undefined) return 'PutRecords';
  if (takesRecords(kind)) return putOperation(kind, app.settings.batch);
  if (takesEvents(kind)) return tellOperation(kind);
  if (kind === 'database') return 'Write';
  if (kind === 'topic') return app.settings.batch === 1 ? 'Publish' : 'PublishBatch';
  return app.settings.batch === 1 ? 'SendMessage' : 'SendMessageBatch';
}

function accept(context: AppsContext, app: Producer, accepted: number): void {
  app.outstanding -= accepted;
  app.counters.sent += accepted;
  countIn(app.flow, context.now, accepted);
}

/** SDK defaults: exponential backoff with jitter, starting at 100 ms, 20 s at most. */
function retryOrLose(
  context: AppsContext,
  app: Producer,
  { attempt, first }: Pick<SendToken, 'attempt' | 'first'>,
  numbers: readonly number[],
  refusal: Refusal,
): void {
  const isTireless = app.agent !== undefined;
  if (app.running && (isTireless || (attempt <= app.settings.retries && isWorthRetrying(refusal)))) {
    const longest = Math.min(20_000, 100 * 2 ** Math.min(attempt - 1, 10));
    const wait = milliseconds(context.random(streamOf(app)).integer(1, longest));
    const timer: RetryDue = {
      type: 'app/RetryDue',
      app: app.name,
      life: app.life,
      numbers,
      attempt: attempt + 1,
      first,
      ...(app.agent !== undefined && { run: app.agent.run }),
    };
    context.schedule(after(context.now, wait), timer);
    return;
  }
  // The log still has them.
  if (isTireless) return;
  app.outstanding -= numbers.length;
  app.counters.lost += numbers.length;
  // A visitor who sees an error has waited, too.
  if (app.settings.website) sample(app.latency, between(instant(first), context.now));
}

export function retryDue(context: AppsContext, timer: RetryDue): void {
  const app = producerOf(context, timer);
  if (app === undefined) return;
  if (app.agent !== undefined && (!app.running || timer.run !== app.agent.run)) return;
  if (app.running) {
    submit(context, app, timer.numbers, timer.attempt, timer.first);
  } else {
    // Stopped or crashed while it waited: what it had not handed over is gone with it.
    app.outstanding -= timer.numbers.length;
    app.counters.lost += timer.numbers.length;
  }
}
