import { describe, expect, it } from 'vitest';
import {
  BILLED_STEP,
  putPayloadUnitsOf,
  requestsOf,
  roundedUp,
  type Usage,
} from '../../src/contract/usage.ts';
import { bill, gross, total } from '../../src/pricing/meter.ts';
import { LIST_PRICES, type PriceList, withPrices } from '../../src/pricing/priceList.ts';

const M = 1_000_000;
const HOUR = 3_600_000;
const MONTH = 730 * HOUR;

const use = (item: string, quantity: number): Usage => ({ item, quantity });
/** The month's bill in dollars and cents. */
const cents = (...usage: readonly Usage[]): string => total(bill(usage)).toFixed(2);
/** One line each for things that ran all month. */
const running = (item: string, things: number): Usage[] =>
  Array.from({ length: things }, () => use(item, MONTH));
const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

describe('the price of SQS', () => {
  it.each([
    [0, 1],
    [65_536, 1],
    [65_537, 2],
    [262_144, 4],
    [1_048_576, 16],
    [10 * 6_554, 2],
  ])('counts %i bytes as %i requests', (bytes, requests) => {
    expect(requestsOf(bytes)).toBe(requests);
  });

  it('gives a million requests a month away', () => {
    expect(total(bill([use('sqs/standard-requests', M)]))).toBe(0);
    expect(total(bill([use('sqs/standard-requests', M + 1)]))).toBeCloseTo(0.000_000_4, 12);
  });

  it('is that of ten million messages, one by one and in tens', () => {
    const oneByOne = 3 * 10 * M * requestsOf(65_536);
    expect(cents(use('sqs/standard-requests', oneByOne))).toBe('11.60');
    expect(cents(use('sqs/fifo-requests', oneByOne))).toBe('14.50');
    expect(cents(use('sqs/standard-requests', 3 * M * requestsOf(10 * 6_553)))).toBe('0.80');
  });

  it('gets cheaper by volume', () => {
    const hundredBillion = total(bill([use('sqs/standard-requests', 100_000 * M)]));
    const more = total(bill([use('sqs/standard-requests', 101_000 * M)]));
    expect(more - hundredBillion).toBeCloseTo(300, 5);
  });

  it('is shown for a single request, before the free tier', () => {
    expect(total(gross([use('sqs/standard-requests', 10)]))).toBeCloseTo(0.000_004, 12);
  });

  it('adds what fair queues cost to the same requests', () => {
    const requests = { ...use('sqs/fair-queue-requests', 10 * M), surcharge: true } as const;
    expect(cents(use('sqs/standard-requests', 11 * M), requests)).toBe('5.00');
  });
});

describe('the price of SNS', () => {
  const publishes = use('sns/publishes', 10 * M * requestsOf(1_024));

  it('is nothing for deliveries to queues and functions', () => {
    expect(cents(publishes, use('sns/queue-deliveries', 30 * M))).toBe('4.50');
    expect(cents(publishes, use('sns/lambda-deliveries', 30 * M))).toBe('4.50');
  });

  it('is that of each delivery over HTTP, after the filter', () => {
    expect(cents(use('sns/http-deliveries', 10 * M))).toBe('5.94');
    expect(cents(use('sns/http-deliveries', M))).toBe('0.54');
  });

  it('counts a publish of 256 KB four times', () => {
    expect(cents(use('sns/publishes', M * requestsOf(262_144)))).toBe('1.50');
  });

  it.each([
    ['sns/email-deliveries', 101_000, '2.00'],
    ['sns/mobile-push-deliveries', 3 * M, '1.00'],
    ['sns/sms-deliveries', 100, '0.75'],
    ['sns/firehose-deliveries', 10 * M, '1.90'],
    ['sns/fifo-publishes', 10 * M, '3.00'],
  ])('of %i × %s is right', (item, quantity, usd) => {
    expect(cents(use(item, quantity))).toBe(usd);
  });
});

describe('the price of Kinesis Data Streams', () => {
  it.each([
    [1, 1],
    [25_600, 1],
    [25_601, 2],
    [102_400, 4],
    [1_048_576, 41],
  ])('counts a record of %i bytes as %i PUT payload units', (bytes, units) => {
    expect(putPayloadUnitsOf(bytes)).toBe(units);
  });

  const records = 1_000 * 3_600 * 730;

  it('is that of four shards with a thousand records a second', () => {
    const units = use('kinesis/put-payload-units', records * putPayloadUnitsOf(1_024));
    expect(cents(...running('kinesis/shard-hours', 4))).toBe('43.80');
    expect(cents(units)).toBe('36.79');
    expect(cents(...running('kinesis/shard-hours', 4), units)).toBe('80.59');
  });

  it('is that of an idle shard, and of readers of their own', () => {
    expect(cents(...running('kinesis/shard-hours', 1))).toBe('10.95');
    expect(cents(...running('kinesis/fan-out-shard-hours', 4 * 2))).toBe('87.60');
  });

  it('is that of a stream on demand, and of the same data', () => {
    expect(cents(...running('kinesis/on-demand-stream-hours', 1))).toBe('29.20');
    const bytes = records * roundedUp(1_000, BILLED_STEP.onDemandRecord);
    expect(cents(use('kinesis/on-demand-data-in', bytes))).toBe('200.50');
    expect(cents(use('kinesis/on-demand-data-out', bytes))).toBe('100.25');
  });

  it.each([
    [1_024, 1],
    [1_025, 2],
    [4_608, 5],
  ])('on demand rounds a record of %i bytes up to %i KB', (bytes, kilobytes) => {
    expect(roundedUp(bytes, BILLED_STEP.onDemandRecord)).toBe(kilobytes * 1_024);
  });

  it('keeps data by the GB and the month', () => {
    const gigabyteMonth = 1_073_741_824 * 730 * 3_600;
    expect(cents(use('kinesis/long-term-retention', 100 * gigabyteMonth))).toBe('2.30');
  });
});

describe('the price of Data Firehose', () => {
  const billed = (bytes: number): number => roundedUp(bytes, BILLED_STEP.firehoseRecord);

  it.each([
    [1, 5],
    [5_120, 5],
    [5_121, 10],
  ])('counts a record of %i bytes as %i KB', (bytes, kilobytes) => {
    expect(billed(bytes)).toBe(kilobytes * 1_024);
  });

  it('counts 5 MiB by how they are cut', () => {
    expect([5_000 * billed(1_048), 1_000 * billed(5_243), 1_024 * billed(5_120)]).toEqual([
      25_000 * 1_024,
      10_000 * 1_024,
      5_120 * 1_024,
    ]);
  });

  it('is five times as much for records of 1 KB', () => {
    const records = 100 * M;
    const asBilled = use('firehose/ingested-data', records * billed(1_024));
    // A GB is 2^30 bytes here; at a million KB a GB it is the guide's round figure.
    expect(cents(asBilled)).toBe('13.83');
    const item = { ...LIST_PRICES.items['firehose/ingested-data']!, bytesPerGb: 1_024 * M };
    const decimal = withPrices(LIST_PRICES, { ...LIST_PRICES, items: { 'firehose/ingested-data': item } });
    expect(total(bill([asBilled], decimal)).toFixed(2)).toBe('14.50');
    expect(total(bill([use('firehose/ingested-data', records * 1_024)], decimal)).toFixed(2)).toBe('2.90');
  });

  it('gets cheaper by volume', () => {
    const terabyte = 1_024 * 1_073_741_824;
    const at = (terabytes: number): number =>
      total(bill([use('firehose/ingested-data', terabytes * terabyte)]));
    expect(at(501) - at(500)).toBeCloseTo(25.6, 6);
    expect(at(2_001) - at(2_000)).toBeCloseTo(20.48, 6);
  });
});

describe('the price of Amazon MQ', () => {
  it.each([
    ['m5.large', 1, '210.24'],
    ['m5.large', 2, '420.48'],
    ['m5.xlarge', 3, '1261.44'],
  ])('of %s on %i instances for a month', (type, instances, usd) => {
    expect(cents(...running(`mq/mq.${type}-hours`, instances))).toBe(usd);
  });

  it('is that of storage on each node', () => {
    const gigabyteMonth = 1_073_741_824 * 730 * 3_600;
    expect(cents(use('mq/ebs-storage', 3 * 10 * gigabyteMonth))).toBe('3.00');
  });
});

describe('the price of the neighbours', () => {
  it.each([
    ['kms/calls', 26_784, '0.02'],
    ['kms/calls', 133_920, '0.34'],
    ['kms/calls', 93, '0.00'],
    ['kms/keys', MONTH, '1.00'],
    ['lambda/requests', 11 * M, '2.00'],
    ['lambda/duration', 1_400_000 * 1_024 * 1_000, '16.67'],
    ['s3/put-requests', 10_000, '0.05'],
    ['cloudwatch/alarms', 12 * MONTH, '0.20'],
  ])('of %s: %i', (item, quantity, usd) => {
    expect(cents(use(item, quantity))).toBe(usd);
  });
});

describe('the meter', () => {
  it('adds lines of one item before the free tier is taken off', () => {
    const [charge, ...more] = bill([use('sqs/standard-requests', M), use('sqs/standard-requests', M)]);
    expect(more).toEqual([]);
    expect(charge).toMatchObject({ units: 2 * M, usd: 0.4 });
  });

  it('bills time by the millisecond, or each thing by the started hour', () => {
    const item = LIST_PRICES.items['kinesis/shard-hours']!;
    const started: PriceList = withPrices(LIST_PRICES, {
      ...LIST_PRICES,
      items: { 'kinesis/shard-hours': { ...item, startedHours: true } },
    });
    const shards = [use('kinesis/shard-hours', HOUR / 2), use('kinesis/shard-hours', HOUR / 4)];
    expect(sum(bill(shards).map(({ units }) => units))).toBe(0.75);
    expect(sum(bill(shards, started).map(({ units }) => units))).toBe(2);
  });

  it('knows what it has no price for', () => {
    expect(() => gross([use('sqs/thoughts', 1)])).toThrow('the price list has no item sqs/thoughts');
  });

  it('has a date, a source and a confidence for every price, and steps that rise', () => {
    expect(LIST_PRICES.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const [name, { service, source, confidence, tiers }] of Object.entries(LIST_PRICES.items)) {
      expect(name.split('/')[0]).toBe(service);
      expect(source).not.toBe('');
      expect(['A', 'B', 'C']).toContain(confidence);
      const ends = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      expect(ends.at(-1)).toBe(Number.POSITIVE_INFINITY);
      expect([...ends].sort((a, b) => a - b)).toEqual(ends);
    }
  });
});
