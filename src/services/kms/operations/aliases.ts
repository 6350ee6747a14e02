/** Aliases: names for keys, that can be moved to another key. */
import {
  CreateAlias$,
  type CreateAliasRequest,
  DeleteAlias$,
  type DeleteAliasRequest,
  ListAliases$,
  type ListAliasesRequest,
  UpdateAlias$,
  type UpdateAliasRequest,
} from '@aws-sdk/client-kms';
import { KEY_ID, kmsOperation } from '../define.ts';
import { aliasNotFound, alreadyExists, invalidAlias, invalidState, reservedAlias } from '../errors.ts';
import { ALIAS_LENGTH_MAX, LIST_ALIASES } from '../limits.ts';
import { type Alias, aliasArn, aliasKey, type KmsState } from '../model.ts';
import { managedKey } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';

const ALIAS_NAME = {
  purpose: 'the alias: alias/NAME',
  min: 1,
  max: ALIAS_LENGTH_MAX,
  unit: 'characters',
} as const;

/** KMS API Reference, CreateAlias. UNSURE: the sentence about the beginning. */
function checkAlias(name: string): void {
  if (!name.startsWith('alias/'))
    throw invalidAlias(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  if (name.startsWith('alias/aws/')) throw reservedAlias();
  if (name.length <= ALIAS_LENGTH_MAX && /^[a-zA-Z0-9/_-]+$/u.test(name) && name !== 'alias/') return;
  throw invalidAlias(
    `1 validation error detected: Value '${name}' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9/_-]+$`,
  );
}

export const createAlias = kmsOperation<CreateAliasRequest>(CreateAlias$, {
  summary: 'Gives a key a name.',
  members: { AliasName: ALIAS_NAME, TargetKeyId: { ...KEY_ID, purpose: 'the key, by id or ARN' } },
  handle({ state, caller, now }, { AliasName, TargetKeyId }) {
    const name = AliasName!;
    checkAlias(name);
    const key = managedKey(state, caller.account, TargetKeyId!);
    if (key.state === 'PendingDeletion') throw invalidState(`${key.arn} is pending deletion.`);
    const place = aliasKey(caller.account, name);
    if (state.aliases.has(place)) throw alreadyExists(aliasArn(state, caller.account, name));
    const alias: Alias = { name, account: caller.account, keyId: key.id, created: now, updated: now };
    state.aliases.set(place, Object.freeze(alias));
    return {};
  },
});

function aliasNamed(state: KmsState, account: string, name: string): Alias {
  const alias = state.aliases.get(aliasKey(account, name));
  if (alias === undefined) throw aliasNotFound(aliasArn(state, account, name));
  return alias;
}

export const updateAlias = kmsOperation<UpdateAliasRequest>(UpdateAlias$, {
  summary: 'Moves an alias to another key.',
  members: { AliasName: ALIAS_NAME, TargetKeyId: { ...KEY_ID, purpose: 'the other key, by id or ARN' } },
  handle({ state, caller, now }, { AliasName, TargetKeyId }) {
    checkAlias(AliasName!);
    const alias = aliasNamed(state, caller.account, AliasName!);
    const key = managedKey(state, caller.account, TargetKeyId!);
    const moved: Alias = { ...alias, keyId: key.id, updated: now };
    state.aliases.set(aliasKey(alias.account, alias.name), Object.freeze(moved));
    return {};
  },
});

export const deleteAlias = kmsOperation<DeleteAliasRequest>(DeleteAlias$, {
  summary: 'Takes a name from a key; the key stays.',
  members: { AliasName: ALIAS_NAME },
  handle({ state, caller }, { AliasName }) {
    checkAlias(AliasName!);
    const alias = aliasNamed(state, caller.account, AliasName!);
    state.aliases.delete(aliasKey(alias.account, alias.name));
    return {};
  },
});

/** The alias of the key that AWS keeps for SQS. SIMPLER THAN AWS: the key itself is not listed. */
const SQS_ALIAS = 'alias/aws/sqs';

export const listAliases = kmsOperation<ListAliasesRequest>(ListAliases$, {
  summary: 'Lists the names of your keys, and of the key that AWS keeps for SQS.',
  members: {
    KeyId: { ...KEY_ID, purpose: 'only the names of this key' },
    Limit: { purpose: 'how many at most in one answer', min: 1, ...LIST_ALIASES, unit: 'entries' },
    Marker: { purpose: 'go on where the last answer ended' },
  },
  pagination: { inputToken: 'Marker', outputToken: 'NextMarker', result: 'Aliases', limitKey: 'Limit' },
  handle({ state, caller }, { KeyId, ...asked }) {
    const { account } = caller;
    const key = KeyId === undefined ? undefined : managedKey(state, account, KeyId);
    const own = [...state.aliases.values()]
      .filter((alias) => alias.account === account && (key === undefined || alias.keyId === key.id))
      .map(({ name, keyId, created, updated }) => ({
        AliasName: name,
        AliasArn: aliasArn(state, account, name),
        TargetKeyId: keyId,
        CreationDate: state.epoch + created,
        LastUpdatedDate: state.epoch + updated,
      }));
    const all = key ? own : [...own, { AliasName: SQS_ALIAS, AliasArn: aliasArn(state, account, SQS_ALIAS) }];
    const { items, rest } = page(all, ({ AliasName }) => AliasName, { ...asked, limits: LIST_ALIASES });
    return { Aliases: items, ...rest };
  },
});
