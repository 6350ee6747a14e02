/** A dated list of prices. What an item measures is fixed: services count in it; what it costs is the list's. */
import priceFile from './prices.json' with { type: 'json' };

/** One step of a price: up to this quantity a month, in the item's unit. The last has no end. */
export interface Tier {
  readonly upTo?: number;
  /** For `per` units. */
  readonly usd: number;
}

const MEASURES = ['count', 'GB', 'GB-month', 'hour', 'month', 'GB-second'] as const;
type Measure = (typeof MEASURES)[number];

export const CONFIDENCES = ['A', 'B', 'C'] as const;
/** A: recorded from the price feed by an independent tool. B: a page or an article. C: recollection. */
type Confidence = (typeof CONFIDENCES)[number];

export interface PriceItem {
  /** `sqs`: the part of the bill it stands in. */
  readonly service: string;
  readonly title: string;
  readonly measure: Measure;
  /** One of what is counted: `request`, `shard-hour`, `GB`. */
  readonly unit: string;
  readonly per: number;
  readonly tiers: readonly Tier[];
  /** Bytes of a GB, where it is not 2^30. */
  readonly bytesPerGb?: number;
  /** Each thing's time is rounded up to whole hours. Left out: by the millisecond. */
  readonly startedHours?: true;
  readonly confidence: Confidence;
  readonly source: string;
  readonly note?: string;
}

export interface PriceList {
  readonly title: string;
  readonly region: string;
  /** `2026-01-05`. */
  readonly date: string;
  readonly items: Readonly<Record<string, PriceItem>>;
}

interface PriceFile {
  readonly title: string;
  readonly region: string;
  readonly date: string;
  readonly items: Readonly<Record<string, PriceItem>>;
}

export const LIST_PRICES: PriceList = priceFile as PriceFile;

/** A month of AWS's price pages. */
export const HOURS_A_MONTH = 730;

const HOUR_MS = 3_600_000;
/** SIMPLER THAN AWS: all GB are 2^30 bytes; AWS takes 10^9 for some items. */
const GB = 1_073_741_824;

/** How much of the base measure (`Usage`) one unit is. */
export function unitSize({ measure, bytesPerGb = GB }: Pick<PriceItem, 'measure' | 'bytesPerGb'>): number {
  switch (measure) {
    case 'count':
      return 1;
    case 'GB':
      return bytesPerGb;
    case 'GB-month':
      return bytesPerGb * HOURS_A_MONTH * 3_600;
    case 'hour':
      return HOUR_MS;
    case 'month':
      return HOUR_MS * HOURS_A_MONTH;
    case 'GB-second':
      return 1_024 * 1_000;
  }
}

/** A list in which some items are another's. Its items must be in this list, in the same measure. */
export const withPrices = (list: PriceList, { title, region, date, items }: PriceList): PriceList => ({
  title,
  region,
  date,
  items: { ...list.items, ...items },
});
