/** From a name or an ARN to what is kept. */
import type { Context } from '../../../engine/service.ts';
import { invalidName, noSuchEntity, noSuchUser, tooLong } from '../errors.ts';
import { POLICY_NAME_MAX, USER_NAME_MAX } from '../limits.ts';
import { type IamState, type PolicyText, type Role, type User, userKey } from '../model.ts';
import { AWS_POLICIES } from './awsPolicies.ts';

export function userNamed({ state, caller }: Context<IamState>, name: string): User {
  const user = state.users.get(userKey(caller.account, name));
  if (user === undefined) throw noSuchUser(name);
  return user;
}

export function roleNamed({ state, caller }: Context<IamState>, name: string): Role {
  const role = state.roles?.get(userKey(caller.account, name));
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** A managed policy that a user of this account can have: the account's own, or AWS's. */
export interface AnyManagedPolicy extends PolicyText {
  readonly name: string;
  readonly arn: string;
}

export const managedPolicy = (state: IamState, arn: string): AnyManagedPolicy | undefined =>
  state.policies.get(arn) ?? AWS_POLICIES.get(arn);

export function checkName(member: 'UserName' | 'PolicyName' | 'RoleName', value: string): void {
  const max = member === 'PolicyName' ? POLICY_NAME_MAX : USER_NAME_MAX;
  if (value.length > max) throw tooLong(member, value, max);
  if (!/^[\w+=,.@-]+$/u.test(value)) throw invalidName(member);
}
