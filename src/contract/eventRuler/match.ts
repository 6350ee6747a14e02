/**
 * Whether a policy lets a message through, and key by key why. Keys of a body that stand in a list of objects must
 * match in the same element of that list.
 */

import type { Branch, Condition, Leaf, Pattern, Scalar } from './branches.ts';
import { fitsWildcard, inNetwork } from './conditions.ts';
import type { Fact, Facts } from './facts.ts';

export const matches = ({ branches }: Pattern, facts: Facts | undefined): boolean =>
  facts !== undefined && branches.some((branch) => branchMatches(branch, facts));

function branchMatches(branch: Branch, facts: Facts): boolean {
  const candidates: (readonly Fact[])[] = [];
  for (const leaf of branch) {
    const found = matching(leaf, facts);
    if (found === false) return false;
    if (found !== true) candidates.push(found);
  }
  if (candidates.every((facts) => facts.some(({ within }) => within.length === 0))) return true;
  return agree(candidates, 0, new Map());
}

/** The values of this key that match; `true`: it matches because it is absent, `false`: it does not. */
function matching({ path, conditions }: Leaf, facts: Facts): readonly Fact[] | boolean {
  const found = facts.get(path);
  if (found === undefined) {
    return conditions.some((condition) => condition.type === 'exists' && !condition.value);
  }
  const good = found.filter(({ value }) => conditions.some((condition) => satisfies(condition, value)));
  if (good.length > 0) return good;
  // A key that is there with an empty list.
  return conditions.some((condition) => condition.type === 'exists' && condition.value);
}

/** One value of each key, so that all that stand in one list stand in the same element. */
function agree(candidates: readonly (readonly Fact[])[], from: number, chosen: Map<number, number>): boolean {
  const facts = candidates[from];
  if (facts === undefined) return true;
  for (const { within } of facts) {
    const added: number[] = [];
    let fits = true;
    for (let index = 0; index < within.length && fits; index += 2) {
      const list = within[index]!;
      const element = within[index + 1]!;
      const known = chosen.get(list);
      if (known === undefined) {
        chosen.set(list, element);
        added.push(list);
      } else fits = known === element;
    }
    if (fits && agree(candidates, from + 1, chosen)) return true;
    for (const list of added) chosen.delete(list);
  }
  return false;
}

/** One value of a message against one element of a key's list. */
function satisfies(condition: Condition, value: Scalar): boolean {
  switch (condition.type) {
    case 'equals':
      return condition.value === value;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(condition.value);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(condition.value);
    case 'ignoreCase':
      return typeof value === 'string' && value.toLowerCase() === condition.value.toLowerCase();
    case 'prefixIgnoreCase':
      return typeof value === 'string' && value.toLowerCase().startsWith(condition.value.toLowerCase());
    case 'suffixIgnoreCase':
      return typeof value === 'string' && value.toLowerCase().endsWith(condition.value.toLowerCase());
    case 'wildcard':
      return typeof value === 'string' && fitsWildcard(condition.value, value);
    case 'not':
      return !condition.conditions.some((one) => satisfies(one, value));
    case 'anythingBut':
      return !condition.values.includes(value as string | number);
    case 'anythingButPrefix':
      return typeof value === 'string' && !value.startsWith(condition.value);
    case 'exists':
      return condition.value;
    case 'numeric':
      return typeof value === 'number' && inRange(condition, value);
    case 'cidr':
      return typeof value === 'string' && inNetwork(condition.network, condition.bits, value);
  }
}

function inRange({ low, high }: Condition & { readonly type: 'numeric' }, value: number): boolean {
  if (low !== undefined && (low.inclusive ? value < low.value : value <= low.value)) return false;
  return high === undefined || (high.inclusive ? value <= high.value : value < high.value);
}

/** One key of a policy beside a message: a row of the Subscriptions pane. */
export interface FilterReason {
  readonly key: string;
  /** As written: `["red",{"prefix":"bl"}]`. */
  readonly wanted: string;
  /** Values as JSON, `absent`, or `not a JSON object`. */
  readonly found: string;
  readonly matched: boolean;
  /** Which alternative of `$or`, from 1; left out when there is one only. */
  readonly alternative?: number;
}

const FOUND_SHOWN_MAX = 5;

/** Key by key, every alternative: why `matches` says what it says. */
export function explain({ branches }: Pattern, facts: Facts | undefined): FilterReason[] {
  const reasons: FilterReason[] = [];
  branches.forEach((branch, index) => {
    for (const leaf of branch) {
      reasons.push({
        key: leaf.path,
        wanted: leaf.wanted,
        found: facts === undefined ? 'not a JSON object' : shown(facts.get(leaf.path)),
        matched: facts !== undefined && matching(leaf, facts) !== false,
        ...(branches.length > 1 && { alternative: index + 1 }),
      });
    }
  });
  return reasons;
}

function shown(found: readonly Fact[] | undefined): string {
  if (found === undefined) return 'absent';
  const first = found.slice(0, FOUND_SHOWN_MAX).map(({ value }) => JSON.stringify(value));
  return found.length > first.length ? `${first.join(', ')}, …` : first.join(', ');
}
