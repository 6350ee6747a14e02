import { describe, expect, it } from 'vitest';
import { buckets, put } from '../../support/buckets.ts';
import type { World } from '../../support/world.ts';

const MB = 1_048_576;
const part = (letter: string, size: number): Uint8Array => new Uint8Array(size).fill(letter.charCodeAt(0));
const OBJECT = { Bucket: 'photos', Key: 'film' } as const;

const begin = (w: World, more: object = {}): string =>
  w.call('CreateMultipartUpload', { ...OBJECT, ...more }, 's3').UploadId;
const send = (w: World, UploadId: string, PartNumber: number, Body: Uint8Array | string): string =>
  w.call('UploadPart', { ...OBJECT, UploadId, PartNumber, Body }, 's3').ETag;
const complete = (UploadId: string, parts: readonly (readonly [number, string])[]) => ({
  ...OBJECT,
  UploadId,
  MultipartUpload: { Parts: parts.map(([PartNumber, ETag]) => ({ PartNumber, ETag })) },
});

describe('a multipart upload', () => {
  it('becomes one object of its parts in order, whose ETag says how many they were', () => {
    const w = buckets();
    const id = begin(w, { ContentType: 'video/mp4', Metadata: { a: 'b' }, Tagging: 'kind=film' });
    const second = send(w, id, 2, 'end');
    const first = send(w, id, 1, part('a', 5 * MB));
    const { ETag, Location } = w.call(
      'CompleteMultipartUpload',
      complete(id, [
        [1, first],
        [2, second],
      ]),
      's3',
    );
    // The MD5 of both MD5s.
    expect([ETag, Location]).toEqual([
      expect.stringMatching(/^"[0-9a-f]{32}-2"$/u),
      'https://photos.s3.us-east-1.amazonaws.com/film',
    ]);
    const got = w.call('GetObject', OBJECT, 's3');
    expect([got.ContentLength, got.ContentType, got.Metadata, got.TagCount, got.ETag]).toEqual([
      5 * MB + 3,
      'video/mp4',
      { a: 'b' },
      1,
      ETag,
    ]);
    expect(new TextDecoder().decode(got.Body.subarray(-4))).toBe('aend');
    const again = w.refusal('CompleteMultipartUpload', complete(id, [[1, first]]), 's3');
    expect([again.code, again.httpStatus]).toEqual(['NoSuchUpload', 404]);
  });

  it('has the ETag that AWS gives: the MD5 of the MD5s', () => {
    const w = buckets();
    const id = begin(w);
    const only = send(w, id, 1, 'hello');
    // md5(unhex(md5('hello')))
    expect(w.call('CompleteMultipartUpload', complete(id, [[1, only]]), 's3').ETag).toBe(
      '"62109206880d38a4010a98e11243924a-1"',
    );
  });

  it('is refused with parts out of order, unknown, other than sent, or too small', () => {
    const w = buckets();
    const id = begin(w);
    const [a, b] = [send(w, id, 1, 'small'), send(w, id, 2, 'small too')];
    const code = (parts: readonly (readonly [number, string])[]) =>
      w.refusal('CompleteMultipartUpload', complete(id, parts), 's3').code;
    expect(
      code([
        [2, b],
        [1, a],
      ]),
    ).toBe('InvalidPartOrder');
    expect(
      code([
        [1, a],
        [3, b],
      ]),
    ).toBe('InvalidPart');
    expect(code([[1, b]])).toBe('InvalidPart');
    expect(
      code([
        [1, a],
        [2, b],
      ]),
    ).toBe('EntityTooSmall');
    expect(code([])).toBe('MalformedXML');
    const bad = w.refusal('UploadPart', { ...OBJECT, UploadId: id, PartNumber: 10_001, Body: '' }, 's3');
    expect([bad.message, bad.members]).toEqual([
      'Part number must be an integer between 1 and 10000, inclusive',
      { ArgumentName: 'partNumber', ArgumentValue: '10001' },
    ]);
  });

  it('is listed with its parts in pages, and is gone once it is given up', () => {
    const w = buckets();
    const id = begin(w);
    for (const number of [3, 1, 2]) send(w, id, number, `part ${number}`);
    send(w, id, 2, 'again');
    const page = w.call('ListParts', { ...OBJECT, UploadId: id, MaxParts: 2 }, 's3');
    expect(
      page.Parts.map(({ PartNumber, Size }: { PartNumber: number; Size: number }) => [PartNumber, Size]),
    ).toEqual([
      [1, 6],
      [2, 5],
    ]);
    const rest = w.call(
      'ListParts',
      { ...OBJECT, UploadId: id, PartNumberMarker: page.NextPartNumberMarker },
      's3',
    );
    expect([page.IsTruncated, rest.IsTruncated, rest.Parts.length]).toEqual([true, false, 1]);
    w.call('CreateMultipartUpload', { Bucket: 'photos', Key: 'a/b' }, 's3');
    const listed = w.call('ListMultipartUploads', { Bucket: 'photos', Delimiter: '/' }, 's3');
    expect([listed.Uploads.length, listed.Uploads[0].UploadId, listed.CommonPrefixes]).toEqual([
      1,
      id,
      [{ Prefix: 'a/' }],
    ]);
    w.call('AbortMultipartUpload', { ...OBJECT, UploadId: id }, 's3');
    expect(w.refusal('ListParts', { ...OBJECT, UploadId: id }, 's3').code).toBe('NoSuchUpload');
    expect(w.refusal('GetObject', OBJECT, 's3').code).toBe('NoSuchKey');
  });

  it('takes parts from other objects, by their bytes', () => {
    const w = buckets();
    put(w, 'source', 'abcdefgh');
    const id = begin(w);
    const copy = { ...OBJECT, UploadId: id, PartNumber: 1, CopySource: 'photos/source' };
    const bad = w.refusal('UploadPartCopy', { ...copy, CopySourceRange: 'bytes=0-8' }, 's3');
    expect(bad.message).toBe('Range specified is not valid for source object of size: 8');
    const { CopyPartResult } = w.call('UploadPartCopy', { ...copy, CopySourceRange: 'bytes=2-4' }, 's3');
    w.call('CompleteMultipartUpload', complete(id, [[1, CopyPartResult.ETag]]), 's3');
    expect(new TextDecoder().decode(w.call('GetObject', OBJECT, 's3').Body)).toBe('cde');
  });

  it('tells of the object once, as CompleteMultipartUpload', () => {
    const w = buckets();
    const id = begin(w);
    const only = send(w, id, 1, 'x');
    w.call('CompleteMultipartUpload', complete(id, [[1, only]]), 's3');
    expect(w.events('s3/ObjectCreated').map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:CompleteMultipartUpload',
    ]);
  });
});
