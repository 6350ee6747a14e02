import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { s3 } from '../../../src/services/s3/index.ts';
import { buckets, put } from '../../support/buckets.ts';

const ADMINISTRATOR = { by: 'you', account: '000000000000', profile: 'default' };
const text = (body: Uint8Array): string => new TextDecoder().decode(body);

describe('a bucket', () => {
  it('holds objects, which are read as they were written', () => {
    const w = buckets();
    put(w, 'a.txt', 'nine byte');
    const { Body, ContentLength, ContentType } = w.call(
      'GetObject',
      { Bucket: 'photos', Key: 'a.txt' },
      's3',
    );
    expect([text(Body), ContentLength, ContentType]).toEqual(['nine byte', 9, 'binary/octet-stream']);
  });

  it('gives an object the MD5 of its bytes as eTag', () => {
    const w = buckets();
    expect(put(w, 'hello', 'hello').ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const refusal = w.refusal(
      'PutObject',
      { Bucket: 'photos', Key: 'hello', Body: 'other', ContentMD5: 'XUFAKrxLKna5cZ2REBfFkg==' },
      's3',
    );
    expect(refusal.code).toBe('BadDigest');
  });

  it('keeps its own copy of the bytes', () => {
    const w = buckets();
    const Body = new TextEncoder().encode('before');
    w.call('PutObject', { Bucket: 'photos', Key: 'a', Body }, 's3');
    Body.fill(0x61);
    expect(text(w.call('GetObject', { Bucket: 'photos', Key: 'a' }, 's3').Body)).toBe('before');
  });

  it('lists keys in order, folded and in pages', () => {
    const w = buckets();
    for (const key of ['b/2', 'a', 'b/1', 'c', 'b/3', 'd']) put(w, key);
    const list = (more: object) => w.call('ListObjectsV2', { Bucket: 'photos', ...more }, 's3');
    const keys = (page: { Contents?: { Key: string }[] }) => (page.Contents ?? []).map(({ Key }) => Key);
    expect(keys(list({}))).toEqual(['a', 'b/1', 'b/2', 'b/3', 'c', 'd']);
    const first = list({ Delimiter: '/', MaxKeys: 2 });
    expect([keys(first), first.CommonPrefixes, first.IsTruncated, first.KeyCount]).toEqual([
      ['a'],
      [{ Prefix: 'b/' }],
      true,
      2,
    ]);
    const second = list({ Delimiter: '/', MaxKeys: 2, ContinuationToken: first.NextContinuationToken });
    expect([keys(second), second.CommonPrefixes, second.IsTruncated]).toEqual([['c', 'd'], undefined, false]);
    expect(keys(list({ Prefix: 'b/', StartAfter: 'b/1' }))).toEqual(['b/2', 'b/3']);
  });

  it('is deleted only when it is empty', () => {
    const w = buckets();
    put(w, 'a');
    expect(w.refusal('DeleteBucket', { Bucket: 'photos' }, 's3')).toMatchObject({
      code: 'BucketNotEmpty',
      httpStatus: 409,
      message: 'The bucket you tried to delete is not empty',
    });
    w.call('DeleteObjects', { Bucket: 'photos', Delete: { Objects: [{ Key: 'a' }, { Key: 'none' }] } }, 's3');
    w.call('DeleteBucket', { Bucket: 'photos' }, 's3');
    expect(w.refusal('PutObject', { Bucket: 'photos', Key: 'a' }, 's3').code).toBe('NoSuchBucket');
  });

  it('copies an object, and tells what is not there', () => {
    const w = buckets();
    put(w, 'a b.txt', 'one');
    w.call('CopyObject', { Bucket: 'photos', Key: 'copy', CopySource: 'photos/a%20b.txt' }, 's3');
    expect(text(w.call('GetObject', { Bucket: 'photos', Key: 'copy' }, 's3').Body)).toBe('one');
    expect(w.refusal('GetObject', { Bucket: 'photos', Key: 'none' }, 's3')).toMatchObject({
      code: 'NoSuchKey',
      message: 'The specified key does not exist.',
      httpStatus: 404,
    });
    expect(w.refusal('HeadObject', { Bucket: 'photos', Key: 'none' }, 's3')).toMatchObject({
      code: '404',
      message: 'Not Found',
    });
  });

  it('has a name that nobody else has', () => {
    const w = buckets();
    w.call('CreateBucket', { Bucket: 'photos' }, 's3');
    expect(w.refusal('CreateBucket', { Bucket: 'No' }, 's3').code).toBe('InvalidBucketName');
    w.as({ account: '111111111111', profile: 'partner' });
    expect(w.refusal('CreateBucket', { Bucket: 'photos' }, 's3').code).toBe('BucketAlreadyExists');
  });

  it('lets another account in when its policy says so', () => {
    const w = buckets();
    put(w, 'a', 'secret');
    const partner = { account: '111111111111', profile: 'partner' };
    const read = { Bucket: 'photos', Key: 'a' };
    expect(w.as(partner).refusal('GetObject', read, 's3').code).toBe('AccessDenied');
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::photos/*',
        },
      ],
    });
    w.as(ADMINISTRATOR).call('PutBucketPolicy', { Bucket: 'photos', Policy }, 's3');
    expect(text(w.as(partner).call('GetObject', read, 's3').Body)).toBe('secret');
    expect(w.refusal('PutObject', read, 's3').code).toBe('AccessDenied');
    w.as(ADMINISTRATOR);
    const foreign = Policy.replace('photos/*', 'others/*');
    expect(w.refusal('PutBucketPolicy', { Bucket: 'photos', Policy: foreign }, 's3').message).toBe(
      'Policy has invalid resource',
    );
  });

  it('refuses by name what is not modelled', () => {
    const w = buckets();
    const refusal = w.refusal('PutObject', { Bucket: 'photos', Key: 'a', StorageClass: 'GLACIER' }, 's3');
    expect([refusal.message, refusal.why]).toEqual([
      'not modelled: StorageClass',
      'all objects are STANDARD',
    ]);
  });

  it('can be looked into', () => {
    const w = buckets();
    put(w, 'b');
    put(w, 'a', 'line 1\nline 2\n');
    const state = w.simulation.stateOf('s3');
    expect(s3.objects!(state, 'bucket/photos', 0, 10).map(({ key, size }) => [key, size])).toEqual([
      ['a', 14],
      ['b', 1],
    ]);
    expect(text(s3.object!(state, 'bucket/photos', 'a')!.body)).toBe('line 1\nline 2\n');
    expect(w.events('s3/ObjectCreated')[1]).toMatchObject({ key: 'a', records: ['line 1', 'line 2'] });
    expect(w.view('s3')[0]?.fields).toMatchObject({ objects: 2, bytes: 15, newest: { key: 'a' } });
  });

  it('costs by what it holds, over time', () => {
    const w = buckets();
    put(w, 'a', 'x'.repeat(1_000));
    w.after(seconds(100));
    w.call('DeleteObject', { Bucket: 'photos', Key: 'a' }, 's3');
    w.after(seconds(100));
    const usage = s3.usage(w.simulation.stateOf('s3'), w.now);
    expect(usage).toEqual([
      { item: 's3/put-requests', quantity: 1 },
      { item: 's3/storage', quantity: 100_000 },
    ]);
  });
});

describe('a part of an object, or an object on a condition', () => {
  const one = { Bucket: 'photos', Key: 'a.txt' };
  const world = () => {
    const w = buckets();
    return { w, eTag: put(w, 'a.txt', 'hello world').ETag as string };
  };

  it.each([
    ['bytes=2-4', 'llo', 'bytes 2-4/11'],
    ['bytes=6-', 'world', 'bytes 6-10/11'],
    ['bytes=-3', 'rld', 'bytes 8-10/11'],
    ['bytes=6-99', 'world', 'bytes 6-10/11'],
    ['bytes=4-2', 'hello world', undefined],
    ['bytes=0-1,3-4', 'hello world', undefined],
  ])('%s gives %s', (Range, content, range) => {
    const { Body, ContentRange, ContentLength } = world().w.call('GetObject', { ...one, Range }, 's3');
    expect([text(Body), ContentRange, ContentLength]).toEqual([content, range, content.length]);
  });

  it('cannot begin behind its end', () => {
    expect(world().w.refusal('GetObject', { ...one, Range: 'bytes=11-' }, 's3').code).toBe('InvalidRange');
  });

  it('is read or not by its ETag and its time', () => {
    const { w, eTag } = world();
    expect(w.refusal('GetObject', { ...one, IfNoneMatch: eTag }, 's3').httpStatus).toBe(304);
    expect(w.refusal('HeadObject', { ...one, IfMatch: '"x"' }, 's3').code).toBe('PreconditionFailed');
    expect(text(w.call('GetObject', { ...one, IfMatch: eTag, IfNoneMatch: '"x"' }, 's3').Body)).toBe(
      'hello world',
    );
    expect(w.refusal('GetObject', { ...one, IfUnmodifiedSince: 0 }, 's3').code).toBe('PreconditionFailed');
  });

  it('is written only where nothing is, or over what is known', () => {
    const { w, eTag } = world();
    const put = { ...one, Body: 'new' };
    expect(w.refusal('PutObject', { ...put, IfNoneMatch: '*' }, 's3').httpStatus).toBe(412);
    expect(w.refusal('PutObject', { ...put, Key: 'b', IfMatch: eTag }, 's3').code).toBe('NoSuchKey');
    w.call('PutObject', { ...put, IfMatch: eTag }, 's3');
    expect(w.refusal('PutObject', { ...put, IfMatch: eTag }, 's3').code).toBe('PreconditionFailed');
  });
});

describe('the elder listing', () => {
  it('goes on behind the last key, and names a marker only with a delimiter', () => {
    const w = buckets();
    for (const key of ['a', 'b/1', 'b/2', 'c']) put(w, key, key);
    const list = (more: object) => w.call('ListObjects', { Bucket: 'photos', MaxKeys: 2, ...more }, 's3');
    const first = list({});
    expect(first.Contents.map(({ Key }: { Key: string }) => Key)).toEqual(['a', 'b/1']);
    expect(first.IsTruncated && first.NextMarker === undefined).toBe(true);
    expect(list({ Marker: 'b/1' }).Contents.map(({ Key }: { Key: string }) => Key)).toEqual(['b/2', 'c']);
    const folded = list({ Delimiter: '/' });
    expect([folded.CommonPrefixes, folded.NextMarker]).toEqual([[{ Prefix: 'b/' }], 'b/']);
    expect(list({ Delimiter: '/', Marker: 'b/' }).Contents.map(({ Key }: { Key: string }) => Key)).toEqual([
      'c',
    ]);
  });

  it('is not needed to learn where a bucket is', () => {
    expect(buckets().call('GetBucketLocation', { Bucket: 'photos' }, 's3')).toEqual({});
  });
});
