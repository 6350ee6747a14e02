/** Pages of a list: the token says at which place to go on. */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import { invalidToken, validation } from '../errors.ts';
import { RECORDS_DEFAULT, RECORDS_MAX } from '../limits.ts';

export function checkRecords(count = RECORDS_DEFAULT): number {
  if (Number.isInteger(count) && count >= 1 && count <= RECORDS_MAX) return count;
  const bound = count < 1 ? 'greater than or equal to 1' : `less than or equal to ${RECORDS_MAX}`;
  throw validation(
    `1 validation error detected: Value '${count}' at 'maxRecords' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

/** SIMPLER THAN AWS: the token is a position, so what comes or goes between two pages shifts the rest. */
export function page<Item>(
  all: readonly Item[],
  token: string | undefined,
  limit: number,
): { readonly items: readonly Item[]; readonly rest: { readonly NextToken?: string } } {
  const from = token === undefined ? 0 : Number(utf8Text(fromBase64(token)) ?? Number.NaN);
  if (!Number.isInteger(from) || from < 0) throw invalidToken();
  const items = all.slice(from, from + limit);
  if (from + limit >= all.length) return { items, rest: {} };
  return { items, rest: { NextToken: base64(utf8Bytes(String(from + limit))) } };
}
