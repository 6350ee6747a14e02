/** The policy of a key: it has exactly one, named default. */
import {
  GetKeyPolicy$,
  type GetKeyPolicyRequest,
  ListKeyPolicies$,
  type ListKeyPoliciesRequest,
  PutKeyPolicy$,
  type PutKeyPolicyRequest,
} from '@aws-sdk/client-kms';
import { KEY_ID, kmsOperation } from '../define.ts';
import { notFound } from '../errors.ts';
import { emit } from '../events.ts';
import { LIST_KEYS, POLICY_LENGTH_MAX } from '../limits.ts';
import { putKey } from '../model.ts';
import { checkNotLockedOut, readKeyPolicy } from '../rules/keyPolicies.ts';
import { managedKey } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';

const NAME = 'default';
const POLICY_NAME = { purpose: 'default: there is only one', values: [NAME], default: NAME } as const;

function checkPolicyName(name: string | undefined): void {
  if (name !== undefined && name !== NAME) throw notFound('No such policy exists');
}

export const getKeyPolicy = kmsOperation<GetKeyPolicyRequest>(GetKeyPolicy$, {
  summary: 'Shows the policy of a key.',
  members: { KeyId: KEY_ID, PolicyName: POLICY_NAME },
  handle({ state, caller }, { KeyId, PolicyName }) {
    const key = managedKey(state, caller.account, KeyId!);
    checkPolicyName(PolicyName);
    return { Policy: key.policy.text, PolicyName: NAME };
  },
});

export const putKeyPolicy = kmsOperation<PutKeyPolicyRequest>(PutKeyPolicy$, {
  summary: 'Gives a key another policy: the whole of it.',
  members: {
    KeyId: KEY_ID,
    Policy: {
      purpose: 'the key policy as JSON, or file://NAME',
      min: 1,
      max: POLICY_LENGTH_MAX,
      unit: 'characters',
    },
    PolicyName: POLICY_NAME,
    BypassPolicyLockoutSafetyCheck: { purpose: 'take a policy that locks you out, too' },
  },
  handle(context, { KeyId, Policy, PolicyName, BypassPolicyLockoutSafetyCheck = false }) {
    const { state, caller } = context;
    const key = managedKey(state, caller.account, KeyId!);
    checkPolicyName(PolicyName);
    const policy = readKeyPolicy(Policy!);
    if (!BypassPolicyLockoutSafetyCheck) checkNotLockedOut(policy, key, caller);
    putKey(state, { ...key, policy });
    emit(context, { type: 'kms/KeyPolicyChanged', by: caller.by, key: key.id });
    return {};
  },
});

export const listKeyPolicies = kmsOperation<ListKeyPoliciesRequest>(ListKeyPolicies$, {
  summary: 'Lists the names of the policies of a key: default.',
  members: {
    KeyId: KEY_ID,
    Limit: { purpose: 'how many at most in one answer', min: 1, ...LIST_KEYS, unit: 'entries' },
    Marker: { purpose: 'go on where the last answer ended' },
  },
  pagination: { inputToken: 'Marker', outputToken: 'NextMarker', result: 'PolicyNames', limitKey: 'Limit' },
  handle({ state, caller }, { KeyId, ...asked }) {
    managedKey(state, caller.account, KeyId!);
    const { items, rest } = page([NAME], (name) => name, { ...asked, limits: LIST_KEYS });
    return { PolicyNames: items, ...rest };
  },
});
