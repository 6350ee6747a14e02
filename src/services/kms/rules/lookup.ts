/** From an id, an ARN or an alias to the key. */
import { parseArn } from '../../../contract/arn.ts';
import { aliasNotFound, disabled, invalidKeyId, invalidState, keyNotFound } from '../errors.ts';
import { aliasArn, aliasKey, type Key, type KmsState, keyArn } from '../model.ts';

const KEY_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

interface Named {
  readonly account: string;
  /** A key's id, or `alias/NAME`. */
  readonly name: string;
}

/** A bare id or alias means one of `account`. Undefined: neither an id, an alias nor an ARN of one. */
function nameIn(state: KmsState, account: string, id: string): Named | undefined {
  const arn = parseArn(id);
  if (arn === undefined)
    return KEY_ID.test(id) || id.startsWith('alias/') ? { account, name: id } : undefined;
  if (arn.service !== 'kms' || arn.region !== state.region) return undefined;
  const { resource } = arn;
  if (resource.startsWith('alias/')) return { account: arn.account, name: resource };
  return resource.startsWith('key/')
    ? { account: arn.account, name: resource.slice('key/'.length) }
    : undefined;
}

export type FoundKey = { readonly key: Key } | { readonly missing: ReturnType<typeof keyNotFound> };

/** The key, or the refusal that says what is not there. */
export function findKey(state: KmsState, account: string, id: string): FoundKey {
  const named = nameIn(state, account, id);
  if (named === undefined) return { missing: invalidKeyId(id) };
  const isAlias = named.name.startsWith('alias/');
  const keyId = isAlias ? state.aliases.get(aliasKey(named.account, named.name))?.keyId : named.name;
  const key = keyId === undefined ? undefined : state.keys.get(keyId);
  if (key !== undefined && key.account === named.account) return { key };
  return {
    missing: isAlias
      ? aliasNotFound(aliasArn(state, named.account, named.name))
      : keyNotFound(keyArn(state, named.account, named.name)),
  };
}

export function keyNamed(state: KmsState, account: string, id: string): Key {
  const found = findKey(state, account, id);
  if ('missing' in found) throw found.missing;
  return found.key;
}

/**
 * The key by its id or ARN: operations that manage a key take no alias (AWS KMS API Reference, DisableKey: "Specify the
 * key ID or key ARN of the KMS key").
 *
 * UNSURE: the sentence for an alias.
 */
export function managedKey(state: KmsState, account: string, id: string): Key {
  if (id.startsWith('alias/') || id.includes(':alias/')) throw invalidKeyId(id);
  return keyNamed(state, account, id);
}

/** What is wrong with a key that cannot encrypt or decrypt now. */
export const faultOf = ({ state, arn }: Key): string | undefined =>
  state === 'Disabled'
    ? `${arn} is disabled.`
    : state === 'PendingDeletion'
      ? `${arn} is pending deletion.`
      : undefined;

/** The key, if it can encrypt and decrypt now. KMS Developer Guide, Key states of AWS KMS keys. */
export function usableKey(state: KmsState, account: string, id: string): Key {
  const key = keyNamed(state, account, id);
  const fault = faultOf(key);
  if (fault !== undefined) throw key.state === 'Disabled' ? disabled(fault) : invalidState(fault);
  return key;
}
