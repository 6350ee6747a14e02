/** Notifications as S3 writes them. Amazon S3 User Guide, Event message structure. */
import { uniqueId } from '../../../contract/identity.ts';
import { toUtcText } from '../../../contract/isoTime.ts';
import { md5Hex } from '../../../contract/md5.ts';
import { messageId } from '../../../contract/messageId.ts';
import { SOURCE_IP } from '../../../contract/requestKeys.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import type { Caller } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import { type Bucket, bucketArn, type S3State } from '../model.ts';

export interface Happened {
  readonly key: string;
  /** `ObjectCreated:Put`. */
  readonly eventName: string;
  readonly size?: number;
  readonly eTag?: string;
  readonly sequence: number;
  /** Only where the bucket keeps versions. */
  readonly versionId?: string;
}

const REQUEST_IDS = 0x53;
export const newRequestId = (state: S3State): string =>
  messageId(state.seed, state.requestsMade++, REQUEST_IDS)
    .replaceAll('-', '')
    .slice(0, 16)
    .toUpperCase();

const WRITE_IDS = 0x57;
/** Ours: what a write of an object is known by in its story. */
export const writeId = (state: Pick<S3State, 'seed'>, sequence: number): string =>
  messageId(state.seed, sequence, WRITE_IDS);

const hostId = (requestId: string): string => md5Hex(requestId);

const PLAIN = /[A-Za-z0-9\-_.*/]/u;

/** As in a form: a space is a plus, the rest in percent signs; slashes stay. */
export function encodedKey(key: string): string {
  let text = '';
  for (const byte of utf8Bytes(key)) {
    const character = String.fromCharCode(byte);
    if (byte < 0x80 && PLAIN.test(character)) text += character;
    else text += byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

/** Of one key the later is the greater, as texts of the same length. */
export const sequencerOf = (at: number, sequence: number): string =>
  `${at.toString(16).toUpperCase().padStart(12, '0')}${(sequence % 0x1_0000).toString(16).toUpperCase().padStart(4, '0')}`;

export function eventBody(
  state: S3State,
  bucket: Bucket,
  configurationId: string,
  happened: Happened,
  now: Instant,
  caller: Caller,
): string {
  const { key, eventName, size, eTag, sequence, versionId } = happened;
  const requestId = newRequestId(state);
  const ownerId = uniqueId('AIDA', bucket.account, 'owner');
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: state.region,
    eventTime: toUtcText(state.epoch + now),
    eventName,
    userIdentity: { principalId: `AWS:${uniqueId('AIDA', caller.account, caller.profile)}` },
    requestParameters: { sourceIPAddress: SOURCE_IP },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: ownerId.slice(4) },
        arn: bucketArn(bucket.name),
      },
      object: {
        key: encodedKey(key),
        ...(size !== undefined && { size }),
        ...(eTag !== undefined && { eTag }),
        ...(versionId !== undefined && { versionId }),
        sequencer: sequencerOf(state.epoch + now, sequence),
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

export function testBody(state: S3State, bucket: string, now: Instant): string {
  const requestId = newRequestId(state);
  return JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: toUtcText(state.epoch + now),
    Bucket: bucket,
    RequestId: requestId,
    HostId: hostId(requestId),
  });
}
