/** What a drafted goal may ask for: each change of the world in a step, and each kind of event in it. */
import type { ResourceView } from '../contract/view.ts';
import { conditionProblems } from '../projection/conditionProblems.ts';
import type { Condition, Matcher, StateCondition } from '../projection/conditionTypes.ts';
import type { EventView, WorldView } from '../projection/snapshot.ts';

export interface Candidate {
  readonly condition: Condition;
  /** How little it says to a learner: the goal is made of the cheapest that will do. */
  readonly cost: number;
}

const COSTS = { expected: 1, state: 2, attribute: 2, event: 3, counter: 4, app: 5, call: 20 };

/** Figures that are different at every instant, or names of what time has done. */
const FLEETING = /(?:Ms|PerSecond)$|^latencyMs|^requests$|Timestamp$|Arn$|^attributes\.Approximate/;
const COUNTS_NOW = new Set(['visible', 'inFlight', 'delayed']);
/** From here on a figure made by apps is asked for roughly. */
const MANY = 10;

/** Conditions that the step may have met; whether one does is for its player to find out. */
export function candidatesOf(
  before: WorldView,
  after: WorldView,
  events: readonly EventView[],
): readonly Candidate[] {
  const found = [...stateCandidates(before, after), ...eventCandidates(after, events)];
  return found.filter(({ condition }) => conditionProblems(condition, 'goal', []).length === 0);
}

export const expectedCandidate = (condition: Condition): Candidate => ({ condition, cost: COSTS.expected });

function stateCandidates(before: WorldView, after: WorldView): Candidate[] {
  const known = new Map<string, ResourceView>(before.resources.map((each) => [each.id, each]));
  const gone = before.resources.filter(({ id }) => !after.resources.some((each) => each.id === id));
  return [
    ...gone.map(({ id }) => ({ condition: { state: id, exists: false }, cost: COSTS.state })),
    ...after.resources.flatMap((resource) => {
      const earlier = known.get(resource.id);
      if (earlier === undefined)
        return [{ condition: { state: resource.id, exists: true }, cost: COSTS.state }];
      const then = new Map(scalarsOf(earlier.fields));
      return scalarsOf(resource.fields).flatMap(([path, value]) =>
        then.get(path) === value || FLEETING.test(path) ? [] : [fieldCandidate(resource.id, path, value)],
      );
    }),
  ];
}

function fieldCandidate(state: string, path: string, value: string | number | boolean): Candidate {
  const is = (matcher: Matcher): StateCondition => ({ state, is: { [path]: matcher } });
  if (path.startsWith('attributes.')) return { condition: is(value), cost: COSTS.attribute };
  if (typeof value !== 'number') return { condition: is(value), cost: COSTS.state };
  if (COUNTS_NOW.has(path)) {
    return value > MANY
      ? { condition: is({ atLeast: roughly(value) }), cost: COSTS.counter }
      : { condition: is(value), cost: COSTS.state };
  }
  return { condition: is({ atLeast: roughly(value) }), cost: COSTS.counter };
}

const roughly = (value: number): number => (value > MANY ? Math.floor((value * 9) / 10) : value);

type Scalar = string | number | boolean;

/** `[["visible", 1], ["attributes.DelaySeconds", 0]]`: two levels, scalars only. */
function scalarsOf(fields: Readonly<Record<string, unknown>>, prefix = ''): (readonly [string, Scalar])[] {
  return Object.entries(fields).flatMap(([name, value]): (readonly [string, Scalar])[] => {
    const path = `${prefix}${name}`;
    if (typeof value === 'number' || typeof value === 'boolean') return [[path, value]];
    if (typeof value === 'string') return value.length > 200 ? [] : [[path, value]];
    if (prefix !== '' || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return scalarsOf(value as Readonly<Record<string, unknown>>, `${path}.`);
  });
}

interface Group {
  readonly event: string;
  readonly where: Readonly<Record<string, Matcher>>;
  readonly cost: number;
  count: number;
  receiveCount: number;
}

function eventCandidates(after: WorldView, events: readonly EventView[]): Candidate[] {
  const resources = new Set<string>(after.resources.map(({ id }) => id));
  const groups = new Map<string, Group>();
  for (const event of events) {
    const { where, cost } = event.type === 'api/Answered' ? callOf(event) : happeningOf(event, resources);
    if (cost === undefined) continue;
    const key = `${event.type} ${JSON.stringify(where)}`;
    const group = groups.get(key) ?? { event: event.type, where, cost, count: 0, receiveCount: 0 };
    group.count++;
    group.receiveCount = Math.max(group.receiveCount, Number(event.fields.receiveCount ?? 0));
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ event, where, cost, count, receiveCount }) => {
    const wanted = where.by === 'you' ? count : roughly(count);
    const found: Candidate[] = [
      { condition: { event, where, ...(wanted > 1 ? { count: { atLeast: wanted } } : {}) }, cost },
    ];
    if (receiveCount > 1) {
      const again = { ...where, receiveCount: { atLeast: receiveCount } };
      found.push({ condition: { event, where: again }, cost });
    }
    return found;
  });
}

interface Grouped {
  readonly where: Readonly<Record<string, Matcher>>;
  /** Undefined: nothing to ask for. */
  readonly cost: number | undefined;
}

/** What a call asked and how it ended; only the learner's own. */
function callOf({ by, fields }: EventView): Grouped {
  const { service, operation, profile, error } = fields;
  if (by !== 'you') return { where: {}, cost: undefined };
  const where: Record<string, Matcher> = { by, service: String(service), operation: String(operation) };
  if (profile !== undefined && profile !== 'default') where.profile = String(profile);
  where.error = error === undefined ? { exists: false } : String(error);
  return { where, cost: COSTS.call };
}

/** An event by what it happened to: `queue: orders`, where there is a `queue/orders`. */
function happeningOf({ by, fields }: EventView, resources: ReadonlySet<string>): Grouped {
  const where: Record<string, Matcher> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string') continue;
    if (resources.has(`${name}/${value}`) || name === 'reason') where[name] = value;
  }
  if (by === 'you') where.by = by;
  const isApps = by !== 'you' && resources.has(`app/${by}`);
  return { where, cost: isApps ? COSTS.app : COSTS.event };
}
