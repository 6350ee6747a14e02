/**
 * What usage costs at list prices. Services count what AWS bills (`Usage`); this turns counts into dollars.
 *
 * The header and the Costs pane show the price before the free tier ("gross"): a playground's few requests would all
 * be free, and nothing could be compared. A bill subtracts it.
 */
import type { Usage } from '../contract/usage.ts';
import priceFile from './prices.json' with { type: 'json' };

/** One step of a price: up to this quantity in a month, this much a million. The last has no end. */
interface Tier {
  readonly upTo?: number;
  readonly usdPerMillion: number;
}

export interface PriceList {
  readonly title: string;
  readonly region: string;
  readonly date: string;
  readonly items: Readonly<
    Record<string, { readonly unit: string; readonly source: string; readonly tiers: readonly Tier[] }>
  >;
}

export const LIST_PRICES: PriceList = priceFile;

/** Amazon SQS pricing: each 64 KB chunk of a payload is one request; a call without payload is one. */
export const requestsOf = (payloadBytes: number): number => Math.max(1, Math.ceil(payloadBytes / 65_536));

export interface Charge extends Usage {
  readonly usd: number;
}

/** A month's bill: free tier and volume tiers apply. */
export function bill(usage: readonly Usage[], prices: PriceList = LIST_PRICES): Charge[] {
  return usage.map(({ item, quantity }) => ({
    item,
    quantity,
    usd: tiered(quantity, tiersOf(prices, item)),
  }));
}

/** The same usage at the first price above the free tier. */
export function gross(usage: readonly Usage[], prices: PriceList = LIST_PRICES): Charge[] {
  return usage.map(({ item, quantity }) => {
    const rate = tiersOf(prices, item).find(({ usdPerMillion }) => usdPerMillion > 0)?.usdPerMillion ?? 0;
    return { item, quantity, usd: (quantity * rate) / 1_000_000 };
  });
}

export const total = (charges: readonly Charge[]): number => charges.reduce((sum, { usd }) => sum + usd, 0);

function tiersOf(prices: PriceList, item: string): readonly Tier[] {
  return prices.items[item]?.tiers ?? [];
}

function tiered(quantity: number, tiers: readonly Tier[]): number {
  let usd = 0;
  let from = 0;
  for (const { upTo = Number.POSITIVE_INFINITY, usdPerMillion } of tiers) {
    if (quantity <= from) break;
    usd += ((Math.min(quantity, upTo) - from) * usdPerMillion) / 1_000_000;
    from = upTo;
  }
  return usd;
}
