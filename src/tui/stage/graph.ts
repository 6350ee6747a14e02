/**
 * What the stage draws, as nodes and edges: resources and apps are nodes, links are edges along which messages go.
 * Only the shape of the world is in it, no counts, so a layout made from it holds until something is created.
 */
import type { LinkView, ResourceId, ResourceView } from '../../contract/view.ts';

interface LinkPlace {
  readonly owner: ResourceId;
  readonly to: ResourceId;
  readonly type: LinkView['type'];
}

interface Hang {
  readonly id: ResourceId;
  readonly label: string;
}

export interface GraphNode {
  readonly key: string;
  /** More than one when folded. */
  readonly ids: readonly ResourceId[];
  /** Stands for the consumer a queue does not have. */
  readonly ghost: boolean;
  /** Drawn as words without a border: apps, and things that only take and keep nothing to count. */
  readonly app: boolean;
  /** `tenant-*` when folded. */
  readonly pattern: string | undefined;
  /** Dead-letter queues nobody reads: they hang below. */
  readonly hangs: readonly Hang[];
  readonly order: number;
}

export interface GraphEdge {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly order: number;
  /** Redrive between two nodes: it puts them beside each other and is told in words, not drawn as a wire. */
  readonly redrive: boolean;
  readonly links: readonly LinkPlace[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** A queue takes dead letters, and nobody else sends to it, takes from it, or gets its own. */
function hanging(resources: readonly ResourceView[]): ReadonlyMap<ResourceId, Hang[]> {
  const known = new Set(resources.map((resource) => resource.id));
  const busy = new Set<ResourceId>();
  for (const resource of resources) {
    for (const link of resource.links) {
      if (link.type === 'redrive') busy.add(resource.id);
      else busy.add(link.to).add(resource.id);
    }
  }
  const hangs = new Map<ResourceId, Hang[]>();
  for (const resource of resources) {
    for (const link of resource.links) {
      if (link.type !== 'redrive' || busy.has(link.to) || !known.has(link.to)) continue;
      const list = hangs.get(resource.id) ?? [];
      list.push({ id: link.to, label: link.label ?? '' });
      hangs.set(resource.id, list);
    }
  }
  return hangs;
}

/** How members of one group are called together: digits give way to `*`. */
export const patternOf = (name: string): string => name.replace(/\d+/g, '*');

export interface GraphOptions {
  /** Class of each resource that is to be folded with others of its class. */
  readonly folds?: ReadonlyMap<ResourceId, string>;
  /** Draw "no consumer" beside a queue that is filled and not read. */
  readonly ghosts?: boolean;
}

export function buildGraph(resources: readonly ResourceView[], options: GraphOptions = {}): Graph {
  const hangs = hanging(resources);
  const hung = new Set([...hangs.values()].flat().map((hang) => hang.id));
  const nodes: GraphNode[] = [];
  const place = new Map<ResourceId, number>();
  const groups = new Map<string, ResourceView[]>();
  for (const resource of resources) {
    if (hung.has(resource.id)) continue;
    const key = options.folds?.get(resource.id) ?? resource.id;
    const members = groups.get(key) ?? [];
    members.push(resource);
    groups.set(key, members);
  }
  for (const [key, members] of groups) {
    const first = members[0];
    if (first === undefined) continue;
    for (const member of members) place.set(member.id, nodes.length);
    nodes.push({
      key,
      ids: members.map((member) => member.id),
      ghost: false,
      app: isWords(first),
      pattern: members.length > 1 ? sharedPattern(members.map((member) => member.name)) : undefined,
      hangs: members.flatMap((member) => hangs.get(member.id) ?? []),
      order: first.order,
    });
  }
  const edges = edgesOf(resources, place);
  if (options.ghosts === true) addGhosts(resources, nodes, edges, place);
  return { nodes, edges };
}

/** A simulated app, or a real client of the endpoint. */
export const isCaller = ({ kind }: Pick<ResourceView, 'kind'>): boolean =>
  kind === 'app' || kind === 'client';

const isWords = (view: ResourceView): boolean =>
  isCaller(view) || (view.role === 'sink' && view.stock === undefined && view.meters === undefined);

function sharedPattern(names: readonly string[]): string {
  const first = names[0] ?? '';
  const pattern = patternOf(first);
  if (names.every((name) => patternOf(name) === pattern)) return pattern;
  let length = 0;
  while (length < first.length && names.every((name) => name[length] === first[length])) length += 1;
  return `${first.slice(0, length)}*`;
}

function edgesOf(resources: readonly ResourceView[], place: ReadonlyMap<ResourceId, number>): GraphEdge[] {
  const found = new Map<string, GraphEdge & { links: LinkPlace[] }>();
  for (const resource of resources) {
    for (const link of resource.links) {
      const own = place.get(resource.id);
      const other = place.get(link.to);
      if (own === undefined || other === undefined || own === other) continue;
      const from = link.type === 'poll' ? other : own;
      const to = link.type === 'poll' ? own : other;
      const redrive = link.type === 'redrive';
      const key = `${from}>${to}${redrive ? '!' : ''}`;
      const edge = found.get(key) ?? { key, from, to, order: resource.order, redrive, links: [] };
      edge.links.push({ owner: resource.id, to: link.to, type: link.type });
      found.set(key, edge);
    }
  }
  return [...found.values()];
}

function addGhosts(
  resources: readonly ResourceView[],
  nodes: GraphNode[],
  edges: GraphEdge[],
  place: ReadonlyMap<ResourceId, number>,
): void {
  for (const resource of resources) {
    const index = place.get(resource.id);
    if (index === undefined || resource.stock === undefined) continue;
    const fed = edges.some((edge) => edge.to === index && !edge.redrive);
    const read = edges.some((edge) => edge.from === index && !edge.redrive);
    const known = nodes.some((node) => node.key === `none:${nodes[index]?.key}`);
    if (!fed || read || known) continue;
    edges.push({
      key: `${index}>${nodes.length}`,
      from: index,
      to: nodes.length,
      order: resource.order,
      redrive: false,
      links: [],
    });
    nodes.push({
      key: `none:${nodes[index]?.key}`,
      ids: [],
      ghost: true,
      app: true,
      pattern: undefined,
      hangs: [],
      order: resource.order,
    });
  }
}

/** Everything of the world a layout depends on, as one text: equal texts may share a layout. */
export function shapeOf(resources: readonly ResourceView[]): string {
  const parts: string[] = [];
  for (const resource of resources) {
    const links = resource.links.map((link) => `${link.type[0]}${link.to}`).join(',');
    const inside = `${resource.stock === undefined ? '' : 's'}${resource.meters?.length ?? 0}.${resource.workers?.length ?? -1}.${resource.notes?.length ?? 0}`;
    parts.push(`${resource.id}|${resource.title}|${resource.order}|${inside}|${links}`);
  }
  return parts.join('\n');
}
