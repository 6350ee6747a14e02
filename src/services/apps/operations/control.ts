/** `app start`, `stop`, `crash`, `delete` and `update`. */
import type { Operation } from '../../../contract/operation.ts';
import type { Context } from '../../../engine/service.ts';
import { endPolls } from '../consuming.ts';
import { noSuchApp, notFor } from '../errors.ts';
import { crash, fillWorkers, start, stop } from '../lifecycle.ts';
import type { App, AppsState, Given } from '../model.ts';
import { changePace } from '../pattern.ts';
import { planNext } from '../producing.ts';
import { consumerSettings, producerSettings } from '../settings.ts';
import {
  CONSUMER_MEMBERS,
  CONSUMER_RULES,
  EXISTING,
  NAME_ONLY,
  NOTHING,
  PRODUCER_MEMBERS,
  PRODUCER_RULES,
  UPDATE,
} from './shapes.ts';

interface Named {
  readonly name: string;
}
type Control = Operation<AppsState, Named>;

export function appNamed(context: Context<AppsState>, name: string): App {
  const app = context.state.apps.get(name);
  if (app === undefined) throw noSuchApp(name);
  return app;
}

function control(
  name: string,
  summary: string,
  act: (context: Context<AppsState>, app: App) => void,
): Control {
  return {
    name,
    service: 'app',
    input: NAME_ONLY(name),
    output: NOTHING(name),
    summary,
    members: { name: EXISTING },
    handle(context, input) {
      act(context, appNamed(context, input.name));
      return {};
    },
  };
}

export const startApp = control('Start', 'Starts an app, and its crashed workers anew.', start);

export const stopApp = control(
  'Stop',
  'Stops an app; what its workers hold is finished first.',
  (context, app) => stop(context, app, 'asked'),
);

export const crashApp = control(
  'Crash',
  'Ends an app in the middle of its work; what it holds stays in flight.',
  crash,
);

export const deleteApp = control('Delete', 'Stops an app and removes it.', (context, app) => {
  stop(context, app, 'deleted');
  context.state.apps.delete(app.name);
});

const ONLY_PRODUCER = new Set(['to', ...PRODUCER_MEMBERS.map((member) => member.name)]);
const ONLY_CONSUMER = new Set(['from', ...CONSUMER_MEMBERS.map((member) => member.name)]);

export const updateApp: Operation<AppsState, Named & Given> = {
  name: 'Update',
  service: 'app',
  input: UPDATE,
  output: NOTHING('Update'),
  summary: 'Changes an app from now on; what is left out stays.',
  members: { ...CONSUMER_RULES, ...PRODUCER_RULES, name: EXISTING },
  handle(context, input) {
    const app = appNamed(context, input.name);
    const wrong = Object.keys(input).find((flag) =>
      (app.kind === 'producer' ? ONLY_CONSUMER : ONLY_PRODUCER).has(flag),
    );
    if (wrong !== undefined) throw notFor(app.kind, app.name, wrong);
    apply(context, app, Object.freeze({ ...app.given, ...input }));
    return {};
  },
};

function apply(context: Context<AppsState>, app: App, given: Given): void {
  if (app.kind === 'consumer') {
    app.settings = consumerSettings(given);
    app.given = given;
    endPolls(context, app);
    fillWorkers(context, app);
    return;
  }
  const before = app.settings;
  app.settings = producerSettings(given);
  app.given = given;
  const { rate, pattern } = app.settings;
  if (rate.count !== before.rate.count || rate.per !== before.rate.per || pattern !== before.pattern) {
    changePace(app.progress, rate, pattern, context.now, context.random(`producer/${app.name}`));
  }
  planNext(context, app);
}
