/** Pages of lists that are folded at a delimiter. */
import { invalidArgument } from '../errors.ts';
import { LIST_MAX } from '../limits.ts';

/** `name`: of the member, as AWS's sentence has it. Throws InvalidArgument. */
export function mostOf(given: number | undefined, name: string): number {
  if (given !== undefined && given < 0) {
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, {
      argument: [name, String(given)],
    });
  }
  return Math.min(given ?? LIST_MAX, LIST_MAX);
}

interface Asked {
  readonly Prefix: string;
  readonly Delimiter: string | undefined;
  /** Where the last page ended; it may be a folded prefix. */
  readonly KeyMarker: string;
  readonly most: number;
}

export interface FoldedPage<Item> {
  readonly items: readonly Item[];
  readonly folded: readonly string[];
  /** Where the page ends: an item, or a folded prefix. */
  readonly last: { readonly key: string; readonly item?: Item };
  readonly truncated: boolean;
}

/** `all`: behind the marker, in order. */
export function foldedPage<Item extends { readonly key: string }>(
  all: readonly Item[],
  { Prefix, Delimiter, KeyMarker, most }: Asked,
): FoldedPage<Item> {
  const items: Item[] = [];
  const folded = new Set<string>();
  let last: FoldedPage<Item>['last'] = { key: '' };
  for (const item of all) {
    const end = Delimiter ? item.key.indexOf(Delimiter, Prefix.length) : -1;
    const common = end < 0 ? undefined : item.key.slice(0, end + Delimiter!.length);
    if (common !== undefined && (folded.has(common) || common === KeyMarker)) continue;
    if (items.length + folded.size >= most) return { items, folded: [...folded], last, truncated: most > 0 };
    if (common !== undefined) folded.add(common);
    else items.push(item);
    last = common === undefined ? { key: item.key, item } : { key: common };
  }
  return { items, folded: [...folded], last, truncated: false };
}
