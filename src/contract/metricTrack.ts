/**
 * The one-minute history of one metric. A track keeps only the minutes in which something happened; the quiet ones
 * between are derived, so idle time costs nothing. Full chunks are frozen and shared by checkpoints; the tail is
 * small and copied.
 *
 * CloudWatch User Guide, Metrics retention: one-minute data are kept for 15 days. SIMPLER THAN AWS: what is older is
 * gone (there it is folded into five minutes, then hours), and the data of a minute are there when it has ended.
 */
import { type Instant, instant } from '../engine/units.ts';

export const MINUTE_MS = 60_000;
/** 15 days of minutes. */
export const METRIC_MINUTES_MAX = 15 * 24 * 60;
/** CloudWatch, for SQS: a queue stops reporting after six hours without use. */
export const ACTIVE_MINUTES = 6 * 60;
/** The end of a span that has none. */
export const ENDLESS = 0x7fff_ffff;

export const minuteOf = (at: Instant): number => Math.floor(at / MINUTE_MS);
export const startOfMinute = (minute: number): Instant => instant(minute * MINUTE_MS);

/**
 * What the entries of a track mean.
 * `sum`: [minute, sum], zero in all others. `level`: [minute, value at its end], which holds until the next entry.
 * `since`: a level that is an instant, or -1; its value is the seconds passed since then at each minute's end, or 0.
 * `set`: [minute, sum, minimum, maximum, count]; the others have no data.
 */
export type TrackKind = 'sum' | 'level' | 'since' | 'set';

export interface Track {
  /** Frozen, oldest first. */
  chunks: readonly (readonly number[])[];
  tail: number[];
}

export const newTrack = (): Track => ({ chunks: Object.freeze([]), tail: [] });

/** Entries in a chunk. */
const CHUNK = 64;
const NONE: readonly number[] = Object.freeze([]);

const widthOf = (kind: TrackKind): number => (kind === 'set' ? 5 : 2);

/** The place in the tail of this minute's entry, made if it is not there; minutes do not go back. */
function placeOf(track: Track, minute: number, width: number): number {
  const { tail } = track;
  const last = tail.length - width;
  if (last >= 0 && tail[last] === minute) return last;
  if (tail.length >= CHUNK * width) {
    const oldest = minute - METRIC_MINUTES_MAX;
    const kept = track.chunks.filter((chunk) => chunk[chunk.length - width]! >= oldest);
    track.chunks = Object.freeze([...kept, Object.freeze(tail)]);
    track.tail = [];
  }
  track.tail.push(minute);
  for (let index = 1; index < width; index++) track.tail.push(0);
  return track.tail.length - width;
}

/** `sum`: counts in a minute. */
export function addTo(track: Track, minute: number, value: number): void {
  if (value === 0) return;
  const place = placeOf(track, minute, 2);
  track.tail[place + 1]! += value;
}

/** `level`, `since`: what holds from this minute on. */
export function setLevel(track: Track, minute: number, value: number): void {
  if (lastLevel(track) === value) return;
  const place = placeOf(track, minute, 2);
  track.tail[place + 1] = value;
}

/** Undefined: none was set. */
export function lastLevel({ chunks, tail }: Track): number | undefined {
  return tail.length > 0 ? tail[tail.length - 1] : (chunks.at(-1) ?? NONE).at(-1);
}

export interface StatisticSet {
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly sampleCount: number;
}

/** `set`: more samples in a minute. */
export function addSamples(track: Track, minute: number, samples: StatisticSet): void {
  if (samples.sampleCount === 0) return;
  const place = placeOf(track, minute, 5);
  const { tail } = track;
  const first = tail[place + 4] === 0;
  tail[place + 1]! += samples.sum;
  tail[place + 2] = first ? samples.minimum : Math.min(tail[place + 2]!, samples.minimum);
  tail[place + 3] = first ? samples.maximum : Math.max(tail[place + 3]!, samples.maximum);
  tail[place + 4]! += samples.sampleCount;
}

/** As `addSamples`, of a minute that may lie before others: the chunks are made anew then. */
export function insertSamples(track: Track, minute: number, samples: StatisticSet): void {
  const width = widthOf('set');
  const newest = (track.tail.length > 0 ? track.tail : track.chunks.at(-1))?.at(-width);
  if (newest === undefined || newest <= minute) {
    addSamples(track, minute, samples);
    return;
  }
  const entries = [...track.chunks, track.tail].flat();
  const sets: [number, StatisticSet][] = [[minute, samples]];
  for (let at = 0; at < entries.length; at += width) {
    const [when, sum, minimum, maximum, sampleCount] = entries.slice(at, at + width) as Five;
    sets.push([when, { sum, minimum, maximum, sampleCount }]);
  }
  track.chunks = Object.freeze([]);
  track.tail = [];
  for (const [when, set] of sets.sort(([one], [other]) => one - other)) addSamples(track, when, set);
}

type Five = [number, number, number, number, number];

/** Walks a track forwards: `at` names minutes that do not go back. */
export function trackReader(
  track: Track,
  kind: TrackKind,
  pending: readonly number[] = NONE,
): (minute: number) => StatisticSet | undefined {
  const width = widthOf(kind);
  const parts = [...track.chunks, track.tail, pending];
  let part = 0;
  let place = 0;
  let held: readonly number[] | undefined;
  let heldAt = 0;
  const advance = (minute: number): void => {
    while (part < parts.length) {
      const entries = parts[part]!;
      // A whole chunk that ended before: its last entry is what holds.
      const last = entries.length - width;
      if (last >= 0 && entries[last]! <= minute) {
        held = entries;
        heldAt = last;
      } else {
        while (place < entries.length && entries[place]! <= minute) {
          held = entries;
          heldAt = place;
          place += width;
        }
        if (place < entries.length) return;
      }
      part++;
      place = 0;
    }
  };
  return (minute) => {
    advance(minute);
    const entryMinute = held?.[heldAt];
    if (kind === 'sum') return one(entryMinute === minute ? held![heldAt + 1]! : 0);
    if (held === undefined || entryMinute === undefined) return undefined;
    const value = held[heldAt + 1]!;
    if (kind === 'level') return one(value);
    if (kind === 'since') {
      return one(value < 0 ? 0 : Math.floor(((minute + 1) * MINUTE_MS - value) / 1000));
    }
    if (entryMinute !== minute) return undefined;
    return {
      sum: value,
      minimum: held[heldAt + 2]!,
      maximum: held[heldAt + 3]!,
      sampleCount: held[heldAt + 4]!,
    };
  };
}

const one = (value: number): StatisticSet => ({
  sum: value,
  minimum: value,
  maximum: value,
  sampleCount: 1,
});

/**
 * When a resource reports: pairs of [first minute, minute after the last], in order. The last pair may end in the
 * future: so long it reports without being used again.
 */
export type Spans = number[];

/** It is used in a minute, and reports until `end`. */
export function extendSpan(spans: Spans, minute: number, end: number): void {
  const last = spans.length - 1;
  if (last >= 0 && minute <= spans[last]!) {
    spans[last] = Math.max(spans[last]!, end);
    return;
  }
  spans.push(minute, end);
  const oldest = minute - METRIC_MINUTES_MAX;
  while (spans.length > 2 && spans[1]! < oldest) spans.splice(0, 2);
}

/** It is gone, and reports no more from this minute on. */
export function endSpan(spans: Spans, minute: number): void {
  const last = spans.length - 1;
  if (last >= 0 && spans[last]! > minute) spans[last] = minute;
}

/** Does it report in this minute? `end` stands for the end of the last span. */
export function isActive(spans: Spans, minute: number, end: number | undefined): boolean {
  for (let index = spans.length - 2; index >= 0; index -= 2) {
    if (minute < spans[index]!) continue;
    return minute < (index === spans.length - 2 ? (end ?? spans[index + 1]!) : spans[index + 1]!);
  }
  return false;
}
