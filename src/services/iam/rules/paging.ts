/** Pages of a sorted list: the marker says after which name to go on. */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import { validationError } from '../errors.ts';
import { PAGE_DEFAULT, PAGE_MAX } from '../limits.ts';

interface Asked {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** What the answer says beside the items. */
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** `nameOf` orders the items; each has its own. */
export function page<Item>(
  all: readonly Item[],
  nameOf: (item: Item) => string,
  { Marker, MaxItems = PAGE_DEFAULT }: Asked,
): Page<Item> {
  if (!Number.isInteger(MaxItems) || MaxItems < 1 || MaxItems > PAGE_MAX) {
    const bound = MaxItems < 1 ? 'greater than or equal to 1' : `less than or equal to ${PAGE_MAX}`;
    throw validationError(
      `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const last = Marker === undefined ? '' : utf8Text(fromBase64(Marker));
  // UNSURE: the sentence.
  if (last === undefined || (last === '' && Marker !== undefined)) throw validationError('Invalid Marker.');
  const sorted = [...all].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const from = sorted.filter((item) => nameOf(item) > last);
  const items = from.slice(0, MaxItems);
  if (items.length === from.length) return { items, rest: { IsTruncated: false } };
  return { items, rest: { IsTruncated: true, Marker: base64(utf8Bytes(nameOf(items.at(-1)!))) } };
}
