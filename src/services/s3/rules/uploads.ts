/** Multipart uploads: found, and put together. Amazon S3 User Guide, Uploading and copying objects using multipart upload. */
import type { CompletedPart } from '@aws-sdk/client-s3';
import { md5Hex } from '../../../contract/md5.ts';
import {
  invalidArgument,
  invalidPart,
  invalidPartOrder,
  malformedXml,
  noSuchUpload,
  partTooSmall,
} from '../errors.ts';
import { PART_BYTES_MIN, PARTS_MAX } from '../limits.ts';
import type { Bucket, S3State, Upload, UploadedPart } from '../model.ts';

/** Throws NoSuchUpload. */
export function uploadOf(state: S3State, bucket: Bucket, key: string, id: string): Upload {
  const upload = state.uploads.get(id);
  if (upload === undefined || upload.bucket !== bucket.name || upload.key !== key) throw noSuchUpload();
  return upload;
}

export function checkPartNumber(number: number): void {
  if (!Number.isInteger(number) || number < 1 || number > PARTS_MAX) {
    throw invalidArgument(`Part number must be an integer between 1 and ${PARTS_MAX}, inclusive`, {
      argument: ['partNumber', String(number)],
    });
  }
}

export const sizeOfParts = ({ parts }: Upload): number =>
  [...parts.values()].reduce((sum, { body }) => sum + body.length, 0);

/** The parts that the caller names, in its order. Throws MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall. */
export function namedParts(upload: Upload, named: readonly CompletedPart[]): readonly UploadedPart[] {
  if (named.length === 0 || named.some(({ PartNumber }) => PartNumber === undefined)) throw malformedXml();
  if (named.some(({ PartNumber }, index) => index > 0 && PartNumber! <= named[index - 1]!.PartNumber!)) {
    throw invalidPartOrder();
  }
  const parts = named.map(({ PartNumber, ETag }) => {
    const part = upload.parts.get(PartNumber!);
    if (part === undefined) throw invalidPart(`There is no part ${PartNumber}.`);
    if (ETag !== undefined && ETag.replaceAll('"', '') !== part.eTag) {
      throw invalidPart(`Part ${PartNumber} has the ETag "${part.eTag}", not ${ETag}.`);
    }
    return part;
  });
  const small = parts.slice(0, -1).find(({ body }) => body.length < PART_BYTES_MIN);
  if (small !== undefined) {
    throw partTooSmall(
      `Part ${small.number} has ${small.body.length} bytes; every part but the last has at least ${PART_BYTES_MIN} (5 MB).`,
    );
  }
  return parts;
}

export function joined(parts: readonly UploadedPart[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { body }) => sum + body.length, 0));
  let at = 0;
  for (const { body } of parts) {
    whole.set(body, at);
    at += body.length;
  }
  return whole;
}

/** The MD5 of the MD5s, and how many they are. */
export function eTagOf(parts: readonly UploadedPart[]): string {
  const digests = parts.flatMap(({ eTag }) =>
    Array.from({ length: eTag.length / 2 }, (_, at) => Number.parseInt(eTag.slice(2 * at, 2 * at + 2), 16)),
  );
  return `${md5Hex(Uint8Array.from(digests))}-${parts.length}`;
}
