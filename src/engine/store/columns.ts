/**
 * One field of many contents as JSON. What repeats is written once, whole numbers as differences, and texts end to
 * end with their lengths beside them: few long values are read and compressed faster than many short ones.
 */
import { fromBase64, toBase64 } from './base64.ts';
import { fromJSONValue, toJSONValue } from './contentJson.ts';
import { packColumn, unpackColumn } from './varints.ts';

export type Column =
  | { readonly same: unknown }
  | { readonly whole: string }
  | { readonly texts: readonly string[]; readonly lengths: string }
  | { readonly values: readonly unknown[] };

/** Texts a piece: one letter from beyond Latin-1 makes its whole piece twice as large in memory. */
const PIECE = 1_024;

export function toColumn(values: readonly unknown[]): Column {
  const [first] = values;
  if (values.every((value) => value === first) && typeof first !== 'object') return { same: first };
  if (values.every((value) => typeof value === 'string')) {
    const lengths = packColumn(values.length, (index) => (values[index] as string).length);
    const texts: string[] = [];
    for (let start = 0; start < values.length; start += PIECE) {
      texts.push(values.slice(start, start + PIECE).join(''));
    }
    return { texts, lengths: toBase64(lengths) };
  }
  if (values.every((value) => typeof value === 'number' && (value | 0) === value && !Object.is(value, -0))) {
    return { whole: toBase64(packColumn(values.length, (index) => values[index] as number)) };
  }
  return { values: values.map(toJSONValue) };
}

export function fromColumn(column: Column, count: number): unknown[] {
  if ('same' in column) return new Array<unknown>(count).fill(column.same);
  if ('whole' in column) return wordsOf(column.whole, count);
  if ('values' in column) return column.values.map(fromJSONValue);
  const { texts, lengths } = column;
  let at = 0;
  return wordsOf(lengths, count).map((length, index) => {
    if (index % PIECE === 0) at = 0;
    const start = at;
    at += length;
    return texts[Math.floor(index / PIECE)]!.slice(start, at);
  });
}

function wordsOf(packed: string, count: number): number[] {
  const words = new Array<number>(count).fill(0);
  unpackColumn(fromBase64(packed), count, (index, word) => {
    words[index] = word;
  });
  return words;
}
