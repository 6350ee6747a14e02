/** Inline policies: part of one user, gone with the user. */
import {
  DeleteUserPolicy$,
  type DeleteUserPolicyRequest,
  GetUserPolicy$,
  type GetUserPolicyRequest,
  ListUserPolicies$,
  type ListUserPoliciesRequest,
  PutUserPolicy$,
  type PutUserPolicyRequest,
} from '@aws-sdk/client-iam';
import { iamOperation, PAGE_MEMBERS, POLICY_NAME, paged, USER_NAME } from '../define.ts';
import { noSuchEntity } from '../errors.ts';
import { emit } from '../events.ts';
import { type InlinePolicy, putUser, type User } from '../model.ts';
import { checkName, userNamed } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';
import { checkInlineSize, readText } from '../rules/policyTexts.ts';

export const putUserPolicy = iamOperation<PutUserPolicyRequest>(PutUserPolicy$, {
  summary: 'Gives a user an inline policy, or another text to one it has.',
  members: {
    UserName: USER_NAME,
    PolicyName: POLICY_NAME,
    PolicyDocument: { purpose: 'the policy as JSON, or file://NAME' },
  },
  handle(context, { UserName, PolicyName, PolicyDocument }) {
    const { state, caller } = context;
    const name = PolicyName!;
    checkName('PolicyName', name);
    const user = userNamed(context, UserName!);
    const policy: InlinePolicy = Object.freeze({ name, ...readText(PolicyDocument!) });
    const inline = [...user.inline.filter((other) => other.name !== name), policy];
    checkInlineSize(user, inline);
    putUser(state, { ...user, inline: inline.sort((a, b) => (a.name < b.name ? -1 : 1)) });
    emit(context, {
      type: 'iam/UserPolicyChanged',
      by: caller.by,
      user: user.name,
      policy: name,
      change: 'put',
    });
    return {};
  },
});

function inlineNamed(user: User, name: string): InlinePolicy {
  const policy = user.inline.find((candidate) => candidate.name === name);
  if (policy === undefined) throw noSuchEntity(`The user policy with name ${name} cannot be found.`);
  return policy;
}

export const getUserPolicy = iamOperation<GetUserPolicyRequest>(GetUserPolicy$, {
  summary: 'Shows an inline policy of a user.',
  members: { UserName: USER_NAME, PolicyName: { ...POLICY_NAME, purpose: 'the inline policy, by name' } },
  handle(context, { UserName, PolicyName }) {
    const { text } = inlineNamed(userNamed(context, UserName!), PolicyName!);
    return { UserName, PolicyName, PolicyDocument: text };
  },
});

export const deleteUserPolicy = iamOperation<DeleteUserPolicyRequest>(DeleteUserPolicy$, {
  summary: 'Takes an inline policy from a user.',
  members: { UserName: USER_NAME, PolicyName: { ...POLICY_NAME, purpose: 'the inline policy, by name' } },
  handle(context, { UserName, PolicyName }) {
    const { state, caller } = context;
    const user = userNamed(context, UserName!);
    const policy = inlineNamed(user, PolicyName!);
    putUser(state, { ...user, inline: user.inline.filter((other) => other !== policy) });
    emit(context, {
      type: 'iam/UserPolicyChanged',
      by: caller.by,
      user: user.name,
      policy: policy.name,
      change: 'deleted',
    });
    return {};
  },
});

export const listUserPolicies = iamOperation<ListUserPoliciesRequest>(ListUserPolicies$, {
  summary: 'Lists the names of the inline policies of a user.',
  members: { UserName: USER_NAME, ...PAGE_MEMBERS },
  pagination: paged('PolicyNames'),
  handle(context, input) {
    const user = userNamed(context, input.UserName!);
    const { items, rest } = page(user.inline, ({ name }) => name, input);
    return { PolicyNames: items.map(({ name }) => name), ...rest };
  },
});
