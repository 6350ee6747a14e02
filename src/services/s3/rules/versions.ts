/** Versions of an object: which is asked for, and what becomes of those that are replaced. Amazon S3 User Guide, Retaining multiple versions of objects with S3 Versioning. */
import { messageId } from '../../../contract/messageId.ts';
import { methodNotAllowed, noSuchKey, noSuchVersion } from '../errors.ts';
import type { Bucket, S3State, StoredObject, Version } from '../model.ts';

const NULL_VERSION = 'null';
const VERSION_IDS = 0x56;

/** 32 letters and digits. */
export const newVersionId = ({ seed }: S3State, sequence: number): string =>
  messageId(seed, sequence, VERSION_IDS).replaceAll('-', '');

export const idOf = ({ versionId }: Version): string => versionId ?? NULL_VERSION;

/** What an answer says of it: nothing where versioning was never on. */
export const shownId = (bucket: Bucket, version: Version): { readonly VersionId?: string } =>
  bucket.versioning === undefined ? {} : { VersionId: idOf(version) };

/** The newest first. */
export function versionsOf({ objects, older }: Bucket, key: string): readonly Version[] {
  const current = objects.get(key);
  const rest = older?.get(key) ?? [];
  return current === undefined ? rest : [current, ...rest];
}

/** Throws NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker. */
export function versionAsked(bucket: Bucket, key: string, versionId: string | undefined): StoredObject {
  if (versionId === undefined) {
    const current = bucket.objects.get(key);
    if (current === undefined) throw noSuchKey();
    return current;
  }
  const found = versionsOf(bucket, key).find((version) => idOf(version) === versionId);
  if (found === undefined) throw noSuchVersion();
  if ('isMarker' in found) throw methodNotAllowed();
  return found;
}

/** All versions of a key, the newest first. */
export function setVersions(bucket: Bucket, key: string, versions: readonly Version[]): void {
  const [newest, ...rest] = versions;
  const isObject = newest !== undefined && !('isMarker' in newest);
  if (isObject) bucket.objects.set(key, newest);
  else bucket.objects.delete(key);
  const others = isObject ? rest : versions;
  if (others.length > 0) {
    bucket.older ??= new Map();
    bucket.older.set(key, Object.freeze(others));
  } else bucket.older?.delete(key);
}

/** Puts a version before the others; where it is called null, it replaces the one called so. Gives back what went. */
export function addVersion(bucket: Bucket, version: Version): readonly Version[] {
  const before = versionsOf(bucket, version.key);
  const isGone = (one: Version): boolean => version.versionId === undefined && one.versionId === undefined;
  setVersions(bucket, version.key, [version, ...before.filter((one) => !isGone(one))]);
  return before.filter(isGone);
}

export const sizeOf = (version: Version): number => ('isMarker' in version ? 0 : version.body.length);

export const hasVersions = ({ objects, older }: Bucket): boolean =>
  objects.size > 0 || (older?.size ?? 0) > 0;
