/** Durations as lessons and conditions write them: `500ms`, `30s`, `5m`, `2h`, `4d`. */
import { type Milliseconds, milliseconds } from '../engine/units.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export const DURATION_PATTERN = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/;

/** Whole milliseconds, or undefined when the text is not a duration. */
export function parseDuration(text: string): Milliseconds | undefined {
  const found = DURATION_PATTERN.exec(text);
  if (found === null) return undefined;
  return milliseconds(Math.round(Number(found[1]) * UNITS[found[2]!]!));
}

/** The shortest exact way to write it: 90000 is `90s`, 120000 is `2m`. */
export function formatDuration(value: number): string {
  for (const unit of ['d', 'h', 'm', 's']) {
    const size = UNITS[unit]!;
    if (value >= size && value % size === 0) return `${value / size}${unit}`;
  }
  return value >= 1_000 && value % 100 === 0 ? `${value / 1_000}s` : `${value}ms`;
}
