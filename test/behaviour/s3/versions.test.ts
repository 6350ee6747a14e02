import { describe, expect, it } from 'vitest';
import { buckets, put } from '../../support/buckets.ts';
import type { World } from '../../support/world.ts';

const A = { Bucket: 'photos', Key: 'a' } as const;
const text = (body: Uint8Array): string => new TextDecoder().decode(body);
const versioning = (w: World, Status: string) =>
  w.call('PutBucketVersioning', { Bucket: 'photos', VersioningConfiguration: { Status } }, 's3');
const read = (w: World, VersionId?: string): string =>
  text(w.call('GetObject', { ...A, ...(VersionId !== undefined && { VersionId }) }, 's3').Body);
const code = (w: World, operation: string, more: object = {}): string =>
  w.refusal(operation, { ...A, ...more }, 's3').code;

describe('a bucket that keeps versions', () => {
  it('has no status before one was set', () => {
    const w = buckets();
    expect(w.call('GetBucketVersioning', { Bucket: 'photos' }, 's3')).toEqual({});
    expect(put(w, 'a').VersionId).toBeUndefined();
    versioning(w, 'Enabled');
    expect(w.call('GetBucketVersioning', { Bucket: 'photos' }, 's3')).toEqual({ Status: 'Enabled' });
  });

  it('keeps what is replaced, also what was there before as null', () => {
    const w = buckets();
    put(w, 'a', 'zero');
    versioning(w, 'Enabled');
    const one = put(w, 'a', 'one').VersionId;
    const two = put(w, 'a', 'two').VersionId;
    expect([read(w), read(w, one), read(w, two), read(w, 'null')]).toEqual(['two', 'one', 'two', 'zero']);
    const { Versions } = w.call('ListObjectVersions', { Bucket: 'photos' }, 's3');
    expect(Versions.map((v: { VersionId: string; IsLatest: boolean }) => [v.VersionId, v.IsLatest])).toEqual([
      [two, true],
      [one, false],
      ['null', false],
    ]);
    expect(code(w, 'GetObject', { VersionId: 'other' })).toBe('NoSuchVersion');
  });

  it('hides a deleted object behind a marker, which can be taken away', () => {
    const w = buckets();
    versioning(w, 'Enabled');
    const one = put(w, 'a', 'one').VersionId;
    const marker = w.call('DeleteObject', A, 's3');
    expect(marker).toEqual({ DeleteMarker: true, VersionId: expect.any(String) });
    expect([code(w, 'GetObject'), code(w, 'GetObject', { VersionId: marker.VersionId })]).toEqual([
      'NoSuchKey',
      'MethodNotAllowed',
    ]);
    expect(read(w, one)).toBe('one');
    expect(w.call('ListObjectsV2', { Bucket: 'photos' }, 's3').KeyCount).toBe(0);
    expect(w.refusal('DeleteBucket', { Bucket: 'photos' }, 's3').code).toBe('BucketNotEmpty');
    expect(w.call('DeleteObject', { ...A, VersionId: marker.VersionId }, 's3').DeleteMarker).toBe(true);
    expect(read(w)).toBe('one');
    w.call('DeleteObjects', { Bucket: 'photos', Delete: { Objects: [{ Key: 'a', VersionId: one }] } }, 's3');
    w.call('DeleteBucket', { Bucket: 'photos' }, 's3');
  });

  it('shows the version behind one that is deleted for good', () => {
    const w = buckets();
    versioning(w, 'Enabled');
    put(w, 'a', 'one');
    const two = put(w, 'a', 'two').VersionId;
    w.call('DeleteObject', { ...A, VersionId: two }, 's3');
    expect(read(w)).toBe('one');
  });

  it('writes over null alone while it is suspended', () => {
    const w = buckets();
    versioning(w, 'Enabled');
    const one = put(w, 'a', 'one').VersionId;
    versioning(w, 'Suspended');
    expect(put(w, 'a', 'two').VersionId).toBe('null');
    put(w, 'a', 'three');
    const { Versions } = w.call('ListObjectVersions', { Bucket: 'photos' }, 's3');
    expect(Versions.map((v: { VersionId: string }) => v.VersionId)).toEqual(['null', one]);
    expect(w.call('DeleteObject', A, 's3')).toEqual({ DeleteMarker: true, VersionId: 'null' });
    expect(read(w, one)).toBe('one');
  });

  it('lists versions in pages that leave none out', () => {
    const w = buckets();
    versioning(w, 'Enabled');
    for (const key of ['a', 'b', 'a', 'c/1', 'c/2', 'a']) put(w, key);
    w.call('DeleteObject', { Bucket: 'photos', Key: 'b' }, 's3');
    const seen: string[] = [];
    let from: object = {};
    for (let page = 0; page < 9; page++) {
      const asked = { Bucket: 'photos', MaxKeys: 2, Delimiter: '/', ...from };
      const found = w.call('ListObjectVersions', asked, 's3');
      for (const { Key } of [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])]) seen.push(Key);
      for (const { Prefix } of found.CommonPrefixes ?? []) seen.push(Prefix);
      if (!found.IsTruncated) break;
      from = { KeyMarker: found.NextKeyMarker, VersionIdMarker: found.NextVersionIdMarker };
    }
    expect(seen).toEqual(['a', 'a', 'a', 'b', 'b', 'c/']);
  });

  it('is the same after a checkpoint', () => {
    const w = buckets();
    versioning(w, 'Enabled');
    const one = put(w, 'a', 'one').VersionId;
    const image = w.simulation.checkpoint();
    const digest = w.simulation.digest();
    w.call('DeleteObject', A, 's3');
    w.call('DeleteObject', { ...A, VersionId: one }, 's3');
    w.simulation.restore(image);
    expect([w.simulation.digest(), read(w, one)]).toEqual([digest, 'one']);
  });
});

describe('tags', () => {
  it('of an object are set, shown, copied, and taken away', () => {
    const w = buckets();
    w.call('PutObject', { ...A, Body: 'x', Tagging: 'team=a%20b&empty=' }, 's3');
    const tags = (Key = 'a') => w.call('GetObjectTagging', { ...A, Key }, 's3').TagSet;
    expect(tags()).toEqual([
      { Key: 'team', Value: 'a b' },
      { Key: 'empty', Value: '' },
    ]);
    w.call('CopyObject', { Bucket: 'photos', Key: 'b', CopySource: 'photos/a' }, 's3');
    expect(tags('b')).toHaveLength(2);
    w.call('PutObjectTagging', { ...A, Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } }, 's3');
    expect(tags()).toEqual([{ Key: 'k', Value: 'v' }]);
    w.call('DeleteObjectTagging', A, 's3');
    expect(tags()).toEqual([]);
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Key: `${index}`, Value: '' }));
    const refusal = w.refusal('PutObjectTagging', { ...A, Tagging: { TagSet: eleven } }, 's3');
    expect(refusal.message).toBe('Object tags cannot be greater than 10');
  });

  it('of a bucket are none until some are set', () => {
    const w = buckets();
    const Bucket = 'photos';
    expect(w.refusal('GetBucketTagging', { Bucket }, 's3').code).toBe('NoSuchTagSet');
    const TagSet = [{ Key: 'k', Value: 'v' }];
    w.call('PutBucketTagging', { Bucket, Tagging: { TagSet } }, 's3');
    expect(w.call('GetBucketTagging', { Bucket }, 's3')).toEqual({ TagSet });
    const twice = { Bucket, Tagging: { TagSet: [...TagSet, ...TagSet] } };
    expect(w.refusal('PutBucketTagging', twice, 's3').code).toBe('InvalidTag');
    w.call('DeleteBucketTagging', { Bucket }, 's3');
    expect(w.refusal('GetBucketTagging', { Bucket }, 's3').httpStatus).toBe(404);
  });
});

describe('what a bucket has unless one asks otherwise', () => {
  it('is public access blocked, owned objects, and no access control lists', () => {
    const w = buckets();
    const Bucket = 'photos';
    const block = () => w.call('GetPublicAccessBlock', { Bucket }, 's3').PublicAccessBlockConfiguration;
    expect(Object.values(block())).toEqual([true, true, true, true]);
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: true };
    w.call('PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration }, 's3');
    expect([block().BlockPublicAcls, block().BlockPublicPolicy]).toEqual([false, true]);
    w.call('DeletePublicAccessBlock', { Bucket }, 's3');
    expect(w.refusal('GetPublicAccessBlock', { Bucket }, 's3').httpStatus).toBe(404);
    const { Grants } = w.call('GetBucketAcl', { Bucket }, 's3');
    expect(Grants).toHaveLength(1);
    const open = { Bucket, ACL: 'public-read' };
    expect(w.refusal('PutBucketAcl', open, 's3').code).toBe('AccessControlListNotSupported');
    expect(w.refusal('GetBucketCors', { Bucket }, 's3').code).toBe('NoSuchCORSConfiguration');
  });

  it('is listed in pages of buckets', () => {
    const w = buckets();
    for (const Bucket of ['aaa', 'bbb', 'zzz']) w.call('CreateBucket', { Bucket }, 's3');
    const first = w.call('ListBuckets', { MaxBuckets: 3 }, 's3');
    const second = w.call('ListBuckets', { ContinuationToken: first.ContinuationToken }, 's3');
    const names = (page: { Buckets: { Name: string }[] }) => page.Buckets.map(({ Name }) => Name);
    expect([names(first), names(second)]).toEqual([['aaa', 'bbb', 'photos'], ['zzz']]);
  });
});
