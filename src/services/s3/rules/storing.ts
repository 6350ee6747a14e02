/** Writing and deleting objects, and what follows from it. */
import { md5Hex } from '../../../contract/md5.ts';
import { utf8Length, utf8Text } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { metadataTooLarge, tooLarge } from '../errors.ts';
import { emit } from '../events.ts';
import { METADATA_BYTES_MAX, OBJECT_BYTES_MAX, WORLD_BYTES_MAX } from '../limits.ts';
import { countBucket } from '../metrics.ts';
import type { Bucket, S3State, StoredObject } from '../model.ts';
import { tellBus } from './busEvent.ts';
import { type Happened, writeId } from './eventRecord.ts';
import { notify } from './notifying.ts';

export interface Written {
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Refuses what is too large; sizes are this program's own. */
export function checkRoom(state: S3State, bucket: Bucket, { key, body, metadata }: Written): void {
  if (body.length > OBJECT_BYTES_MAX) {
    throw tooLarge(`It has ${body.length} bytes; here an object has at most ${OBJECT_BYTES_MAX} (128 MB).`);
  }
  const before = bucket.objects.get(key)?.body.length ?? 0;
  if (state.bytes - before + body.length > WORLD_BYTES_MAX) {
    throw tooLarge(
      `All objects of this world together have ${state.bytes} bytes; there is room for ${WORLD_BYTES_MAX} (512 MB).`,
    );
  }
  const size = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + utf8Length(name) + utf8Length(value),
    0,
  );
  if (size > METADATA_BYTES_MAX) throw metadataTooLarge();
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
  const before = bucket.objects.get(key)?.body.length ?? 0;
  const stored: StoredObject = Object.freeze({
    key,
    body,
    eTag: md5Hex(body),
    modified: now,
    contentType: written.contentType,
    metadata: Object.freeze({ ...written.metadata }),
    sequence: ++state.objectsMade,
  });
  resize(state, bucket, body.length - before, now);
  bucket.objects.set(key, stored);
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

/** Deleting what is not there is no error, and no event follows. */
export function remove(context: Context<S3State>, bucket: Bucket, key: string): void {
  const { state, now, caller } = context;
  const before = bucket.objects.get(key);
  bucket.counters.deletes++;
  countBucket(state, bucket, now, 'DeleteRequests');
  if (before === undefined) return;
  resize(state, bucket, -before.body.length, now);
  bucket.objects.delete(key);
  emit(context, { type: 's3/ObjectDeleted', by: caller.by, bucket: bucket.name, key });
  tell(context, bucket, { key, eventName: 'ObjectRemoved:Delete', sequence: ++state.objectsMade });
}

function tell(context: Context<S3State>, bucket: Bucket, happened: Happened): void {
  notify(context, bucket, happened);
  tellBus(context, bucket, happened);
}
