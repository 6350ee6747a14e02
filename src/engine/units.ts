/**
 * Units of the kernel. No bare number for a time or a size crosses a function: a brand says which it is.
 */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** Whole milliseconds since the world's epoch. */
export type Instant = Branded<'Instant'>;
/** A length of time, in whole milliseconds. */
export type Milliseconds = Branded<'Milliseconds'>;
/** A length of time as AWS states it, in seconds. */
export type Seconds = Branded<'Seconds'>;
/** A size in bytes. */
export type Bytes = Branded<'Bytes'>;

export const instant = (value: number): Instant => value as Instant;
export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const seconds = (value: number): Seconds => value as Seconds;
export const bytes = (value: number): Bytes => value as Bytes;

export const toMilliseconds = (value: Seconds): Milliseconds => Math.round(value * 1000) as Milliseconds;
export const after = (start: Instant, wait: Milliseconds): Instant => (start + wait) as Instant;
export const between = (start: Instant, end: Instant): Milliseconds => (end - start) as Milliseconds;

/** The first instant of every world. */
export const START: Instant = instant(0);
