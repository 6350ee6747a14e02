/** Keys, and their states. */
import {
  CancelKeyDeletion$,
  type CancelKeyDeletionRequest,
  CreateKey$,
  type CreateKeyRequest,
  DescribeKey$,
  type DescribeKeyRequest,
  DisableKey$,
  type DisableKeyRequest,
  DisableKeyRotation$,
  type DisableKeyRotationRequest,
  EnableKey$,
  type EnableKeyRequest,
  EnableKeyRotation$,
  type EnableKeyRotationRequest,
  GetKeyRotationStatus$,
  type GetKeyRotationStatusRequest,
  ListKeys$,
  type ListKeysRequest,
  ScheduleKeyDeletion$,
  type ScheduleKeyDeletionRequest,
} from '@aws-sdk/client-kms';
import { messageId } from '../../../contract/messageId.ts';
import type { Context } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { GRANT_TOKENS, KEY_ID, kmsOperation, SYMMETRIC } from '../define.ts';
import { disabled, invalidState, validation } from '../errors.ts';
import { emit } from '../events.ts';
import { LIST_KEYS, PENDING_DAYS, POLICY_LENGTH_MAX, ROTATION_DAYS } from '../limits.ts';
import { type Key, type KmsState, keyArn, putKey } from '../model.ts';
import { checkNotLockedOut, defaultPolicy, readKeyPolicy } from '../rules/keyPolicies.ts';
import { keyNamed, managedKey } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';
import { deletionDue } from '../timers.ts';

/** Keeps families of ids apart. */
const KEY_IDS = 7;
const DAY_MS = 86_400_000;

export const createKey = kmsOperation<CreateKeyRequest>(CreateKey$, {
  summary: 'Makes a key that encrypts and decrypts; its key policy says who may use it.',
  members: {
    Policy: {
      purpose: 'the key policy as JSON; left out: the account decides',
      min: 1,
      max: POLICY_LENGTH_MAX,
      unit: 'characters',
    },
    Description: { purpose: 'what it is for' },
    KeyUsage: { purpose: 'what it does', values: ['ENCRYPT_DECRYPT'], default: 'ENCRYPT_DECRYPT' },
    KeySpec: { purpose: 'its kind', values: [SYMMETRIC], default: SYMMETRIC },
    CustomerMasterKeySpec: { purpose: 'its kind, as it was called', notModelled: 'use --key-spec' },
    Origin: { purpose: 'where it comes from', values: ['AWS_KMS'], default: 'AWS_KMS' },
    BypassPolicyLockoutSafetyCheck: { purpose: 'take a policy that locks you out, too' },
    Tags: { purpose: 'labels of your own', notModelled: 'nothing here reads them' },
    MultiRegion: { purpose: 'a key of several regions', notModelled: 'there is one region' },
    CustomKeyStoreId: { purpose: 'a key store', notModelled: 'key stores' },
    XksKeyId: { purpose: 'an external key', notModelled: 'key stores' },
  },
  handle(context, input) {
    const { state, caller, now } = context;
    const { Policy, Description = '', BypassPolicyLockoutSafetyCheck = false } = input;
    refuseOtherKinds(input);
    const { account } = caller;
    const id = messageId(state.seed, state.keysMade, KEY_IDS);
    const arn = keyArn(state, account, id);
    const policy = Policy === undefined ? defaultPolicy(account) : readKeyPolicy(Policy);
    if (!BypassPolicyLockoutSafetyCheck) checkNotLockedOut(policy, { arn, account }, caller);
    const key: Key = {
      id,
      arn,
      account,
      order: state.keysMade++,
      created: now,
      description: Description,
      state: 'Enabled',
      deletion: undefined,
      policy,
    };
    putKey(state, key);
    emit(context, { type: 'kms/KeyCreated', by: caller.by, key: id });
    return { KeyMetadata: described(state, key) };
  },
});

function refuseOtherKinds({ KeyUsage, KeySpec, Origin }: CreateKeyRequest): void {
  const wanted = { KeyUsage: 'ENCRYPT_DECRYPT', KeySpec: SYMMETRIC, Origin: 'AWS_KMS' };
  for (const [name, value] of Object.entries({ KeyUsage, KeySpec, Origin })) {
    const only = wanted[name as keyof typeof wanted];
    if (value !== undefined && value !== only)
      throw validation(`not modelled: ${name} ${value}; here is ${only}`);
  }
}

const described = (state: KmsState, key: Key): object => ({
  AWSAccountId: key.account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: state.epoch + key.created,
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: key.state,
  ...(key.deletion && { DeletionDate: state.epoch + key.deletion.at }),
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  CustomerMasterKeySpec: SYMMETRIC,
  KeySpec: SYMMETRIC,
  EncryptionAlgorithms: [SYMMETRIC],
  MultiRegion: false,
});

export const describeKey = kmsOperation<DescribeKeyRequest>(DescribeKey$, {
  summary: 'Tells about a key: its ARN, its state, when it is deleted.',
  members: { KeyId: KEY_ID, GrantTokens: GRANT_TOKENS },
  handle: ({ state, caller }, { KeyId }) => ({
    KeyMetadata: described(state, keyNamed(state, caller.account, KeyId!)),
  }),
});

export const listKeys = kmsOperation<ListKeysRequest>(ListKeys$, {
  summary: 'Lists the keys of your account.',
  members: {
    Limit: { purpose: 'how many at most in one answer', min: 1, ...LIST_KEYS, unit: 'entries' },
    Marker: { purpose: 'go on where the last answer ended' },
  },
  pagination: { inputToken: 'Marker', outputToken: 'NextMarker', result: 'Keys', limitKey: 'Limit' },
  handle({ state, caller }, input) {
    const own = [...state.keys.values()].filter(({ account }) => account === caller.account);
    const { items, rest } = page(own, ({ id }) => id, { ...input, limits: LIST_KEYS });
    return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...rest };
  },
});

export const enableKey = kmsOperation<EnableKeyRequest>(EnableKey$, {
  summary: 'Lets a disabled key be used again.',
  members: { KeyId: KEY_ID },
  handle: (context, { KeyId }) => switched(context, KeyId!, 'Enabled'),
});

export const disableKey = kmsOperation<DisableKeyRequest>(DisableKey$, {
  summary: 'Takes a key out of use: nothing can be encrypted or decrypted with it until it is enabled again.',
  members: { KeyId: KEY_ID },
  handle: (context, { KeyId }) => switched(context, KeyId!, 'Disabled'),
});

function switched(context: Context<KmsState>, id: string, to: 'Enabled' | 'Disabled'): object {
  const { state, caller } = context;
  const key = managedKey(state, caller.account, id);
  if (key.state === 'PendingDeletion') throw invalidState(`${key.arn} is pending deletion.`);
  if (key.state === to) return {};
  putKey(state, { ...key, state: to });
  emit(context, { type: 'kms/KeyStateChanged', by: caller.by, key: key.id, state: to });
  return {};
}

/** KMS Developer Guide, Deleting AWS KMS keys: never at once, for what it encrypted is lost with it. */
export const scheduleKeyDeletion = kmsOperation<ScheduleKeyDeletionRequest>(ScheduleKeyDeletion$, {
  summary: 'Deletes a key after 7 to 30 days; until then it cannot be used, but the deletion cancelled.',
  members: {
    KeyId: KEY_ID,
    PendingWindowInDays: { purpose: 'days to wait', ...PENDING_DAYS },
  },
  handle(context, { KeyId, PendingWindowInDays: days = PENDING_DAYS.default }) {
    const { state, caller, now } = context;
    const key = managedKey(state, caller.account, KeyId!);
    if (!Number.isInteger(days) || days < PENDING_DAYS.min || days > PENDING_DAYS.max) {
      const bound =
        days < PENDING_DAYS.min
          ? `greater than or equal to ${PENDING_DAYS.min}`
          : `less than or equal to ${PENDING_DAYS.max}`;
      throw validation(
        `1 validation error detected: Value '${days}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value ${bound}`,
      );
    }
    if (key.state === 'PendingDeletion') throw invalidState(`${key.arn} is pending deletion.`);
    const at = after(now, milliseconds(days * DAY_MS));
    putKey(state, { ...key, state: 'PendingDeletion', deletion: Object.freeze({ at, days }) });
    context.schedule(at, deletionDue(key.id));
    emit(context, { type: 'kms/KeyStateChanged', by: caller.by, key: key.id, state: 'PendingDeletion' });
    return {
      KeyId: key.arn,
      DeletionDate: state.epoch + at,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: days,
    };
  },
});

export const cancelKeyDeletion = kmsOperation<CancelKeyDeletionRequest>(CancelKeyDeletion$, {
  summary: 'Keeps a key that waits for its deletion; it is disabled then.',
  members: { KeyId: KEY_ID },
  handle(context, { KeyId }) {
    const { state, caller } = context;
    const key = managedKey(state, caller.account, KeyId!);
    if (key.state !== 'PendingDeletion') throw invalidState(`${key.arn} is not pending deletion.`);
    putKey(state, { ...key, state: 'Disabled', deletion: undefined });
    emit(context, { type: 'kms/KeyStateChanged', by: caller.by, key: key.id, state: 'Disabled' });
    return { KeyId: key.arn };
  },
});

/** KMS Developer Guide, Rotating AWS KMS keys: only a key that can be used is switched. */
export const enableKeyRotation = kmsOperation<EnableKeyRotationRequest>(EnableKeyRotation$, {
  summary: 'Lets the material of a key change by itself; what it encrypted before stays readable.',
  members: {
    KeyId: KEY_ID,
    RotationPeriodInDays: { purpose: 'days from change to change', ...ROTATION_DAYS },
  },
  handle(context, { KeyId, RotationPeriodInDays: days = ROTATION_DAYS.default }) {
    const key = usableKey(context, KeyId!);
    if (!Number.isInteger(days) || days < ROTATION_DAYS.min || days > ROTATION_DAYS.max) {
      const bound =
        days < ROTATION_DAYS.min
          ? `greater than or equal to ${ROTATION_DAYS.min}`
          : `less than or equal to ${ROTATION_DAYS.max}`;
      throw validation(
        `1 validation error detected: Value '${days}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value ${bound}`,
      );
    }
    putKey(context.state, { ...key, rotation: Object.freeze({ days, since: context.now }) });
    return {};
  },
});

export const disableKeyRotation = kmsOperation<DisableKeyRotationRequest>(DisableKeyRotation$, {
  summary: 'Lets the material of a key stay as it is.',
  members: { KeyId: KEY_ID },
  handle(context, { KeyId }) {
    const { rotation: _none, ...key } = usableKey(context, KeyId!);
    putKey(context.state, key);
    return {};
  },
});

export const getKeyRotationStatus = kmsOperation<GetKeyRotationStatusRequest>(GetKeyRotationStatus$, {
  summary: 'Tells whether the material of a key changes by itself, and when next.',
  members: { KeyId: KEY_ID },
  handle({ state, caller, now }, { KeyId }) {
    const { rotation, arn } = managedKey(state, caller.account, KeyId!);
    if (rotation === undefined) return { KeyId: arn, KeyRotationEnabled: false };
    const period = rotation.days * DAY_MS;
    const next = rotation.since + (Math.floor((now - rotation.since) / period) + 1) * period;
    return {
      KeyId: arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.days,
      NextRotationDate: state.epoch + next,
    };
  },
});

function usableKey({ state, caller }: Context<KmsState>, id: string): Key {
  const key = managedKey(state, caller.account, id);
  if (key.state === 'PendingDeletion') throw invalidState(`${key.arn} is pending deletion.`);
  if (key.state === 'Disabled') throw disabled(`${key.arn} is disabled.`);
  return key;
}
