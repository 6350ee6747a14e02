/** Which facts the Facts pane lists, and which one its cursor is on. */
import type { FactEntry, FactGroup } from '../lessons/factSheet.ts';
import type { Host } from './host.ts';
import type { FactsShown, UiState } from './store.ts';

export interface FactList {
  readonly groups: readonly FactGroup[];
  readonly facts: readonly FactEntry[];
  /** Place of the cursor in `facts`; -1 when there are none. */
  readonly chosen: number;
}

const TESTS: Readonly<Record<FactsShown, (fact: FactEntry) => boolean>> = {
  all: () => true,
  seen: ({ seen }) => seen !== undefined,
  missed: ({ missedLast }) => missedLast,
  'not seen': ({ seen }) => seen === undefined,
};

const ORDER = Object.keys(TESTS) as readonly FactsShown[];

/** What is listed after `now`. */
export const nextShown = (now: FactsShown): FactsShown =>
  ORDER[(ORDER.indexOf(now) + 1) % ORDER.length] ?? 'all';

export function factList(host: Host, state: UiState): FactList {
  const { find, selected } = state.panes.facts;
  const wanted = find?.toLowerCase() ?? '';
  const groups = host
    .home()
    .factSheet.map(({ service, facts }) => ({
      service,
      facts: facts.filter(
        (fact) =>
          TESTS[state.factsShown](fact) &&
          `${fact.id} ${service} ${fact.kind} ${fact.statement}`.toLowerCase().includes(wanted),
      ),
    }))
    .filter(({ facts }) => facts.length > 0);
  const facts = groups.flatMap((group) => group.facts);
  return { groups, facts, chosen: Math.min(selected, facts.length - 1) };
}
