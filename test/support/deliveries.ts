/** What tests about delivery streams do: a world of Firehose with its neighbours, and a bucket that is easy to read. */

import { ServiceError } from '../../src/contract/errors.ts';
import type { Operation } from '../../src/contract/operation.ts';
import type { ServiceDefinition } from '../../src/contract/service.ts';
import { defineService } from '../../src/contract/service.ts';
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { milliseconds, seconds } from '../../src/engine/units.ts';
import { apps } from '../../src/services/apps/index.ts';
import { faults } from '../../src/services/faults/index.ts';
import { firehose } from '../../src/services/firehose/index.ts';
import { glue } from '../../src/services/glue/index.ts';
import { iam } from '../../src/services/iam/index.ts';
import { kinesis } from '../../src/services/kinesis/index.ts';
import { kms } from '../../src/services/kms/index.ts';
import { lambda } from '../../src/services/lambda/index.ts';
import { sns } from '../../src/services/sns/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { type Output, type World, world } from './world.ts';

export const ACCOUNT = '000000000000';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/firehose`;

/** Takes what PutObject brings: enough of S3 for what Firehose asks of it. `closed` buckets refuse. */
interface Shelf {
  readonly objects: Map<string, Uint8Array>;
  readonly closed: Set<string>;
}

const take = (name: string, handle: (state: Shelf, input: Readonly<Record<string, unknown>>) => object) =>
  ({
    name,
    service: 's3',
    input: { type: 'structure', name: `${name}Input`, members: [] },
    output: { type: 'structure', name: `${name}Output`, members: [] },
    summary: '',
    members: {},
    handle: ({ state }: { state: Shelf }, input: Readonly<Record<string, unknown>>) => handle(state, input),
  }) as unknown as Operation<Shelf, object>;

const shelf = defineService({
  name: 's3',
  title: 'S3',
  kind: 'aws',
  summary: 'A shelf.',
  operations: [
    take('PutObject', ({ objects, closed }, { Bucket, Key, Body }) => {
      if (closed.has(String(Bucket))) {
        throw new ServiceError('AccessDenied', 'Access Denied', { httpStatus: 403 });
      }
      objects.set(`${String(Bucket)}/${String(Key)}`, Body as Uint8Array);
      return {};
    }),
    take('Close', ({ closed }, { Bucket }) => {
      closed.add(String(Bucket));
      return {};
    }),
    take('Open', ({ closed }, { Bucket }) => {
      closed.delete(String(Bucket));
      return {};
    }),
  ],
  create: (): Shelf => ({ objects: new Map(), closed: new Set() }),
  due: () => undefined,
  latency: () => milliseconds(0),
  view: () => [],
} satisfies ServiceDefinition<Shelf>);

export const deliveries = (settings: Partial<AwsWorldSettings> = {}): World =>
  world(settings, [sqs, apps, faults, iam, kms, sns, kinesis, lambda, shelf, glue, firehose]);

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (data: Uint8Array): string => new TextDecoder().decode(data);

/** What a delivery stream to the bucket `lake` needs. */
export const toBucket = (more: object = {}): object => ({
  ExtendedS3DestinationConfiguration: { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::lake', ...more },
});

/** Makes a stream and waits until it is active. */
export function delivery(w: World, more: object = toBucket(), name = 'clicks'): void {
  w.call('CreateDeliveryStream', { DeliveryStreamName: name, ...more }, 'firehose');
  w.after(seconds(21));
}

export const putText = (w: World, text: string, name = 'clicks'): Output =>
  w.call('PutRecord', { DeliveryStreamName: name, Record: { Data: bytesOf(text) } }, 'firehose');

export const putSize = (w: World, size: number, name = 'clicks'): Output =>
  w.call('PutRecord', { DeliveryStreamName: name, Record: { Data: new Uint8Array(size) } }, 'firehose');

/** Objects by key, in the order in which they were written; of a folder only if one is given. */
export function objects(w: World, bucket = 'lake', folder = ''): Map<string, Uint8Array> {
  const { objects: all } = w.simulation.stateOf('s3') as Shelf;
  const start = `${bucket}/${folder}`;
  return new Map(
    [...all]
      .filter(([key]) => key.startsWith(start))
      .map(([key, body]) => [key.slice(bucket.length + 1), body]),
  );
}

export const texts = (w: World, bucket = 'lake', folder = ''): string[] =>
  [...objects(w, bucket, folder).values()].map(textOf);

export const figures = (w: World, name = 'clicks'): Output =>
  w.view('firehose').find(({ id }) => id === `delivery/${name}`)?.fields;

/** Every byte that came in is in exactly one place. */
export function balance(w: World, name = 'clicks'): { readonly in: number; readonly out: number } {
  const of = figures(w, name);
  return {
    in: of.bytes,
    out: of.deliveredBytes + of.failedBytes + of.droppedBytes + of.lostBytes + of.bufferedBytes,
  };
}
