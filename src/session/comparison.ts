/**
 * Compares two branches of a world. The same seed and the same commands give the same events, so two branches part
 * at the first command that differs or soon after it: from the checkpoint before it both are walked through again,
 * event by event. The figures are those of both at the earlier head.
 */
import { commandsUntil, type JournalEntry, notAfter, type Position, whoGave } from '../engine/journal.ts';
import type { Retrace } from '../engine/retrace.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Branch, Timeline } from '../engine/timeline.ts';
import type { Instant } from '../engine/units.ts';
import {
  type Comparison,
  type DifferingCommand,
  differenceOf,
  type FirstDifference,
  figuresOf,
  tradeOf,
} from '../projection/comparison.ts';
import { count, exactInstant } from '../projection/figures.ts';
import { publishEvent, publishWorld } from '../projection/publish.ts';
import type { EventView, WorldView } from '../projection/snapshot.ts';
import type { Ground } from './insight.ts';

/** Events of each side that are looked at for the first difference at most. */
const COMPARED_EVENTS_MAX = 400_000;

export type FoundComparison =
  | { readonly ok: true; readonly comparison: Comparison }
  | { readonly ok: false; readonly why: string };

/** A branch by its name, or by its number. */
export type BranchName = string | number;

/** `a` and `b` left out: the parent of this branch, and this branch. */
export function compareBranches(ground: Ground, a?: BranchName, b?: BranchName): FoundComparison {
  const { world } = ground;
  const pair = branchesOf(world, a, b);
  if ('why' in pair) return { ok: false, why: pair.why };
  const [left, right] = pair;
  const at = Math.min(endOf(world, left).at, endOf(world, right).at) as Instant;
  const parted = firstCommands(world, left, right, at);
  const foreign = foreignTo(ground, [left, right], {
    at: parted?.from ?? at,
    commands: parted?.commands ?? Math.min(...[left, right].map(({ journal }) => commandsUntil(journal, at))),
  });
  if (foreign !== undefined) return { ok: false, why: foreign };
  const found = parted === undefined ? {} : firstDifference(world, left, right, { ...parted, at });
  const figures = figuresOf(viewAt(ground, left, at), viewAt(ground, right, at));
  const cause = { a: commandOf(parted?.a), b: commandOf(parted?.b) };
  return {
    ok: true,
    comparison: {
      a: left.name,
      b: right.name,
      at,
      cause,
      first: found.first,
      unsearched: found.unsearched,
      figures,
      summary: [...tradeOf(left.name, right.name, figures), ...endsOf(world, left, right)],
    },
  };
}

/** Why a past cannot be walked through again from a place on; undefined: it can. */
function foreignTo(
  { foreignPast }: Ground,
  branches: readonly Branch[],
  place: Position,
): string | undefined {
  if (foreignPast === undefined) return undefined;
  const { before, version } = foreignPast;
  const isOurs = branches.every((branch) => {
    const from = branch.checkpoints.before(place);
    return from !== undefined && notAfter(before, from.position);
  });
  return isOurs
    ? undefined
    : `what happened before ${exactInstant(before.at)} was made by version ${version} and cannot be walked through again; open the save with --replay`;
}

const endOf = (world: Timeline, branch: Branch): Position =>
  branch === world.current ? world.position : branch.head;

/** Where only one of them goes on there is more to come. */
function endsOf(world: Timeline, left: Branch, right: Branch): string[] {
  const [one, other] = [endOf(world, left).at, endOf(world, right).at];
  if (one === other) return [];
  const [ends, on] = one < other ? [left, right] : [right, left];
  return [
    `${ends.name} ends at ${exactInstant(endOf(world, ends).at)}, ${on.name} goes on to ${exactInstant(endOf(world, on).at)}: let ${ends.name} run on to compare more.`,
  ];
}

function branchesOf(
  world: Timeline,
  a: BranchName | undefined,
  b: BranchName | undefined,
): readonly [Branch, Branch] | { readonly why: string } {
  const { branches, current } = world;
  if (branches.length === 1 && a === undefined) {
    return { why: 'there is one course of events only: make another with world fork, or go back and act' };
  }
  const named = (name: BranchName): Branch | undefined => {
    if (typeof name === 'number') return branches[name];
    const wanted = name.toLowerCase();
    return (
      branches.find((branch) => branch.name.toLowerCase() === wanted) ??
      branches.find((branch) => branch.name.toLowerCase() === `fork ${wanted}`) ??
      branches.find(({ id }) => String(id) === wanted)
    );
  };
  const left = a === undefined ? (parentOf(world, current) ?? current) : named(a);
  const right = b === undefined ? (left === current ? otherThan(world, current) : current) : named(b);
  const unknown = left === undefined ? a : b;
  if (left === undefined || right === undefined) {
    return { why: `no fork is called ${unknown}; there are ${branches.map(({ name }) => name).join(', ')}` };
  }
  return [left, right];
}

const parentOf = ({ branches }: Timeline, { parent }: Branch): Branch | undefined =>
  parent === undefined ? undefined : branches[parent];

/** The parent; of the first branch its newest fork. */
const otherThan = (world: Timeline, branch: Branch): Branch =>
  parentOf(world, branch) ?? world.branches.findLast(({ parent }) => parent === branch.id) ?? branch;

interface Parted {
  /** How many commands both have in common. */
  readonly commands: number;
  /** When the first of those that differ was given. */
  readonly from: Instant;
  readonly a: JournalEntry | undefined;
  readonly b: JournalEntry | undefined;
}

/** The first commands that differ up to an instant; undefined: there are none. */
function firstCommands(world: Timeline, left: Branch, right: Branch, at: Instant): Parted | undefined {
  const given = (branch: Branch, index: number): JournalEntry | undefined => {
    const entry = index < endOf(world, branch).commands ? branch.journal.at(index) : undefined;
    return entry === undefined || entry.at > at ? undefined : entry;
  };
  for (let commands = 0; ; commands++) {
    const a = given(left, commands);
    const b = given(right, commands);
    if (a === undefined && b === undefined) return undefined;
    if (!isSameEntry(a, b)) {
      return { commands, from: Math.min(a?.at ?? at, b?.at ?? at) as Instant, a, b };
    }
  }
}

const isSameEntry = (a: JournalEntry | undefined, b: JournalEntry | undefined): boolean =>
  a === b || (a?.at === b?.at && JSON.stringify(a) === JSON.stringify(b));

const commandOf = (entry: JournalEntry | undefined): DifferingCommand | undefined =>
  entry && { at: entry.at, by: whoGave(entry), line: entry.line ?? callOf(entry) };

const callOf = (entry: JournalEntry): string =>
  entry.type === 'request' ? `${entry.request.service} ${entry.request.operation}` : 'a call was given up';

function firstDifference(
  world: Timeline,
  left: Branch,
  right: Branch,
  { commands, from, at }: Parted & { readonly at: Instant },
): { readonly first?: FirstDifference; readonly unsearched?: string } {
  const place = { at: from, commands };
  const walkA = world.retraceFrom(place, left);
  const walkB = world.retraceFrom(place, right);
  const begin = Math.max(walkA.simulation.log.count, walkB.simulation.log.count);
  const eventsA = eventsOf(walkA, begin, at);
  const eventsB = eventsOf(walkB, begin, at);
  for (let sequence = begin; sequence < begin + COMPARED_EVENTS_MAX; sequence++) {
    const one = eventsA.next().value;
    const other = eventsB.next().value;
    if (one === undefined && other === undefined) return {};
    // Before the first command that differs all is the same.
    if (one !== undefined && other !== undefined && one.at < from && other.at < from) continue;
    if (JSON.stringify(one) !== JSON.stringify(other)) {
      return { first: differenceOf(sequence, one, other) };
    }
  }
  return {
    unsearched: `The first ${count(COMPARED_EVENTS_MAX)} events after the last checkpoint in common are the same; later ones were not looked at.`,
  };
}

/** The events of a walk from a number on, up to an instant. */
function* eventsOf(walk: Retrace, from: number, until: Instant): Generator<EventView, undefined> {
  const { simulation } = walk;
  const { log } = simulation;
  for (let next = from; ; ) {
    log.keepFrom = next;
    for (; next < log.count; next++) yield publishEvent(simulation, log.at(next)!);
    const due = walk.nextAt;
    if (due === undefined || due > until || !walk.step()) return undefined;
  }
}

/** A branch as it was at the end of an instant. */
function viewAt(ground: Ground, branch: Branch, at: Instant): WorldView {
  const { catalog, settings, prices } = ground;
  return publishWorld(simulationAt(ground.world, branch, at), catalog, settings, 'default', prices);
}

function simulationAt(world: Timeline, branch: Branch, at: Instant): Simulation {
  if (branch === world.current && world.simulation.now === at) return world.simulation;
  const commands = Math.min(endOf(world, branch).commands, commandsUntil(branch.journal, at));
  const walk = world.retraceFrom({ at, commands }, branch);
  walk.toInstant(at);
  return walk.simulation;
}
