/** How RDS makes its operations, and the words that several share. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { MemberWords, OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { invalid, missing } from './errors.ts';
import { OTHER_SOURCE_TYPES, SOURCE_TYPES, type SourceType } from './limits.ts';
import type { RdsState } from './model.ts';

export const rdsOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<RdsState, Input>,
): Operation<RdsState, Input> => checkedOperation(schema, words, missing);

export const SUBSCRIPTION = { purpose: 'the event subscription, by name' } as const;
export const TOPIC = { purpose: 'the topic, by its ARN', refersTo: 'topicArn' } as const;
export const SOURCE_TYPE = { purpose: 'of what: db-instance or db-cluster; left out: of all' } as const;
export const NO_FILTERS = refused('name what you look for', 'Filters');
export const PAGE = {
  MaxRecords: { purpose: 'how many at most in one answer', min: 20, max: 100, default: 100 },
  Marker: { purpose: 'go on where the last answer ended' },
} as const;

/** Members that are refused when given, each under its name. */
export function refused<Name extends string>(
  why: string,
  ...names: readonly Name[]
): Readonly<Record<Name, MemberWords>> {
  const entries = names.map((name) => [name, { purpose: 'not used here', notModelled: why }]);
  return Object.fromEntries(entries) as Record<Name, MemberWords>;
}

export const paged = (result: string) =>
  ({ inputToken: 'Marker', outputToken: 'Marker', result, limitKey: 'MaxRecords' }) as const;

interface Paged {
  readonly Marker?: string | undefined;
  readonly MaxRecords?: number | undefined;
}

export function page<Item>(
  all: readonly Item[],
  { Marker, MaxRecords = 100 }: Paged,
): { readonly items: readonly Item[]; readonly rest: { readonly Marker?: string } } {
  const from = Marker === undefined ? 0 : Number(Marker);
  if (!Number.isInteger(from) || from < 0) throw invalid('The request contains an invalid marker.');
  const end = from + MaxRecords;
  return { items: all.slice(from, end), rest: end < all.length ? { Marker: String(end) } : {} };
}

export function sourceTypeOf(text: string): SourceType {
  const type = SOURCE_TYPES.find((one) => one === text);
  if (type !== undefined) return type;
  if (OTHER_SOURCE_TYPES.includes(text)) {
    throw invalid(`not modelled: events of ${text}`, `Here: ${SOURCE_TYPES.join(', ')}.`);
  }
  throw invalid(`Invalid source type: ${text}`, `Here: ${SOURCE_TYPES.join(', ')}.`);
}
