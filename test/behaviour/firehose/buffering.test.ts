import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  balance,
  bytesOf,
  deliveries,
  delivery,
  figures,
  objects,
  putText,
  texts,
  toBucket,
} from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const MEBIBYTE = 1_048_576;
const hints = (SizeInMBs: number, IntervalInSeconds: number) => ({
  BufferingHints: { SizeInMBs, IntervalInSeconds },
});

/** One mebibyte in two records. */
const putMebibyte = (w: World): void => {
  const Records = [0, 1].map(() => ({ Data: new Uint8Array(MEBIBYTE / 2) }));
  expect(w.call('PutRecordBatch', { DeliveryStreamName: 'clicks', Records }, 'firehose').FailedPutCount).toBe(
    0,
  );
};

describe('a buffer', () => {
  it('is delivered when it is full, before its interval ends', () => {
    const w = deliveries();
    delivery(w, toBucket(hints(5, 300)));
    for (let count = 0; count < 5; count++) {
      expect(objects(w).size).toBe(0);
      if (count > 0) w.after(seconds(10));
      putMebibyte(w);
    }
    w.after(seconds(0));
    expect([...objects(w).values()].map(({ length }) => length)).toEqual([5 * MEBIBYTE]);
    expect(w.events('firehose/BufferFlushed').map(({ reason }) => reason)).toEqual(['size']);
    expect(w.events('firehose/ObjectDelivered')[0]).toMatchObject({
      delivery: 'clicks',
      bucket: 'lake',
      records: 10,
      reason: 'size',
    });
  });

  it('is delivered when its first record is old enough, not a moment before', () => {
    const w = deliveries();
    delivery(w, toBucket(hints(5, 300)));
    putText(w, 'small');
    w.afterMs(299_999 as never);
    expect(objects(w).size).toBe(0);
    expect(figures(w)).toMatchObject({ bufferedRecords: 1, bufferedBytes: 5, delivered: 0 });
    w.afterMs(1 as never);
    expect(texts(w)).toEqual(['small']);
    expect(figures(w)).toMatchObject({ bufferedRecords: 0, delivered: 1, objects: 1 });
    expect(w.events('firehose/BufferFlushed').map(({ reason }) => reason)).toEqual(['interval']);
  });

  it('that is off delivers within seconds', () => {
    const w = deliveries();
    delivery(w, toBucket(hints(1, 0)));
    putText(w, 'now');
    w.after(seconds(1));
    expect(texts(w)).toEqual(['now']);
    expect(w.events('firehose/BufferFlushed')[0]!.reason).toBe('off');
  });

  it('names its object by the oldest record, not by the delivery', () => {
    const w = deliveries({ epoch: Date.UTC(2018, 7, 27, 9, 59, 37) });
    delivery(w);
    putText(w, 'a');
    w.after(seconds(5));
    putText(w, 'b');
    w.after(seconds(300));
    const [key] = [...objects(w).keys()];
    expect(key).toMatch(
      /^2018\/08\/27\/09\/clicks-1-2018-08-27-09-59-58-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u,
    );
    expect(texts(w)).toEqual(['ab']);
  });

  it('puts a delimiter after each record when a processor says so', () => {
    const w = deliveries();
    const Processors = [
      {
        Type: 'AppendDelimiterToRecord',
        Parameters: [{ ParameterName: 'Delimiter', ParameterValue: '\\n' }],
      },
    ];
    delivery(w, toBucket({ ProcessingConfiguration: { Enabled: true, Processors } }));
    putText(w, 'a');
    putText(w, 'b');
    w.after(seconds(301));
    expect(texts(w)).toEqual(['a\nb\n']);
    expect(balance(w)).toEqual({ in: 2, out: 2 });
  });

  it('says which limit comes first, and what rate would turn it', () => {
    const w = deliveries();
    delivery(w, toBucket(hints(1, 60)));
    w.call(
      'PutRecord',
      { DeliveryStreamName: 'clicks', Record: { Data: bytesOf('x'.repeat(100_000)) } },
      'firehose',
    );
    w.after(seconds(1));
    const [buffer] = figures(w).buffers;
    expect(buffer).toMatchObject({ purpose: 'data', bytes: 100_000, sizeBytes: MEBIBYTE, first: 'interval' });
    expect(buffer.turningBytesPerSecond).toBe(Math.ceil((MEBIBYTE - 100_000) / 59));
  });

  it('keeps timers only while it holds something', () => {
    const w = deliveries();
    delivery(w);
    putText(w, 'a');
    w.after(seconds(400));
    const before = w.events().length;
    w.after(seconds(14 * 86_400));
    expect(w.events()).toHaveLength(before);
  });
});
