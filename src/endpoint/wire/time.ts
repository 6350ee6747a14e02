/** Times as texts: ISO 8601, HTTP dates and seconds since 1970. Inside they are UTC milliseconds. */
import type { TimeFormat } from './shape.ts';

export function timeText(milliseconds: number, format: TimeFormat): string {
  if (format === 'epoch') return String(milliseconds / 1_000);
  const date = new Date(milliseconds);
  return format === 'http' ? date.toUTCString() : date.toISOString().replace('.000Z', 'Z');
}

/** NaN: not a time. Any of the three is taken, as AWS's framework does; seconds where the text is a number. */
export function timeOfText(text: string, _format: TimeFormat): number {
  const trimmed = text.trim();
  if (/^[+-]?\d+(\.\d+)?$/u.test(trimmed)) return Math.round(Number(trimmed) * 1_000);
  return Date.parse(trimmed);
}
