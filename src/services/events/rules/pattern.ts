/** Event patterns. EventBridge User Guide, Creating Amazon EventBridge event patterns. */
import { OR, type Pattern, readBranches } from '../../../contract/eventRuler/branches.ts';
import { type Facts, factsIn } from '../../../contract/eventRuler/facts.ts';
import {
  FilterFault,
  JsonFault,
  type JsonNode,
  placeOf,
  readJson,
} from '../../../contract/eventRuler/jsonText.ts';
import { explain, type FilterReason, matches } from '../../../contract/eventRuler/match.ts';
import { invalidPattern } from '../errors.ts';
import { BRANCHES_MAX } from '../limits.ts';
import type { Envelope } from '../model.ts';

const READING = {
  operators: 'events',
  branchesMax: BRANCHES_MAX,
  tooComplex: 'Rule is too complex',
} as const;

/** Saves time only. */
const memory = new Map<string, Pattern>();

/** Refuses what is no pattern. */
export function readPattern(text: string): Pattern {
  const known = memory.get(text);
  if (known !== undefined) return known;
  const pattern = compile(text);
  if (memory.size > 1_000) memory.clear();
  memory.set(text, pattern);
  return pattern;
}

function compile(text: string): Pattern {
  try {
    const root = readJson(text);
    checkRoot(root);
    return { branches: readBranches(root, READING) };
  } catch (error) {
    if (error instanceof JsonFault) throw invalidPattern(`${error.message}${placeOf(text, error.offset)}`);
    if (error instanceof FilterFault) throw invalidPattern(error.message);
    throw error;
  }
}

/** UNSURE: both sentences. */
function checkRoot(root: JsonNode): void {
  if (root.type !== 'object') throw new JsonFault('Filter is not an object', root.begun);
  if (root.entries.length === 0) throw new JsonFault('Empty objects are not allowed', root.ended);
  const [only] = root.entries;
  if (only?.[0] === OR && only[1].type !== 'array') {
    throw new JsonFault(`It must be an Array followed with ${OR}.`, only[1].begun);
  }
}

export const eventFacts = (event: object): Facts => factsIn(event);

export const fits = (pattern: string, facts: Facts): boolean => matches(readPattern(pattern), facts);

/** Key by key, what a pattern wants and what the event has. */
export const reasons = (pattern: string, event: Envelope): FilterReason[] =>
  explain(readPattern(pattern), eventFacts(event));
