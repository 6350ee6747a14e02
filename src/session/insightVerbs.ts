/** The prompt's commands that ask about a world: each answers from `session.insight` and changes nothing. */
import type { ControlAnswer } from '../command/console.ts';
import { askComparison } from './comparisonVerb.ts';
import { askCost } from './costVerb.ts';
import { askExport } from './exportVerb.ts';
import type { Session } from './sessionTypes.ts';
import { askStory } from './storyVerb.ts';
import { askWhy } from './whyVerb.ts';

type Ask = (session: Session, input: object) => ControlAnswer;

/** By group, or group and verb. */
const VERBS: Readonly<Record<string, Ask>> = {
  cost: askCost,
  story: askStory,
  why: askWhy,
  'world compare': askComparison,
  'world export': askExport,
};

/** Undefined: not one of these. */
export function insightVerb(
  session: Session,
  group: string,
  verb: string,
  input: object,
): ControlAnswer | undefined {
  const name = verb === '' ? group : `${group} ${verb}`;
  return Object.hasOwn(VERBS, name) ? VERBS[name]!(session, input) : undefined;
}
