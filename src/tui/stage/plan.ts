/**
 * Which picture fits: the largest size that does, then folding, then a part of it. Pure, and kept for as long as the
 * world's shape, the room and what is selected stay the same; counts change no place.
 */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import { FITS, type Fit, type StageLevel, type Views } from './fits.ts';
import { foldClasses } from './fold.ts';
import { isCaller, shapeOf } from './graph.ts';
import { type Layout, layout, type Placed, type Prepared, prepare } from './layout.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PlanRequest {
  readonly resources: readonly ResourceView[];
  /** Cells inside the pane's border. */
  readonly size: Size;
  /** A level a person asked for; without it the largest that fits. */
  readonly level?: StageLevel | undefined;
  readonly selected?: ResourceId | undefined;
  /** Resources on the path of the followed message: never folded. */
  readonly followed?: readonly ResourceId[] | undefined;
  /** The order of the picture before, so that nothing swaps places when something is added. */
  readonly before?: readonly string[] | undefined;
}

/** Resources out of view, by side. */
export interface Hidden {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
}

export interface Plan {
  readonly layout: Layout;
  readonly level: StageLevel;
  readonly size: Size;
  /** The point of the picture in the first cell of the view. */
  readonly left: number;
  readonly top: number;
  readonly shown: ReadonlySet<Placed>;
  readonly hidden: Hidden;
  /** Groups of folded resources. */
  readonly groups: number;
}

/** A card a node: only for as few as a lesson has. */
const CARDS = 4;
/** Consumers of one source that are alike stand together from this number on, in every picture but the largest. */
const ALIKE = 4;

export const viewsById = (resources: readonly ResourceView[]): Views =>
  new Map(resources.map((resource) => [resource.id, resource]));

export function planStage(request: PlanRequest): Plan {
  const { resources, size } = request;
  const views = viewsById(resources);
  const apart = new Set<ResourceId>(request.followed ?? []);
  if (request.selected !== undefined) apart.add(request.selected);
  const prepared = new Map<string, Prepared>();
  const preparedFor = (fit: Fit): Prepared => {
    const key = fit.shape === 'card' ? 'card' : String(fit.folds ?? 'few');
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const consumersOnly = fit.folds === undefined;
    const folds =
      fit.shape === 'card'
        ? undefined
        : foldClasses(resources, { least: fit.folds ?? ALIKE, apart, consumersOnly });
    const made = prepare(
      resources,
      { ghosts: true, ...(folds === undefined ? {} : { folds }) },
      request.before,
    );
    prepared.set(key, made);
    return made;
  };
  const possible = FITS.filter((fit) => mayBe(fit, request));
  let last: Layout | undefined;
  for (const fit of possible) {
    if (leastRows(preparedFor(fit), fit) > size.height && fit !== possible[possible.length - 1]) continue;
    last = layout(preparedFor(fit), views, fit, size.width);
    if (last.width > size.width || last.height > size.height) continue;
    return whole(looser(last, preparedFor(fit), views, size), size);
  }
  // Nothing fits: the smallest, in part.
  return part(last ?? layout(preparedFor(FITS[0] as Fit), views, FITS[0] as Fit, size.width), request);
}

function mayBe(fit: Fit, request: PlanRequest): boolean {
  if (request.level !== undefined) return fit.level === request.level;
  if (fit.shape !== 'card') return true;
  const boxes = request.resources.filter((resource) => !isCaller(resource)).length;
  return boxes <= CARDS && request.resources.length <= 3 * CARDS;
}

/** A picture cannot be less high than this: it saves trying what will not fit. */
function leastRows({ graph, layered }: Prepared, fit: Fit): number {
  const least = { card: 5, box: 3, slim: 3, block: 2, row: 1 }[fit.shape];
  let rows = 0;
  for (const component of layered.components) {
    let most = 0;
    for (const column of component) {
      const boxes = column.filter((id) => graph.nodes[layered.slots[id]?.node ?? -1]?.app === false).length;
      most = Math.max(most, boxes * least + (column.length - boxes) + (column.length - 1) * fit.spacing);
    }
    rows += most;
  }
  return rows;
}

/** The same with one more blank row between nodes, if that fits as well. */
function looser(made: Layout, prepared: Prepared, views: Views, size: Size): Layout {
  if (made.fit.shape === 'card' || size.height - made.height < 4) return made;
  const fit: Fit = { ...made.fit, spacing: made.fit.spacing + 1 };
  const next = layout(prepared, views, fit, size.width);
  return next.width <= size.width && next.height <= size.height - 1 ? next : made;
}

const groupsOf = (made: Layout): number => made.graph.nodes.filter((node) => node.ids.length > 1).length;

function whole(made: Layout, size: Size): Plan {
  const spare = size.height - made.height;
  const above = spare <= 0 ? 0 : Math.max(1, Math.floor(spare / 3));
  return {
    layout: made,
    level: made.fit.level,
    size,
    left: 0,
    top: -above,
    shown: new Set(made.placed),
    hidden: { left: 0, right: 0, up: 0, down: 0 },
    groups: groupsOf(made),
  };
}

const countOf = (placed: Placed): number => placed.node.ids.length + placed.node.hangs.length;

/** Where a view of `room` cells begins so that the wanted stretch is in it, at one of the given beginnings. */
function scrollTo(
  wanted: readonly [number, number] | undefined,
  room: number,
  total: number,
  starts: readonly number[],
): number {
  if (wanted === undefined || total <= room || wanted[1] <= room) return 0;
  const fits = starts.find((start) => start <= wanted[0] && start + room >= wanted[1]);
  return Math.min(fits ?? wanted[0], Math.max(0, total - 1));
}

function part(made: Layout, request: PlanRequest): Plan {
  const { size, selected } = request;
  const at = made.placed.find((placed) => selected !== undefined && placed.node.ids.includes(selected));
  const lefts = [0, ...new Set(made.placed.map((placed) => Math.max(0, placed.x - 3)))].sort((a, b) => a - b);
  const tops = [0, ...new Set(made.placed.map((placed) => placed.y))].sort((a, b) => a - b);
  const nextRight = made.placed.filter((placed) => at !== undefined && placed.layer === at.layer + 1);
  const nextDown = made.placed.filter(
    (placed) => at !== undefined && placed.layer === at.layer && placed.y > at.y,
  );
  const right = at === undefined ? 0 : at.x + at.width;
  const bottom = at === undefined ? 0 : at.y + at.height;
  const marginRight = Math.max(right, ...nextRight.map((placed) => placed.x + placed.width));
  const marginBottom = Math.min(...nextDown.map((placed) => placed.y + placed.height), made.height);
  const stretch = (from: number, end: number, margin: number, room: number): readonly [number, number] =>
    [from, margin - from <= room ? margin : end] as const;
  const left = scrollTo(
    at === undefined ? undefined : stretch(at.x, right, marginRight, size.width),
    size.width,
    made.width,
    lefts,
  );
  const top = scrollTo(
    at === undefined ? undefined : stretch(at.y, bottom, Math.max(bottom, marginBottom), size.height),
    size.height,
    made.height,
    tops,
  );
  const shown = new Set<Placed>();
  const hidden = { left: 0, right: 0, up: 0, down: 0 };
  for (const placed of made.placed) {
    const count = countOf(placed);
    if (placed.x + Math.min(placed.width, size.width) > left + size.width) hidden.right += count;
    else if (placed.x < left) hidden.left += count;
    else if (placed.y < top) hidden.up += count;
    else if (placed.y + Math.min(placed.height, size.height) > top + size.height) hidden.down += count;
    else shown.add(placed);
  }
  return { layout: made, level: made.fit.level, size, left, top, shown, hidden, groups: groupsOf(made) };
}

/** Keeps the last few plans: a frame in which only counts changed finds its own again. */
export function stagePlanner(): (request: PlanRequest) => Plan {
  const known = new Map<string, Plan>();
  let before: readonly string[] | undefined;
  return (request) => {
    const { size, level, selected, followed } = request;
    const key = `${size.width}x${size.height}|${level ?? ''}|${selected ?? ''}|${(followed ?? []).join()}|${(request.before ?? []).join()}\n${shapeOf(request.resources)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const plan = planStage({ ...request, before: request.before ?? before });
    before = plan.layout.order;
    if (known.size >= 8) known.delete(known.keys().next().value ?? '');
    known.set(key, plan);
    return plan;
  };
}
