import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  bytesOf,
  deliveries,
  delivery,
  figures,
  objects,
  putSize,
  putText,
  ROLE,
  toBucket,
} from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const BACKUP = { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::backup' };
const refusal = (w: World, more: object, name = 'other') =>
  w.refusal('CreateDeliveryStream', { DeliveryStreamName: name, ...more }, 'firehose');
const accepted = (w: World, more: object, name: string) =>
  w.call('CreateDeliveryStream', { DeliveryStreamName: name, ...more }, 'firehose');
const hints = (SizeInMBs: number, IntervalInSeconds = 300) => ({
  BufferingHints: { SizeInMBs, IntervalInSeconds },
});
const KINESIS = {
  DeliveryStreamType: 'KinesisStreamAsSource',
  KinesisStreamSourceConfiguration: {
    KinesisStreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    RoleARN: ROLE,
  },
};

describe('CreateDeliveryStream', () => {
  it('makes a stream that is active after a while, with AWS’s defaults', () => {
    const w = deliveries();
    const { DeliveryStreamARN } = accepted(w, toBucket(), 'clicks');
    expect(DeliveryStreamARN).toBe('arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks');
    const describeIt = () =>
      w.call('DescribeDeliveryStream', { DeliveryStreamName: 'clicks' }, 'firehose')
        .DeliveryStreamDescription;
    expect(describeIt()).toMatchObject({
      DeliveryStreamStatus: 'CREATING',
      VersionId: '1',
      DeliveryStreamType: 'DirectPut',
    });
    expect(
      w.refusal('PutRecord', { DeliveryStreamName: 'clicks', Record: { Data: bytesOf('a') } }, 'firehose')
        .code,
    ).toBe('ServiceUnavailableException');
    w.after(seconds(21));
    expect(describeIt()).toMatchObject({
      DeliveryStreamStatus: 'ACTIVE',
      Destinations: [
        {
          DestinationId: 'destinationId-000000000001',
          ExtendedS3DestinationDescription: {
            BucketARN: 'arn:aws:s3:::lake',
            BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
            CompressionFormat: 'UNCOMPRESSED',
            S3BackupMode: 'Disabled',
          },
        },
      ],
      HasMoreDestinations: false,
    });
  });

  it('refuses a second stream of a name, none and two destinations', () => {
    const w = deliveries();
    delivery(w);
    expect(refusal(w, toBucket(), 'clicks')).toMatchObject({
      code: 'ResourceInUseException',
      message: 'Firehose clicks under accountId 000000000000 already exists',
    });
    expect(refusal(w, {}).message).toBe('Exactly one destination configuration is supported for a Firehose');
    const two = { ...toBucket(), S3DestinationConfiguration: BACKUP };
    expect(refusal(w, two).message).toBe('Exactly one destination configuration is supported for a Firehose');
  });

  it('holds buffering hints to the ranges of each destination', () => {
    const w = deliveries();
    const s3 = BACKUP;
    const search = (more: object) => ({
      AmazonopensearchserviceDestinationConfiguration: {
        RoleARN: ROLE,
        IndexName: 'i',
        S3Configuration: s3,
        ...more,
      },
    });
    const splunk = (more: object) => ({
      SplunkDestinationConfiguration: {
        HECEndpoint: 'https://splunk.example.com',
        HECEndpointType: 'Raw',
        HECToken: 't',
        S3Configuration: s3,
        ...more,
      },
    });
    const http = (more: object) => ({
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Url: 'https://a.example.com' },
        S3Configuration: s3,
        ...more,
      },
    });
    const pairs: readonly (readonly [string, object, object, string])[] = [
      ['s3', toBucket(hints(128)), toBucket(hints(129)), '128'],
      ['s3-interval', toBucket(hints(5, 900)), toBucket(hints(5, 901)), '900'],
      ['search', search(hints(100)), search(hints(101)), '100'],
      ['splunk', splunk(hints(5, 60)), splunk(hints(6, 60)), '5'],
      ['splunk-interval', splunk(hints(5, 60)), splunk(hints(5, 61)), '60'],
      ['http', http(hints(64)), http(hints(65)), '64'],
    ];
    for (const [name, good, bad, limit] of pairs) {
      accepted(w, good, name);
      expect(refusal(w, bad)).toMatchObject({
        code: 'ValidationException',
        message: expect.stringContaining(`Member must have value less than or equal to ${limit}`),
      });
    }
    expect(refusal(w, toBucket({ BufferingHints: { SizeInMBs: 5 } })).code).toBe('InvalidArgumentException');
    const zero = { S3BackupMode: 'Enabled', S3BackupConfiguration: { ...BACKUP, ...hints(5, 0) } };
    expect(refusal(w, toBucket(zero)).code).toBe('InvalidArgumentException');
  });

  it('holds prefixes to the rules of expressions', () => {
    const w = deliveries();
    expect(refusal(w, toBucket({ Prefix: '!{timestamp:yyyy/MM/dd}' })).message).toContain(
      'ErrorOutputPrefix cannot be null',
    );
    expect(refusal(w, toBucket({ ErrorOutputPrefix: 'f/!{timestamp:yyyy}/' })).message).toContain(
      'error-output-type',
    );
    const typed = {
      Prefix: '!{firehose:error-output-type}/',
      ErrorOutputPrefix: '!{firehose:error-output-type}/',
    };
    expect(refusal(w, toBucket(typed)).code).toBe('InvalidArgumentException');
    accepted(
      w,
      toBucket({
        Prefix: 'd=!{timestamp:yyyy}/rand=!{firehose:random-string}/',
        ErrorOutputPrefix: 'f/!{firehose:error-output-type}/!{timestamp:yyyy}/',
      }),
      'good',
    );
  });

  it('refuses by name what is not here', () => {
    const w = deliveries();
    const message = (more: object): string => refusal(w, more).message;
    expect(message({ SnowflakeDestinationConfiguration: {} })).toBe(
      'not modelled: SnowflakeDestinationConfiguration',
    );
    expect(message({ IcebergDestinationConfiguration: {} })).toBe(
      'not modelled: IcebergDestinationConfiguration',
    );
    expect(message({ MSKSourceConfiguration: {} })).toBe('not modelled: MSKSourceConfiguration');
    expect(message({ DatabaseSourceConfiguration: {} })).toBe('not modelled: DatabaseSourceConfiguration');
    expect(message(toBucket({ CustomTimeZone: 'Europe/Berlin' }))).toBe(
      'not modelled: CustomTimeZone Europe/Berlin',
    );
  });
});

describe('PutRecord and PutRecordBatch', () => {
  it('take a record of 1,024,000 bytes, and no larger one', () => {
    const w = deliveries();
    delivery(w);
    putSize(w, 1_024_000);
    const put = (size: number) => ({ DeliveryStreamName: 'clicks', Record: { Data: new Uint8Array(size) } });
    expect(w.refusal('PutRecord', put(1_024_001), 'firehose')).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(
        "at 'record.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
      ),
    });
  });

  it('take 500 records of 4 MiB together at most', () => {
    const w = deliveries();
    delivery(w);
    const batch = (count: number, size: number) => ({
      DeliveryStreamName: 'clicks',
      Records: Array.from({ length: count }, () => ({ Data: new Uint8Array(size) })),
    });
    expect(w.call('PutRecordBatch', batch(500, 10), 'firehose')).toMatchObject({
      FailedPutCount: 0,
      Encrypted: false,
    });
    expect(w.refusal('PutRecordBatch', batch(501, 10), 'firehose').code).toBe('ValidationException');
    expect(w.refusal('PutRecordBatch', batch(500, 8_389), 'firehose').code).toBe('InvalidArgumentException');
  });

  it('refuse the part of a batch that does not fit into the second', () => {
    const w = deliveries();
    delivery(w);
    const Records = Array.from({ length: 4 }, () => ({ Data: new Uint8Array(1_000_000) }));
    const put = () => w.call('PutRecordBatch', { DeliveryStreamName: 'clicks', Records }, 'firehose');
    expect(put().FailedPutCount).toBe(0);
    const second = put();
    expect(second.FailedPutCount).toBe(3);
    expect(second.RequestResponses[3]).toEqual({
      ErrorCode: 'ServiceUnavailableException',
      ErrorMessage: 'Slow down.',
    });
    w.after(seconds(1));
    expect(put().FailedPutCount).toBe(0);
    expect(figures(w)).toMatchObject({ records: 9, throttled: 3 });
  });

  it('are not for a stream that reads a data stream, nor for one that is not there', () => {
    const w = deliveries();
    w.call('CreateStream', { StreamName: 's', ShardCount: 1 }, 'kinesis');
    delivery(w, { ...KINESIS, ...toBucket() });
    const put = (name: string) =>
      w.refusal('PutRecord', { DeliveryStreamName: name, Record: { Data: bytesOf('a') } }, 'firehose');
    expect(put('clicks')).toMatchObject({
      code: 'InvalidArgumentException',
      message: 'This operation is not permitted on KinesisStreamAsSource delivery stream type.',
    });
    expect(put('none')).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Firehose none under account 000000000000 not found.',
    });
  });
});

describe('UpdateDestination', () => {
  const update = (version: string, change: object) => ({
    DeliveryStreamName: 'clicks',
    CurrentDeliveryStreamVersionId: version,
    DestinationId: 'destinationId-000000000001',
    ExtendedS3DestinationUpdate: change,
  });

  it('needs the present version, keeps what is not named, and names later objects by its version', () => {
    const w = deliveries();
    delivery(w, toBucket({ Prefix: 'raw/', ...hints(5, 60) }));
    w.call('UpdateDestination', update('1', { CompressionFormat: 'GZIP' }), 'firehose');
    expect(w.refusal('UpdateDestination', update('1', {}), 'firehose')).toMatchObject({
      code: 'ConcurrentModificationException',
      message:
        'Cannot update firehose: clicks since the current version id: 2 and specified version id: 1 do not match',
    });
    putText(w, 'a');
    w.after(seconds(61));
    expect([...objects(w).keys()][0]).toMatch(/^raw\/2026\/01\/05\/09\/clicks-2-.*\.gz$/u);
    expect(figures(w).attributes).toMatchObject({
      VersionId: '2',
      Prefix: 'raw/',
      CompressionFormat: 'GZIP',
    });
  });

  it('cannot take the backup away', () => {
    const w = deliveries();
    delivery(w, toBucket({ S3BackupMode: 'Enabled', S3BackupConfiguration: BACKUP }));
    expect(w.refusal('UpdateDestination', update('1', { S3BackupMode: 'Disabled' }), 'firehose').code).toBe(
      'InvalidArgumentException',
    );
  });
});

describe('a delivery stream', () => {
  it('is listed, labelled, encrypted and deleted', () => {
    const w = deliveries();
    for (const name of ['b', 'a', 'c']) delivery(w, toBucket(), name);
    expect(w.call('ListDeliveryStreams', { Limit: 2 }, 'firehose')).toEqual({
      DeliveryStreamNames: ['a', 'b'],
      HasMoreDeliveryStreams: true,
    });
    w.call('TagDeliveryStream', { DeliveryStreamName: 'a', Tags: [{ Key: 'team', Value: 'x' }] }, 'firehose');
    expect(w.call('ListTagsForDeliveryStream', { DeliveryStreamName: 'a' }, 'firehose')).toEqual({
      Tags: [{ Key: 'team', Value: 'x' }],
      HasMoreTags: false,
    });
    w.call('UntagDeliveryStream', { DeliveryStreamName: 'a', TagKeys: ['team'] }, 'firehose');
    w.call('StartDeliveryStreamEncryption', { DeliveryStreamName: 'a' }, 'firehose');
    w.after(seconds(6));
    expect(putText(w, 'x', 'a').Encrypted).toBe(true);
    w.call('StopDeliveryStreamEncryption', { DeliveryStreamName: 'a' }, 'firehose');
    w.call('DeleteDeliveryStream', { DeliveryStreamName: 'a' }, 'firehose');
    w.after(seconds(6));
    expect(w.call('ListDeliveryStreams', {}, 'firehose').DeliveryStreamNames).toEqual(['b', 'c']);
    expect(w.events('firehose/StreamDeleted')[0]).toMatchObject({ delivery: 'a', lost: 1 });
  });
});
