/** Names and passwords of users. Amazon MQ API Reference, User. */
import { badRequest } from '../errors.ts';
import { GROUPS_MAX, PASSWORD, USERNAME } from '../limits.ts';
import type { BrokerUser, EngineType } from '../model.ts';

export interface UserAsked {
  readonly Username?: string | undefined;
  readonly Password?: string | undefined;
  readonly ConsoleAccess?: boolean | undefined;
  readonly Groups?: readonly string[] | undefined;
  readonly ReplicationUser?: boolean | undefined;
}

export function checkUsername(engine: EngineType, name: string): void {
  const allowed = engine === 'RABBITMQ' ? /^[\w.-]+$/u : /^[\w.~-]+$/u;
  if (name.length < USERNAME.min || name.length > USERNAME.max || !allowed.test(name)) {
    const signs = engine === 'RABBITMQ' ? '(- . _)' : '(- . _ ~)';
    throw badRequest(
      `Username [${name}] is invalid. It must contain only alphanumeric characters, dashes, periods, underscores ${engine === 'RABBITMQ' ? '' : 'and tildes '}${signs}, and must be ${USERNAME.min}-${USERNAME.max} characters long.`,
    );
  }
  if (engine === 'RABBITMQ' && name === 'guest') {
    throw badRequest('Username [guest] is invalid. Amazon MQ prohibits guest as a username.');
  }
}

export function checkPassword(password: string): void {
  const distinct = new Set(password).size;
  const why =
    password.length < PASSWORD.min
      ? `It has ${password.length} characters; at least ${PASSWORD.min} are needed.`
      : distinct < PASSWORD.unique
        ? `It has ${distinct} different characters; at least ${PASSWORD.unique} are needed.`
        : /[,:=]/u.test(password)
          ? 'It has a comma, a colon or an equal sign.'
          : undefined;
  if (why === undefined) return;
  throw badRequest(
    'Password is invalid. It must be at least 12 characters long, must contain at least 4 unique characters, and must not contain commas, colons, or equal signs (,:=).',
    why,
  );
}

function checkGroups(groups: readonly string[]): void {
  if (groups.length > GROUPS_MAX) {
    throw badRequest(`A user can be in ${GROUPS_MAX} groups at most.`, `There are ${groups.length}.`);
  }
  for (const group of groups) {
    if (/^[\w.~-]{2,100}$/u.test(group)) continue;
    throw badRequest(
      `Group [${group}] is invalid. It must contain only alphanumeric characters, dashes, periods, underscores and tildes (- . _ ~), and must be 2-100 characters long.`,
    );
  }
}

/** As asked for, over what there is of it. */
export function readUser(
  engine: EngineType,
  name: string,
  asked: UserAsked,
  before?: BrokerUser,
): BrokerUser {
  checkUsername(engine, name);
  const password = asked.Password ?? before?.password;
  if (password === undefined) throw badRequest('password is required.');
  checkPassword(password);
  const groups = asked.Groups ?? before?.groups ?? [];
  checkGroups(groups);
  return Object.freeze({
    username: name,
    password,
    consoleAccess: asked.ConsoleAccess ?? before?.consoleAccess ?? false,
    groups: Object.freeze([...groups]),
    replicationUser: asked.ReplicationUser ?? before?.replicationUser ?? false,
  });
}
