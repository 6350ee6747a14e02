/** From names to rules. */
import type { Context } from '../../../engine/service.ts';
import { ruleNotFound } from '../errors.ts';
import { type IotState, ruleKey, type TopicRule } from '../model.ts';

export type Ctx = Context<IotState>;

export function ruleOf({ state, caller }: Pick<Ctx, 'state' | 'caller'>, name: string): TopicRule {
  const rule = state.rules.get(ruleKey(caller.account, name));
  if (rule === undefined) throw ruleNotFound(name);
  return rule;
}

/** Of the caller's account, by name. */
export const rulesOf = ({ state, caller }: Pick<Ctx, 'state' | 'caller'>): TopicRule[] =>
  [...state.rules.values()]
    .filter(({ account }) => account === caller.account)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
