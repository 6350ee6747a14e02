/**
 * What policies decided lately, for the Policy pane. A refusal carries its decision as it was made. Of a call that was
 * let in nothing is kept: it is decided again by the policies as they are now, and says so.
 */
import type { Authorization } from '../contract/guard.ts';
import type { Decision } from '../contract/policy/decision.ts';
import { whyOf } from '../contract/policy/words.ts';
import type { LoggedEvent, Request } from '../engine/service.ts';
import type { Answered, Simulation } from '../engine/simulation.ts';
import type { Instant } from '../engine/units.ts';

/** Calls of one caller to one operation about one thing, with the newest decision about them. Plain data. */
export interface DecisionView {
  /** The number and the instant of the newest answer. */
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly profile: string;
  readonly service: string;
  readonly operation: string;
  /** What happened then: policies refused the call, or let it in. */
  readonly allowed: boolean;
  /** `then`: the decision as it was made. `now`: what policies say now of a call that was let in. */
  readonly asOf: 'then' | 'now';
  /** How many such calls, among the newest events. */
  readonly count: number;
  /** One for each thing that had to be allowed: the action, then the key. The last one decided a refusal. */
  readonly decisions: readonly DecisionWords[];
}

/** A decision, and what it says in a sentence. */
export interface DecisionWords extends Decision {
  readonly why: string;
}

/** Events that are looked through at most. */
const EVENTS_READ = 2_000;

/** Newest first, at most `limit`. What an administrator may do anyway, with no policy asked, is left out. */
export function publishDecisions(
  simulation: Simulation,
  explain: Authorization['explain'],
  limit: number,
): readonly DecisionView[] {
  const found = new Map<string, DecisionView | undefined>();
  for (const logged of simulation.log.since(0, EVENTS_READ).reverse()) {
    if (logged.event.type !== 'api/Answered') continue;
    const { call, outcome } = logged.event as Answered;
    const refused = outcome.ok ? undefined : (outcome.refusal.decision as Decision | undefined);
    if (!outcome.ok && refused === undefined) continue;
    const place = placeOf(call, outcome.ok);
    const known = found.get(place);
    if (known !== undefined) {
      found.set(place, { ...known, count: known.count + 1 });
    } else if (!found.has(place) && found.size < limit * PLACES) {
      found.set(place, viewOf(logged, refused ? [refused] : now(simulation, explain, call)));
    }
  }
  return [...found.values()].filter((view) => view !== undefined).slice(0, limit);
}

/** Places remembered for each line shown: most calls need no policy, and are remembered as that. */
const PLACES = 4;

const now = (simulation: Simulation, explain: Authorization['explain'], call: Request): readonly Decision[] =>
  explain(call, simulation.now, (service) => simulation.stateOf(service));

function viewOf(
  { sequence, at, event }: LoggedEvent,
  decisions: readonly Decision[],
): DecisionView | undefined {
  const { call, outcome } = event as Answered;
  if (decisions.every(({ policies, allowed }) => allowed && policies.length === 0)) return undefined;
  return {
    sequence,
    at,
    by: call.caller.by,
    profile: call.caller.profile,
    service: call.service,
    operation: call.operation,
    allowed: outcome.ok,
    asOf: outcome.ok ? 'now' : 'then',
    count: 1,
    decisions: decisions.map((decision) => ({ ...decision, why: whyOf(decision) })),
  };
}

/** The members that name what a call is about. */
const TARGETS = ['QueueUrl', 'KeyId', 'UserName', 'PolicyArn', 'QueueName', 'SourceArn'] as const;

function placeOf({ service, operation, input, caller }: Request, allowed: boolean): string {
  const given = input as Readonly<Partial<Record<string, unknown>>>;
  const target = TARGETS.map((name) => given[name]).find((value) => typeof value === 'string') ?? '';
  const { by, account, profile, secure, sourceArn = '' } = caller;
  return [service, operation, target, account, profile, by, secure, sourceArn, allowed].join('\n');
}
