/**
 * Managed policies: things of their own, with an ARN, that many users can have.
 *
 * SIMPLER THAN AWS: a policy has one version, v1; for another text make another policy.
 */
import {
  CreatePolicy$,
  type CreatePolicyRequest,
  DeletePolicy$,
  type DeletePolicyRequest,
  GetPolicy$,
  type GetPolicyRequest,
  GetPolicyVersion$,
  type GetPolicyVersionRequest,
  ListPolicies$,
  type ListPoliciesRequest,
} from '@aws-sdk/client-iam';
import { uniqueId } from '../../../contract/identity.ts';
import { START } from '../../../engine/units.ts';
import { iamOperation, PAGE_MEMBERS, PATHS, POLICY_ARN, POLICY_NAME, paged, TAGS } from '../define.ts';
import { deleteConflict, entityAlreadyExists, noSuchEntity } from '../errors.ts';
import { dateOf, type IamState, type ManagedPolicy } from '../model.ts';
import { AWS_POLICIES } from '../rules/awsPolicies.ts';
import { type AnyManagedPolicy, checkName, managedPolicy } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';
import { checkManagedSize, readText } from '../rules/policyTexts.ts';

const VERSION = 'v1';

export const createPolicy = iamOperation<CreatePolicyRequest>(CreatePolicy$, {
  summary: 'Makes a managed policy, to be attached to users.',
  members: {
    PolicyName: POLICY_NAME,
    PolicyDocument: { purpose: 'the policy as JSON, or file://NAME' },
    Description: { purpose: 'what it is for', max: 1_000, unit: 'characters' },
    Path: PATHS,
    Tags: TAGS,
  },
  handle({ state, caller, now }, { PolicyName, PolicyDocument, Description }) {
    const name = PolicyName!;
    checkName('PolicyName', name);
    const { account } = caller;
    const arn = `arn:aws:iam::${account}:policy/${name}`;
    if (state.policies.has(arn)) {
      throw entityAlreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    checkManagedSize(PolicyDocument!);
    const text = readText(PolicyDocument!);
    const policy: ManagedPolicy = { account, name, arn, description: Description, created: now, ...text };
    state.policies.set(arn, Object.freeze(policy));
    return { Policy: described(state, policy) };
  },
});

function described(state: IamState, policy: AnyManagedPolicy): object {
  const own = state.policies.get(policy.arn);
  const date = dateOf(state, own?.created ?? START);
  return {
    PolicyName: policy.name,
    PolicyId: uniqueId('ANPA', own?.account ?? 'aws', policy.name),
    Arn: policy.arn,
    Path: '/',
    DefaultVersionId: VERSION,
    AttachmentCount: attachedTo(state, policy.arn).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...(own?.description !== undefined && { Description: own.description }),
    CreateDate: date,
    UpdateDate: date,
  };
}

const attachedTo = (state: IamState, arn: string): string[] =>
  [...state.users.values()].filter(({ attached }) => attached.includes(arn)).map(({ name }) => name);

function policyAt(state: IamState, arn: string): AnyManagedPolicy {
  const policy = managedPolicy(state, arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

export const getPolicy = iamOperation<GetPolicyRequest>(GetPolicy$, {
  summary: 'Tells about a managed policy; get-policy-version shows its text.',
  members: { PolicyArn: POLICY_ARN },
  handle: ({ state }, { PolicyArn }) => ({ Policy: described(state, policyAt(state, PolicyArn!)) }),
});

export const getPolicyVersion = iamOperation<GetPolicyVersionRequest>(GetPolicyVersion$, {
  summary: 'Shows the text of a managed policy.',
  members: { PolicyArn: POLICY_ARN, VersionId: { purpose: 'v1: there is only one', values: [VERSION] } },
  handle({ state }, { PolicyArn, VersionId }) {
    const policy = policyAt(state, PolicyArn!);
    if (VersionId !== VERSION) {
      throw noSuchEntity(`Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`);
    }
    const created = state.policies.get(policy.arn)?.created ?? START;
    return {
      PolicyVersion: {
        Document: policy.text,
        VersionId,
        IsDefaultVersion: true,
        CreateDate: dateOf(state, created),
      },
    };
  },
});

export const listPolicies = iamOperation<ListPoliciesRequest>(ListPolicies$, {
  summary: 'Lists managed policies: your own and those of AWS that this playground knows.',
  members: {
    Scope: { purpose: 'whose policies', values: ['All', 'AWS', 'Local'], default: 'All' },
    OnlyAttached: { purpose: 'only those that a user has' },
    PathPrefix: PATHS,
    PolicyUsageFilter: { purpose: 'only those used so', notModelled: 'boundaries' },
    ...PAGE_MEMBERS,
  },
  pagination: paged('Policies'),
  handle({ state, caller }, { Scope = 'All', OnlyAttached = false, ...asked }) {
    const own = [...state.policies.values()].filter(({ account }) => account === caller.account);
    const all: AnyManagedPolicy[] = [
      ...(Scope === 'AWS' ? [] : own),
      ...(Scope === 'Local' ? [] : AWS_POLICIES.values()),
    ].filter(({ arn }) => !OnlyAttached || attachedTo(state, arn).length > 0);
    const { items, rest } = page(all, ({ arn }) => arn, asked);
    return { Policies: items.map((policy) => described(state, policy)), ...rest };
  },
});

export const deletePolicy = iamOperation<DeletePolicyRequest>(DeletePolicy$, {
  summary: 'Removes a managed policy of your own that no user has.',
  members: { PolicyArn: POLICY_ARN },
  handle({ state }, { PolicyArn }) {
    const policy = state.policies.get(policyAt(state, PolicyArn!).arn);
    if (policy === undefined) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    const users = attachedTo(state, policy.arn);
    if (users.length > 0) {
      throw deleteConflict(
        'Cannot delete a policy attached to entities.',
        `It is attached to ${users.join(', ')}.`,
      );
    }
    state.policies.delete(policy.arn);
    return {};
  },
});
