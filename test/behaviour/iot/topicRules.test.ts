/** Topic rules of AWS IoT: which messages they take, what of them goes on, and what becomes of what fails. */
import { describe, expect, it } from 'vitest';
import { utf8Bytes, utf8Text } from '../../../src/contract/text.ts';
import type { ResourceId } from '../../../src/contract/view.ts';
import type { Why } from '../../../src/contract/why.ts';
import { seconds } from '../../../src/engine/units.ts';
import { firehose } from '../../../src/services/firehose/index.ts';
import { iot } from '../../../src/services/iot/index.ts';
import { fitsTopic } from '../../../src/services/iot/rules/topicFilter.ts';
import { iotData } from '../../../src/services/iotdata/index.ts';
import { lambda } from '../../../src/services/lambda/index.ts';
import { logs } from '../../../src/services/logs/index.ts';
import { s3 } from '../../../src/services/s3/index.ts';
import { sns } from '../../../src/services/sns/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { ROLE } from '../../support/functions.ts';
import { Streams } from '../../support/streams.ts';
import type { Output } from '../../support/world.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const toQueue = (queueUrl = URL) => ({ sqs: { roleArn: ROLE, queueUrl } });

class Things extends Streams {
  constructor() {
    super({}, [sqs, sns, firehose, s3, lambda, logs, iot, iotData]);
    this.call('CreateQueue', { QueueName: 'q' }, 'sqs');
  }

  rule(sql: string, actions: readonly object[] = [toQueue()], more: object = {}): Output {
    const topicRulePayload = { sql, actions, ...more };
    return this.call('CreateTopicRule', { ruleName: 'r', topicRulePayload }, 'iot');
  }

  publish(topic: string, payload: object | string): this {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    this.call('Publish', { topic, payload: utf8Bytes(text) }, 'iotdata');
    return this;
  }

  override bodies(): string[] {
    this.after(seconds(1));
    const { Messages = [] } = this.call('ReceiveMessage', { QueueUrl: URL, MaxNumberOfMessages: 10 }, 'sqs');
    return Messages.map(({ Body }: Output) => Body);
  }

  why(id: ResourceId): Why | undefined {
    const ground = {
      state: this.simulation.stateOf('iot'),
      now: this.now,
      settings: this.settings,
      lately: () => [],
      decide: () => [],
    };
    return iot.why?.(ground, { type: 'resource', id });
  }
}

describe('a topic filter', () => {
  it.each([
    ['plant/+/temperature', 'plant/7/temperature', true],
    ['plant/+/temperature', 'plant/7/8/temperature', false],
    ['plant/#', 'plant/7/8', true],
    ['plant/#', 'plant', true],
    ['plant', 'plant/7', false],
    ['#', 'a/b', true],
    ['+', 'a/b', false],
  ])('%s and %s: %s', (filter, topic, fits) => {
    expect(fitsTopic(filter, topic)).toBe(fits);
  });
});

describe('the SQL of a rule', () => {
  it.each([
    ["SELECT * FROM 'plant/#'", '{"value":31,"at":{"hall":"A"}}'],
    ["SELECT value, at.hall FROM 'plant/#'", '{"value":31,"hall":"A"}'],
    ["SELECT *, topic(2) AS machine FROM 'plant/#'", '{"value":31,"at":{"hall":"A"},"machine":"7"}'],
    ["SELECT value * 2 + 1 AS twice, upper(at.hall) AS hall FROM 'plant/#'", '{"twice":63,"hall":"A"}'],
    ["SELECT nothing, value FROM 'plant/#' WHERE value > 30 AND NOT (at.hall = 'B')", '{"value":31}'],
    ["select value from 'plant/#' where at.hall in ('A', 'C')", '{"value":31}'],
    ["SELECT timestamp() AS at FROM 'plant/#'", '{"at":1767603600000}'],
    ["SELECT value FROM 'plant/#' WHERE nothing IS UNDEFINED", '{"value":31}'],
  ])('%s', (sql, expected) => {
    const w = new Things();
    w.rule(sql);
    expect(w.publish('plant/7/temperature', { value: 31, at: { hall: 'A' } }).bodies()).toEqual([expected]);
  });

  it.each([
    "SELECT * FROM 'plant/+'",
    "SELECT * FROM 'plant/#' WHERE value > 31",
    "SELECT * FROM 'plant/#' WHERE nothing = 1",
    "SELECT * FROM 'plant/#' WHERE nothing <> 1",
    "SELECT * FROM 'plant/#' WHERE NOT nothing",
  ])('%s takes nothing', (sql) => {
    const w = new Things();
    w.rule(sql);
    expect(w.publish('plant/7/temperature', { value: 31 }).bodies()).toEqual([]);
  });

  it('lets a payload that is no JSON go on as it is, when all of it is selected', () => {
    const w = new Things();
    w.rule("SELECT * FROM 'plant/#'");
    expect(w.publish('plant/7', 'hot').bodies()).toEqual(['hot']);
  });

  it.each([
    ['SELECT * FROM plant', 'SqlParseException'],
    ["SELECT FROM 'plant'", 'SqlParseException'],
    ["SELECT * FROM 'plant/#/x'", 'SqlParseException'],
    ["SELECT * FROM 'plant' WHERE", 'SqlParseException'],
    ["SELECT decode(a, 'base64') FROM 'plant'", 'InvalidRequestException'],
    ["SELECT CASE a WHEN 1 THEN 2 END FROM 'plant'", 'InvalidRequestException'],
  ])('%s is refused', (sql, code) => {
    const topicRulePayload = { sql, actions: [toQueue()] };
    const refusal = new Things().refusal('CreateTopicRule', { ruleName: 'r', topicRulePayload }, 'iot');
    expect(refusal.code).toBe(code);
    if (code === 'InvalidRequestException') expect(refusal.message).toMatch(/^not modelled: /u);
  });
});

describe('an action', () => {
  it('puts into a delivery stream, with a separator', () => {
    const w = new Things();
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
    w.rule("SELECT value FROM 'plant/#'", [
      { firehose: { roleArn: ROLE, deliveryStreamName: 'd', separator: '\n' } },
    ]);
    w.publish('plant/1', { value: 1 }).publish('plant/2', { value: 2 }).after(seconds(15));
    const [object] = w.call('ListObjectsV2', { Bucket: 'lake' }, 's3').Contents;
    const { Body } = w.call('GetObject', { Bucket: 'lake', Key: object.Key }, 's3');
    expect(utf8Text(Body)!.split('\n').sort()).toEqual(['', '{"value":1}', '{"value":2}']);
  });

  it('puts into a stream by the key that a template names, into a bucket, a log group, and publishes again', () => {
    const w = new Things();
    w.stream('s', 1);
    w.call('CreateBucket', { Bucket: 'lake' }, 's3');
    w.call('CreateLogGroup', { logGroupName: 'things' }, 'logs');
    w.rule("SELECT * FROM 'plant/+'", [
      { kinesis: { roleArn: ROLE, streamName: 's', partitionKey: '${topic(2)}' } },
      { s3: { roleArn: ROLE, bucketName: 'lake', key: '${topic()}/${hall}.json' } },
      { cloudwatchLogs: { roleArn: ROLE, logGroupName: 'things' } },
      { republish: { roleArn: ROLE, topic: 'copies/${hall}' } },
    ]);
    w.publish('plant/7', { hall: 'A' }).after(seconds(2));
    const { Records } = w.read(w.iterator(0));
    expect(Records.map(({ PartitionKey }: Output) => PartitionKey)).toEqual(['7']);
    expect(w.call('ListObjectsV2', { Bucket: 'lake' }, 's3').Contents[0].Key).toBe('plant/7/A.json');
    expect(w.call('DescribeLogStreams', { logGroupName: 'things' }, 'logs').logStreams).toHaveLength(1);
    expect(w.events('iot/MessagePublished').map(({ topic }) => topic)).toEqual(['plant/7', 'copies/A']);
  });

  it('needs a role', () => {
    const topicRulePayload = {
      sql: "SELECT * FROM 'a'",
      actions: [{ firehose: { deliveryStreamName: 'd' } }],
    };
    const { message, why } = new Things().refusal(
      'CreateTopicRule',
      { ruleName: 'r', topicRulePayload },
      'iot',
    );
    expect(message).toContain('topicRulePayload.actions.1.firehose.roleArn');
    expect(why).toContain('AWS IoT acts as a role');
  });

  it('that fails is told to the error action, and the message is lost without one', () => {
    const w = new Things();
    const broken = { s3: { roleArn: ROLE, bucketName: 'none', key: 'k' } };
    w.rule("SELECT * FROM 'a'", [broken], { errorAction: toQueue() });
    const [body] = w.publish('a', { value: 1 }).bodies();
    expect(JSON.parse(body!)).toMatchObject({
      ruleName: 'r',
      topic: 'a',
      base64OriginalPayload: 'eyJ2YWx1ZSI6MX0=',
      failures: [{ failedAction: 'S3Action', failedResource: 'none' }],
    });
    w.call(
      'ReplaceTopicRule',
      { ruleName: 'r', topicRulePayload: { sql: "SELECT * FROM 'a'", actions: [broken] } },
      'iot',
    );
    w.publish('a', { value: 2 }).after(seconds(2));
    expect(w.events('iot/MessageLost')).toHaveLength(1);
  });

  it('that calls a function needs the function’s policy', () => {
    const w = new Things();
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    w.call(
      'CreateFunction',
      {
        FunctionName: 'f',
        Runtime: 'nodejs22.x',
        Role: ROLE,
        Handler: 'ok',
        Code: { ZipFile: utf8Bytes('x') },
      },
      'lambda',
    );
    w.rule("SELECT * FROM 'a'", [{ lambda: { functionArn } }]);
    w.publish('a', {}).after(seconds(2));
    expect(w.events('iot/MessageLost')).toHaveLength(1);
    const permission = {
      FunctionName: 'f',
      StatementId: 'iot',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
    };
    w.call('AddPermission', permission, 'lambda');
    w.publish('a', {}).after(seconds(2));
    expect(w.events('iot/ActionDone')).toHaveLength(1);
  });
});

describe('publishing', () => {
  it.each(['a/#', 'a/+/b', '$aws/things', 'a/b/c/d/e/f/g/h/i', 'x'.repeat(257)])(
    'is refused to %s',
    (topic) => {
      expect(new Things().refusal('Publish', { topic }, 'iotdata').code).toBe('InvalidRequestException');
    },
  );
});

describe('why', () => {
  it('says what a rule passed by, and for what', () => {
    const w = new Things();
    w.rule("SELECT * FROM 'plant/+' WHERE value > 30");
    w.publish('plant/7', { value: 29 });
    expect(w.why('iotrule/r')?.answer).toBe(
      'It passed a message by: value > 30 is not true of {"value":29}.',
    );
    w.publish('office', { value: 31 });
    expect(w.why('iotrule/r')?.answer).toBe("It passed a message by: office does not fit 'plant/+'.");
  });
});
