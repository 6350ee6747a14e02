/** `app list` and `app describe`. */
import type { Operation } from '../../../contract/operation.ts';
import type { App, AppsState } from '../model.ts';
import { figures } from '../view.ts';
import { appNamed } from './control.ts';
import { DESCRIBE_OUTPUT, EXISTING, LIST_OUTPUT, NAME_ONLY, structure } from './shapes.ts';

export const listApps: Operation<AppsState, object> = {
  name: 'List',
  service: 'app',
  input: structure('ListRequest', []),
  output: LIST_OUTPUT,
  summary: 'Lists the apps of this world.',
  members: {},
  handle: (context) => ({ apps: [...context.state.apps.values()].map(summaryOf) }),
};

export const describeApp: Operation<AppsState, { readonly name: string }> = {
  name: 'Describe',
  service: 'app',
  input: NAME_ONLY('Describe'),
  output: DESCRIBE_OUTPUT,
  summary: 'Shows an app: its settings as typed, its figures, and the last refusal it met.',
  members: { name: EXISTING },
  handle(context, input) {
    const app = appNamed(context, input.name);
    const { name: _name, to: _to, from: _from, ...settings } = app.given;
    return {
      ...summaryOf(app),
      settings,
      figures: figures(app, context.now),
      ...(app.refusal && {
        lastRefusal: {
          operation: app.refusal.operation,
          code: app.refusal.code,
          message: app.refusal.message,
        },
      }),
    };
  },
};

function summaryOf(app: App): object {
  const { name, kind, running, settings } = app;
  return 'to' in settings
    ? { name, kind, running, to: `queue/${settings.to.name}` }
    : { name, kind, running, from: `queue/${settings.from.name}` };
}
