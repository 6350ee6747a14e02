/**
 * `--prices FILE`: a price list of one's own, read strictly. It names the items it changes; all others keep the
 * program's prices. What an item counts is fixed, so `measure`, `unit` and `service` may only repeat what they are.
 */
import { didYouMean } from '../command/didYouMean.ts';
import { readText } from '../platform/files.ts';
import {
  CONFIDENCES,
  LIST_PRICES,
  type PriceItem,
  type PriceList,
  type Tier,
  withPrices,
} from '../pricing/priceList.ts';
import { attemptRead, type Place, parseJson, ReadProblem } from '../session/strictJson.ts';
import { Failed } from './exit.ts';

const FILE_MAX = 1_048_576;
const TIERS_MAX = 20;

/** The list of a file on top of the program's own; the program's own without a file. */
export function pricesFrom(path: string | undefined): PriceList {
  if (path === undefined) return LIST_PRICES;
  const read = readPrices(readText(path, FILE_MAX));
  if (read instanceof ReadProblem) throw new Failed(`${path}: ${read.message}`);
  return read;
}

export function readPrices(text: string): PriceList | ReadProblem {
  return attemptRead(() => {
    const file = parseJson(text);
    file.object(['formatVersion', 'title', 'region', 'currency', 'date', 'note', 'items']);
    file.at('formatVersion').integer(1, 1);
    file.optional('currency', (place) => place.oneOf(['USD']));
    file.optional('note', (place) => place.text(1_000));
    const items = file.at('items');
    const changed = Object.keys(items.record()).map(
      (name) => [name, readItem(items.at(name), name)] as const,
    );
    return withPrices(LIST_PRICES, {
      title: named(file.at('title')),
      region: file.optional('region', (place) => place.text(30)) ?? LIST_PRICES.region,
      date: dated(file.at('date')),
      items: Object.fromEntries(changed),
    });
  });
}

function named(place: Place): string {
  const title = place.text(100);
  if (title.trim() === '') place.fail('a name for the list, like "Our prices"');
  return title;
}

function dated(place: Place): string {
  const date = place.text(10);
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(date)) place.fail('a date, like 2026-01-05');
  return date;
}

const MEMBERS = [
  'service',
  'title',
  'measure',
  'unit',
  'per',
  'tiers',
  'bytesPerGb',
  'startedHours',
  'confidence',
  'source',
  'note',
];

function readItem(place: Place, name: string): PriceItem {
  if (!Object.hasOwn(LIST_PRICES.items, name)) {
    const meant = didYouMean(name, Object.keys(LIST_PRICES.items));
    const hint = meant === undefined ? '' : `; ${meant}, perhaps?`;
    throw new ReadProblem(place.path, `no such item is counted${hint}`);
  }
  const known = LIST_PRICES.items[name]!;
  place.object(MEMBERS);
  for (const fixed of ['service', 'measure', 'unit'] as const) {
    place.optional(fixed, (member) => member.oneOf([known[fixed]]));
  }
  const { startedHours: _started, bytesPerGb: _bytes, note: _note, ...base } = known;
  const startedHours = place.optional('startedHours', (member) => member.boolean());
  if (startedHours === true && known.measure !== 'hour') {
    place.at('startedHours').fail('nothing: only hours can be rounded up');
  }
  const bytesPerGb = place.optional('bytesPerGb', (member) => member.integer(1));
  const note = place.optional('note', (member) => member.text(300));
  return {
    ...base,
    title: place.optional('title', (member) => member.text(40)) ?? known.title,
    per: place.optional('per', (member) => member.integer(1)) ?? known.per,
    tiers: readTiers(place.at('tiers')),
    confidence: place.optional('confidence', (member) => member.oneOf(CONFIDENCES)) ?? known.confidence,
    source: place.optional('source', (member) => member.text(200)) ?? known.source,
    ...(startedHours === true ? { startedHours } : {}),
    ...(bytesPerGb === undefined ? {} : { bytesPerGb }),
    ...(note === undefined ? {} : { note }),
  };
}

function readTiers(place: Place): readonly Tier[] {
  const steps = place.list(TIERS_MAX);
  if (steps.length === 0) place.fail('at least one step, like [{ "usd": 0.4 }]');
  let from = 0;
  return steps.map((step, index) => {
    step.object(['upTo', 'usd']);
    const usd = price(step.at('usd'));
    const upTo = step.optional('upTo', (member) => member.integer(from + 1));
    const isLast = index === steps.length - 1;
    if (isLast && upTo !== undefined) step.at('upTo').fail('nothing: the last step has no end');
    if (!isLast && upTo === undefined)
      step.at('upTo').fail('how far this step goes: only the last has no end');
    from = upTo ?? from;
    return upTo === undefined ? { usd } : { upTo, usd };
  });
}

function price(place: Place): number {
  const { value } = place;
  if (typeof value !== 'number' || !(value >= 0 && value <= 1_000_000)) {
    place.fail('dollars for one "per", from 0 to 1000000');
  }
  return value as number;
}
