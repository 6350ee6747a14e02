/** Pages of a list of URLs: the token says after which one to go on. */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import { invalidParameterValue } from '../errors.ts';
import { LIST_RESULTS_MAX } from '../limits.ts';

interface Asked {
  readonly MaxResults: number | undefined;
  readonly NextToken: string | undefined;
}

export const pageMembers = ({ max, unit }: { readonly max: number; readonly unit: 'entries' }) =>
  ({
    MaxResults: { purpose: 'how many at most in one answer', min: 1, max, unit },
    NextToken: { purpose: 'go on where the last answer ended' },
  }) as const;

/** `all` is sorted. SQS API Reference, ListQueues: without MaxResults there is one page, of 1,000 at most. */
export function page(
  all: readonly string[],
  { MaxResults, NextToken }: Asked,
): {
  readonly items: readonly string[];
  readonly next: string | undefined;
} {
  if (
    MaxResults !== undefined &&
    !(Number.isInteger(MaxResults) && MaxResults >= 1 && MaxResults <= LIST_RESULTS_MAX)
  ) {
    throw invalidParameterValue(
      `Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and ${LIST_RESULTS_MAX}.`,
    );
  }
  const last = NextToken === undefined ? '' : utf8Text(fromBase64(NextToken));
  if (last === undefined || (NextToken !== undefined && !all.some((url) => url >= last))) {
    throw invalidParameterValue('Invalid or expired next token.');
  }
  const from = all.filter((url) => url > last);
  const items = from.slice(0, MaxResults ?? LIST_RESULTS_MAX);
  const more = MaxResults !== undefined && from.length > items.length;
  return { items, next: more ? base64(utf8Bytes(items.at(-1)!)) : undefined };
}
