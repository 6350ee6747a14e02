/** Starting, stopping and crashing an app. */
import type { FaultNews } from '../../contract/faults.ts';
import type { Context, Delivery } from '../../engine/service.ts';
import { beginAnew } from './agent.ts';
import { crashClient, startClient } from './clients.ts';
import { crashWorker, endPolls, poll } from './consuming.ts';
import { databaseCrashed } from './databaseLife.ts';
import { type App, type AppsState, type Consumer, isWanted, newWorker } from './model.ts';
import { begin } from './pattern.ts';
import { planNext } from './producing.ts';
import { crashReads, endReads, readsStream, shareOut, startReads } from './shardFlow.ts';

type AppsContext = Context<AppsState>;

/** Starts what does not run; crashed workers begin anew. An app that runs well is left alone. */
export function start(context: AppsContext, app: App): void {
  const wasRunning = app.running;
  app.running = true;
  if (!wasRunning) app.since = context.now;
  if (app.kind === 'consumer') {
    fillWorkers(context, app);
  } else if (!wasRunning) {
    const { rate, pattern } = app.settings;
    if (app.agent !== undefined) beginAnew(app, app.agent);
    else app.progress = begin(rate, pattern, context.now, context.random(`producer/${app.name}`));
    app.waiting = 0;
    planNext(context, app, context.now);
  }
  if (!wasRunning) emit(context, 'app/Started', app);
}

/** One crashed worker of a group begins anew; its old leases wait for their time. */
export function startMember(context: AppsContext, app: Consumer, index: number): void {
  const member = app.kcl?.members[index];
  if (member === undefined || member.state === 'running') return;
  Object.assign(member, { state: 'running', since: context.now });
  if (app.running) shareOut(context, app);
  else start(context, app);
}

/** As many workers as wanted, each idle or crashed one polling. */
export function fillWorkers(context: AppsContext, app: Consumer): void {
  if (readsStream(app)) {
    startReads(context, app);
    return;
  }
  if (app.settings.group === undefined) {
    const wanted = app.settings.concurrency;
    while (app.workers.length < wanted) app.workers.push(newWorker(context.now));
    while (app.workers.length > wanted && isAway(app.workers.at(-1)!.state)) app.workers.pop();
  }
  app.workers.forEach((worker, index) => {
    if (isWanted(app, index) && isAway(worker.state)) poll(context, app, index);
  });
}

const isAway = (state: string): boolean => state === 'idle' || state === 'crashed';

/** Takes and sends no more; work in hand goes on to its end. */
export function stop(context: AppsContext, app: App, reason: 'asked' | 'deleted'): void {
  if (!app.running) return;
  app.running = false;
  app.since = context.now;
  if (app.kind === 'consumer') {
    endPolls(context, app);
    endReads(context, app);
  }
  context.emit(Object.freeze({ type: 'app/Stopped', by: context.caller.by, app: app.name, reason }));
}

/** Ends at once, without tidying up: what a consumer holds stays in flight until its visibility timeout ends. */
export function crash(context: AppsContext, app: App): void {
  app.running = false;
  app.since = context.now;
  if (app.kind === 'producer') {
    if (app.agent !== undefined) app.agent.run++;
    emit(context, 'app/Crashed', app);
    return;
  }
  if (readsStream(app)) {
    crashReads(context, app, context.caller.by);
    return;
  }
  app.workers.forEach((worker, index) => {
    if (worker.state !== 'crashed') crashWorker(context, app, index, context.caller.by);
  });
}

function emit(context: AppsContext, type: 'app/Started' | 'app/Crashed', app: App): void {
  context.emit(Object.freeze({ type, by: context.caller.by, app: app.name }));
}

/** A fault ends an app at once, unless it has a chance for each message; when it is over, the app begins anew. */
export function crashFault(context: AppsContext, { payload }: Delivery): void {
  const { type, fault } = payload as FaultNews;
  if (fault.on.startsWith('database/')) {
    databaseCrashed(context, payload as FaultNews);
    return;
  }
  const name = fault.on.slice('app/'.length);
  const client = context.state.clients.get(name);
  if (client !== undefined) {
    if (fault.kind !== 'crash') return;
    if (type === 'FaultEnded') startClient(context, client);
    else if (fault.chance.denominator === 1) crashClient(context, client);
    return;
  }
  const app = context.state.apps.get(name);
  if (app === undefined) return;
  if (type === 'FaultEnded') start(context, app);
  else if (fault.chance.denominator === 1) crash(context, app);
}
