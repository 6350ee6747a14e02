/**
 * A consumer at work. Each worker goes round: poll → work on each message of the batch → delete it → poll.
 *
 * The effect of a message (the card is charged, the mail is sent) comes at the end of its work. A worker that fails
 * has no effect and does not delete: the message comes back when its visibility timeout ends. A worker that crashes
 * stops in the middle, without effect, and what it holds stays in flight until then.
 */
import { faultOn } from '../../contract/faults.ts';
import { settingsOf } from '../../contract/world.ts';
import type { Context, Outcome } from '../../engine/service.ts';
import {
  after,
  between,
  type Instant,
  instant,
  type Milliseconds,
  milliseconds,
} from '../../engine/units.ts';
import { call, noteRefusal, queueUrl, write } from './calling.ts';
import { planHeartbeat } from './heartbeat.ts';
import { remember, remembers } from './memory.ts';
import {
  type AppsState,
  type Consumer,
  type Held,
  isWanted,
  NOTHING,
  type Worker,
  workerName,
} from './model.ts';
import { countIn, sample } from './rings.ts';
import { consumerOf, type WorkerDue, type WorkerToken } from './timers.ts';

type AppsContext = Context<AppsState>;

/** After a refused poll a worker rests this long. */
const REST_AFTER_REFUSAL = milliseconds(1_000);
const SYSTEM_ATTRIBUTES = Object.freeze(['SentTimestamp']);
const FIFO_ATTRIBUTES = Object.freeze(['SentTimestamp', 'MessageGroupId']);
/** Groups whose order is watched; the longest known is forgotten first. */
const GROUPS_MAX = 5_000;

const streamOf = (app: Consumer): string => `consumer/${app.name}`;

function turn(
  context: AppsContext,
  app: Consumer,
  worker: Worker,
  state: Worker['state'],
  until = context.now,
): void {
  worker.state = state;
  worker.turn = ++app.turns;
  worker.since = context.now;
  worker.until = until;
}

function tokenFor(app: Consumer, index: number, type: WorkerToken['type']): WorkerToken {
  return { type, app: app.name, life: app.life, worker: index, turn: app.workers[index]!.turn };
}

function wake(context: AppsContext, app: Consumer, index: number): void {
  const worker = app.workers[index]!;
  const timer: WorkerDue = {
    type: 'app/WorkerDue',
    app: app.name,
    life: app.life,
    worker: index,
    turn: worker.turn,
  };
  context.schedule(worker.until, timer);
}

/** The worker asks for messages, if it still should. */
export function poll(context: AppsContext, app: Consumer, index: number): void {
  const worker = app.workers[index]!;
  worker.batch = NOTHING;
  worker.index = 0;
  if (!isWanted(app, index)) {
    turn(context, app, worker, 'idle');
    return;
  }
  const { from, batch, wait, visibility } = app.settings;
  turn(context, app, worker, 'polling', after(context.now, wait));
  const input = {
    QueueUrl: queueUrl(context, from),
    MaxNumberOfMessages: batch,
    WaitTimeSeconds: wait / 1_000,
    MessageSystemAttributeNames: from.name.endsWith('.fifo') ? FIFO_ATTRIBUTES : SYSTEM_ATTRIBUTES,
    ...(visibility === undefined ? {} : { VisibilityTimeout: visibility / 1_000 }),
  };
  const token = tokenFor(app, index, 'receive');
  worker.call = call(context, app, workerName(app, index), 'ReceiveMessage', input, token);
}

/** An empty or refused poll is followed by a rest, so that time can pass. */
function rest(context: AppsContext, app: Consumer, index: number, time: Milliseconds): void {
  if (time === 0) {
    poll(context, app, index);
    return;
  }
  turn(context, app, app.workers[index]!, 'resting', after(context.now, time));
  wake(context, app, index);
}

export function workerAnswered(context: AppsContext, token: WorkerToken, outcome: Outcome): void {
  const app = consumerOf(context, token);
  const worker = app?.workers[token.worker];
  if (app === undefined || worker === undefined || worker.turn !== token.turn) return;
  worker.call = 0;
  if (token.type === 'receive') received(context, app, token.worker, outcome);
  else if (token.type === 'write') written(context, app, token.worker, outcome);
  else deleted(context, app, token.worker, outcome);
}

interface ReceiveAnswer {
  readonly Messages?: readonly {
    readonly MessageId: string;
    readonly ReceiptHandle: string;
    readonly Body: string;
    readonly Attributes?: Readonly<Record<string, string>>;
  }[];
}

function received(context: AppsContext, app: Consumer, index: number, outcome: Outcome): void {
  const { settings, counters } = app;
  if (!outcome.ok) {
    noteRefusal(context, app, workerName(app, index), 'ReceiveMessage', outcome.refusal, 1);
    rest(context, app, index, REST_AFTER_REFUSAL);
    return;
  }
  const messages = (outcome.output as ReceiveAnswer).Messages ?? [];
  if (messages.length === 0) {
    counters.emptyReceives++;
    rest(context, app, index, settings.pause);
    return;
  }
  const worker = app.workers[index]!;
  const { epoch } = settingsOf(context);
  worker.received = context.now;
  worker.batch = messages.map((message) => {
    const sent = instant(Number(message.Attributes?.SentTimestamp ?? epoch + context.now) - epoch);
    noteOrder(app, message.Attributes?.MessageGroupId ?? '', sent);
    return Object.freeze({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      sent,
      poison: settings.failOn !== undefined && message.Body.includes(settings.failOn),
    });
  });
  counters.received += messages.length;
  countIn(app.flow, context.now, messages.length);
  worker.index = 0;
  worker.hiddenUntil = instant(0);
  planHeartbeat(context, app, index);
  beginWork(context, app, index);
}

/** FIFO queues promise an order within each group only. */
export function noteOrder(app: Consumer, group: string, sent: Instant): void {
  const newest = app.newestSent.get(group);
  if (newest !== undefined && sent < newest) {
    app.counters.outOfOrder++;
    return;
  }
  if (newest === undefined && app.newestSent.size >= GROUPS_MAX) {
    for (const oldest of app.newestSent.keys()) {
      app.newestSent.delete(oldest);
      break;
    }
  }
  app.newestSent.set(group, sent);
}

/** Begins work on the message in hand, or polls when the batch is done. */
function beginWork(context: AppsContext, app: Consumer, index: number): void {
  const worker = app.workers[index]!;
  const held = worker.batch[worker.index];
  if (held === undefined) {
    poll(context, app, index);
    return;
  }
  const { settings } = app;
  if (settings.idempotent && remembers(app.memory, held.messageId)) {
    finish(context, app, index, held);
    return;
  }
  const random = context.random(streamOf(app));
  let time = random.integer(settings.time.min, settings.time.max);
  time *= faultOn(context, `app/${app.name}`, 'slow')?.times ?? 1;
  worker.crashing = random.chance(settings.crash.numerator, settings.crash.denominator);
  const crash = faultOn(context, `app/${app.name}`, 'crash');
  if (crash !== undefined && crash.chance.denominator > 1) {
    const { numerator, denominator } = crash.chance;
    worker.crashing ||= context.random('faults').chance(numerator, denominator);
  }
  if (worker.crashing) time = random.integer(0, time);
  turn(context, app, worker, 'working', after(context.now, milliseconds(time)));
  wake(context, app, index);
}

export function workerDue(context: AppsContext, timer: WorkerDue): void {
  const app = consumerOf(context, timer);
  const worker = app?.workers[timer.worker];
  if (app === undefined || worker === undefined || worker.turn !== timer.turn) return;
  if (worker.state === 'resting') poll(context, app, timer.worker);
  else if (worker.state === 'working') endWork(context, app, timer.worker);
}

function endWork(context: AppsContext, app: Consumer, index: number): void {
  const worker = app.workers[index]!;
  const held = worker.batch[worker.index]!;
  const { settings, counters } = app;
  if (worker.crashing) {
    crashWorker(context, app, index);
    return;
  }
  const random = context.random(streamOf(app));
  if (held.poison || random.chance(settings.fail.numerator, settings.fail.denominator)) {
    counters.failed++;
    worker.index++;
    beginWork(context, app, index);
    return;
  }
  if (settings.writes !== undefined) {
    turn(context, app, worker, 'writing');
    const token = tokenFor(app, index, 'write');
    worker.call = write(context, app, workerName(app, index), settings.writes, token);
    return;
  }
  applyEffect(context, app, index, held);
  finish(context, app, index, held);
}

/** A refused write is failed work: the message is left, and comes back when its timeout ends. */
function written(context: AppsContext, app: Consumer, index: number, outcome: Outcome): void {
  const worker = app.workers[index]!;
  const held = worker.batch[worker.index]!;
  if (!outcome.ok) {
    noteRefusal(context, app, workerName(app, index), 'Write', outcome.refusal, 1);
    app.counters.failed++;
    worker.index++;
    beginWork(context, app, index);
    return;
  }
  applyEffect(context, app, index, held);
  finish(context, app, index, held);
}

/** The message is dealt with: deletes it, or leaves it and takes the next in hand. */
function finish(context: AppsContext, app: Consumer, index: number, held: Held): void {
  if (app.settings.delete) {
    remove(context, app, index, held);
    return;
  }
  app.workers[index]!.index++;
  stopAtCount(context, app);
  beginWork(context, app, index);
}

function applyEffect(context: AppsContext, app: Consumer, index: number, held: Held): void {
  const isNew = remember(app.memory, held.messageId);
  // Two workers may have had the message at the same time: an idempotent consumer looks again before it acts.
  if (!isNew && app.settings.idempotent) return;
  app.counters.processed++;
  countIn(app.done, context.now, 1);
  sample(app.latency, between(held.sent, context.now));
  if (isNew) return;
  app.counters.repeatedEffects++;
  const worker = workerName(app, index);
  context.emit(
    Object.freeze({
      type: 'app/EffectRepeated',
      by: worker,
      app: app.name,
      worker,
      messageId: held.messageId,
    }),
  );
}

function remove(context: AppsContext, app: Consumer, index: number, held: Held): void {
  const worker = app.workers[index]!;
  turn(context, app, worker, 'deleting');
  const input = { QueueUrl: queueUrl(context, app.settings.from), ReceiptHandle: held.receiptHandle };
  const token = tokenFor(app, index, 'delete');
  worker.call = call(context, app, workerName(app, index), 'DeleteMessage', input, token);
}

function deleted(context: AppsContext, app: Consumer, index: number, outcome: Outcome): void {
  if (!outcome.ok) noteRefusal(context, app, workerName(app, index), 'DeleteMessage', outcome.refusal, 1);
  app.workers[index]!.index++;
  stopAtCount(context, app);
  beginWork(context, app, index);
}

/** Having processed `count` messages a consumer takes no more. */
export function stopAtCount(context: AppsContext, app: Consumer): void {
  if (!app.running || app.counters.processed < (app.settings.count ?? Number.POSITIVE_INFINITY)) return;
  app.running = false;
  app.since = context.now;
  endPolls(context, app);
  context.emit(Object.freeze({ type: 'app/Stopped', by: app.name, app: app.name, reason: 'count' }));
}

/** Gives up the polls and rests of workers that should take no more; work in hand goes on to its end. */
export function endPolls(context: AppsContext, app: Consumer): void {
  app.workers.forEach((worker, index) => {
    if (isWanted(app, index)) return;
    if (worker.state === 'polling' && worker.call !== 0) context.abandon(worker.call);
    if (worker.state !== 'polling' && worker.state !== 'resting') return;
    worker.call = 0;
    turn(context, app, worker, 'idle');
  });
}

/** The worker is gone with all it held; its messages come back when their timeouts end. */
export function crashWorker(
  context: AppsContext,
  app: Consumer,
  index: number,
  by = workerName(app, index),
): void {
  const worker = app.workers[index]!;
  const held = worker.batch[worker.index];
  if (worker.call !== 0) context.abandon(worker.call);
  worker.call = 0;
  worker.batch = NOTHING;
  worker.index = 0;
  worker.crashing = false;
  turn(context, app, worker, 'crashed');
  context.emit(
    Object.freeze({
      type: 'app/Crashed',
      by,
      app: app.name,
      worker: workerName(app, index),
      ...(held === undefined ? {} : { messageId: held.messageId }),
    }),
  );
}
