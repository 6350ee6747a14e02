/**
 * Judges a condition of the lesson format (section 5) step by step: fed each event, asked at the end of each
 * instant. A pure function of the events and snapshots it is given; lessons, `expect`, `time until` and the library
 * use it alike.
 *
 * Theory of operation. A condition is a tree of leaves. A leaf on events counts what it is fed and stays met; a leaf
 * on states looks at the snapshot of the moment, and remembers since when it holds (`for`) or that it held (`ever`).
 * `met` looks no further than it must, and takes a snapshot only when a leaf needs one; `judge` asks every leaf, for
 * the words on the screen.
 */
import { assert } from '../engine/assert.ts';
import { type Instant, instant } from '../engine/units.ts';
import {
  judgeEvent,
  judgeQuery,
  judgeSequence,
  judgeState,
  type LeafJudge,
  type LeafVerdict,
  type Since,
} from './conditionLeaves.ts';
import type { Condition } from './conditionTypes.ts';
import type { EventView, Look, WorldView } from './snapshot.ts';
import { WorldReading } from './worldReading.ts';

export const LEAVES_MAX = 40;
export const DEPTH_MAX = 4;

export interface JudgeStart {
  /** The instant from which `within` counts. Only events fed to the judge are seen, so nothing earlier counts. */
  readonly at: Instant;
  /** What happened since an earlier place (`lesson`, a step's id), for leaves with `since`. */
  readonly since?: (place: string) => Since | undefined;
}

/** One sentence of a verdict: a leaf, or a group with a sentence of its own. */
export interface Finding {
  readonly text: string;
  readonly met: boolean;
  /** Where in the condition: `all[1].any[0]`; empty for the condition itself. */
  readonly path: string;
  /** When it will be met if nothing else happens, where that is known. */
  readonly until?: Instant;
}

export interface Verdict {
  readonly met: boolean;
  /** What is still to do, a sentence each. */
  readonly unmet: readonly Finding[];
  /** Every leaf, in the order of the condition. */
  readonly leaves: readonly Finding[];
}

export interface Judge {
  /** Does it look back in time (`for`, `ever`), so that a look at the past would confuse it? */
  readonly remembers: boolean;
  /** To be called for each event from the start on, in order. */
  observe(event: EventView): void;
  /** At the end of an instant. The snapshot is only taken when a leaf looks at states. */
  judge(world: WorldView | Look): Verdict;
  /** The same question without words: as cheap as possible. */
  met(world: WorldView | Look): boolean;
  /** The next instant at which time alone may change the verdict, as of the last judging. */
  needsTimeAt(now: Instant): Instant | undefined;
  /** Forgets what came at `at` or later, and all events but the world's first `eventCount`. */
  rewind(at: Instant, eventCount: number): void;
}

interface Group {
  readonly type: 'all' | 'any';
  readonly path: string;
  readonly otherwise: string | undefined;
  readonly children: readonly Node[];
}
interface Leaf {
  readonly type: 'leaf';
  readonly path: string;
  readonly otherwise: string | undefined;
  readonly judge: LeafJudge;
}
type Node = Group | Leaf;

function buildLeaf(condition: Condition, start: JudgeStart): LeafJudge {
  if ('state' in condition) return judgeState(condition);
  if ('query' in condition) return judgeQuery(condition);
  if ('event' in condition || 'sequence' in condition) {
    const history = condition.since === undefined ? undefined : start.since?.(condition.since);
    return 'event' in condition
      ? judgeEvent(condition, start.at, history)
      : judgeSequence(condition, history);
  }
  throw new Error('a group is no leaf');
}

function build(condition: Condition, start: JudgeStart, path: string): Node {
  const otherwise = condition.else;
  const type = 'all' in condition ? 'all' : 'any' in condition ? 'any' : 'leaf';
  if (type === 'leaf') return { type, path, otherwise, judge: buildLeaf(condition, start) };
  const members = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  const children = members.map((child, index) =>
    build(child, start, `${path === '' ? '' : `${path}.`}${type}[${index}]`),
  );
  return { type, path, otherwise, children };
}

function leavesOf(node: Node): Leaf[] {
  return node.type === 'leaf' ? [node] : node.children.flatMap(leavesOf);
}

/** How many leaves and levels a condition has; the levels are counted from 1. */
export function measure(condition: Condition): { readonly leaves: number; readonly depth: number } {
  const members = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined;
  if (members === undefined) return { leaves: 1, depth: 1 };
  let leaves = 0;
  let depth = 0;
  for (const member of members) {
    const inside = measure(member);
    leaves += inside.leaves;
    depth = Math.max(depth, inside.depth);
  }
  return { leaves, depth: depth + 1 };
}

function finding(node: Node, verdict: LeafVerdict): Finding {
  const { met, text, until } = verdict;
  return {
    met,
    text: node.otherwise ?? text,
    path: node.path,
    ...(until === undefined ? {} : { until }),
  };
}

interface Judged {
  readonly met: boolean;
  readonly unmet: readonly Finding[];
}

function judgeNode(node: Node, world: WorldReading, leaves: Finding[]): Judged {
  if (node.type === 'leaf') {
    const found = finding(node, node.judge.judge(world));
    leaves.push(found);
    return { met: found.met, unmet: found.met ? [] : [found] };
  }
  const children = node.children.map((child) => judgeNode(child, world, leaves));
  const met =
    node.type === 'all' ? children.every((child) => child.met) : children.some((child) => child.met);
  if (met) return { met, unmet: [] };
  const unmet = children.flatMap((child) => child.unmet);
  if (node.type === 'all' && node.otherwise === undefined) return { met, unmet };
  const until = unmet.length === 1 || node.type === 'any' ? earliest(unmet) : undefined;
  const text = unmet.map((child) => child.text).join(', or ');
  return {
    met,
    unmet: [finding(node, { met, text, ...(until === undefined ? {} : { until }) })],
  };
}

function earliest(findings: readonly Finding[]): Instant | undefined {
  const known = findings.flatMap((each) => (each.until === undefined ? [] : [each.until]));
  return known.length === 0 ? undefined : instant(Math.min(...known));
}

function metNode(node: Node, world: WorldReading): boolean {
  if (node.type === 'leaf') return node.judge.judge(world).met;
  return node.type === 'all'
    ? node.children.every((child) => metNode(child, world))
    : node.children.some((child) => metNode(child, world));
}

const readingOf = (world: WorldView | Look): WorldReading =>
  new WorldReading(typeof world === 'function' ? world : () => world);

export function createJudge(condition: Condition, start: JudgeStart): Judge {
  const { leaves: count, depth } = measure(condition);
  assert(count <= LEAVES_MAX && depth <= DEPTH_MAX, 'a condition within its bounds');
  const root = build(condition, start, '');
  const leaves = leavesOf(root).map((leaf) => leaf.judge);
  const watchful = leaves.filter((leaf) => leaf.remembers);
  return {
    remembers: watchful.length > 0,
    observe(event) {
      for (const leaf of leaves) leaf.observe(event);
    },
    judge(world) {
      const found: Finding[] = [];
      const { met, unmet } = judgeNode(root, readingOf(world), found);
      return { met, unmet, leaves: found };
    },
    met(world) {
      const reading = readingOf(world);
      // Those that remember must see every instant, whatever the others say.
      for (const leaf of watchful) leaf.judge(reading);
      return metNode(root, reading);
    },
    needsTimeAt(now) {
      let next: Instant | undefined;
      for (const { wakeAt } of leaves) {
        if (wakeAt !== undefined && wakeAt > now && (next === undefined || wakeAt < next)) next = wakeAt;
      }
      return next;
    },
    rewind(at, eventCount) {
      for (const leaf of leaves) leaf.rewind(at, eventCount);
    },
  };
}
