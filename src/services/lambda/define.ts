/** How Lambda makes its operations, and members that several have. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import type { LambdaState } from './model.ts';

export const lambdaOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<LambdaState, Input>,
): Operation<LambdaState, Input> => checkedOperation(schema, words, missing);

export const FUNCTION_NAME = {
  purpose: 'the function, by name or ARN',
  refersTo: 'functionName',
} as const;
export const QUALIFIER = { purpose: 'the version; there is $LATEST alone' } as const;
export const REVISION = { purpose: 'change it only if this is its revision' } as const;
export const MARKER = { purpose: 'go on where the last answer ended' } as const;
export const MAX_ITEMS = {
  purpose: 'how many at most in one answer',
  min: 1,
  max: 10_000,
  unit: 'entries',
} as const;
export const without = (purpose: string, why: string) => ({ purpose, notModelled: why }) as const;

/** Lists have pages of at most 50; the marker is the place to go on from. */
export function page<Item>(
  all: readonly Item[],
  Marker: string | undefined,
  MaxItems: number | undefined,
): { readonly items: readonly Item[]; readonly NextMarker?: string } {
  const from = Marker === undefined || !/^\d{1,9}$/u.test(Marker) ? 0 : Number(Marker);
  const end = from + Math.min(Math.max(MaxItems ?? 50, 1), 50);
  const items = all.slice(from, end);
  return end < all.length ? { items, NextMarker: String(end) } : { items };
}
export const paged = (result: string) =>
  ({ inputToken: 'Marker', outputToken: 'NextMarker', result, limitKey: 'MaxItems' }) as const;
