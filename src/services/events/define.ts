/** How EventBridge makes its operations, and members that several have. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import type { EventsState } from './model.ts';

export const eventsOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<EventsState, Input>,
): Operation<EventsState, Input> => checkedOperation(schema, words, missing);

export const RULE = { purpose: 'the rule’s name' } as const;
export const BUS = { purpose: 'the event bus: default', default: 'default' } as const;
export const NEXT_TOKEN = { purpose: 'go on where the last answer ended' } as const;
export const LIMIT = {
  purpose: 'how many at most',
  min: 1,
  max: 100,
  default: 100,
  unit: 'entries',
} as const;
export const FORCE = { purpose: 'rules that AWS services made, too' } as const;
export const without = (purpose: string, why: string) => ({ purpose, notModelled: why }) as const;

/** `NextToken` is the place to go on from. */
export function page<Item>(
  all: readonly Item[],
  token: string | undefined,
  limit = 100,
): { readonly items: readonly Item[]; readonly more: { readonly NextToken?: string } } {
  const from = token === undefined || !/^\d{1,9}$/u.test(token) ? 0 : Number(token);
  const end = from + limit;
  return { items: all.slice(from, end), more: end < all.length ? { NextToken: String(end) } : {} };
}

export const paged = (result: string) =>
  ({ inputToken: 'NextToken', outputToken: 'NextToken', result, limitKey: 'Limit' }) as const;
