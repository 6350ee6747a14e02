/**
 * Roles, and the policies that they have. SIMPLER THAN AWS: a role is kept and shown; services here are given its ARN
 * and do not look at what it may.
 */
import {
  CreateRole$,
  type CreateRoleRequest,
  DeleteRole$,
  type DeleteRoleRequest,
  GetRole$,
  type GetRoleRequest,
  ListRoles$,
  type ListRolesRequest,
  UpdateAssumeRolePolicy$,
  type UpdateAssumeRolePolicyRequest,
} from '@aws-sdk/client-iam';
import { uniqueId } from '../../../contract/identity.ts';
import { iamOperation, PAGE_MEMBERS, paged, ROLE_NAME, TAGS } from '../define.ts';
import { deleteConflict, entityAlreadyExists, malformedPolicyDocument, validationError } from '../errors.ts';
import { dateOf, type IamState, type PolicyText, putRole, type Role, userKey } from '../model.ts';
import { checkName, roleNamed } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';

const TRUST = { purpose: 'who may take the role, a policy as JSON or file://NAME' } as const;
const PATH = /^\/(?:[\x21-\x7e]+\/)?$/u;
const HOUR_SECONDS = 3_600;

export const createRole = iamOperation<CreateRoleRequest>(CreateRole$, {
  summary: 'Makes a role, which services are given by its ARN.',
  members: {
    RoleName: ROLE_NAME,
    AssumeRolePolicyDocument: TRUST,
    Path: { purpose: 'a path before the name, /team/' },
    Description: { purpose: 'what it is for' },
    MaxSessionDuration: { purpose: 'seconds that one session lasts', min: HOUR_SECONDS, max: 43_200 },
    PermissionsBoundary: { purpose: 'a policy that bounds what it may', notModelled: 'boundaries' },
    Tags: TAGS,
  },
  handle({ state, caller, now }, input) {
    const { RoleName, AssumeRolePolicyDocument, Path = '/', Description } = input;
    const name = RoleName!;
    checkName('RoleName', name);
    if (!PATH.test(Path)) throw validationError('The specified value for path is invalid.');
    const trust = trustOf(AssumeRolePolicyDocument!);
    const { account } = caller;
    if (state.roles?.has(userKey(account, name)) === true) {
      throw entityAlreadyExists(`Role with name ${name} already exists.`);
    }
    const role: Role = {
      account,
      name,
      path: Path,
      created: now,
      description: Description,
      maxSessionSeconds: input.MaxSessionDuration ?? HOUR_SECONDS,
      trust,
      inline: [],
      attached: [],
    };
    putRole(state, role);
    return { Role: described(state, role) };
  },
});

/** A trust policy names principals and no resource. UNSURE: the sentence about a resource. */
function trustOf(text: string): PolicyText {
  const document = objectIn(text);
  const refuse = (sentence: string, at: string, expected: string): Error =>
    malformedPolicyDocument({ sentence, at, expected });
  if (document === undefined) throw refuse('This policy contains invalid Json', '', 'JSON');
  const { Statement } = document;
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  for (const one of statements) {
    if (typeof one !== 'object' || one === null || !('Principal' in one) || !('Action' in one)) {
      throw refuse('Syntax errors in policy.', 'Statement', 'a Principal and an Action in each statement');
    }
    if ('Resource' in one) throw refuse('Has prohibited field Resource', 'Statement', 'no Resource');
  }
  return Object.freeze({ text, document: Object.freeze(document) });
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const described = (state: IamState, role: Role): object => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: uniqueId('AROA', role.account, role.name),
  Arn: `arn:aws:iam::${role.account}:role${role.path}${role.name}`,
  CreateDate: dateOf(state, role.created),
  AssumeRolePolicyDocument: role.trust.text,
  ...(role.description !== undefined && { Description: role.description }),
  MaxSessionDuration: role.maxSessionSeconds,
});

export const getRole = iamOperation<GetRoleRequest>(GetRole$, {
  summary: 'Tells about a role.',
  members: { RoleName: ROLE_NAME },
  handle: (context, { RoleName }) => ({
    Role: { ...described(context.state, roleNamed(context, RoleName!)), RoleLastUsed: {} },
  }),
});

export const listRoles = iamOperation<ListRolesRequest>(ListRoles$, {
  summary: 'Lists the roles of your account.',
  members: { PathPrefix: { purpose: 'only under this path' }, ...PAGE_MEMBERS },
  pagination: paged('Roles'),
  handle({ state, caller }, input) {
    const { PathPrefix = '/' } = input;
    const own = [...(state.roles?.values() ?? [])].filter(
      ({ account, path }) => account === caller.account && path.startsWith(PathPrefix),
    );
    const { items, rest } = page(own, ({ name }) => name, input);
    return { Roles: items.map((role) => described(state, role)), ...rest };
  },
});

export const updateAssumeRolePolicy = iamOperation<UpdateAssumeRolePolicyRequest>(UpdateAssumeRolePolicy$, {
  summary: 'Says anew who may take a role.',
  members: { RoleName: ROLE_NAME, PolicyDocument: TRUST },
  handle(context, { RoleName, PolicyDocument }) {
    const role = roleNamed(context, RoleName!);
    putRole(context.state, { ...role, trust: trustOf(PolicyDocument!) });
    return {};
  },
});

export const deleteRole = iamOperation<DeleteRoleRequest>(DeleteRole$, {
  summary: 'Removes a role that has no policies any more.',
  members: { RoleName: ROLE_NAME },
  handle(context, { RoleName }) {
    const role = roleNamed(context, RoleName!);
    if (role.attached.length > 0) {
      const why = `Attached: ${role.attached.join(', ')}.`;
      throw deleteConflict('Cannot delete entity, must detach all policies first.', why);
    }
    if (role.inline.length > 0) {
      const why = `Inline policies: ${role.inline.map(({ name }) => name).join(', ')}.`;
      throw deleteConflict('Cannot delete entity, must delete policies first.', why);
    }
    context.state.roles?.delete(userKey(role.account, role.name));
    return {};
  },
});
