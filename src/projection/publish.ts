/** From a running world to what screens and conditions may see of it: new plain values, nothing live. */
import type { CatalogEntry } from '../contract/service.ts';
import type { ShardsView } from '../contract/shards.ts';
import type { MessageRow, ObjectRow, ObjectView, ResourceId, ResourceView } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import { spelled } from '../engine/onDemand.ts';
import type { LoggedEvent } from '../engine/service.ts';
import type { Answered, Simulation } from '../engine/simulation.ts';
import { LIST_PRICES, type PriceList } from '../pricing/priceList.ts';
import { costStates } from './cost.ts';
import type { EventView, WorldView } from './snapshot.ts';

export type Catalog = readonly CatalogEntry[];

/** The world at this instant. `you` is who sits at the prompt. */
export function publishWorld(
  simulation: Simulation,
  catalog: Catalog,
  settings: AwsWorldSettings,
  profile: string,
  prices: PriceList = LIST_PRICES,
): WorldView {
  const resources: ResourceView[] = [];
  for (const entry of catalog) {
    const state = simulation.stateOf(entry.description.name);
    for (const view of entry.view(state, simulation.now, settings)) resources.push(view);
  }
  const costs = costStates(simulation, catalog, prices);
  return {
    now: simulation.now,
    resources,
    states: { ...statesOf(settings, profile), ...costs },
    usd: Object.values(costs).reduce((sum, { usd }) => sum + usd, 0),
    requests: simulation.answeredCount,
    eventCount: simulation.log.count,
  };
}

/** Of each kind of thing, the service that had one last: it is asked first, and the others need not make their views. */
const ownerOfKind = new WeakMap<Catalog, Map<string, CatalogEntry>>();

function fieldsIn(
  simulation: Simulation,
  catalog: Catalog,
  settings: AwsWorldSettings,
  name: string,
): object | undefined {
  const kind = name.slice(0, name.indexOf('/'));
  const owners = ownerOfKind.get(catalog) ?? new Map<string, CatalogEntry>();
  ownerOfKind.set(catalog, owners);
  const owner = owners.get(kind);
  const rest = catalog.filter((entry) => entry !== owner);
  for (const entry of owner === undefined ? rest : [owner, ...rest]) {
    const state = simulation.stateOf(entry.description.name);
    const fields = entry.fields(state, name, simulation.now, settings);
    if (fields === undefined) continue;
    owners.set(kind, entry);
    return fields;
  }
  return undefined;
}

/** The fields of one thing that conditions may name: `queue/orders`, `cost/sqs`, `world`. */
export function publishState(
  simulation: Simulation,
  catalog: Catalog,
  settings: AwsWorldSettings,
  name: string,
  prices: PriceList = LIST_PRICES,
): unknown {
  if (name.startsWith('cost/')) return costStates(simulation, catalog, prices)[name as `cost/${string}`];
  if (!name.includes('/')) return statesOf(settings, 'default')[name as 'world'];
  return fieldsIn(simulation, catalog, settings, name);
}

const statesOf = ({ limits, delivery, account }: AwsWorldSettings, profile: string) => ({
  world: { limits, delivery },
  you: { profile, account },
});

/** A few rows of a resource that keeps messages; none when it keeps none or is not there. */
export function publishMessages(
  simulation: Simulation,
  catalog: Catalog,
  resource: ResourceId,
  from: number,
  limit: number,
): readonly MessageRow[] {
  for (const entry of catalog) {
    const state = simulation.stateOf(entry.description.name);
    const rows = entry.messages?.(state, resource, from, limit, simulation.now);
    if (rows !== undefined && rows.length > 0) return rows;
  }
  return [];
}

/** Objects of a bucket, by key; none when it holds none or is not there. */
export function publishObjects(
  simulation: Simulation,
  catalog: Catalog,
  resource: ResourceId,
  from: number,
  limit: number,
): readonly ObjectRow[] {
  for (const entry of catalog) {
    const rows = entry.objects?.(simulation.stateOf(entry.description.name), resource, from, limit) ?? [];
    if (rows.length > 0) return rows;
  }
  return [];
}

export function publishObject(
  simulation: Simulation,
  catalog: Catalog,
  resource: ResourceId,
  key: string,
): ObjectView | undefined {
  for (const entry of catalog) {
    const found = entry.object?.(simulation.stateOf(entry.description.name), resource, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function publishShards(
  simulation: Simulation,
  catalog: Catalog,
  resource: ResourceId,
): ShardsView | undefined {
  for (const entry of catalog) {
    const found = entry.shards?.(simulation.stateOf(entry.description.name), resource, simulation.now);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An event in the words of the vocabulary. */
export function publishEvent(simulation: Simulation, { sequence, at, event }: LoggedEvent): EventView {
  const fields = event.type === 'api/Answered' ? answeredFields(event as Answered) : simulation.tell(event);
  return { sequence, at, type: event.type, by: event.by, fields };
}

function answeredFields({ call, outcome }: Answered): Readonly<Record<string, unknown>> {
  const { service, operation, input, caller } = call;
  const given = { service, operation, profile: caller.profile, secure: caller.secure, input };
  if (outcome.ok) return { ...given, output: spelled(outcome.output) };
  return { ...given, error: outcome.refusal.code, message: outcome.refusal.message };
}
