/** Pages of a list: the marker says after which name to go on. */

import { ServiceError } from '../../../contract/errors.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import { validation } from '../errors.ts';

interface Asked {
  readonly Marker?: string | undefined;
  readonly Limit?: number | undefined;
  readonly limits: { readonly max: number; readonly default: number };
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly rest: { readonly Truncated: boolean; readonly NextMarker?: string };
}

/** `nameOf` orders the items; each has its own. */
export function page<Item>(
  all: readonly Item[],
  nameOf: (item: Item) => string,
  { Marker, limits, Limit = limits.default }: Asked,
): Page<Item> {
  if (!Number.isInteger(Limit) || Limit < 1 || Limit > limits.max) {
    const bound = Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${limits.max}`;
    throw validation(
      `1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const last = Marker === undefined ? '' : utf8Text(fromBase64(Marker));
  if (last === undefined || (last === '' && Marker !== undefined)) {
    // UNSURE: the sentence.
    throw new ServiceError('InvalidMarkerException', 'The marker is not valid.');
  }
  const from = [...all]
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .filter((item) => nameOf(item) > last);
  const items = from.slice(0, Limit);
  if (items.length === from.length) return { items, rest: { Truncated: false } };
  return { items, rest: { Truncated: true, NextMarker: base64(utf8Bytes(nameOf(items.at(-1)!))) } };
}
