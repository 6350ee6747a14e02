/** What a role may: managed policies that are attached, and inline ones. */
import {
  AttachRolePolicy$,
  type AttachRolePolicyRequest,
  DeleteRolePolicy$,
  type DeleteRolePolicyRequest,
  DetachRolePolicy$,
  type DetachRolePolicyRequest,
  GetRolePolicy$,
  type GetRolePolicyRequest,
  ListAttachedRolePolicies$,
  type ListAttachedRolePoliciesRequest,
  ListRolePolicies$,
  type ListRolePoliciesRequest,
  PutRolePolicy$,
  type PutRolePolicyRequest,
} from '@aws-sdk/client-iam';
import { iamOperation, PAGE_MEMBERS, PATHS, POLICY_ARN, POLICY_NAME, paged, ROLE_NAME } from '../define.ts';
import { noSuchEntity } from '../errors.ts';
import { type InlinePolicy, putRole, type Role } from '../model.ts';
import { checkName, managedPolicy, roleNamed } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';
import { readText } from '../rules/policyTexts.ts';

const INLINE_NAME = { ...POLICY_NAME, purpose: 'the inline policy, by name' } as const;

/** IAM has managed policies of AWS's under other paths than `policy/` alone; any of them can be attached to a role. */
const OF_AWS = /^arn:aws:iam::aws:policy\/[\w+=,.@/-]{1,512}$/u;

export const attachRolePolicy = iamOperation<AttachRolePolicyRequest>(AttachRolePolicy$, {
  summary: 'Gives a role a managed policy.',
  members: { RoleName: ROLE_NAME, PolicyArn: POLICY_ARN },
  handle(context, { RoleName, PolicyArn }) {
    const role = roleNamed(context, RoleName!);
    const arn = PolicyArn!;
    if (managedPolicy(context.state, arn) === undefined && !OF_AWS.test(arn)) {
      throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
    }
    if (!role.attached.includes(arn)) putRole(context.state, { ...role, attached: [...role.attached, arn] });
    return {};
  },
});

export const detachRolePolicy = iamOperation<DetachRolePolicyRequest>(DetachRolePolicy$, {
  summary: 'Takes a managed policy from a role.',
  members: { RoleName: ROLE_NAME, PolicyArn: POLICY_ARN },
  handle(context, { RoleName, PolicyArn }) {
    const role = roleNamed(context, RoleName!);
    const arn = PolicyArn!;
    if (!role.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    putRole(context.state, { ...role, attached: role.attached.filter((other) => other !== arn) });
    return {};
  },
});

export const listAttachedRolePolicies = iamOperation<ListAttachedRolePoliciesRequest>(
  ListAttachedRolePolicies$,
  {
    summary: 'Lists the managed policies that a role has.',
    members: { RoleName: ROLE_NAME, PathPrefix: PATHS, ...PAGE_MEMBERS },
    pagination: paged('AttachedPolicies'),
    handle(context, input) {
      const { items, rest } = page(roleNamed(context, input.RoleName!).attached, (arn) => arn, input);
      const named = (arn: string): object => ({
        PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
        PolicyArn: arn,
      });
      return { AttachedPolicies: items.map(named), ...rest };
    },
  },
);

export const putRolePolicy = iamOperation<PutRolePolicyRequest>(PutRolePolicy$, {
  summary: 'Gives a role an inline policy, or another text to one it has.',
  members: {
    RoleName: ROLE_NAME,
    PolicyName: POLICY_NAME,
    PolicyDocument: { purpose: 'the policy as JSON, or file://NAME' },
  },
  handle(context, { RoleName, PolicyName, PolicyDocument }) {
    const name = PolicyName!;
    checkName('PolicyName', name);
    const role = roleNamed(context, RoleName!);
    const policy: InlinePolicy = Object.freeze({ name, ...readText(PolicyDocument!) });
    const others = role.inline.filter((other) => other.name !== name);
    putRole(context.state, { ...role, inline: [...others, policy] });
    return {};
  },
});

function inlineNamed(role: Role, name: string): InlinePolicy {
  const policy = role.inline.find((candidate) => candidate.name === name);
  if (policy === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  return policy;
}

export const getRolePolicy = iamOperation<GetRolePolicyRequest>(GetRolePolicy$, {
  summary: 'Shows an inline policy of a role.',
  members: { RoleName: ROLE_NAME, PolicyName: INLINE_NAME },
  handle(context, { RoleName, PolicyName }) {
    const { text } = inlineNamed(roleNamed(context, RoleName!), PolicyName!);
    return { RoleName, PolicyName, PolicyDocument: text };
  },
});

export const deleteRolePolicy = iamOperation<DeleteRolePolicyRequest>(DeleteRolePolicy$, {
  summary: 'Takes an inline policy from a role.',
  members: { RoleName: ROLE_NAME, PolicyName: INLINE_NAME },
  handle(context, { RoleName, PolicyName }) {
    const role = roleNamed(context, RoleName!);
    const policy = inlineNamed(role, PolicyName!);
    putRole(context.state, { ...role, inline: role.inline.filter((other) => other !== policy) });
    return {};
  },
});

export const listRolePolicies = iamOperation<ListRolePoliciesRequest>(ListRolePolicies$, {
  summary: 'Lists the names of the inline policies of a role.',
  members: { RoleName: ROLE_NAME, ...PAGE_MEMBERS },
  pagination: paged('PolicyNames'),
  handle(context, input) {
    const { items, rest } = page(roleNamed(context, input.RoleName!).inline, ({ name }) => name, input);
    return { PolicyNames: items.map(({ name }) => name), ...rest };
  },
});
