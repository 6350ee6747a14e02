/** Filter policies of subscriptions: read once, remembered by the frozen text they were read from. */

import type { SubscriptionSettings } from '../../model.ts';
import { type FilterPolicy, readFilterPolicy, type Scope } from './policy.ts';

export type { Facts } from '../../../../contract/eventRuler/facts.ts';
export { FilterFault } from '../../../../contract/eventRuler/jsonText.ts';
export type { FilterReason } from '../../../../contract/eventRuler/match.ts';
export { explain, matches } from '../../../../contract/eventRuler/match.ts';
export { factsOf } from './facts.ts';
export { readFilterPolicy } from './policy.ts';

/** Saves time only: settings never change, another policy is another object. */
const memory = new WeakMap<SubscriptionSettings, FilterPolicy>();

/** The policy of a subscription that has one; it was checked when it was set. */
export function filterOf(settings: SubscriptionSettings): FilterPolicy | undefined {
  if (settings.FilterPolicy === undefined) return undefined;
  let policy = memory.get(settings);
  if (policy === undefined) {
    policy = readFilterPolicy(settings.FilterPolicy.text, settings.FilterPolicyScope as Scope);
    memory.set(settings, policy);
  }
  return policy;
}
