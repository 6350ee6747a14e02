import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { buckets, letsBucket, put } from '../../support/buckets.ts';
import { fn, functionArn, queueArn } from '../../support/functions.ts';
import type { World } from '../../support/world.ts';

const rule = (queue: string, Events: string[], filter: Record<string, string> = {}) => ({
  QueueArn: queueArn(queue),
  Events,
  ...(Object.keys(filter).length > 0 && {
    Filter: { Key: { FilterRules: Object.entries(filter).map(([Name, Value]) => ({ Name, Value })) } },
  }),
});
const input = (...QueueConfigurations: object[]) => ({
  Bucket: 'photos',
  NotificationConfiguration: { QueueConfigurations },
});
const set = (w: World, ...rules: object[]) =>
  w.call('PutBucketNotificationConfiguration', input(...rules), 's3');
const refusal = (w: World, ...rules: object[]) =>
  w.refusal('PutBucketNotificationConfiguration', input(...rules), 's3');
const CREATED = ['s3:ObjectCreated:*'];

function told(queue = 'told') {
  const w = buckets();
  return { w, url: w.queue(queue, { Policy: letsBucket(queue) }) };
}

describe('a notification', () => {
  it('begins with a test message, and tells of an object (T2)', () => {
    const { w, url } = told();
    set(w, { Id: 'all', ...rule('told', CREATED) });
    expect(JSON.parse(w.bodies(url)[0]!)).toMatchObject({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Bucket: 'photos',
    });
    put(w, 'a@b', '123456789');
    w.after(seconds(5));
    const { Records } = JSON.parse(w.bodies(url)[0]!);
    expect(Records).toHaveLength(1);
    expect(Records[0]).toMatchObject({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventName: 'ObjectCreated:Put',
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'all',
        bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
        object: { key: 'a%40b', size: 9, eTag: '25f9e794323b453885f5181f1b624d0b' },
      },
    });
    expect(w.view('s3')[0]?.fields).toMatchObject({ notified: 1, notificationsFailed: 0 });
  });

  it('orders the events of one key by its sequencer', () => {
    const { w, url } = told();
    set(w, rule('told', ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']));
    put(w, 'a b/ü');
    put(w, 'a b/ü', 'again');
    w.call('DeleteObject', { Bucket: 'photos', Key: 'a b/ü' }, 's3');
    w.after(seconds(5));
    const objects = w
      .bodies(url, { MaxNumberOfMessages: 10 })
      .map((body) => JSON.parse(body).Records?.[0])
      .filter((record) => record !== undefined)
      .sort((a, b) => (a.s3.object.sequencer < b.s3.object.sequencer ? -1 : 1));
    expect(objects.map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Put',
      'ObjectCreated:Put',
      'ObjectRemoved:Delete',
    ]);
    expect(objects[2].s3.object).toEqual({
      key: 'a+b/%C3%BC',
      sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
    });
  });

  it('is sent only for keys that fit prefix and suffix', () => {
    const { w } = told();
    set(w, rule('told', CREATED, { prefix: 'img/', suffix: '.jpg' }));
    for (const key of ['img/a.jpg', 'img/a.png', 'a.jpg', 'img/b.jpg']) put(w, key);
    w.after(seconds(5));
    expect(
      w
        .events('s3/NotificationSent')
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['img/a.jpg', 'img/b.jpg']);
  });

  it('reaches a function and a topic, whose policies let the bucket in', () => {
    const w = buckets();
    fn(w, 'resize', 'ok');
    const { TopicArn } = w.call('CreateTopic', { Name: 'uploads' }, 'sns');
    const configuration = (more: object) => ({ Bucket: 'photos', NotificationConfiguration: more });
    const lambdas = {
      LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn('resize'), Events: CREATED }],
    };
    const denied = w.refusal('PutBucketNotificationConfiguration', configuration(lambdas), 's3');
    expect(denied.why).toContain(`Not authorized to invoke function [${functionArn('resize')}]`);
    w.call(
      'AddPermission',
      {
        FunctionName: 'resize',
        StatementId: 's3',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: 'arn:aws:s3:::photos',
        SourceAccount: '000000000000',
      },
      'lambda',
    );
    w.call('PutBucketNotificationConfiguration', configuration(lambdas), 's3');
    put(w, 'a');
    w.after(seconds(5));
    expect(w.events('lambda/Invoked')).toMatchObject([{ function: 'resize', by: 's3.amazonaws.com' }]);
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'SNS:Publish',
          Resource: TopicArn,
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::photos' } },
        },
      ],
    });
    w.call('SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: Policy }, 'sns');
    const topics = { TopicConfigurations: [{ TopicArn, Events: CREATED }] };
    w.call('PutBucketNotificationConfiguration', configuration(topics), 's3');
    put(w, 'b');
    w.after(seconds(5));
    expect(w.events('sns/MessagePublished')).toHaveLength(2);
  });

  it('is gone when the queue refuses it', () => {
    const { w, url } = told();
    set(w, rule('told', CREATED));
    w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { Policy: '' } });
    put(w, 'a');
    w.after(seconds(60));
    expect(w.events('s3/NotificationFailed')).toMatchObject([{ key: 'a', reason: 'AccessDenied' }]);
  });

  it('is answered with what was set, and replaced whole', () => {
    const { w } = told();
    const get = () => w.call('GetBucketNotificationConfiguration', { Bucket: 'photos' }, 's3');
    set(w, { Id: 'one', ...rule('told', CREATED, { prefix: 'a/' }) });
    expect(get()).toEqual({
      QueueConfigurations: [
        {
          Id: 'one',
          QueueArn: queueArn('told'),
          Events: CREATED,
          Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'a/' }] } },
        },
      ],
    });
    set(w);
    expect(get()).toEqual({});
  });
});

describe('a configuration', () => {
  it.each([
    [[{ prefix: 'a/' }, { prefix: 'b/' }]],
    [
      [
        { prefix: 'img/', suffix: '.jpg' },
        { prefix: 'img/', suffix: '.png' },
      ],
    ],
  ] as const)('may have rules that cannot fit the same key: %j (T1)', (filters) => {
    const { w } = told();
    set(w, ...filters.map((filter) => rule('told', CREATED, { ...filter })));
  });

  it('is refused when two rules share an event and could fit the same key (T1)', () => {
    const { w } = told();
    const refused = refusal(w, rule('told', CREATED), rule('told', CREATED));
    expect([refused.code, refused.message]).toEqual([
      'InvalidArgument',
      'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
    ]);
    expect(
      refusal(w, rule('told', ['s3:ObjectCreated:Put'], { prefix: 'images-api/' }), rule('told', CREATED))
        .message,
    ).toBe(
      'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
    );
  });

  it('is refused when a destination is not there, does not let it in, or is FIFO', () => {
    const w = buckets();
    w.queue('closed');
    w.queue('told.fifo');
    const asked = (name: string) => {
      const { code, message, why } = refusal(w, rule(name, CREATED));
      expect([code, message]).toEqual([
        'InvalidArgument',
        'Unable to validate the following destination configurations',
      ]);
      return why;
    };
    expect(asked('none')).toContain('The destination queue does not exist');
    expect(asked('closed')).toContain('do not allow S3 to publish notifications from this bucket');
    expect(asked('told.fifo')).toContain('FIFO');
    expect(refusal(w, { QueueArn: 'told', Events: CREATED }).message).toBe('The ARN could not be parsed');
    expect(w.view('s3')[0]?.fields.notifications).toEqual([]);
  });
});
