/** How CloudWatch Logs makes its operations, and members that several have. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import type { LogsState } from './model.ts';

export const logsOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<LogsState, Input>,
): Operation<LogsState, Input> => checkedOperation(schema, words, missing);

export const GROUP = { purpose: 'the log group' } as const;
export const STREAM = { purpose: 'the log stream' } as const;
export const NEXT_TOKEN = { purpose: 'go on where the last answer ended' } as const;
export const LIMIT = { purpose: 'how many at most', min: 1, max: 50, default: 50, unit: 'entries' } as const;
export const without = (purpose: string, why: string) => ({ purpose, notModelled: why }) as const;
export const IDENTIFIER = without('the group by its ARN', 'a group is given by its name: logGroupName');

/** `nextToken` is the place to go on from. */
export function page<Item>(
  all: readonly Item[],
  nextToken: string | undefined,
  limit = 50,
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  const from = nextToken === undefined || !/^\d{1,9}$/u.test(nextToken) ? 0 : Number(nextToken);
  const end = from + limit;
  const items = all.slice(from, end);
  return end < all.length ? { items, nextToken: String(end) } : { items };
}

export const paged = (result: string) =>
  ({ inputToken: 'nextToken', outputToken: 'nextToken', result, limitKey: 'limit' }) as const;
