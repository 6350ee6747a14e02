/**
 * What a call to KMS needs to be allowed: the key policy is asked first of all. KMS Developer Guide, AWS KMS
 * permissions; Key policies.
 */
import type { Access, DenialStyle, KeyFound, KeyUse, Need } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Request } from '../../engine/service.ts';
import { aliasArn, aliasKey, type Key, type KmsState, keyArn } from './model.ts';
import { keyIdOf } from './rules/ciphertext.ts';
import { type KeptBy, servicePolicy } from './rules/keyPolicies.ts';
import { faultOf, findKey } from './rules/lookup.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 400,
  sentence: (decision) =>
    decision.action === 'kms:Decrypt'
      ? 'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.'
      : accessDeniedSentence(decision),
};

/** KMS Developer Guide, Allowing users in other accounts to use a KMS key: all others work in the own account only. */
const ACROSS_ACCOUNTS = new Set([
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
]);

interface Input {
  readonly KeyId?: string;
  readonly TargetKeyId?: string;
  readonly AliasName?: string;
  readonly CiphertextBlob?: Uint8Array;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

export function access(state: KmsState, { operation, input, caller }: Request): Access | undefined {
  const given = input as Input;
  const { account } = caller;
  if (operation === 'CreateKey' || operation === 'ListKeys' || operation === 'ListAliases') {
    return { needs: [{ action: `kms:${operation}`, resource: '*', account, style: DENIED }] };
  }
  const needs: Need[] = [];
  const alias = given.AliasName;
  if (alias !== undefined) {
    const resource = aliasArn(state, account, alias);
    needs.push({ action: `kms:${operation}`, resource, account, style: DENIED });
  }
  const key = keyOf(state, account, operation, given);
  if (key !== undefined) needs.push(needOf(operation, key, given));
  return needs.length === 0 ? undefined : { needs };
}

/** The key that a call is about; undefined: none, or the call itself is refused. */
function keyOf(state: KmsState, account: string, operation: string, given: Input): Key | undefined {
  if (operation === 'Decrypt') {
    const id = given.CiphertextBlob && keyIdOf(given.CiphertextBlob);
    return id === undefined ? undefined : state.keys.get(id);
  }
  const named =
    operation === 'DeleteAlias' ? aliased(state, account, given) : (given.KeyId ?? given.TargetKeyId);
  if (named === undefined) return undefined;
  const found = findKey(state, account, named);
  return 'key' in found ? found.key : undefined;
}

const aliased = (state: KmsState, account: string, { AliasName = '' }: Input): string | undefined =>
  state.aliases.get(aliasKey(account, AliasName))?.keyId;

function needOf(operation: string, key: Key, { EncryptionContext = {} }: Input): Need {
  const keys: Record<string, string | readonly string[]> = {
    'kms:encryptioncontextkeys': Object.keys(EncryptionContext),
  };
  for (const [name, value] of Object.entries(EncryptionContext)) {
    keys[`kms:encryptioncontext:${name.toLowerCase()}`] = value;
  }
  return {
    action: `kms:${operation}`,
    resource: key.arn,
    account: key.account,
    policy: { name: 'key policy', document: key.policy.document },
    trust: 'resource',
    ownAccountOnly: !ACROSS_ACCOUNTS.has(operation),
    keys,
    style: DENIED,
  };
}

const KEPT_BY: readonly KeptBy[] = ['sqs', 'sns', 'kinesis'];
/** The policies of the keys that AWS keeps, by account and region: always the same objects. */
const awsPolicies = new Map<string, object>();

export function keyFor(state: KmsState, use: KeyUse, { region }: AwsWorldSettings): KeyFound {
  const { account, keyId } = use;
  const kept = KEPT_BY.find((service) => {
    const alias = `alias/aws/${service}`;
    return keyId === alias || keyId === aliasArn(state, account, alias);
  });
  if (kept !== undefined) return awsKey(state, kept, account, region);
  const found = findKey(state, account, keyId);
  if ('missing' in found) return { fault: 'NotFoundException', sentence: found.missing.message };
  const { key } = found;
  const sentence = faultOf(key);
  if (sentence !== undefined) {
    return { fault: key.state === 'Disabled' ? 'DisabledException' : 'KMSInvalidStateException', sentence };
  }
  return {
    arn: key.arn,
    account: key.account,
    policy: { name: 'key policy', document: key.policy.document },
  };
}

/** SIMPLER THAN AWS: the key behind alias/aws/sqs has this alias for an id; likewise those of others. */
function awsKey(state: KmsState, service: KeptBy, account: string, region: string): KeyFound {
  const place = `${service} ${account} ${region}`;
  let document = awsPolicies.get(place);
  if (document === undefined) {
    document = servicePolicy(service, account, region);
    awsPolicies.set(place, document);
  }
  return {
    arn: keyArn(state, account, `aws-${service}`),
    account,
    policy: { name: `key policy of alias/aws/${service}`, document },
  };
}
