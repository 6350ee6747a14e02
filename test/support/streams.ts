/** Streams for tests: a world with Kinesis, and what most tests about streams do. */

import type { CatalogEntry } from '../../src/contract/service.ts';
import { utf8Bytes, utf8Text } from '../../src/contract/text.ts';
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { seconds } from '../../src/engine/units.ts';
import { iam } from '../../src/services/iam/index.ts';
import { kinesis } from '../../src/services/kinesis/index.ts';
import { kms } from '../../src/services/kms/index.ts';
import { sts } from '../../src/services/sts/index.ts';
import { type Output, World } from './world.ts';

const ENTRIES: readonly CatalogEntry[] = [kinesis, iam, kms, sts];

export class Streams extends World {
  constructor(settings: Partial<AwsWorldSettings> = {}, more: readonly CatalogEntry[] = []) {
    super(settings, [...ENTRIES, ...more]);
  }

  ask(operation: string, input: object = {}): Output {
    return this.call(operation, input, 'kinesis');
  }

  refused(operation: string, input: object = {}): { readonly code: string; readonly message: string } {
    const { code, message } = this.refusal(operation, input, 'kinesis');
    return { code, message };
  }

  /** A stream that is ACTIVE. Without a number of shards it is on demand. */
  stream(name = 's', shards?: number, more: object = {}): this {
    this.ask('CreateStream', {
      StreamName: name,
      ...(shards !== undefined && { ShardCount: shards }),
      ...more,
    });
    this.after(seconds(5));
    return this;
  }

  put(key: string, text = key, stream = 's'): Output {
    return this.ask('PutRecord', { StreamName: stream, PartitionKey: key, Data: utf8Bytes(text) });
  }

  iterator(shard: number, type = 'TRIM_HORIZON', more: object = {}, stream = 's'): string {
    return this.ask('GetShardIterator', {
      StreamName: stream,
      ShardId: `shardId-${String(shard).padStart(12, '0')}`,
      ShardIteratorType: type,
      ...more,
    }).ShardIterator;
  }

  read(iterator: string, Limit?: number): Output {
    return this.ask('GetRecords', { ShardIterator: iterator, ...(Limit !== undefined && { Limit }) });
  }

  texts(iterator: string): string[] {
    return this.read(iterator).Records.map(({ Data }: { Data: Uint8Array }) => utf8Text(Data));
  }

  shards(stream = 's'): Output[] {
    return this.ask('ListShards', { StreamName: stream }).Shards;
  }
}

export const streams = (settings: Partial<AwsWorldSettings> = {}): Streams => new Streams(settings);
