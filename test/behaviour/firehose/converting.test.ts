import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  balance,
  deliveries,
  delivery,
  figures,
  objects,
  putText,
  ROLE,
  textOf,
  texts,
  toBucket,
} from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const Columns = [
  { Name: 'customer', Type: 'string' },
  { Name: 'amount', Type: 'double' },
  { Name: 'count', Type: 'bigint' },
  { Name: 'paid', Type: 'boolean' },
  { Name: 'at', Type: 'timestamp' },
];

function table(w: World): void {
  w.call('CreateDatabase', { DatabaseInput: { Name: 'shop' } }, 'glue');
  w.call(
    'CreateTable',
    { DatabaseName: 'shop', TableInput: { Name: 'orders', StorageDescriptor: { Columns } } },
    'glue',
  );
}

const conversion = (serializer: object, more: object = {}) =>
  toBucket({
    BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
    DataFormatConversionConfiguration: {
      Enabled: true,
      SchemaConfiguration: { DatabaseName: 'shop', TableName: 'orders', RoleARN: ROLE },
      InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
      OutputFormatConfiguration: { Serializer: serializer },
    },
    ...more,
  });

const read = (body: Uint8Array): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: body.slice().buffer as ArrayBuffer });

describe('format conversion', () => {
  it('writes a Parquet file that an independent reader reads', async () => {
    const w = deliveries();
    table(w);
    delivery(w, conversion({ ParquetSerDe: {} }));
    putText(w, '{"customer":"ann","amount":1.5,"count":3,"paid":true,"at":"2026-01-05 09:00:00"}');
    putText(w, '{"customer":"bob","amount":2}{"CUSTOMER":"cy","extra":1}');
    w.after(seconds(61));
    const [[key, body]] = [...objects(w)] as [[string, Uint8Array]];
    expect(key).toMatch(/\.parquet$/u);
    expect(textOf(body.slice(0, 4))).toBe('PAR1');
    expect(await read(body)).toEqual([
      { customer: 'ann', amount: 1.5, count: 3n, paid: true, at: new Date('2026-01-05T09:00:00Z') },
      { customer: 'bob', amount: 2, count: null, paid: null, at: null },
      { customer: 'cy', amount: null, count: null, paid: null, at: null },
    ]);
    expect(figures(w)).toMatchObject({ delivered: 2, failed: 0 });
  });

  it('gives the same bytes for the same world', () => {
    const run = (): Uint8Array => {
      const w = deliveries();
      table(w);
      delivery(w, conversion({ ParquetSerDe: { Compression: 'GZIP' } }));
      for (let count = 0; count < 50; count++) putText(w, `{"customer":"c${count % 7}","amount":${count}}`);
      w.after(seconds(61));
      return [...objects(w).values()][0]!;
    };
    expect(run()).toEqual(run());
  });

  it('puts aside what is no JSON object, or does not fit its column', () => {
    const w = deliveries();
    table(w);
    delivery(w, conversion({ ParquetSerDe: {} }));
    for (const text of ['a,b', '[{"customer":"x"}]', '{"count":"many"}', '{"customer":"ann"}'])
      putText(w, text);
    w.after(seconds(125));
    const lines = texts(w, 'lake', 'format-conversion-failed/').join('').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).errorCode)).toEqual(
      Array(3).fill('DataFormatConversion.ParseError'),
    );
    expect(figures(w)).toMatchObject({ delivered: 1, failed: 3, backedUp: 3 });
    expect(balance(w)).toEqual({ in: 55, out: 55 });
  });

  it('labels an ORC object as not written for real', () => {
    const w = deliveries();
    table(w);
    delivery(w, conversion({ OrcSerDe: {} }));
    putText(w, '{"customer":"ann"}');
    w.after(seconds(61));
    const [[key, body]] = [...objects(w)] as [[string, Uint8Array]];
    expect(key).toMatch(/\.orc$/u);
    expect(textOf(body)).toMatch(/^msg-playground: not a real ORC file/u);
  });

  it('needs large buffers and leaves compression to the serializer', () => {
    const w = deliveries();
    const create = (more: object) =>
      w.refusal(
        'CreateDeliveryStream',
        { DeliveryStreamName: 'x', ...conversion({ ParquetSerDe: {} }, more) },
        'firehose',
      );
    expect(create({ CompressionFormat: 'GZIP' }).code).toBe('InvalidArgumentException');
    expect(create({ BufferingHints: { SizeInMBs: 63, IntervalInSeconds: 60 } }).code).toBe(
      'InvalidArgumentException',
    );
    delivery(w, conversion({ ParquetSerDe: {} }, { BufferingHints: undefined }));
    expect(figures(w).attributes).toMatchObject({ SizeInMBs: 128, IntervalInSeconds: 300 });
  });
});

describe('dynamic partitioning', () => {
  const partitioned = (query: string) =>
    toBucket({
      Prefix: 'customer=!{partitionKeyFromQuery:customer}/',
      ErrorOutputPrefix: 'bad/!{firehose:error-output-type}/',
      BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
      DynamicPartitioningConfiguration: { Enabled: true },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'MetadataExtraction',
            Parameters: [
              { ParameterName: 'MetadataExtractionQuery', ParameterValue: query },
              { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
            ],
          },
        ],
      },
    });

  it('gives each key its own objects, and puts aside records without one', () => {
    const w = deliveries();
    delivery(w, partitioned('{customer: .user.id | tostring}'));
    for (const text of [
      '{"user":{"id":1},"n":1}',
      '{"user":{"id":2},"n":2}',
      '{"user":{"id":1},"n":3}',
      'none',
      '{"user":{"id":""}}',
    ]) {
      putText(w, text);
    }
    expect(figures(w).buffers).toHaveLength(3);
    w.after(seconds(125));
    expect(texts(w, 'lake', 'customer=1/')).toEqual(['{"user":{"id":1},"n":1}{"user":{"id":1},"n":3}']);
    expect(texts(w, 'lake', 'customer=2/')).toHaveLength(1);
    expect(texts(w, 'lake', 'bad/processing-failed/').join('').split('\n')).toHaveLength(3);
    const { in: all, out } = balance(w);
    expect(out).toBe(all);
  });

  it('refuses a query that is none, and one that reads the clock', () => {
    const w = deliveries();
    for (const query of ['{customer: ', '{customer: now}']) {
      expect(
        w.refusal('CreateDeliveryStream', { DeliveryStreamName: 'x', ...partitioned(query) }, 'firehose')
          .code,
      ).toBe('InvalidArgumentException');
    }
  });

  it('opens 500 partitions at most', () => {
    const w = deliveries();
    delivery(w, partitioned('{customer: .c}'));
    const Records = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        Data: new TextEncoder().encode(`{"c":${from + index}}`),
      }));
    w.call('PutRecordBatch', { DeliveryStreamName: 'clicks', Records: Records(0, 500) }, 'firehose');
    w.call('PutRecordBatch', { DeliveryStreamName: 'clicks', Records: Records(500, 3) }, 'firehose');
    expect(figures(w)).toMatchObject({ bufferedRecords: 500, failed: 3 });
  });
});

describe('compression', () => {
  it('is of whole objects, with bytes that are always the same', () => {
    for (const [CompressionFormat, start, end] of [
      ['GZIP', [0x1f, 0x8b], '.gz'],
      ['ZIP', [0x50, 0x4b], '.zip'],
      ['Snappy', [0xff, 0x06], '.snappy'],
      ['HADOOP_SNAPPY', [0, 0], '.hsnappy'],
    ] as const) {
      const w = deliveries();
      delivery(w, toBucket({ CompressionFormat }));
      putText(w, 'hello '.repeat(100));
      w.after(seconds(301));
      const [[key, body]] = [...objects(w)] as [[string, Uint8Array]];
      expect(key.endsWith(end)).toBe(true);
      expect([...body.slice(0, 2)]).toEqual([...start]);
      expect(body.length).toBeLessThan(300);
    }
  });
});
