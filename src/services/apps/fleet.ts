/**
 * A fleet: a consumer with one worker for each instance in service of an Auto Scaling group. A worker comes with its
 * instance. When the instance is to end, the worker drains: it takes no more and finishes what it holds, if there is
 * time; or it crashes at once, as its fleet was told.
 */
import type { InstanceGroups, InstanceNews } from '../../contract/instanceGroups.ts';
import { settingsOf } from '../../contract/world.ts';
import type { Context, Delivery } from '../../engine/service.ts';
import { crashWorker, endPolls, poll } from './consuming.ts';
import { noSuchInstanceGroup } from './errors.ts';
import { type AppsState, type Consumer, newWorker } from './model.ts';

type AppsContext = Context<AppsState>;

/** The instances at work now; refused when there is no such group. */
export function instancesOf(context: AppsContext, name: string): string[] {
  const { account } = settingsOf(context);
  const state = context.peek('autoscaling') as InstanceGroups | undefined;
  const group = [...(state?.groups.values() ?? [])].find(
    (one) => one.name === name && one.account === account,
  );
  if (group === undefined) throw noSuchInstanceGroup(name);
  return [...group.instances.values()].filter(({ state: at }) => at === 'InService').map(({ id }) => id);
}

/** An instance is in service: a worker of its own, in the first free place. */
export function addInstance(context: AppsContext, app: Consumer, id: string): void {
  const free = app.instances.findIndex((one) => one.id === '');
  const index = free < 0 ? app.workers.length : free;
  app.workers[index] = { ...newWorker(context.now), turn: ++app.turns };
  app.instances[index] = { id, isEnding: false };
  if (app.running) poll(context, app, index);
}

export function instanceChanged(context: AppsContext, { payload }: Delivery): void {
  const { type, group, instance } = payload as InstanceNews;
  for (const app of context.state.apps.values()) {
    if (app.kind !== 'consumer' || app.settings.group !== group) continue;
    if (type === 'InstanceInService') addInstance(context, app, instance);
    const index = app.instances.findIndex(({ id }) => id === instance);
    if (index < 0) continue;
    if (type === 'InstanceTerminating') ending(context, app, index);
    if (type === 'InstanceTerminated') gone(context, app, index);
  }
}

function ending(context: AppsContext, app: Consumer, index: number): void {
  app.instances[index]!.isEnding = true;
  if (app.settings.onTermination === 'crash') crashWorker(context, app, index);
  else endPolls(context, app);
}

/** What it has not finished by now it never will. */
function gone(context: AppsContext, app: Consumer, index: number): void {
  const { state } = app.workers[index]!;
  if (state === 'working' || state === 'writing' || state === 'deleting') crashWorker(context, app, index);
  app.workers[index] = { ...newWorker(context.now), turn: ++app.turns };
  app.instances[index] = { id: '', isEnding: false };
}
