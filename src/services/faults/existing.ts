/** Is there such a resource? Read from the states of the services, as far as each lists its names. */
import { ServiceError } from '../../contract/errors.ts';
import { settingsOf } from '../../contract/world.ts';
import type { Context } from '../../engine/service.ts';
import type { FaultsState } from './model.ts';

type Named = Readonly<Record<string, ReadonlyMap<string, unknown> | undefined>>;

/** Where each kind of resource is kept: its service, the member of its state, and its key there. */
const PLACES: Readonly<Record<string, readonly [service: string, member: string, byAccount: boolean]>> = {
  app: ['app', 'apps', false],
  database: ['app', 'databases', false],
  queue: ['sqs', 'queues', true],
  delivery: ['firehose', 'streams', true],
  group: ['autoscaling', 'groups', true],
  broker: ['mq', 'brokerNames', true],
};

export function checkExists(context: Context<FaultsState>, kind: string, name: string): void {
  const missing = (): ServiceError => new ServiceError('ResourceNotFound', `There is no ${kind}/${name}.`);
  if (kind === 'key' && keyIdOf(context, name) === undefined) throw missing();
  const place = PLACES[kind];
  if (place === undefined) return;
  const [service, member, byAccount] = place;
  const state = context.peek(service) as Named | undefined;
  const key = byAccount ? `${settingsOf(context).account}/${name}` : name;
  if (state?.[member]?.has(key) === true) return;
  throw missing();
}

interface Databases {
  readonly databases: ReadonlyMap<string, { readonly settings: { readonly engine: string } }>;
}

/** Is this database one of RDS or Aurora? */
export function isRelational(context: Context<FaultsState>, name: string): boolean {
  const state = context.peek('app') as Databases | undefined;
  return state?.databases.get(name)?.settings.engine !== 'dynamodb';
}

interface Keys {
  readonly keys: ReadonlyMap<string, unknown>;
  readonly aliases: ReadonlyMap<string, { readonly name: string; readonly keyId: string }>;
}

/** The id of a key that goes by its alias without `alias/`, or by its id. */
export function keyIdOf(context: Context<FaultsState>, name: string): string | undefined {
  const state = context.peek('kms') as Keys | undefined;
  if (state?.keys.has(name)) return name;
  return [...(state?.aliases.values() ?? [])].find((alias) => alias.name === `alias/${name}`)?.keyId;
}
