/**
 * Which resources may be drawn as one group: same kind, same name pattern, and the same neighbours after folding.
 */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import { patternOf } from './graph.ts';

export interface FoldOptions {
  /** Groups of fewer members stay apart. */
  readonly least: number;
  /** Never folded: selected, followed. */
  readonly apart?: ReadonlySet<ResourceId>;
  /** Only apps that take from a queue. */
  readonly consumersOnly?: boolean;
}

/** Names without figures go together by what stands before their first dash. */
function loosePattern(name: string): string {
  const pattern = patternOf(name);
  if (pattern !== name) return pattern;
  const dash = name.search(/[-_.]/);
  return dash >= 3 ? `${name.slice(0, dash + 1)}*` : name;
}

const refuses = (resource: ResourceView): boolean =>
  (resource.rates?.refused ?? 0) > 0 || resource.full !== undefined;

/** The class of each resource that is folded with others; resources that stay single are not in it. */
export function foldClasses(
  resources: readonly ResourceView[],
  options: FoldOptions,
): Map<ResourceId, string> {
  let classes = new Map<ResourceId, string>(
    resources.map((resource) => [
      resource.id,
      `${resource.kind}/${resource.title}/${loosePattern(resource.name)}`,
    ]),
  );
  const neighbours = new Map<ResourceId, { readonly id: ResourceId; readonly by: string }[]>();
  const add = (id: ResourceId, other: ResourceId, by: string): void => {
    const list = neighbours.get(id) ?? [];
    list.push({ id: other, by });
    neighbours.set(id, list);
  };
  for (const resource of resources) {
    for (const link of resource.links) {
      add(resource.id, link.to, `${link.type}>`);
      add(link.to, resource.id, `${link.type}<`);
    }
  }
  for (let round = 0, count = 0; round < 6; round += 1) {
    const numbers = new Map<string, number>();
    const refined = new Map<ResourceId, string>();
    for (const resource of resources) {
      const around = (neighbours.get(resource.id) ?? []).map(
        (other) => `${other.by}${classes.get(other.id) ?? ''}`,
      );
      const signature = `${classes.get(resource.id)}(${[...new Set(around)].sort().join()})`;
      if (!numbers.has(signature)) numbers.set(signature, numbers.size);
      refined.set(resource.id, `${classes.get(resource.id)?.split('#')[0]}#${numbers.get(signature)}`);
    }
    classes = refined;
    if (numbers.size === count) break;
    count = numbers.size;
  }
  return membersOf(resources, classes, options);
}

function membersOf(
  resources: readonly ResourceView[],
  classes: ReadonlyMap<ResourceId, string>,
  options: FoldOptions,
): Map<ResourceId, string> {
  const members = new Map<string, ResourceView[]>();
  for (const resource of resources) {
    if (options.apart?.has(resource.id) === true) continue;
    if (options.consumersOnly === true && (resource.kind !== 'app' || resource.role !== 'sink')) continue;
    const key = classes.get(resource.id) ?? '';
    const list = members.get(key) ?? [];
    list.push(resource);
    members.set(key, list);
  }
  const folds = new Map<ResourceId, string>();
  for (const [key, list] of members) {
    const refusing = list.filter(refuses);
    const alone = refusing.length === 1 && list.length > 2 ? refusing[0] : undefined;
    const group = list.filter((resource) => resource !== alone);
    if (group.length < options.least) continue;
    for (const resource of group) folds.set(resource.id, `group:${key}`);
  }
  return folds;
}
