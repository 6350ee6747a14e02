/** Durations and chances as people type them into the playground's own commands. */
import { type Milliseconds, milliseconds } from '../engine/units.ts';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `40s`, `1m30s`, `250ms`, `2h`, `0`; undefined: it is none. */
export function durationOf(text: string): Milliseconds | undefined {
  if (text === '0') return milliseconds(0);
  if (!/^(\d{1,9}(\.\d{1,3})?(ms|s|m|h|d))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Math.round(Number(amount) * UNIT_MS[unit!]!);
  }
  return milliseconds(total);
}

/** True in `numerator` of `denominator` cases; 0 in 1 for never. */
export interface Chance {
  readonly numerator: number;
  readonly denominator: number;
}

/** `1 in 20`, `1/20`, or `0` for never; undefined: it is none. */
export function chanceOf(text: string): Chance | undefined {
  if (/^(0|never|none)$/.test(text)) return Object.freeze({ numerator: 0, denominator: 1 });
  const [, numerator, denominator] = /^(\d{1,9})\s*(?:in|\/)\s*(\d{1,9})$/.exec(text) ?? [];
  if (numerator === undefined || denominator === undefined) return undefined;
  return Object.freeze({ numerator: Number(numerator), denominator: Number(denominator) });
}

/** A chance that can be: at most 1 in 1. */
export const isPossible = ({ numerator, denominator }: Chance): boolean =>
  denominator > 0 && numerator <= denominator;
