/** `app list` and `app describe`. */
import type { Operation } from '../../../contract/operation.ts';
import { type Database, databaseFigures } from '../database.ts';
import { type Endpoint, endpointFigures } from '../endpoints.ts';
import type { App, AppsState } from '../model.ts';
import type { Target } from '../values.ts';
import { figures } from '../view.ts';
import { clientDescribed, clientSummary } from './clients.ts';
import { appNamed } from './control.ts';
import { DESCRIBE_OUTPUT, EXISTING, LIST_OUTPUT, NAME_ONLY, structure } from './shapes.ts';

export const listApps: Operation<AppsState, object> = {
  name: 'List',
  service: 'app',
  input: structure('ListRequest', []),
  output: LIST_OUTPUT,
  summary: 'Lists the apps of this world.',
  members: {},
  handle: (context) => ({
    apps: [...context.state.apps.values()]
      .map((app) => summaryOf(app))
      .concat([...context.state.databases.values()].map(databaseSummary))
      .concat([...context.state.endpoints.values()].map(endpointSummary))
      .concat([...context.state.clients.values()].map(clientSummary)),
  }),
};

export const describeApp: Operation<AppsState, { readonly name: string }> = {
  name: 'Describe',
  service: 'app',
  input: NAME_ONLY('Describe'),
  output: DESCRIBE_OUTPUT,
  summary: 'Shows an app: its settings as typed, its figures, and the last refusal it met.',
  members: { name: EXISTING },
  handle(context, input) {
    const database = context.state.databases.get(input.name);
    if (database !== undefined) {
      const { name: _, ...settings } = database.given;
      return { ...databaseSummary(database), settings, figures: databaseFigures(database, context.now) };
    }
    const endpoint = context.state.endpoints.get(input.name);
    if (endpoint !== undefined) {
      const { name: _, ...settings } = endpoint.given;
      return { ...endpointSummary(endpoint), settings, figures: endpointFigures(endpoint) };
    }
    const client = context.state.clients.get(input.name);
    if (client !== undefined) return clientDescribed(client, context.now);
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
    ? {
        name,
        kind: settings.website ? 'website' : settings.agent === undefined ? kind : 'agent',
        running,
        to: textOf(settings.to),
      }
    : {
        name,
        kind:
          settings.window !== undefined
            ? 'flink'
            : settings.kcl !== undefined
              ? 'kcl-workers'
              : settings.group === undefined
                ? kind
                : 'fleet',
        running,
        from: textOf(settings.from),
      };
}

const textOf = ({ kind, name }: Target): string => `${kind}/${name}`;

const databaseSummary = ({ name }: Database): object => ({ name, kind: 'database', running: true });

const endpointSummary = ({ name, settings }: Endpoint): object => ({
  name,
  kind: settings.kind,
  running: true,
});
