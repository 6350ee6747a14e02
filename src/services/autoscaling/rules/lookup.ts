/** Finding what a call names, and pages of a list. */
import type { Context } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import { noSuchGroup, noSuchPolicy, validation } from '../errors.ts';
import { type AutoScalingState, type Group, keyOf, type Policy } from '../model.ts';

type Asking = Pick<Context<AutoScalingState>, 'state' | 'caller'>;

export function groupNamed({ state, caller }: Asking, name: string): Group {
  const group = state.groups.get(keyOf(caller.account, nameIn(name)));
  if (group === undefined) throw noSuchGroup(name);
  return group;
}

/** A group's ARN ends in its name. */
const nameIn = (text: string): string =>
  text.startsWith('arn:') ? text.slice(text.indexOf('autoScalingGroupName/') + 21) : text;

export const groupsOf = ({ state, caller }: Asking): Group[] =>
  [...state.groups.values()].filter(({ account }) => account === caller.account);

/** By ARN, or by its name within a group. */
export function policyNamed(
  context: Asking,
  groupName: string | undefined,
  name: string,
): { readonly group: Group; readonly policy: Policy } {
  const found = policyOf(
    groupName === undefined ? groupsOf(context) : [groupNamed(context, groupName)],
    name,
  );
  if (found === undefined) throw noSuchPolicy(name);
  if (groupName === undefined && !name.startsWith('arn:')) {
    throw validation('An AutoScalingGroupName is required when a policy is named without its ARN.');
  }
  return found;
}

export function policyOf(
  groups: Iterable<Group>,
  name: string,
): { readonly group: Group; readonly policy: Policy } | undefined {
  for (const group of groups) {
    for (const policy of group.policies.values()) {
      if (policy.arn === name || policy.name === name) return { group, policy };
    }
  }
  return undefined;
}

interface Paged {
  readonly NextToken?: string | undefined;
  readonly MaxRecords?: number | undefined;
}

/** UNSURE: the sentence about a wrong token. */
export function page<Item>(
  all: readonly Item[],
  { NextToken, MaxRecords = 50 }: Paged,
): { readonly items: readonly Item[]; readonly rest: { readonly NextToken?: string } } {
  const from = NextToken === undefined ? 0 : Number(NextToken);
  if (!Number.isInteger(from) || from < 0) {
    throw validation(`The token '${NextToken}' is invalid.`);
  }
  const items = all.slice(from, from + MaxRecords);
  const next = from + items.length;
  return { items, rest: next < all.length ? { NextToken: String(next) } : {} };
}

/** As AWS writes an instant within its sentences: `2026-01-05T09:00:00Z`. */
export function stampOf(state: AutoScalingState, now: Instant): string {
  const whole = state.epoch + now;
  return `${new Date(whole - (whole % 1_000)).toISOString().slice(0, 19)}Z`;
}
