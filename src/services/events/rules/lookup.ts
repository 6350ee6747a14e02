/** From names to rules. */
import type { Context } from '../../../engine/service.ts';
import { busNotFound, ruleNotFound } from '../errors.ts';
import { BUS_NAME, busArn, type EventsState, type Rule, ruleKey } from '../model.ts';

export type Ctx = Context<EventsState>;

/** Only the default bus is there. */
export function checkBus({ state, caller }: Pick<Ctx, 'state' | 'caller'>, name: string | undefined): void {
  if (name === undefined || name === BUS_NAME || name === busArn(state, caller.account)) return;
  throw busNotFound(name);
}

export function ruleOf(context: Ctx, name: string, bus: string | undefined): Rule {
  checkBus(context, bus);
  const rule = context.state.rules.get(ruleKey(context.caller.account, name));
  if (rule === undefined) throw ruleNotFound(name);
  return rule;
}

/** Of the caller's account, by name. */
export const rulesOf = ({ state, caller }: Pick<Ctx, 'state' | 'caller'>): Rule[] =>
  [...state.rules.values()]
    .filter(({ account }) => account === caller.account)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
