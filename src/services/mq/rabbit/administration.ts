/** Virtual hosts, users and permissions, as an administrator of the broker makes them. RabbitMQ, Access Control. */
import type { LimitsProfile } from '../../../contract/world.ts';
import type { Ground } from '../engine.ts';
import { Refused } from '../errors.ts';
import type { Broker, Connection } from '../model.ts';
import { checkPassword, checkUsername } from '../rules/users.ts';
import { newExchange } from './declaring.ts';
import type { ExchangeType, Permissions, RabbitRuntime, VirtualHost } from './model.ts';
import { isPattern } from './patterns.ts';
import { isFrom, runtimeOf } from './runtime.ts';

const BUILT_IN: readonly (readonly [string, ExchangeType])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
];

const newVirtualHost = (name: string): VirtualHost => ({
  name,
  exchanges: new Map(BUILT_IN.map(([exchange, type]) => [exchange, newExchange(exchange, type)])),
  queues: new Map(),
});

const ALL: Permissions = Object.freeze({ configure: '.*', write: '.*', read: '.*' });

export function createRuntime({ users }: Broker, limits: LimitsProfile): RabbitRuntime {
  const host = newVirtualHost('/');
  return {
    type: 'RABBITMQ',
    limits,
    virtualHosts: new Map([['/', host]]),
    users: new Map(
      [...users.values()].map(({ username, password }) => [
        username,
        Object.freeze({
          name: username,
          password,
          tags: 'administrator',
          permissions: Object.freeze({ '/': ALL }),
        }),
      ]),
    ),
    channels: new Map(),
    consumers: new Map(),
    queuesMade: 0,
    consumersMade: 0,
    namesMade: 0,
    queueCount: 0,
    exchangeCount: BUILT_IN.length,
    readyCount: 0,
    readyBytes: 0,
    unackedCount: 0,
    unackedBytes: 0,
    alarm: '',
    held: [],
    lastNode: 0,
  };
}

const refused = (code: string, message: string, why?: string): Refused =>
  new Refused({ code, message, closes: 'nothing', ...(why !== undefined && { why }) });

/** The management API answers to administrators. */
function checkAdministrator(runtime: RabbitRuntime, { user }: Connection): void {
  const { tags = '' } = runtime.users.get(user) ?? {};
  if (tags.split(',').includes('administrator')) return;
  throw refused('not_authorised', 'User not authorised', `The user ${user} has no administrator tag.`);
}

export function putVirtualHost(ground: Ground, connection: Connection, name: string): object {
  const runtime = runtimeOf(ground.broker);
  checkAdministrator(runtime, connection);
  if (name === '') throw refused('bad_request', 'A virtual host has a name.');
  if (runtime.virtualHosts.has(name)) return {};
  runtime.virtualHosts.set(name, newVirtualHost(name));
  runtime.exchangeCount += BUILT_IN.length;
  const own = runtime.users.get(connection.user)!;
  const permissions = Object.freeze({ ...own.permissions, [name]: ALL });
  runtime.users.set(own.name, Object.freeze({ ...own, permissions }));
  return {};
}

export function putUser(
  ground: Ground,
  connection: Connection,
  {
    user: name,
    password,
    tags = '',
  }: { readonly user: string; readonly password: string; readonly tags?: string },
): object {
  const runtime = runtimeOf(ground.broker);
  checkAdministrator(runtime, connection);
  try {
    checkUsername('RABBITMQ', name);
    checkPassword(password);
  } catch (error) {
    throw refused('bad_request', (error as Error).message);
  }
  const permissions = runtime.users.get(name)?.permissions ?? Object.freeze({});
  runtime.users.set(name, Object.freeze({ name, password, tags, permissions }));
  return {};
}

export function setPermissions(
  ground: Ground,
  connection: Connection,
  asked: { readonly user: string; readonly virtualHost: string } & Permissions,
): object {
  const runtime = runtimeOf(ground.broker);
  checkAdministrator(runtime, connection);
  const user = runtime.users.get(asked.user);
  if (user === undefined) throw refused('not_found', `There is no user '${asked.user}'.`);
  if (!runtime.virtualHosts.has(asked.virtualHost)) {
    throw refused('not_found', `There is no virtual host '${asked.virtualHost}'.`);
  }
  const { configure, write, read } = asked;
  for (const pattern of [configure, write, read]) {
    if (isPattern(pattern)) continue;
    throw refused(
      'bad_request',
      `not modelled: the pattern ${pattern}`,
      'Letters, . […] * + ? ^ $ and | are.',
    );
  }
  const mine: Permissions = Object.freeze({ configure, write, read });
  const permissions = Object.freeze({ ...user.permissions, [asked.virtualHost]: mine });
  runtime.users.set(user.name, Object.freeze({ ...user, permissions }));
  return {};
}

export const hasAmqp10 = (broker: Broker): boolean => isFrom(broker, '4.0');
