/** What a call to IAM needs to be allowed. Service Authorization Reference, AWS Identity and Access Management. */
import type { Access, DenialStyle, KeptPolicy } from '../../contract/access.ts';
import { userArn } from '../../contract/identity.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { type IamState, type User, userKey } from './model.ts';
import { managedPolicy } from './rules/lookup.ts';

const DENIED: DenialStyle = {
  code: 'AccessDenied',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

interface Input {
  readonly UserName?: string;
  readonly PolicyName?: string;
  readonly PolicyArn?: string;
  readonly RoleName?: string;
}

export function access(_state: IamState, { operation, input, caller }: Request): Access {
  const { account, profile } = caller;
  const { PolicyArn } = input as Input;
  return {
    needs: [
      {
        action: `iam:${operation}`,
        resource: resourceOf(operation, input, account, profile),
        account,
        ...(PolicyArn !== undefined &&
          operation.endsWith('UserPolicy') && { keys: { 'iam:policyarn': PolicyArn } }),
        style: DENIED,
      },
    ],
  };
}

/** UNSURE: how the lists are named in the sentence. */
function resourceOf(operation: string, input: Input, account: string, profile: string): string {
  if (operation === 'ListPolicies') return '*';
  if (operation === 'ListUsers') return userArn(account, '');
  if (operation === 'CreatePolicy') return `arn:aws:iam::${account}:policy/${input.PolicyName ?? ''}`;
  if (operation.includes('Role')) return `arn:aws:iam::${account}:role/${input.RoleName ?? ''}`;
  if (operation.includes('User') || operation.includes('AccessKey'))
    return userArn(account, input.UserName ?? profile);
  return input.PolicyArn ?? '*';
}

/** Whose an access key is; undefined: nobody's, or switched off. */
export function keyOwner(state: IamState, id: string): { account: string; user: string } | undefined {
  const key = state.keys?.get(id);
  return key?.active === true ? { account: key.account, user: key.user } : undefined;
}

/** The policies of a user as they were worked out last: a user who has others is another record. */
const keptPolicies = new WeakMap<User, readonly KeptPolicy[]>();

export function policiesOf(
  state: IamState,
  account: string,
  name: string,
): readonly KeptPolicy[] | undefined {
  const user = state.users.get(userKey(account, name));
  if (user === undefined) return undefined;
  let policies = keptPolicies.get(user);
  if (policies === undefined) {
    policies = policiesIn(state, user);
    keptPolicies.set(user, policies);
  }
  return policies;
}

/** A managed policy that is attached cannot be deleted, and never changes. */
function policiesIn(state: IamState, user: User): readonly KeptPolicy[] {
  const inline = user.inline.map((policy) => ({
    name: `inline policy ${policy.name}`,
    document: policy.document,
  }));
  const attached = user.attached.flatMap((arn) => {
    const policy = managedPolicy(state, arn);
    return policy === undefined ? [] : [{ name: `policy ${policy.name}`, document: policy.document }];
  });
  return [...inline, ...attached];
}
