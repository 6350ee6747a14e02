/** Writing and deleting objects, and what follows from it. */
import { md5Hex } from '../../../contract/md5.ts';
import { utf8Length, utf8Text } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { metadataTooLarge, tooLarge } from '../errors.ts';
import { emit } from '../events.ts';
import { METADATA_BYTES_MAX, OBJECT_BYTES_MAX, WORLD_BYTES_MAX } from '../limits.ts';
import { countBucket } from '../metrics.ts';
import type { Bucket, DeleteMarker, S3State, StoredObject, Tags, Upload } from '../model.ts';
import { tellBus } from './busEvent.ts';
import { type Happened, writeId } from './eventRecord.ts';
import { notify } from './notifying.ts';
import { sizeOfParts } from './uploads.ts';
import { addVersion, idOf, newVersionId, setVersions, sizeOf, versionsOf } from './versions.ts';

export const DEFAULT_TYPE = 'binary/octet-stream';

export interface Written {
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags?: Tags | undefined;
  /** Left out: the MD5 of the body. */
  readonly eTag?: string;
}

/** Refuses what is too large; sizes are this program's own. `freed`: bytes that go meanwhile. */
export function checkRoom(state: S3State, bucket: Bucket, { key, body, metadata }: Written, freed = 0): void {
  if (body.length > OBJECT_BYTES_MAX) {
    throw tooLarge(`It has ${body.length} bytes; here an object has at most ${OBJECT_BYTES_MAX} (128 MB).`);
  }
  const before = bucket.versioning === 'Enabled' ? 0 : (bucket.objects.get(key)?.body.length ?? 0);
  checkWorld(state, body.length - before - freed);
  checkMetadata(metadata);
}

export function checkMetadata(metadata: Written['metadata']): void {
  const size = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + utf8Length(name) + utf8Length(value),
    0,
  );
  if (size > METADATA_BYTES_MAX) throw metadataTooLarge();
}

/** Is there room for so many bytes more? */
export function checkWorld(state: S3State, more: number): void {
  if (state.bytes + more > WORLD_BYTES_MAX) {
    throw tooLarge(
      `All objects of this world together have ${state.bytes} bytes; there is room for ${WORLD_BYTES_MAX} (512 MB).`,
    );
  }
}

/** Byte-seconds up to now, before the number of bytes changes. */
export function accrue(state: S3State, now: S3State['storedAt']): void {
  state.byteSeconds += (state.bytes * (now - state.storedAt)) / 1_000;
  state.storedAt = now;
}

function resize(state: S3State, bucket: Bucket, by: number, now: S3State['storedAt']): void {
  accrue(state, now);
  state.bytes += by;
  bucket.bytes += by;
}

/** Given up or complete: its parts are gone. */
export function dropUpload({ state, now }: Context<S3State>, upload: Upload): void {
  accrue(state, now);
  state.uploads.delete(upload.id);
  state.bytes -= sizeOfParts(upload);
}

/** `eventName`: `ObjectCreated:Put`. The caller's bytes are copied. */
export function write(
  context: Context<S3State>,
  bucket: Bucket,
  written: Written,
  eventName: string,
): StoredObject {
  const { state, now, caller } = context;
  const { key } = written;
  const body = written.body.slice();
  const sequence = ++state.objectsMade;
  const stored: StoredObject = Object.freeze({
    key,
    body,
    eTag: written.eTag ?? md5Hex(body),
    modified: now,
    contentType: written.contentType,
    metadata: Object.freeze({ ...written.metadata }),
    sequence,
    ...(bucket.versioning === 'Enabled' && { versionId: newVersionId(state, sequence) }),
    ...(written.tags !== undefined && { tags: Object.freeze({ ...written.tags }) }),
  });
  const gone = addVersion(bucket, stored).reduce((sum, version) => sum + sizeOf(version), 0);
  resize(state, bucket, body.length - gone, now);
  bucket.newest = Object.freeze({ key, size: body.length, eTag: stored.eTag, at: now });
  bucket.counters.puts++;
  state.putRequests++;
  countTraffic(bucket.incoming, now);
  countBucket(state, bucket, now, 'PutRequests');
  countBucket(state, bucket, now, 'BytesUploaded', body.length);
  emit(context, {
    type: 's3/ObjectCreated',
    by: caller.by,
    bucket: bucket.name,
    key,
    eventName,
    size: body.length,
    eTag: stored.eTag,
    records: linesOf(body),
    messageId: writeId(state, stored.sequence),
  });
  tell(context, bucket, {
    key,
    eventName,
    size: body.length,
    eTag: stored.eTag,
    sequence: stored.sequence,
    ...(bucket.versioning !== undefined && { versionId: idOf(stored) }),
  });
  return stored;
}

/** Lines of a small text, so that events and conditions can look into an object. */
const LOOK_BYTES = 16_384;
const LOOK_LINES = 100;

function linesOf(body: Uint8Array): readonly string[] {
  if (body.length === 0 || body.length > LOOK_BYTES) return Object.freeze([]);
  const text = utf8Text(body);
  return Object.freeze(
    text === undefined
      ? []
      : text
          .split('\n')
          .filter((line) => line !== '')
          .slice(0, LOOK_LINES),
  );
}

/** What a delete did. Both members: only where the bucket keeps versions. */
export interface Removed {
  readonly VersionId?: string;
  readonly DeleteMarker?: boolean;
}

/** Deleting what is not there is no error, and no event follows. */
export function remove(context: Context<S3State>, bucket: Bucket, key: string, versionId?: string): Removed {
  const { state, now } = context;
  bucket.counters.deletes++;
  countBucket(state, bucket, now, 'DeleteRequests');
  if (versionId !== undefined) return removeVersion(context, bucket, key, versionId);
  if (bucket.versioning !== undefined) return mark(context, bucket, key);
  if (!bucket.objects.has(key)) return {};
  takeAway(context, bucket, key, 'null');
  tell(context, bucket, { key, eventName: 'ObjectRemoved:Delete', sequence: ++state.objectsMade });
  return {};
}

/** Gone for good: what is behind it comes to light. */
function removeVersion(context: Context<S3State>, bucket: Bucket, key: string, versionId: string): Removed {
  const { state } = context;
  const found = versionsOf(bucket, key).find((version) => idOf(version) === versionId);
  const isMarker = found !== undefined && 'isMarker' in found;
  if (found !== undefined) {
    takeAway(context, bucket, key, versionId);
    const sequence = ++state.objectsMade;
    const eventName = 'ObjectRemoved:Delete';
    tell(context, bucket, { key, eventName, sequence, ...(bucket.versioning && { versionId }) });
  }
  if (bucket.versioning === undefined) return {};
  return { VersionId: versionId, ...(isMarker && { DeleteMarker: true }) };
}

function takeAway(context: Context<S3State>, bucket: Bucket, key: string, versionId: string): void {
  const { state, now, caller } = context;
  const all = versionsOf(bucket, key);
  const gone = all.filter((version) => idOf(version) === versionId);
  resize(state, bucket, -gone.reduce((sum, version) => sum + sizeOf(version), 0), now);
  setVersions(
    bucket,
    key,
    all.filter((version) => !gone.includes(version)),
  );
  emit(context, { type: 's3/ObjectDeleted', by: caller.by, bucket: bucket.name, key });
}

/** The objects stay; the marker is the newest version. */
function mark(context: Context<S3State>, bucket: Bucket, key: string): Removed {
  const { state, now, caller } = context;
  const sequence = ++state.objectsMade;
  const marker: DeleteMarker = Object.freeze({
    key,
    modified: now,
    sequence,
    isMarker: true,
    ...(bucket.versioning === 'Enabled' && { versionId: newVersionId(state, sequence) }),
  });
  const wasThere = bucket.objects.has(key);
  const gone = addVersion(bucket, marker).reduce((sum, version) => sum + sizeOf(version), 0);
  resize(state, bucket, -gone, now);
  const versionId = idOf(marker);
  if (wasThere) emit(context, { type: 's3/ObjectDeleted', by: caller.by, bucket: bucket.name, key });
  const eventName = 'ObjectRemoved:DeleteMarkerCreated';
  tell(context, bucket, { key, eventName, eTag: EMPTY, versionId, sequence });
  return { VersionId: versionId, DeleteMarker: true };
}

/** UNSURE: that notifications of delete markers carry the MD5 of nothing. */
const EMPTY = 'd41d8cd98f00b204e9800998ecf8427e';

export function tell(context: Context<S3State>, bucket: Bucket, happened: Happened): void {
  notify(context, bucket, happened);
  tellBus(context, bucket, happened);
}
