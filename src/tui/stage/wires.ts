/** Wires, their arrows, figures and marks in motion, drawn along the routes of a layout. */
import { rate } from '../paint/figures.ts';
import type { Role } from '../paint/palettes.ts';
import { width } from '../paint/text.ts';
import { nameEnd } from './apps.ts';
import { borderRole, titleParts } from './boxes.ts';
import { type Canvas, EAST, WEST, type Wire } from './canvas.ts';
import type { Hop, Layout, Placed, Route } from './layout.ts';
import { SHARED } from './nets.ts';
import { type Dot, type Flow, flowOf, partsWidth, type Scene, viewsOf } from './scene.ts';

interface Drawn {
  readonly route: Route;
  readonly source: Placed;
  readonly target: Placed;
  readonly flow: Flow;
  readonly role: Role;
  readonly refusing: boolean;
  /** Rows of the target that this wire shows as followed; all when undefined. */
  readonly accentRows: readonly number[];
}

type Point = readonly [x: number, y: number];

function isFollowed(route: Route, layout: Layout, scene: Scene): boolean {
  const path = scene.followed?.path ?? [];
  const from = layout.graph.nodes[route.edge.from]?.ids ?? [];
  const to = layout.graph.nodes[route.edge.to]?.ids ?? [];
  for (let index = 0; index + 1 < path.length; index += 1) {
    const here = path[index];
    const next = path[index + 1];
    if (here !== undefined && next !== undefined && from.includes(here) && to.includes(next)) return true;
  }
  return false;
}

function prepare(
  route: Route,
  layout: Layout,
  scene: Scene,
  byNode: ReadonlyMap<number, Placed>,
): Drawn | undefined {
  const source = byNode.get(route.edge.from);
  const target = byNode.get(route.edge.to);
  if (source === undefined || target === undefined) return undefined;
  const flow = flowOf(route.edge, scene.views);
  const followed = isFollowed(route, layout, scene);
  const refusing = flow.refusedPerSecond > 0 || scene.motion.refused.has(route.edge.key);
  const moving = flow.perSecond > 0 || (scene.motion.dots.get(route.edge.key)?.length ?? 0) > 0;
  const role: Role = followed ? 'accent' : moving ? 'second' : 'faint';
  let accentRows = target.ports;
  if (followed && target.expanded) {
    const workers = viewsOf(target.node, scene.views).flatMap((view) => view.workers ?? []);
    accentRows = target.ports.filter((_, index) => workers[index]?.messageId === scene.followed?.messageId);
    if (accentRows.length === 0) accentRows = target.ports;
  }
  return { route, source, target, flow, role, refusing, accentRows };
}

/** The first cell after the source: its border, or the end of its name. */
function startOf(placed: Placed, layout: Layout, scene: Scene): number {
  if (placed.boxed) return placed.x + placed.width;
  if (placed.node.app) return nameEnd(placed, layout.fit, scene);
  const view = viewsOf(placed.node, scene.views)[0];
  const full = placed.x + placed.width + 1;
  if (
    view === undefined ||
    view.stock !== undefined ||
    placed.node.ids.length > 1 ||
    view.scope !== undefined
  )
    return full;
  const indent = layout.fit.shape === 'row' ? 0 : 1;
  return placed.x + indent + partsWidth(titleParts(placed, scene, placed.width - indent)) + 1;
}

/** Cells between arrow and target: none at a border. */
const arrowAt = (hop: Hop): number => hop.to;

function hopWire(
  canvas: Canvas,
  from: number,
  hop: Hop,
  row: number,
  wire: Wire,
  branch: Wire,
  last: boolean,
): void {
  const end = last ? arrowAt(hop) : hop.to + 1;
  if (hop.trunk === undefined) {
    canvas.across(hop.row, from, Math.max(from, end), branch);
    return;
  }
  canvas.across(hop.row, Math.min(from, hop.trunk), hop.trunk, wire);
  canvas.wire(hop.trunk, hop.row, WEST, wire);
  canvas.along(hop.trunk, hop.row, row, wire);
  if (end <= hop.trunk) {
    canvas.across(row, hop.trunk, end, wire);
    return;
  }
  // The trunk keeps its own colour where a refusing branch leaves it.
  canvas.wire(hop.trunk, row, EAST, wire);
  canvas.wire(hop.trunk + 1, row, WEST, branch);
  canvas.across(row, hop.trunk + 1, end, branch);
}

function drawRoute(canvas: Canvas, drawn: Drawn, layout: Layout, scene: Scene): void {
  const { route, source, target } = drawn;
  route.hops.forEach((hop, index) => {
    const last = index === route.hops.length - 1;
    const from =
      index === 0
        ? startOf(source, layout, scene)
        : route.back !== undefined
          ? hop.from
          : passStart(route, index);
    for (const row of hop.rows) {
      const plain = drawn.role === 'accent' && last && !drawn.accentRows.includes(row);
      const idle = isIdle(drawn, scene, target, row);
      const role: Role = plain ? (drawn.flow.perSecond > 0 ? 'second' : 'faint') : drawn.role;
      const wire: Wire = { owner: hop.owner, role, idle: idle || route.back !== undefined };
      const branch: Wire =
        drawn.refusing && last
          ? { ...wire, role: plain ? role : drawn.role === 'accent' ? 'accent' : 'bad' }
          : wire;
      if (route.back !== undefined && index === 0) {
        // Down to the bottom row and along it to the trunk before the target.
        hopWire(canvas, from, { ...hop, to: hop.to - 1 }, row, wire, wire, false);
      } else if (route.back !== undefined) {
        const home = hop.trunk ?? hop.from;
        canvas.along(home, hop.row, row, wire);
        canvas.across(row, home, arrowAt(hop), branch);
      } else {
        hopWire(canvas, from, hop, row, wire, branch, last);
      }
    }
  });
}

/** A passage through a column starts where the hop before it ended. */
function passStart(route: Route, index: number): number {
  const before = route.hops[index - 1];
  return before === undefined ? 0 : before.to + 1;
}

function isIdle(drawn: Drawn, scene: Scene, target: Placed, row: number): boolean {
  if (drawn.flow.perSecond > 0 || drawn.refusing) return false;
  if (drawn.role === 'accent' && drawn.accentRows.includes(row)) return false;
  if ((scene.motion.dots.get(drawn.route.edge.key)?.length ?? 0) > 0) return false;
  // A worker that has something in hand was reached a moment ago.
  if (target.expanded) {
    const workers = viewsOf(target.node, scene.views).flatMap((view) => view.workers ?? []);
    const at = target.ports.indexOf(row);
    if (at >= 0 && workers[at]?.messageId !== undefined) return false;
  }
  return true;
}

function drawArrow(canvas: Canvas, drawn: Drawn, scene: Scene): void {
  const { marks } = scene;
  const hop = drawn.route.hops[drawn.route.hops.length - 1];
  if (hop === undefined) return;
  const selected =
    !drawn.target.boxed && scene.selected !== undefined && drawn.target.node.ids.includes(scene.selected);
  for (const row of hop.rows) {
    const plain = drawn.role === 'accent' && !drawn.accentRows.includes(row);
    const role: Role = plain ? 'second' : drawn.refusing && drawn.role !== 'accent' ? 'bad' : drawn.role;
    canvas.put(arrowAt(hop), row, selected ? marks.cursor : marks.right, selected ? 'accent' : role);
    if (drawn.refusing) canvas.put(arrowAt(hop) - 1, row, marks.refused, 'bad');
  }
}

/** Where a wire leaves a box, the border opens. */
function drawDoor(canvas: Canvas, drawn: Drawn, scene: Scene): void {
  if (!drawn.source.boxed) return;
  const border = drawn.role === 'accent' ? 'accent' : borderRole(drawn.source, scene);
  canvas.put(drawn.source.x + drawn.source.width - 1, drawn.source.out, scene.marks.teeRight, border);
}

/** Accepted above the wire, refused below it; a label needs seven cells of wire and free cells. */
function drawLabels(canvas: Canvas, drawn: Drawn, layout: Layout, scene: Scene): void {
  const hop = drawn.route.hops[drawn.route.hops.length - 1];
  if (hop === undefined || layout.fit.shape === 'row' || drawn.route.back !== undefined) return;
  const { flow, route } = drawn;
  const straight = hop.trunk === undefined;
  const own = route.hops.length === 1 && straight ? startOf(drawn.source, layout, scene) : hop.from;
  const from = hop.trunk === undefined ? own : hop.trunk + 1;
  if (arrowAt(hop) - from < 6) return;
  const row = hop.rows[0] ?? 0;
  const put = (text: string, y: number, role: Role): void => {
    const size = width(text);
    const places =
      straight && !drawn.source.boxed
        ? [arrowAt(hop) - size, from + 1, from]
        : [from + 1, from, arrowAt(hop) - size];
    const at = places.find((x) => x >= from && x + size <= arrowAt(hop) + 1 && canvas.isFree(x, y, size));
    if (at !== undefined) canvas.put(at, y, text, role);
  };
  if (drawn.target.node.ghost) put('0/s', row - 1, 'faint');
  else if (flow.perSecond > 0 && !drawn.target.expanded) put(rate(flow.perSecond), row - 1, 'normal');
  if (flow.refusedPerSecond > 0) put(`${scene.marks.refused} ${rate(flow.refusedPerSecond)}`, row + 1, 'bad');
}

/** The cells of a route from source to one port of the target, in the order a message passes them. */
function pathOf(route: Route, from: number, port: number): Point[] {
  const points: Point[] = [];
  let x = from;
  let y = route.hops[0]?.row ?? 0;
  points.push([x, y]);
  const goTo = (toX: number, toY: number): void => {
    while (x !== toX || y !== toY) {
      if (x !== toX) x += Math.sign(toX - x);
      else y += Math.sign(toY - y);
      points.push([x, y]);
    }
  };
  route.hops.forEach((hop, index) => {
    const last = index === route.hops.length - 1;
    const row = last ? (hop.rows[port] ?? hop.rows[0] ?? 0) : (hop.rows[0] ?? 0);
    if (hop.trunk !== undefined) {
      goTo(hop.trunk, y);
      goTo(hop.trunk, row);
    }
    const back = route.back !== undefined && !last;
    goTo(last ? arrowAt(hop) - 1 : back ? hop.to : hop.to + 1, row);
  });
  return points;
}

function drawDots(canvas: Canvas, drawn: Drawn, layout: Layout, scene: Scene): void {
  const dots = scene.motion.dots.get(drawn.route.edge.key) ?? [];
  if (dots.length === 0) return;
  const { marks } = scene;
  const looks = { visible: marks.visible, inFlight: marks.inFlight, delayed: marks.delayed };
  const workers = viewsOf(drawn.target.node, scene.views).flatMap((view) => view.workers ?? []);
  const cells = new Map<string, { readonly point: Point; readonly dots: Dot[] }>();
  for (const dot of dots) {
    const worker = drawn.target.expanded
      ? Math.max(
          0,
          workers.findIndex((one) => one.name === dot.worker),
        )
      : 0;
    const path = pathOf(drawn.route, startOf(drawn.source, layout, scene), worker);
    const point = path[Math.min(path.length - 1, Math.floor(dot.progress * path.length))];
    if (point === undefined) continue;
    const key = `${point[0]},${point[1]}`;
    const cell = cells.get(key) ?? { point, dots: [] };
    cell.dots.push(dot);
    cells.set(key, cell);
    if (dot.followed) {
      const label = scene.followed?.label ?? '';
      const at = point[0] - Math.floor(width(label) / 2);
      if (canvas.isFree(at, point[1] - 1, width(label))) canvas.put(at, point[1] - 1, label, 'accent', true);
    }
  }
  const roles = { visible: 'visible', inFlight: 'flight', delayed: 'delayed' } as const;
  for (const { point, dots: here } of cells.values()) {
    const first = here.find((dot) => dot.followed) ?? here[0];
    if (first === undefined) continue;
    const text = here.length === 1 ? looks[first.state] : here.length <= 9 ? String(here.length) : '+';
    canvas.put(point[0], point[1], text, first.followed ? 'accent' : roles[first.state], here.length > 1);
  }
}

/** Wires that join into one before the target carry one figure: what goes along all that say theirs. */
function joined(all: readonly Drawn[], scene: Scene): Drawn[] {
  const result: Drawn[] = [];
  const shared = new Map<number, number>();
  for (const drawn of all) {
    const owner = drawn.route.hops[drawn.route.hops.length - 1]?.owner ?? 0;
    const says = scene.motion.rates.has(drawn.route.edge.key);
    const flow = { ...drawn.flow, perSecond: says ? drawn.flow.perSecond : 0 };
    const at = owner < SHARED ? undefined : shared.get(owner);
    const before = at === undefined ? undefined : result[at];
    if (at === undefined || before === undefined) {
      shared.set(owner, result.length);
      result.push({ ...drawn, flow });
      continue;
    }
    result[at] = {
      ...before,
      flow: {
        perSecond: before.flow.perSecond + flow.perSecond,
        refusedPerSecond: before.flow.refusedPerSecond + flow.refusedPerSecond,
      },
    };
  }
  return result;
}

const ORDER: Readonly<Partial<Record<Role, number>>> = { faint: 0, second: 1, bad: 2, accent: 3 };

/** All wires of a layout; what says most is drawn last. */
export function drawWires(canvas: Canvas, layout: Layout, scene: Scene, shown: ReadonlySet<Placed>): void {
  const byNode = new Map<number, Placed>();
  for (const placed of layout.placed) byNode.set(layout.graph.nodes.indexOf(placed.node), placed);
  const all = layout.routes.flatMap((route) => prepare(route, layout, scene, byNode) ?? []);
  const rank = (drawn: Drawn): number => (drawn.refusing ? 2 : (ORDER[drawn.role] ?? 0));
  all.sort((a, b) => rank(a) - rank(b));
  for (const drawn of all) drawRoute(canvas, drawn, layout, scene);
  for (const drawn of all) if (shown.has(drawn.source)) drawDoor(canvas, drawn, scene);
  const visible = all.filter((drawn) => shown.has(drawn.target));
  for (const drawn of visible) drawArrow(canvas, drawn, scene);
  for (const drawn of visible) drawDots(canvas, drawn, layout, scene);
  for (const drawn of joined(visible, scene)) drawLabels(canvas, drawn, layout, scene);
}
