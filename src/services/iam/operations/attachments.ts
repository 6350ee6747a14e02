/** Which managed policies a user has. */
import {
  AttachUserPolicy$,
  type AttachUserPolicyRequest,
  DetachUserPolicy$,
  type DetachUserPolicyRequest,
  ListAttachedUserPolicies$,
  type ListAttachedUserPoliciesRequest,
} from '@aws-sdk/client-iam';
import { iamOperation, PAGE_MEMBERS, PATHS, POLICY_ARN, paged, USER_NAME } from '../define.ts';
import { limitExceeded, noSuchEntity } from '../errors.ts';
import { emit } from '../events.ts';
import { MANAGED_POLICIES_PER_USER } from '../limits.ts';
import { putUser } from '../model.ts';
import { managedPolicy, userNamed } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';

export const attachUserPolicy = iamOperation<AttachUserPolicyRequest>(AttachUserPolicy$, {
  summary: 'Gives a user a managed policy.',
  members: { UserName: USER_NAME, PolicyArn: POLICY_ARN },
  handle(context, { UserName, PolicyArn }) {
    const { state, caller } = context;
    const user = userNamed(context, UserName!);
    const arn = PolicyArn!;
    if (managedPolicy(state, arn) === undefined) {
      throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
    }
    if (user.attached.includes(arn)) return {};
    if (user.attached.length >= MANAGED_POLICIES_PER_USER) {
      throw limitExceeded(
        `Cannot exceed quota for PoliciesPerUser: ${MANAGED_POLICIES_PER_USER}`,
        `${user.name} has ${user.attached.length} managed policies.`,
      );
    }
    putUser(state, { ...user, attached: [...user.attached, arn] });
    emit(context, {
      type: 'iam/UserPolicyChanged',
      by: caller.by,
      user: user.name,
      policy: arn,
      change: 'attached',
    });
    return {};
  },
});

export const detachUserPolicy = iamOperation<DetachUserPolicyRequest>(DetachUserPolicy$, {
  summary: 'Takes a managed policy from a user.',
  members: { UserName: USER_NAME, PolicyArn: POLICY_ARN },
  handle(context, { UserName, PolicyArn }) {
    const { state, caller } = context;
    const user = userNamed(context, UserName!);
    const arn = PolicyArn!;
    if (!user.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    putUser(state, { ...user, attached: user.attached.filter((other) => other !== arn) });
    emit(context, {
      type: 'iam/UserPolicyChanged',
      by: caller.by,
      user: user.name,
      policy: arn,
      change: 'detached',
    });
    return {};
  },
});

export const listAttachedUserPolicies = iamOperation<ListAttachedUserPoliciesRequest>(
  ListAttachedUserPolicies$,
  {
    summary: 'Lists the managed policies that a user has.',
    members: { UserName: USER_NAME, PathPrefix: PATHS, ...PAGE_MEMBERS },
    pagination: paged('AttachedPolicies'),
    handle(context, input) {
      const { attached } = userNamed(context, input.UserName!);
      const { items, rest } = page(attached, (arn) => arn, input);
      return {
        AttachedPolicies: items.map((arn) => ({
          PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
          PolicyArn: arn,
        })),
        ...rest,
      };
    },
  },
);
