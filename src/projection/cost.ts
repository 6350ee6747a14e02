/** What a world's work costs at list prices: by item, and done differently. */
import type { Usage, Work } from '../contract/usage.ts';
import { commandsUntil } from '../engine/journal.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { Instant } from '../engine/units.ts';
import { type Alternative, alternatives, type WorkDone } from '../pricing/alternatives/index.ts';
import { bill, freeUnits, gross, itemOf, listPrice, type Pricing, total } from '../pricing/meter.ts';
import { HOURS_A_MONTH, LIST_PRICES, type PriceList } from '../pricing/priceList.ts';
import type { Catalog } from './publish.ts';

export { LIST_PRICES, type PriceList } from '../pricing/priceList.ts';
export type { Alternative };

export interface CostLine {
  /** Its name in the price list: `sqs/standard-requests`. */
  readonly item: string;
  readonly service: string;
  readonly title: string;
  /** How many units: requests, hours, GB. */
  readonly quantity: number;
  readonly unit: string;
  /** The first price above the free tier, for `per` units. */
  readonly price: number;
  readonly per: number;
  /** Of a month: units that cost nothing. */
  readonly free: number;
  readonly usd: number;
}

export interface CostView {
  readonly prices: { readonly title: string; readonly region: string; readonly date: string };
  /** `so far`: before the free tier. `month`: after it, at the rate of the last `rateOverMs`. */
  readonly period: 'so far' | 'month';
  readonly rateOverMs?: number;
  readonly lines: readonly CostLine[];
  readonly usd: number;
  /** The cheapest first. */
  readonly alternatives: readonly Alternative[];
}

/** What every service has done by an instant at which the simulation stands, or to which nothing is due. */
export function workDone(
  simulation: Simulation,
  catalog: Catalog,
  now: Instant = simulation.now,
): WorkDone[] {
  return catalog.map(({ description, usage, work }) => {
    const state = simulation.stateOf(description.name);
    return { service: description.name, usage: usage(state, now), work: work(state, now) };
  });
}

/** What every service had done at an earlier instant of this branch: walks through its past again. */
export function workDoneBy(at: Instant, world: Timeline, catalog: Catalog): WorkDone[] {
  if (at <= 0) return [];
  const walk = world.retraceFrom({ at, commands: commandsUntil(world.current.journal, at) });
  for (;;) {
    const next = walk.nextCommand?.at ?? walk.simulation.nextDue();
    if (next === undefined || next > at || !walk.step()) break;
  }
  return workDone(walk.simulation, catalog, at);
}

/** Before the free tier. */
export const costSoFar = (done: readonly WorkDone[], prices: PriceList = LIST_PRICES): CostView => ({
  prices: namedAs(prices),
  period: 'so far',
  ...priced(done, gross, prices),
});

/** A month of what was done in a span of time: `since` is what had been done at its beginning. */
export function costOfMonth(
  done: readonly WorkDone[],
  since: readonly WorkDone[],
  rateOverMs: number,
  prices: PriceList = LIST_PRICES,
): CostView {
  const times = (HOURS_A_MONTH * 3_600_000) / rateOverMs;
  const month = done.map((each) => {
    const before = since.find(({ service }) => service === each.service);
    return {
      service: each.service,
      usage: usageSince(each.usage, before?.usage ?? [], times, prices),
      work: workSince(each.work, before?.work ?? {}, times),
    };
  });
  return { prices: namedAs(prices), period: 'month', rateOverMs, ...priced(month, bill, prices) };
}

const namedAs = ({ title, region, date }: PriceList): CostView['prices'] => ({ title, region, date });

function priced(
  done: readonly WorkDone[],
  pricing: Pricing,
  prices: PriceList,
): Pick<CostView, 'lines' | 'usd' | 'alternatives'> {
  const charges = pricing(
    done.flatMap(({ usage }) => usage),
    prices,
  ).filter(({ quantity }) => quantity > 0);
  const lines = charges.map(({ item, units, usd }): CostLine => {
    const { service, title, unit, per } = itemOf(prices, item);
    const price = listPrice(itemOf(prices, item));
    return {
      item,
      service,
      title,
      quantity: units,
      unit,
      price,
      per,
      free: freeUnits(itemOf(prices, item)),
      usd,
    };
  });
  return { lines, usd: total(charges), alternatives: alternatives(done, pricing, prices) };
}

function usageSince(
  now: readonly Usage[],
  before: readonly Usage[],
  times: number,
  prices: PriceList,
): Usage[] {
  const items = new Map<string, Usage>();
  const add = (line: Usage, sign: number): void => {
    const known = items.get(line.item)?.quantity ?? 0;
    items.set(line.item, { ...line, quantity: known + sign * line.quantity });
  };
  for (const line of now) add(line, 1);
  for (const line of before) add(line, -1);
  return [...items.values()].map((line) => {
    const quantity = line.quantity * times;
    const whole = itemOf(prices, line.item).measure === 'count';
    return { ...line, quantity: whole ? Math.round(quantity) : quantity };
  });
}

const workSince = (now: Work, before: Work, times: number): Work =>
  Object.fromEntries(
    Object.entries(now).map(([fact, count]) => [fact, Math.round((count - (before[fact] ?? 0)) * times)]),
  );

/** `cost/sqs` and so on: what each service has cost before the free tier, and the requests that were billed. */
export function costStates(
  simulation: Simulation,
  catalog: Catalog,
  prices: PriceList,
): Record<`cost/${string}`, { readonly usd: number; readonly requests: number }> {
  const states: Record<`cost/${string}`, { usd: number; requests: number }> = {};
  const used = catalog.flatMap(({ description, usage }) =>
    usage(simulation.stateOf(description.name), simulation.now),
  );
  for (const { item, units, usd, surcharge } of gross(used, prices)) {
    const { service, unit } = itemOf(prices, item);
    states[`cost/${service}`] ??= { usd: 0, requests: 0 };
    const state = states[`cost/${service}`]!;
    state.usd += usd;
    if (unit === 'request' && surcharge !== true) state.requests += units;
  }
  return states;
}
