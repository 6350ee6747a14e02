/** A moment of a row store, and its JSON form: the words of all rows as sixteen columns of differences. */
import type { Instant } from '../units.ts';
import type { AgeEntry } from './ageHeap.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type ContentColumns, contentCount, fromColumns, toColumns } from './contentColumns.ts';
import { GROUP_ROW, isMessage, KIND } from './layout.ts';
import type { StoreImage } from './messageStore.ts';
import {
  bytesBeside,
  PAGE_ROWS,
  PAGE_WORDS,
  type Ref,
  ROW_WORDS,
  type RowNumber,
  type RowsImage,
} from './rows.ts';
import { packColumn, unpackColumn } from './varints.ts';
import type { WheelImage } from './wheel.ts';

/** All that a row store is. */
export interface RowStoreState {
  readonly rows: RowsImage;
  readonly wheel: WheelImage;
  readonly names: RowNumber;
  readonly ages: readonly AgeEntry[];
  readonly clock: Instant;
  readonly generation: number;
  readonly queueCount: number;
  readonly dead: readonly RowNumber[];
}

interface SavedStore extends Omit<RowStoreState, 'rows'> {
  readonly rows: { readonly free: RowNumber; readonly top: RowNumber; readonly words: readonly string[] };
  readonly contents: ContentColumns;
  readonly groupNames: readonly string[];
}

export class RowStoreImage implements StoreImage {
  readonly state: RowStoreState;

  constructor(state: RowStoreState) {
    this.state = state;
  }

  get bytes(): number {
    return this.state.rows.bytes;
  }

  bytesBeside(other: StoreImage): number {
    return other instanceof RowStoreImage ? bytesBeside(this.state.rows, other.state.rows) : this.bytes;
  }

  toJSON(): unknown {
    const { rows, ...rest } = this.state;
    const saved: SavedStore = {
      ...rest,
      rows: { free: rows.free, top: rows.top, words: packWords(rows) },
      contents: toColumns(refsOf(rows, isMessage) as Iterable<object>),
      groupNames: [...(refsOf(rows, (kind) => kind === GROUP_ROW) as Iterable<string>)],
    };
    return saved;
  }
}

/** More rows than any world has; a damaged file must not take all memory. */
const ROWS_MAX = 8_000_000;

/** Throws when the JSON cannot be an image. */
export function rowImageFromJSON(json: unknown): StoreImage {
  const { rows, contents, groupNames, ...rest } = json as SavedStore;
  check(rows.top % ROW_WORDS === 0 && rows.top > 0 && rows.top <= ROWS_MAX * ROW_WORDS, 'its size');
  check(rows.words.length === ROW_WORDS, 'its columns');
  check(contentCount(contents) <= rows.top / ROW_WORDS, 'its contents');
  const pages = unpackWords(rows.words, rows.top);
  const refs = pages.map(() => new Array<Ref>(PAGE_ROWS).fill(undefined));
  const content = fromColumns(contents).values();
  const name = groupNames.values();
  for (const [index, page] of pages.entries()) {
    for (let row = 0; row < PAGE_ROWS; row++) {
      const kind = page[row * ROW_WORDS + KIND]!;
      if (isMessage(kind)) {
        const { value } = content.next();
        check(value !== undefined, 'a message without content');
        refs[index]![row] = value;
      }
      if (kind === GROUP_ROW) refs[index]![row] = name.next().value as string;
    }
  }
  const { free, top } = rows;
  return new RowStoreImage({
    ...rest,
    rows: { pages, refs, free, top, bytes: pages.length * PAGE_WORDS * 4 },
  });
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new RangeError(`the image of the message store is damaged: ${what}`);
}

function packWords({ pages, top }: RowsImage): string[] {
  const words: string[] = [];
  for (let word = 0; word < ROW_WORDS; word++) {
    const read = (row: number): number => pages[row >>> 8]![((row & 255) << 4) + word]!;
    words.push(toBase64(packColumn(top / ROW_WORDS, read)));
  }
  return words;
}

function unpackWords(words: readonly string[], top: number): Int32Array[] {
  const pages: Int32Array[] = [];
  for (let start = 0; start < top; start += PAGE_WORDS) pages.push(new Int32Array(PAGE_WORDS));
  for (let word = 0; word < ROW_WORDS; word++) {
    unpackColumn(fromBase64(words[word]!), top / ROW_WORDS, (row, value) => {
      pages[row >>> 8]![((row & 255) << 4) + word] = value;
    });
  }
  return pages;
}

/** What the rows of some kinds carry, in order of the rows. */
function* refsOf({ pages, refs }: RowsImage, wanted: (kind: number) => boolean): Generator<Ref> {
  for (const [index, page] of pages.entries()) {
    for (let row = 0; row < PAGE_ROWS; row++) {
      if (wanted(page[row * ROW_WORDS + KIND]!)) yield refs[index]![row];
    }
  }
}
