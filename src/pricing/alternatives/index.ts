/** What the same work would have cost done differently, as plain data. */
import type { Usage } from '../../contract/usage.ts';
import { type Pricing, total } from '../meter.ts';
import type { PriceList } from '../priceList.ts';
import { KINESIS_ALTERNATIVES } from './kinesis.ts';
import type { AlternativeRule, WorkDone } from './rule.ts';
import { SQS_ALTERNATIVES } from './sqs.ts';

export type { WorkDone } from './rule.ts';

export interface Alternative {
  readonly service: string;
  readonly name: string;
  /** All that the service's work would have used, with the alternative. */
  readonly usage: readonly Usage[];
  readonly usd: number;
  /** To what it costs now; below zero: cheaper. */
  readonly difference: number;
  readonly why: string;
}

const RULES: readonly AlternativeRule[] = [...SQS_ALTERNATIVES, ...KINESIS_ALTERNATIVES];

/** Below this a difference is none. */
const NOTHING = 1e-13;

/** The alternatives that change the price, the cheapest first. */
export function alternatives(done: readonly WorkDone[], pricing: Pricing, prices?: PriceList): Alternative[] {
  const found = done.flatMap((each) =>
    RULES.filter(({ service, needs }) => service === each.service && needs.every((name) => name in each.work))
      .map((rule) => alternativeOf(rule, each, pricing, prices))
      .filter(({ difference }) => Math.abs(difference) > NOTHING),
  );
  return found.sort((a, b) => a.difference - b.difference);
}

function alternativeOf(
  { service, name, why, change }: AlternativeRule,
  { usage, work }: WorkDone,
  pricing: Pricing,
  prices?: PriceList,
): Alternative {
  const used = (item: string): number =>
    usage.reduce((sum, line) => sum + (line.item === item ? line.quantity : 0), 0);
  const changes = change((fact) => work[fact] ?? 0, used).filter(({ quantity }) => quantity !== 0);
  const otherwise = merged([...usage, ...changes]).filter(({ quantity }) => quantity !== 0);
  const usd = total(pricing(otherwise, prices));
  return { service, name, usage: otherwise, usd, difference: usd - total(pricing(usage, prices)), why };
}

/** One line an item: a change is added to what it changes. */
function merged(lines: readonly Usage[]): Usage[] {
  const items = new Map<string, Usage>();
  for (const line of lines) {
    const quantity = (items.get(line.item)?.quantity ?? 0) + line.quantity;
    items.set(line.item, { ...line, quantity });
  }
  return [...items.values()];
}
