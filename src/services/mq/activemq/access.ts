/** Who may do what: users of the broker, and its authorization map. Amazon MQ Developer Guide, Managing Broker Users. */
import type { Field } from './boxes.ts';
import type { Session } from './model.ts';
import { keyOf, matches, type Named } from './names.ts';
import type { AuthorizationEntry } from './policy.ts';
import { notAuthorized } from './refusals.ts';

const WORDS = { read: 'read from', write: 'write to', admin: 'create' } as const;

/** Throws `Refused`. A destination that is not there yet also needs the right to create it. */
type Who = Pick<Session, 'protocol' | 'user' | 'groups'>;

export function authorize(field: Field, session: Who, right: keyof typeof WORDS, to: Named): void {
  const { authorization } = field.runtime.policy;
  if (authorization === undefined) return;
  const { protocol, user } = session;
  if (!may(authorization, session, right, to)) throw notAuthorized(protocol, user, WORDS[right], keyOf(to));
  const isThere =
    to.kind === 'queue' ? field.runtime.boxes.has(keyOf(to)) : field.runtime.topics.has(to.name);
  if (!isThere && right !== 'admin' && !may(authorization, session, 'admin', to)) {
    throw notAuthorized(protocol, user, WORDS.admin, keyOf(to));
  }
}

/** All entries that match count together; no entry: nobody may. */
function may(
  entries: readonly AuthorizationEntry[],
  { user, groups }: Who,
  right: keyof typeof WORDS,
  { kind, name }: Named,
): boolean {
  const fitting = entries.filter((entry) => entry.kind === kind && matches(entry.pattern, name));
  return fitting.some((entry) => {
    const names = entry[right];
    return names.includes('*') || names.includes(user) || groups.some((group) => names.includes(group));
  });
}
