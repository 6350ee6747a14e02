/** Rules of EventBridge: which events they take, what targets are handed, and what becomes of what is refused. */
import { describe, expect, it } from 'vitest';
import { utf8Text } from '../../../src/contract/text.ts';
import type { ResourceId } from '../../../src/contract/view.ts';
import type { Why } from '../../../src/contract/why.ts';
import { seconds } from '../../../src/engine/units.ts';
import { autoscaling } from '../../../src/services/autoscaling/index.ts';
import { cloudWatchOf } from '../../../src/services/cloudwatch/index.ts';
import { events } from '../../../src/services/events/index.ts';
import { firehose } from '../../../src/services/firehose/index.ts';
import { lambda } from '../../../src/services/lambda/index.ts';
import { logs } from '../../../src/services/logs/index.ts';
import { s3 } from '../../../src/services/s3/index.ts';
import { sns } from '../../../src/services/sns/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { ROLE } from '../../support/functions.ts';
import { Streams } from '../../support/streams.ts';
import type { Output } from '../../support/world.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';
const DEAD = 'arn:aws:sqs:us-east-1:000000000000:dead';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const ORDERS = { source: ['shop'], 'detail-type': ['order'], detail: { total: [{ numeric: ['>', 100] }] } };

const policyFor = (principal: string): string =>
  JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: principal },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/r' } },
      },
    ],
  });

class Bus extends Streams {
  constructor() {
    super({}, [sqs, sns, firehose, s3, lambda, logs, events, autoscaling, cloudWatchOf([])]);
  }

  bus(operation: string, input: object): Output {
    return this.call(operation, input, 'events');
  }

  queues(policy = policyFor('events.amazonaws.com')): void {
    this.call('CreateQueue', { QueueName: 'q', Attributes: { Policy: policy } }, 'sqs');
    this.call(
      'CreateQueue',
      { QueueName: 'dead', Attributes: { Policy: policyFor('events.amazonaws.com') } },
      'sqs',
    );
  }

  rule(pattern: object, target: object = {}): void {
    this.bus('PutRule', { Name: 'r', EventPattern: JSON.stringify(pattern) });
    this.bus('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: QUEUE, ...target }] });
  }

  order(detail: object, more: object = {}): Output {
    const Entries = [{ Source: 'shop', DetailType: 'order', Detail: JSON.stringify(detail), ...more }];
    return this.bus('PutEvents', { Entries });
  }

  override bodies(queue = 'q'): string[] {
    this.after(seconds(2));
    const QueueUrl = URL.replace(/q$/u, queue);
    const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const { Messages = [] } = this.call('ReceiveMessage', input, 'sqs');
    this.received = Messages;
    return Messages.map(({ Body }: Output) => Body);
  }

  received: Output[] = [];

  why(id: ResourceId): Why | undefined {
    const ground = {
      state: this.simulation.stateOf('events'),
      now: this.now,
      settings: this.settings,
      lately: () => [],
      decide: () => [],
    };
    return events.why?.(ground, { type: 'resource', id });
  }
}

describe('a rule with a pattern', () => {
  it('takes an event that fits in every key, and hands it on in its envelope', () => {
    const w = new Bus();
    w.queues();
    w.rule(ORDERS);
    w.order({ total: 100 });
    w.order({ total: 101 }, { Resources: ['arn:x'] });
    w.order({ total: 500 }, { Source: 'other' });
    const [body, ...more] = w.bodies();
    expect(more).toEqual([]);
    expect(body).toMatch(
      /^\{"version":"0","id":"[\da-f-]{36}","detail-type":"order","source":"shop","account":"000000000000","time":"2026-01-05T09:00:0\dZ","region":"us-east-1","resources":\["arn:x"\],"detail":\{"total":101\}\}$/u,
    );
  });

  it.each([
    [{ detail: { a: [{ prefix: { 'equals-ignore-case': 'AB' } }] } }, { a: 'abc' }, { a: 'cab' }],
    [{ detail: { a: [{ suffix: '.jpg' }] } }, { a: 'x.jpg' }, { a: 'x.png' }],
    [{ detail: { a: [{ wildcard: 'a*c*e' }] } }, { a: 'abcde' }, { a: 'abcd' }],
    [{ detail: { a: [{ 'anything-but': { suffix: ['.tmp', '.bak'] } }] } }, { a: 'x.jpg' }, { a: 'x.bak' }],
    [{ detail: { a: [{ 'anything-but': ['x', 3] }] } }, { a: 'y' }, { a: 3 }],
    [{ detail: { a: [{ exists: false }] } }, { b: 1 }, { a: 1 }],
    [{ detail: { a: [{ cidr: '10.0.0.0/24' }] } }, { a: '10.0.0.255' }, { a: '10.0.1.0' }],
    [{ detail: { a: ['x', 'y'] } }, { a: ['z', 'y'] }, { a: ['z'] }],
    [{ $or: [{ detail: { a: [1] } }, { detail: { b: [2] } }] }, { a: 0, b: 2 }, { a: 2, b: 1 }],
  ])('%j takes %j and not %j', (pattern, fits, fitsNot) => {
    const w = new Bus();
    const event = (detail: object): string =>
      JSON.stringify({
        id: '1',
        account: '000000000000',
        source: 's',
        time: '2026-01-05T09:00:00Z',
        region: 'us-east-1',
        resources: [],
        'detail-type': 'd',
        detail,
      });
    const EventPattern = JSON.stringify(pattern);
    expect(w.bus('TestEventPattern', { EventPattern, Event: event(fits) }).Result).toBe(true);
    expect(w.bus('TestEventPattern', { EventPattern, Event: event(fitsNot) }).Result).toBe(false);
  });

  it('is refused when the pattern is none', () => {
    const w = new Bus();
    expect(() => w.bus('PutRule', { Name: 'r', EventPattern: '{"source":"aws.s3"}' })).toThrow(
      /Event pattern is not valid\. Reason: "source" must be an object or an array/u,
    );
    expect(() => w.bus('PutRule', { Name: 'r', EventPattern: '{"a":[{"like":"x"}]}' })).toThrow(
      /Unrecognized match type like/u,
    );
    expect(() => w.bus('PutRule', { Name: 'r' })).toThrow(
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  });

  it('rests while it is disabled, and is not deleted while it has targets', () => {
    const w = new Bus();
    w.queues();
    w.rule(ORDERS);
    w.bus('DisableRule', { Name: 'r' });
    w.order({ total: 500 });
    expect(w.bodies()).toEqual([]);
    w.bus('EnableRule', { Name: 'r' });
    w.order({ total: 501 });
    expect(w.bodies()).toHaveLength(1);
    expect(() => w.bus('DeleteRule', { Name: 'r' })).toThrow("Rule can't be deleted since it has targets.");
    w.bus('RemoveTargets', { Rule: 'r', Ids: ['t'] });
    w.bus('DeleteRule', { Name: 'r' });
    expect(() => w.bus('DescribeRule', { Name: 'r' })).toThrow('Rule r does not exist on EventBus default.');
  });
});

describe('a rule on a schedule', () => {
  it('runs at its rate, counted from when it was put', () => {
    const w = new Bus();
    w.queues();
    w.bus('PutRule', { Name: 'r', ScheduleExpression: 'rate(5 minutes)' });
    w.bus('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: QUEUE }] });
    w.after(seconds(299));
    expect(w.bodies()).toHaveLength(1);
    expect(JSON.parse(w.received[0]!.Body)).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/r'],
      detail: {},
    });
    w.after(seconds(602));
    expect(w.events('events/TargetInvoked')).toHaveLength(3);
  });

  it('runs at the times of a cron expression, in UTC', () => {
    const w = new Bus();
    w.queues();
    // The world begins on Monday 2026-01-05 at 09:00.
    w.bus('PutRule', { Name: 'r', ScheduleExpression: 'cron(0/30 9-10 ? * MON *)' });
    w.bus('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: QUEUE, Input: '"tick"' }] });
    w.after(seconds(86_400));
    expect(w.bodies()).toEqual(['"tick"', '"tick"', '"tick"']);
  });

  it.each(['rate(1 minutes)', 'rate(0 minutes)', 'cron(0 9 * * * *)', 'cron(0 9 ? * MON)', 'every minute'])(
    'is refused when it says %s',
    (ScheduleExpression) => {
      expect(() => new Bus().bus('PutRule', { Name: 'r', ScheduleExpression })).toThrow(
        'Parameter ScheduleExpression is not valid.',
      );
    },
  );
});

describe('a target', () => {
  it.each([
    [{ Input: '{"a":1}' }, '{"a":1}'],
    [{ InputPath: '$.detail.items[1]' }, '"b"'],
    [
      {
        InputTransformer: {
          InputPathsMap: { who: '$.detail.who', items: '$.detail.items' },
          InputTemplate: '{"text":"<who> on <aws.events.rule-name>","items":<items>}',
        },
      },
      '{"text":"An\\"n on r","items":["a","b"]}',
    ],
  ])('is handed %j', (target, expected) => {
    const w = new Bus();
    w.queues();
    w.rule({ source: ['shop'] }, target);
    w.order({ who: 'An"n', items: ['a', 'b'] });
    expect(w.bodies()).toEqual([expected]);
  });

  it('that is a delivery stream needs a role, and gets the event as a record', () => {
    const w = new Bus();
    w.call('CreateBucket', { Bucket: 'lake' }, 's3');
    const ExtendedS3DestinationConfiguration = {
      RoleARN: ROLE,
      BucketARN: 'arn:aws:s3:::lake',
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 10 },
    };
    w.call(
      'CreateDeliveryStream',
      { DeliveryStreamName: 'd', ExtendedS3DestinationConfiguration },
      'firehose',
    );
    w.after(seconds(21));
    const Arn = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/d';
    expect(() => w.rule(ORDERS, { Arn })).toThrow(`RoleArn is required for target ${Arn}.`);
    w.rule(ORDERS, { Arn, RoleArn: ROLE });
    w.order({ total: 500 });
    w.after(seconds(15));
    const [object] = w.call('ListObjectsV2', { Bucket: 'lake' }, 's3').Contents;
    const { Body } = w.call('GetObject', { Bucket: 'lake', Key: object.Key }, 's3');
    expect(JSON.parse(utf8Text(Body)!)).toMatchObject({ source: 'shop', detail: { total: 500 } });
  });

  it('that is a stream gets the partition key that a path names', () => {
    const w = new Bus();
    w.stream('s', 1);
    w.rule(ORDERS, {
      Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
      RoleArn: ROLE,
      KinesisParameters: { PartitionKeyPath: '$.detail.customer' },
    });
    w.order({ total: 500, customer: 'ann' });
    w.after(seconds(2));
    const input = { StreamName: 's', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' };
    const { ShardIterator } = w.call('GetShardIterator', input, 'kinesis');
    const { Records } = w.call('GetRecords', { ShardIterator }, 'kinesis');
    expect(Records.map(({ PartitionKey }: Output) => PartitionKey)).toEqual(['ann']);
  });

  it('that is a log group is written to', () => {
    const w = new Bus();
    w.call('CreateLogGroup', { logGroupName: '/aws/events/orders' }, 'logs');
    w.rule(ORDERS, { Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/orders' });
    w.order({ total: 500 });
    w.after(seconds(2));
    const { logStreams } = w.call('DescribeLogStreams', { logGroupName: '/aws/events/orders' }, 'logs');
    expect(logStreams).toHaveLength(1);
  });

  it('whose policy does not let the rule in loses the event, or leaves it in a dead-letter queue', () => {
    const w = new Bus();
    w.queues(policyFor('sns.amazonaws.com'));
    w.rule(ORDERS);
    w.order({ total: 500 });
    w.after(seconds(2));
    expect(w.events('events/EventLost')).toHaveLength(1);
    w.rule(ORDERS, { DeadLetterConfig: { Arn: DEAD } });
    w.order({ total: 501 });
    const [body] = w.bodies('dead');
    expect(JSON.parse(body!).detail).toEqual({ total: 501 });
    const attributes = w.received[0]!.MessageAttributes;
    expect(attributes.ERROR_CODE.StringValue).toBe('NO_PERMISSIONS');
    expect(attributes.RULE_ARN.StringValue).toBe('arn:aws:events:us-east-1:000000000000:rule/r');
    expect(attributes.TARGET_ARN.StringValue).toBe(QUEUE);
  });
});

describe('what services tell by themselves', () => {
  it('a bucket tells of objects when EventBridge is switched on for it', () => {
    const w = new Bus();
    w.queues();
    w.call('CreateBucket', { Bucket: 'uploads' }, 's3');
    w.rule({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['uploads'] } },
    });
    w.call('PutObject', { Bucket: 'uploads', Key: 'before', Body: 'x' }, 's3');
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    w.call('PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration }, 's3');
    w.call('PutObject', { Bucket: 'uploads', Key: 'a/b.jpg', Body: 'xyz' }, 's3');
    const [body, ...more] = w.bodies();
    expect(more).toEqual([]);
    expect(JSON.parse(body!)).toMatchObject({
      source: 'aws.s3',
      resources: ['arn:aws:s3:::uploads'],
      detail: {
        version: '0',
        bucket: { name: 'uploads' },
        object: { key: 'a/b.jpg', size: 3 },
        reason: 'PutObject',
      },
    });
  });

  it('an alarm tells of its new state', () => {
    const w = new Bus();
    w.queues();
    w.rule({ source: ['aws.cloudwatch'], detail: { state: { value: ['ALARM'] } } });
    const alarm = {
      AlarmName: 'deep',
      Namespace: 'Own',
      MetricName: 'depth',
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
    };
    w.call('PutMetricAlarm', alarm, 'cloudwatch');
    w.call('SetAlarmState', { AlarmName: 'deep', StateValue: 'ALARM', StateReason: 'a test' }, 'cloudwatch');
    const [body] = w.bodies();
    expect(JSON.parse(body!)).toMatchObject({
      'detail-type': 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:us-east-1:000000000000:alarm:deep'],
      detail: {
        alarmName: 'deep',
        state: { value: 'ALARM', reason: 'a test' },
        previousState: { value: 'INSUFFICIENT_DATA' },
        configuration: {
          metrics: [{ metricStat: { metric: { namespace: 'Own', name: 'depth' }, stat: 'Average' } }],
        },
      },
    });
  });
});

describe('put-events', () => {
  it('refuses entries on their own', () => {
    const w = new Bus();
    const entry = { Source: 'shop', DetailType: 'order', Detail: '{}' };
    const { FailedEntryCount, Entries } = w.bus('PutEvents', {
      Entries: [
        entry,
        { ...entry, Source: 'aws.s3' },
        { ...entry, Detail: 'x' },
        { ...entry, DetailType: '' },
      ],
    });
    expect(FailedEntryCount).toBe(3);
    expect(Entries.map(({ ErrorCode }: Output) => ErrorCode)).toEqual([
      undefined,
      'NotAuthorizedForSourceException',
      'MalformedDetail',
      'InvalidArgument',
    ]);
  });
});

describe('why', () => {
  it('names the field of the newest event that the pattern does not want', () => {
    const w = new Bus();
    w.queues();
    w.rule(ORDERS);
    w.order({ total: 7 });
    const found = w.why('rule/r');
    expect(found?.answer).toBe('detail.total is 7, and the pattern wants [{"numeric":[">",100]}].');
  });

  it('names the policy that does not let the rule in', () => {
    const w = new Bus();
    w.queues(policyFor('sns.amazonaws.com'));
    w.rule(ORDERS);
    w.order({ total: 700 });
    w.after(seconds(2));
    const found = w.why('rule/r');
    expect(found?.answer).toContain('does not let events.amazonaws.com in for this rule');
  });
});
