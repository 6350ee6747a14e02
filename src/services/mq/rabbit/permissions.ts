/** May this user do that here? RabbitMQ Access Control guide. IAM has no say inside a broker. */
import type { Connection } from '../model.ts';
import type { Permissions, RabbitRuntime } from './model.ts';
import { matches } from './patterns.ts';
import { channelError } from './refusals.ts';

/** Throws ACCESS_REFUSED. */
export function checkPermission(
  runtime: RabbitRuntime,
  { user, virtualHost }: Connection,
  what: keyof Permissions,
  resource: 'queue' | 'exchange',
  name: string,
): void {
  const pattern = runtime.users.get(user)?.permissions[virtualHost]?.[what] ?? '';
  // The default exchange is known to permissions as amq.default.
  const known = resource === 'exchange' && name === '' ? 'amq.default' : name;
  if (matches(pattern, known)) return;
  throw channelError(
    'ACCESS_REFUSED',
    `${what} access to ${resource} '${known}' in vhost '${virtualHost}' refused for user '${user}'`,
    `The pattern of ${what} is '${pattern}', and ${known} is not in it.`,
  );
}
