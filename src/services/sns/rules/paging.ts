/** Pages of a hundred: the token says after which name to go on. */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import { invalidParameter } from '../errors.ts';
import { PAGE } from '../limits.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** `all` in the order in which it is listed; `nameOf` tells items apart. */
export function page<Item>(
  all: readonly Item[],
  nameOf: (item: Item) => string,
  token: string | undefined,
): Page<Item> {
  let from = 0;
  if (token !== undefined) {
    const last = utf8Text(fromBase64(token));
    const at = all.findIndex((item) => nameOf(item) === last);
    // UNSURE: the sentence.
    if (at < 0) throw invalidParameter('NextToken');
    from = at + 1;
  }
  const items = all.slice(from, from + PAGE);
  const more = from + PAGE < all.length;
  return { items, next: more ? base64(utf8Bytes(nameOf(items.at(-1)!))) : undefined };
}
