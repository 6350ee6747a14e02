/** Pages of lists. Tokens are ours: the name after which the next page begins. */
import { badRequest } from '../errors.ts';
import { LIST } from '../limits.ts';

export interface PageAsked {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export function page<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxResults = LIST.default, NextToken }: PageAsked,
): { readonly items: readonly Item[]; readonly NextToken?: string } {
  if (MaxResults < LIST.min || MaxResults > LIST.max) {
    throw badRequest(
      `maxResults must be between ${LIST.min} and ${LIST.max}.`,
      `You asked for ${MaxResults}.`,
    );
  }
  const at = NextToken === undefined ? 0 : items.findIndex((item) => keyOf(item) === NextToken);
  if (at < 0) throw badRequest('nextToken is invalid.', 'Take it from the answer before.');
  const end = at + MaxResults;
  const next = items[end];
  return { items: items.slice(at, end), ...(next !== undefined && { NextToken: keyOf(next) }) };
}
