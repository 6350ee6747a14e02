/** Which part of an object is asked for, and on what condition. RFC 9110; Amazon S3 API Reference, GetObject. */
import { invalidRange, noSuchKey, notModified, preconditionFailed } from '../errors.ts';
import type { StoredObject } from '../model.ts';

/** Instants are milliseconds since 1970, as members of a request are. */
export interface Conditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: unknown;
  readonly IfUnmodifiedSince?: unknown;
}

const names = (text: string, eTag: string): boolean =>
  text.split(',').some((one) => one.trim() === '*' || one.trim().replaceAll('"', '') === eTag);

/** Headers know whole seconds. */
const seconds = (instant: number): number => Math.floor(instant / 1_000);

/** A match outweighs a time. Throws PreconditionFailed, or 304. */
export function checkConditions(stored: StoredObject, epoch: number, conditions: Conditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modified = seconds(epoch + stored.modified);
  if (IfMatch !== undefined) {
    if (!names(IfMatch, stored.eTag)) throw preconditionFailed();
  } else if (typeof IfUnmodifiedSince === 'number' && modified > seconds(IfUnmodifiedSince)) {
    throw preconditionFailed();
  }
  if (IfNoneMatch !== undefined) {
    if (names(IfNoneMatch, stored.eTag)) throw notModified();
  } else if (typeof IfModifiedSince === 'number' && modified <= seconds(IfModifiedSince)) {
    throw notModified();
  }
}

export interface SourceConditions {
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: unknown;
  readonly CopySourceIfUnmodifiedSince?: unknown;
}

/** Of what is copied. Throws PreconditionFailed for all of them. */
export function checkSource(stored: StoredObject, epoch: number, conditions: SourceConditions): void {
  try {
    checkConditions(stored, epoch, {
      IfMatch: conditions.CopySourceIfMatch,
      IfNoneMatch: conditions.CopySourceIfNoneMatch,
      IfModifiedSince: conditions.CopySourceIfModifiedSince,
      IfUnmodifiedSince: conditions.CopySourceIfUnmodifiedSince,
    });
  } catch {
    throw preconditionFailed();
  }
}

/** Amazon S3 User Guide, Conditional writes. `IfNoneMatch` is `*` there: the key must be free. */
export function checkWriting(
  before: StoredObject | undefined,
  { IfMatch, IfNoneMatch }: Pick<Conditions, 'IfMatch' | 'IfNoneMatch'>,
): void {
  if (IfNoneMatch !== undefined && before !== undefined) throw preconditionFailed();
  if (IfMatch === undefined) return;
  if (before === undefined) throw noSuchKey();
  if (!names(IfMatch, before.eTag)) throw preconditionFailed();
}

export interface Part {
  readonly from: number;
  /** The first byte behind it. */
  readonly to: number;
}

/** Undefined: the whole. What cannot be read, and several ranges at once, are passed over as S3 does. */
export function partOf(range: string | undefined, size: number): Part | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/u.exec(range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (from >= to) throw invalidRange();
  return { from, to };
}
