/** Access keys of users: at the endpoint a client that signs with one calls as its user. */
import {
  CreateAccessKey$,
  type CreateAccessKeyRequest,
  DeleteAccessKey$,
  type DeleteAccessKeyRequest,
  ListAccessKeys$,
  type ListAccessKeysRequest,
  UpdateAccessKey$,
  type UpdateAccessKeyRequest,
} from '@aws-sdk/client-iam';
import { uniqueId } from '../../../contract/identity.ts';
import { sha256Hex } from '../../../contract/md5.ts';
import type { Context } from '../../../engine/service.ts';
import { iamOperation, PAGE_MEMBERS, paged, USER_NAME } from '../define.ts';
import { limitExceeded, noSuchEntity, validationError } from '../errors.ts';
import { type AccessKey, dateOf, type IamState, putAccessKey } from '../model.ts';
import { userNamed } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';

const KEY_ID = { purpose: 'the access key, by its id' } as const;
/** IAM User Guide, IAM and AWS STS quotas. */
const KEYS_PER_USER = 2;

const keysOf = ({ state, caller }: Context<IamState>, user: string): AccessKey[] =>
  [...(state.keys?.values() ?? [])].filter((key) => key.account === caller.account && key.user === user);

function keyNamed(context: Context<IamState>, user: string, id: string): AccessKey {
  const key = keysOf(context, user).find((one) => one.id === id);
  if (key === undefined) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}

const statusOf = ({ active }: AccessKey): string => (active ? 'Active' : 'Inactive');

export const createAccessKey = iamOperation<CreateAccessKeyRequest>(CreateAccessKey$, {
  summary: 'Makes an access key of a user; the secret is shown this once.',
  members: { UserName: USER_NAME },
  handle(context, { UserName }) {
    const { state, caller, now } = context;
    const { account, name } = userNamed(context, UserName ?? caller.profile);
    if (keysOf(context, name).length >= KEYS_PER_USER) {
      throw limitExceeded(
        `Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`,
        `${name} has ${KEYS_PER_USER} access keys.`,
      );
    }
    const number = (state.keysMade ?? 0) + 1;
    state.keysMade = number;
    const id = uniqueId('AKIA', account, `${name}/${number}`);
    const key: AccessKey = { id, account, user: name, active: true, created: now };
    putAccessKey(state, key);
    return {
      AccessKey: {
        UserName: name,
        AccessKeyId: id,
        Status: statusOf(key),
        SecretAccessKey: sha256Hex(`${id}/${number}`).slice(0, 40),
        CreateDate: dateOf(state, now),
      },
    };
  },
});

export const listAccessKeys = iamOperation<ListAccessKeysRequest>(ListAccessKeys$, {
  summary: 'Lists the access keys of a user, without their secrets.',
  members: { UserName: USER_NAME, ...PAGE_MEMBERS },
  pagination: paged('AccessKeyMetadata'),
  handle(context, input) {
    const { name } = userNamed(context, input.UserName ?? context.caller.profile);
    const { items, rest } = page(keysOf(context, name), ({ id }) => id, input);
    const shown = items.map((key) => ({
      UserName: name,
      AccessKeyId: key.id,
      Status: statusOf(key),
      CreateDate: dateOf(context.state, key.created),
    }));
    return { AccessKeyMetadata: shown, ...rest };
  },
});

export const updateAccessKey = iamOperation<UpdateAccessKeyRequest>(UpdateAccessKey$, {
  summary: 'Switches an access key off, or on again.',
  members: {
    UserName: USER_NAME,
    AccessKeyId: KEY_ID,
    Status: { purpose: 'may it be used', values: ['Active', 'Inactive'] },
  },
  handle(context, { UserName, AccessKeyId, Status }) {
    const { name } = userNamed(context, UserName ?? context.caller.profile);
    const key = keyNamed(context, name, AccessKeyId!);
    if (Status !== 'Active' && Status !== 'Inactive') {
      throw validationError(
        `1 validation error detected: Value '${Status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
      );
    }
    putAccessKey(context.state, { ...key, active: Status === 'Active' });
    return {};
  },
});

export const deleteAccessKey = iamOperation<DeleteAccessKeyRequest>(DeleteAccessKey$, {
  summary: 'Takes an access key away; whoever signs with it is a stranger.',
  members: { UserName: USER_NAME, AccessKeyId: KEY_ID },
  handle(context, { UserName, AccessKeyId }) {
    const { name } = userNamed(context, UserName ?? context.caller.profile);
    context.state.keys?.delete(keyNamed(context, name, AccessKeyId!).id);
    return {};
  },
});
