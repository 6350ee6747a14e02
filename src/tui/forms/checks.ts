/** What forms ask of values, and how they write them as flags. */
import { quoted } from './forms.ts';

export const isName = (value: string): string | undefined => {
  if (value === '') return 'a name is needed';
  return /^[A-Za-z0-9_-]{1,80}$/.test(value.replace(/\.fifo$/, ''))
    ? undefined
    : 'letters, digits, - and _, 80 at most';
};

export const isRate = (value: string): string | undefined =>
  /^\d+(\.\d+)?\/(s|min|h)$/.test(value) ? undefined : 'a rate, like 12/s or 30/min';
export const isSpan = (value: string): string | undefined =>
  /^\d+(\.\d+)?(ms|s|m|h)(\.\.\d+(\.\d+)?(ms|s|m|h))?$/.test(value) ? undefined : 'a time, like 5s or 2s..8s';
export const isChance = (value: string): string | undefined =>
  value === '0' || /^[1-9]\d* in [1-9]\d*$/.test(value) ? undefined : 'a chance, like 1 in 20; 0 for never';
export const isCount =
  (most: number) =>
  (value: string): string | undefined =>
    /^[1-9]\d*$/.test(value) && Number(value) <= most ? undefined : `from 1 to ${most}`;
export const needsQueue = (value: string): string | undefined =>
  value === '' ? 'a queue is needed: make one first' : undefined;

/** `--name value` for each value that is not the default. */
export const flags = (pairs: readonly (readonly [string, string | undefined, string])[]): string =>
  pairs
    .filter(([, value, usual]) => value !== undefined && value !== '' && value !== usual)
    .map(([name, value]) => ` --${name} ${quoted(value ?? '')}`)
    .join('');
