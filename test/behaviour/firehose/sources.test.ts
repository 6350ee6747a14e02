import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  ACCOUNT,
  balance,
  bytesOf,
  deliveries,
  delivery,
  figures,
  ROLE,
  texts,
  toBucket,
} from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const withHints = { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 } };
const FROM = {
  DeliveryStreamType: 'KinesisStreamAsSource',
  KinesisStreamSourceConfiguration: {
    KinesisStreamARN: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`,
    RoleARN: ROLE,
  },
};

const put = (w: World, text: string): unknown =>
  w.call('PutRecord', { StreamName: 's', PartitionKey: text, Data: bytesOf(text) }, 'kinesis');

describe('a data stream as the source', () => {
  it('is read from its newest record on, all shards, and nothing twice', () => {
    const w = deliveries();
    w.call('CreateStream', { StreamName: 's', ShardCount: 2 }, 'kinesis');
    w.after(seconds(60));
    put(w, 'before;');
    delivery(w, { ...FROM, ...toBucket(withHints) });
    w.after(seconds(5));
    for (let count = 0; count < 20; count++) {
      put(w, `r${count};`);
      w.after(seconds(0.5));
    }
    w.after(seconds(70));
    const read = texts(w)
      .join('')
      .split(';')
      .filter((text) => text !== '');
    expect(read.sort()).toEqual(Array.from({ length: 20 }, (_, count) => `r${count}`).sort());
    expect(figures(w)).toMatchObject({ records: 20, delivered: 20, bufferedRecords: 0 });
    const { in: all, out } = balance(w);
    expect(out).toBe(all);
  });

  it('is read on after its shards were split', () => {
    const w = deliveries();
    w.call('CreateStream', { StreamName: 's', ShardCount: 1 }, 'kinesis');
    w.after(seconds(60));
    delivery(w, { ...FROM, ...toBucket(withHints) });
    w.after(seconds(5));
    put(w, 'a;');
    w.call(
      'UpdateShardCount',
      { StreamName: 's', TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' },
      'kinesis',
    );
    w.after(seconds(90));
    put(w, 'b;');
    put(w, 'c;');
    w.after(seconds(90));
    expect(texts(w).join('').split(';').sort().join('')).toBe('abc');
  });

  it('that is not there is told', () => {
    const w = deliveries();
    delivery(w, { ...FROM, ...toBucket(withHints) });
    w.after(seconds(2));
    expect(figures(w).log.at(-1).code).toBe('Kinesis.ResourceNotFoundException');
  });
});

describe('a topic as the source', () => {
  it('puts its envelopes into the stream', () => {
    const w = deliveries();
    delivery(w, toBucket(withHints));
    const { TopicArn } = w.call('CreateTopic', { Name: 'orders' }, 'sns');
    const Endpoint = `arn:aws:firehose:us-east-1:${ACCOUNT}:deliverystream/clicks`;
    const Attributes = {
      SubscriptionRoleArn: `arn:aws:iam::${ACCOUNT}:role/sns`,
      RawMessageDelivery: 'true',
    };
    w.call('Subscribe', { TopicArn, Protocol: 'firehose', Endpoint, Attributes }, 'sns');
    w.call('Publish', { TopicArn, Message: 'order 1' }, 'sns');
    w.after(seconds(70));
    expect(texts(w)).toEqual(['order 1']);
    expect(w.events('firehose/RecordsPut')[0]).toMatchObject({ by: 'sns.amazonaws.com', records: 1 });
  });
});
