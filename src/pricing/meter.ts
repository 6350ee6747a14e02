/**
 * What usage costs at list prices. Services count what AWS bills (`Usage`); this turns counts into dollars.
 *
 * The header and the Costs pane show the price before the free tier ("gross"): a playground's few requests would all
 * be free, and nothing could be compared. A bill subtracts it.
 *
 * UNSURE: whether AWS gives the free million of SQS once, or once for standard and once for FIFO; here it is twice.
 */
import type { Usage } from '../contract/usage.ts';
import { LIST_PRICES, type PriceItem, type PriceList, type Tier, unitSize } from './priceList.ts';

export interface Charge extends Usage {
  /** In units of the item: requests, hours, GB. */
  readonly units: number;
  readonly usd: number;
}

export type Pricing = (usage: readonly Usage[], prices?: PriceList) => Charge[];

/** A month's bill: free tier and volume tiers apply. One charge an item. */
export const bill: Pricing = (usage, prices = LIST_PRICES) =>
  charged(usage, prices, (units, { tiers, per }) => tiered(units, tiers) / per);

/** The same usage at the first price above the free tier. */
export const gross: Pricing = (usage, prices = LIST_PRICES) =>
  charged(usage, prices, (units, item) => (units * listPrice(item)) / item.per);

/** The first price above the free tier, for `per` units. */
export const listPrice = ({ tiers }: PriceItem): number => tiers.find(({ usd }) => usd > 0)?.usd ?? 0;

/** Units a month that cost nothing. */
export const freeUnits = ({ tiers }: PriceItem): number =>
  tiers[0]?.usd === 0 ? (tiers[0].upTo ?? Number.POSITIVE_INFINITY) : 0;

export const total = (charges: readonly Charge[]): number => charges.reduce((sum, { usd }) => sum + usd, 0);

/** Throws for an item that the list does not hold: whoever counts it must give it a price. */
export function itemOf(prices: PriceList, name: string): PriceItem {
  const item = prices.items[name];
  if (item === undefined) throw new Error(`the price list has no item ${name}`);
  return item;
}

function charged(
  usage: readonly Usage[],
  prices: PriceList,
  price: (units: number, item: PriceItem) => number,
): Charge[] {
  const charges = new Map<string, Charge>();
  for (const line of usage) {
    const units = unitsOf(line, itemOf(prices, line.item));
    const before = charges.get(line.item);
    charges.set(line.item, {
      ...line,
      quantity: line.quantity + (before?.quantity ?? 0),
      units: units + (before?.units ?? 0),
      usd: 0,
    });
  }
  return [...charges.values()].map((charge) => ({
    ...charge,
    usd: price(charge.units, itemOf(prices, charge.item)),
  }));
}

function unitsOf({ quantity }: Usage, item: PriceItem): number {
  const units = quantity / unitSize(item);
  return item.startedHours === true && item.measure === 'hour' ? Math.ceil(units) : units;
}

function tiered(units: number, tiers: readonly Tier[]): number {
  let usd = 0;
  let from = 0;
  for (const { upTo = Number.POSITIVE_INFINITY, usd: price } of tiers) {
    if (units <= from) break;
    usd += (Math.min(units, upTo) - from) * price;
    from = upTo;
  }
  return usd;
}
