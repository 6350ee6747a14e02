/** Who a client of a broker is where nobody said it. */
import { settingsOf } from '../../contract/world.ts';
import type { Context } from '../../engine/service.ts';
import type { AppsState } from './model.ts';

/** What is read of Amazon MQ. */
interface Brokers {
  readonly brokers: ReadonlyMap<
    string,
    {
      readonly id: string;
      readonly name: string;
      readonly account: string;
      readonly users: ReadonlyMap<string, unknown>;
    }
  >;
}

/** The usual name where the broker has such a user, else its first user. */
export function userOf(context: Context<AppsState>, broker: string, usual: string): string {
  const { account } = settingsOf(context);
  const state = context.peek('mq') as Brokers | undefined;
  for (const { id, name, account: owner, users } of state?.brokers.values() ?? []) {
    if (owner !== account || (name !== broker && id !== broker)) continue;
    return users.has(usual) ? usual : ([...users.keys()][0] ?? usual);
  }
  return usual;
}
