/** Equal rounds of a story folded: a message that is received and comes back many times reads as one line. */
import type { StoryItem } from './storyTypes.ts';

export type StoryRow =
  | { readonly type: 'item'; readonly item: StoryItem }
  /** Rounds between the second and the last; `id` is the number of the first event folded. */
  | {
      readonly type: 'fold';
      readonly id: number;
      readonly items: readonly StoryItem[];
      readonly rounds: number;
    };

/** So many equal rounds in a row are shown in full. */
const SHOWN = 4;
/** Of more the first two, and the last. */
const FIRST = 2;

/** `unfolded`: ids of folds to show in full. */
export function foldStory(items: readonly StoryItem[], unfolded: ReadonlySet<number>): StoryRow[] {
  const rows: StoryRow[] = [];
  const show = (some: readonly StoryItem[]): void => {
    for (const item of some) rows.push({ type: 'item', item });
  };
  for (let at = 0; at < items.length; ) {
    const rounds = roundsFrom(items, at);
    if (rounds.length <= SHOWN) {
      const end = rounds.length > 0 ? rounds.at(-1)! : at + 1;
      show(items.slice(at, end));
      at = end;
      continue;
    }
    const from = rounds[FIRST - 1]!;
    const to = rounds.at(-2)!;
    const folded = items.slice(from, to);
    show(items.slice(at, from));
    if (unfolded.has(folded[0]!.sequence)) show(folded);
    else {
      const count = rounds.length - FIRST - 1;
      rows.push({ type: 'fold', id: folded[0]!.sequence, items: folded, rounds: count });
    }
    show(items.slice(to, rounds.at(-1)!));
    at = rounds.at(-1)!;
  }
  return rows;
}

/** Where each of the equal rounds that begin at `at` ends. */
function roundsFrom(items: readonly StoryItem[], at: number): number[] {
  const ends: number[] = [];
  const shape = shapeOf(items, at);
  for (let start = at; shape !== undefined && shapeOf(items, start) === shape; ) {
    start = roundEnd(items, start)!;
    ends.push(start);
  }
  return ends;
}

/** A round: a receive, and all until the message is back. */
function roundEnd(items: readonly StoryItem[], at: number): number | undefined {
  const first = items[at];
  if (first?.type.endsWith('Received') !== true) return undefined;
  for (let index = at + 1; index < items.length; index++) {
    const item = items[index]!;
    if (item.messageId !== first.messageId || item.type === first.type) return undefined;
    if (item.after === 'visible' && item.type.endsWith('Visible')) return index + 1;
    if (item.after !== item.before) return undefined;
  }
  return undefined;
}

function shapeOf(items: readonly StoryItem[], at: number): string | undefined {
  const end = roundEnd(items, at);
  if (end === undefined) return undefined;
  return items
    .slice(at, end)
    .map(({ type, lane, messageId, detail = '' }) => `${type} ${lane} ${messageId} ${detail}`)
    .join('\n');
}

/** Who received it in these rounds, each name once: `fn-1, fn-3`. */
export const receiversOf = (items: readonly StoryItem[]): string =>
  [...new Set(items.filter(({ type }) => type.endsWith('Received')).map(({ by }) => by))].join(', ');

export const timesWord = (rounds: number): string =>
  rounds === 2 ? 'twice more' : rounds === 3 ? 'thrice more' : `${rounds} times more`;
