/** Two courses of events side by side at one instant: figure by figure, and which is better where that means something. */
import type { Instant } from '../engine/units.ts';
import type { EventView, WorldView } from './snapshot.ts';
import { sentenceOf } from './storyWords.ts';

type Better = 'a' | 'b';
type FigureUnit = 'count' | 'ms' | 'usd';

export interface ComparedFigure {
  /** `queue/orders`; undefined: of the whole world. */
  readonly resource: string | undefined;
  /** The field, in the vocabulary of conditions. */
  readonly field: string;
  readonly label: string;
  readonly unit: FigureUnit;
  /** Undefined: it is not there. */
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly better: Better | undefined;
}

/** What one side did at the place where the other did something else. */
interface SideAt {
  readonly event: EventView | undefined;
  /** One sentence; "nothing" when the other side alone has an event. */
  readonly words: string;
}

/** A command that only one side has, or that differs. */
export interface DifferingCommand {
  readonly at: Instant;
  readonly line: string;
  readonly by: string;
}

export interface FirstDifference {
  readonly at: Instant;
  /** The number of the event at which they part. */
  readonly sequence: number;
  readonly a: SideAt;
  readonly b: SideAt;
}

export interface Comparison {
  readonly a: string;
  readonly b: string;
  /** Both were looked at up to here: the earlier head. */
  readonly at: Instant;
  /** The first commands that differ; both undefined: there are none up to `at`. */
  readonly cause: { readonly a: DifferingCommand | undefined; readonly b: DifferingCommand | undefined };
  readonly first: FirstDifference | undefined;
  /** Undefined: the search went to its end. Else how far it went, in a sentence. */
  readonly unsearched: string | undefined;
  readonly figures: readonly ComparedFigure[];
  readonly summary: readonly string[];
}

interface FigureRule {
  readonly label: string;
  readonly unit?: FigureUnit;
  /** Which is better; absent: that depends on what one wants. */
  readonly better?: 'less' | 'more';
}

/** Fields of any kind of resource that say how a system fares, by their path in the vocabulary. */
const FIGURES: Readonly<Record<string, FigureRule>> = {
  visible: { label: 'visible at the end', better: 'less' },
  inFlight: { label: 'in flight at the end' },
  delayed: { label: 'delayed at the end' },
  oldestAgeMs: { label: 'oldest message', unit: 'ms', better: 'less' },
  sent: { label: 'sent' },
  published: { label: 'published' },
  delivered: { label: 'delivered' },
  received: { label: 'received' },
  deleted: { label: 'deleted' },
  processed: { label: 'processed', better: 'more' },
  deadLettered: { label: 'dead-lettered', better: 'less' },
  expired: { label: 'expired', better: 'less' },
  duplicated: { label: 'handed out as copies', better: 'less' },
  emptyReceives: { label: 'empty receives', better: 'less' },
  failed: { label: 'failed', better: 'less' },
  repeatedEffects: { label: 'done more than once', better: 'less' },
  outOfOrder: { label: 'out of order', better: 'less' },
  lost: { label: 'lost', better: 'less' },
  throttled: { label: 'refused', better: 'less' },
  refused: { label: 'refused', better: 'less' },
  'latencyMs.p50': { label: 'latency (median)', unit: 'ms', better: 'less' },
  'latencyMs.p95': { label: 'latency (p95)', unit: 'ms', better: 'less' },
};

const COST: FigureRule = { label: 'cost', unit: 'usd', better: 'less' };
const REQUESTS: FigureRule = { label: 'requests', better: 'less' };

/** All figures that are not zero on both sides; those of the whole world last. */
export function figuresOf(a: WorldView, b: WorldView): ComparedFigure[] {
  const inB = new Map(b.resources.map((resource) => [resource.id as string, resource.fields]));
  const inA = new Map(a.resources.map((resource) => [resource.id as string, resource.fields]));
  const ids = [...new Set([...inA.keys(), ...inB.keys()])];
  const figures = ids.flatMap((id) =>
    Object.entries(FIGURES).flatMap(([field, rule]) =>
      figure(id, field, rule, valueAt(inA.get(id), field), valueAt(inB.get(id), field)),
    ),
  );
  return [
    ...figures,
    ...figure(undefined, 'requests', REQUESTS, a.requests, b.requests),
    ...figure(undefined, 'usd', COST, a.usd, b.usd),
  ];
}

function figure(
  resource: string | undefined,
  field: string,
  { label, unit = 'count', better }: FigureRule,
  a: number | undefined,
  b: number | undefined,
): ComparedFigure[] {
  if ((a ?? 0) === 0 && (b ?? 0) === 0) return [];
  const which = a === undefined || b === undefined ? undefined : betterOf(better, a, b);
  return [{ resource, field, label, unit, a, b, better: which }];
}

function betterOf(rule: FigureRule['better'], a: number, b: number): Better | undefined {
  if (rule === undefined || a === b) return undefined;
  return a < b === (rule === 'less') ? 'a' : 'b';
}

function valueAt(fields: Readonly<Record<string, unknown>> | undefined, path: string): number | undefined {
  let value: unknown = fields;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return typeof value === 'number' ? value : undefined;
}

export const differs = ({ a, b }: ComparedFigure): boolean => a !== b;

/** Where one side is better, and what that costs: plain sentences. */
export function tradeOf(nameA: string, nameB: string, figures: readonly ComparedFigure[]): string[] {
  const changed = figures.filter(differs);
  if (changed.length === 0) return ['All figures are the same.'];
  const labels = (side: Better): string =>
    [...new Set(changed.filter(({ better }) => better === side).map(({ label }) => label))].join(', ');
  const sentences: string[] = [];
  for (const [name, side] of [
    [nameA, 'a'],
    [nameB, 'b'],
  ] as const) {
    if (labels(side) !== '') sentences.push(`${name} is better in: ${labels(side)}.`);
  }
  return sentences.length > 0 ? sentences : ['They differ, and neither is better in what is measured here.'];
}

const shortId = (messageId: string): string => messageId.slice(0, 4);

/** The first place of two courses at which they part; an event that comes earlier parts them by itself. */
export function differenceOf(
  sequence: number,
  a: EventView | undefined,
  b: EventView | undefined,
): FirstDifference {
  const at = Math.min(a?.at ?? Number.POSITIVE_INFINITY, b?.at ?? Number.POSITIVE_INFINITY) as Instant;
  const side = (event: EventView | undefined): SideAt =>
    event === undefined
      ? { event, words: 'nothing more' }
      : { event, words: event.at > at ? 'nothing yet' : sentenceOf(event, shortId) };
  return { at, sequence, a: side(a), b: side(b) };
}
