/**
 * The heartbeat of a worker: while it holds messages it hides them anew, each time `--heartbeat` has passed, for
 * `--visibility`, else for twice the heartbeat (SQS Developer Guide, Visibility timeout best practices).
 */
import type { Context, Outcome } from '../../engine/service.ts';
import { after, milliseconds } from '../../engine/units.ts';
import { call, noteRefusal, queueUrl } from './calling.ts';
import { type AppsState, type Consumer, workerName } from './model.ts';
import { consumerOf, type HeartbeatDue, type HeartbeatToken } from './timers.ts';

type AppsContext = Context<AppsState>;

/** Arms the next heartbeat of the batch in hand. */
export function planHeartbeat(context: AppsContext, app: Consumer, index: number): void {
  const { heartbeat } = app.settings;
  if (heartbeat === undefined) return;
  const timer: HeartbeatDue = {
    type: 'app/HeartbeatDue',
    app: app.name,
    life: app.life,
    worker: index,
    received: app.workers[index]!.received,
  };
  context.schedule(after(context.now, heartbeat), timer);
}

export function heartbeatDue(context: AppsContext, timer: HeartbeatDue): void {
  const app = consumerOf(context, timer);
  const worker = app?.workers[timer.worker];
  if (app === undefined || worker === undefined || worker.received !== timer.received) return;
  const { from, heartbeat, visibility } = app.settings;
  const held = worker.batch.slice(worker.index);
  if (held.length === 0 || heartbeat === undefined) return;
  const seconds = Math.min(43_200, (visibility ?? heartbeat * 2) / 1_000);
  const token: HeartbeatToken = { type: 'heartbeat', app: app.name, life: app.life, worker: timer.worker };
  const QueueUrl = queueUrl(context, from);
  for (const { receiptHandle } of held) {
    const input = { QueueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
    call(context, app, workerName(app, timer.worker), 'ChangeMessageVisibility', input, token);
  }
  worker.hiddenUntil = after(context.now, milliseconds(seconds * 1_000));
  planHeartbeat(context, app, timer.worker);
}

export function heartbeatAnswered(context: AppsContext, token: HeartbeatToken, outcome: Outcome): void {
  const app = consumerOf(context, token);
  if (app === undefined || outcome.ok) return;
  noteRefusal(context, app, workerName(app, token.worker), 'ChangeMessageVisibility', outcome.refusal, 1);
}
