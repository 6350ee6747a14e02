/** Figures as an explanation writes them: lengths, instants, sizes, counts; in sentences and at the prompt alike. */
import type { Quantity } from './why.ts';

const trimmed = (text: string): string => text.replace(/\.?0+$/u, '');

/** `30 s`, `0.6 s`, `14 ms`, `2 m 14 s`, `3 h 5 m`, `4 d 2 h`. */
export function spanWords(milliseconds: number): string {
  const value = Math.max(0, milliseconds);
  if (value < 100) return `${value} ms`;
  if (value < 60_000) return `${value % 1000 === 0 ? value / 1000 : trimmed((value / 1000).toFixed(2))} s`;
  const seconds = Math.round(value / 1000);
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1_440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  return pair(Math.floor(minutes / 1_440), 'd', Math.floor((minutes % 1_440) / 60), 'h');
}

const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const two = (value: number): string => String(value).padStart(2, '0');

/** An instant of the world to the millisecond: `01:12.400`, after the first hour `day 1 04:12:36.400`. */
export function instantWords(at: number): string {
  const inDay = at % DAY;
  const rest = `${two(Math.floor(inDay / 60_000) % 60)}:${two(Math.floor(inDay / 1000) % 60)}.${String(inDay % 1000).padStart(3, '0')}`;
  return at < HOUR ? rest : `day ${Math.floor(at / DAY) + 1} ${two(Math.floor(inDay / HOUR))}:${rest}`;
}

/** `12,345`. */
export const countWords = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/gu, ',');

/** `3 messages`, `1 message`, `no messages`. */
export const several = (count: number, one: string, many = `${one}s`): string =>
  `${count === 0 ? 'no' : countWords(count)} ${count === 1 ? one : many}`;

export function quantityWords(quantity: Quantity): string {
  switch (quantity.unit) {
    case 'text':
      return quantity.value;
    case 'ms':
      return spanWords(quantity.value);
    case 'at':
      return instantWords(quantity.value);
    case 'bytes':
      return `${countWords(quantity.value)} bytes`;
    case 'count':
      return countWords(quantity.value);
  }
}
