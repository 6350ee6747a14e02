import { describe, expect, it } from 'vitest';
import { type World, world } from '../../support/world.ts';

const set = (w: World, url: string, Attributes: object) =>
  w.call('SetQueueAttributes', { QueueUrl: url, Attributes });
const refused = (w: World, url: string, Attributes: object) =>
  w.refusal('SetQueueAttributes', { QueueUrl: url, Attributes });

describe('the attributes of a queue', () => {
  it('of a new standard queue are exactly these', () => {
    const w = world();
    w.at(2);
    const created = String(w.settings.epoch / 1000 + 2);
    expect(w.attributes(w.queue())).toEqual({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: created,
      LastModifiedTimestamp: created,
      VisibilityTimeout: '30',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      DelaySeconds: '0',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
    });
  });

  it('of a FIFO queue are four more', () => {
    const w = world();
    expect(w.attributes(w.queue('orders.fifo'))).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
  });

  it('are shown only when they are asked for', () => {
    const w = world();
    const url = w.queue();
    expect(w.call('GetQueueAttributes', { QueueUrl: url })).toEqual({});
    expect(w.attributes(url, 'DelaySeconds')).toEqual({ DelaySeconds: '0' });
    expect(w.refusal('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['Size'] })).toMatchObject({
      code: 'InvalidAttributeName',
      message: 'Unknown Attribute Size.',
    });
  });

  it('hold at once when they are set, with the time of the change', () => {
    const w = world();
    const url = w.queue();
    w.at(10);
    set(w, url, { VisibilityTimeout: '5', ReceiveMessageWaitTimeSeconds: '20' });
    expect(w.attributes(url)).toMatchObject({
      VisibilityTimeout: '5',
      ReceiveMessageWaitTimeSeconds: '20',
      CreatedTimestamp: String(w.settings.epoch / 1000),
      LastModifiedTimestamp: String(w.settings.epoch / 1000 + 10),
    });
  });

  it.each([
    ['VisibilityTimeout', 0, 43_200],
    ['DelaySeconds', 0, 900],
    ['MessageRetentionPeriod', 60, 1_209_600],
    ['MaximumMessageSize', 1_024, 1_048_576],
    ['ReceiveMessageWaitTimeSeconds', 0, 20],
    ['KmsDataKeyReusePeriodSeconds', 60, 86_400],
  ])('%s is a whole number from %i to %i', (name, min, max) => {
    const w = world();
    const url = w.queue();
    for (const value of [min, max]) {
      set(w, url, { [name]: String(value) });
      expect(w.attributes(url, name)).toEqual({ [name]: String(value) });
    }
    for (const value of [min - 1, max + 1, '', 'x', `${min}.5`, ' 100']) {
      expect(refused(w, url, { [name]: String(value) })).toMatchObject({
        code: 'InvalidAttributeValue',
        message: `Invalid value for the parameter ${name}.`,
      });
    }
  });

  it.each([
    [{ QueueArn: 'x' }, 'InvalidAttributeName', 'Unknown Attribute QueueArn.'],
    [
      { ContentBasedDeduplication: 'true' },
      'InvalidAttributeName',
      'Unknown Attribute ContentBasedDeduplication.',
    ],
    [
      { DeduplicationScope: 'queue' },
      'InvalidAttributeName',
      'You can specify the DeduplicationScope only when FifoQueue is set to true.',
    ],
    [
      { FifoThroughputLimit: 'perQueue' },
      'InvalidAttributeName',
      'You can specify the FifoThroughputLimit only when FifoQueue is set to true.',
    ],
    [{ FifoQueue: 'true' }, 'InvalidAttributeName', 'Unknown Attribute FifoQueue.'],
    [
      { SqsManagedSseEnabled: 'true', KmsMasterKeyId: 'alias/aws/sqs' },
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    ],
    [{ Policy: 'no JSON' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
  ])('%j is refused for a standard queue', (Attributes, code, message) => {
    const w = world();
    const url = w.queue();
    const before = w.digest();
    expect(refused(w, url, Attributes)).toMatchObject({ code, message });
    expect(w.digest()).toBe(before);
  });

  it('of creation know no FifoQueue=false', () => {
    const refusal = world().refusal('CreateQueue', {
      QueueName: 'orders',
      Attributes: { FifoQueue: 'false' },
    });
    expect(refusal.message).toBe('Unknown Attribute FifoQueue.');
  });

  it('allow one kind of encryption: a key switches the other off', () => {
    const w = world();
    const url = w.queue();
    set(w, url, { KmsMasterKeyId: 'alias/aws/sqs' });
    expect(w.attributes(url)).toMatchObject({
      KmsMasterKeyId: 'alias/aws/sqs',
      SqsManagedSseEnabled: 'false',
    });
    set(w, url, { KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' });
    expect(w.attributes(url)).not.toHaveProperty('KmsMasterKeyId');
    expect(w.attributes(url)).not.toHaveProperty('KmsDataKeyReusePeriodSeconds');
  });

  it('need the scope messageGroup for the limit perMessageGroupId', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    expect(refused(w, url, { FifoThroughputLimit: 'perMessageGroupId' }).code).toBe('InvalidAttributeValue');
    set(w, url, { FifoThroughputLimit: 'perMessageGroupId', DeduplicationScope: 'messageGroup' });
    expect(w.attributes(url, 'FifoThroughputLimit')).toEqual({ FifoThroughputLimit: 'perMessageGroupId' });
  });
});

describe('tags', () => {
  it('are added, replaced and taken off', () => {
    const w = world();
    const url = w.call('CreateQueue', { QueueName: 'orders', tags: { team: 'blue', Team: 'red' } }).QueueUrl;
    w.call('TagQueue', { QueueUrl: url, Tags: { team: 'green', cost: '7' } });
    expect(w.call('ListQueueTags', { QueueUrl: url })).toEqual({
      Tags: { team: 'green', Team: 'red', cost: '7' },
    });
    w.call('UntagQueue', { QueueUrl: url, TagKeys: ['team', 'Team', 'cost', 'none'] });
    expect(w.call('ListQueueTags', { QueueUrl: url })).toEqual({});
  });
});

describe('permissions', () => {
  it('are statements in the queue’s policy', () => {
    const w = world();
    const url = w.queue();
    const add = { QueueUrl: url, Label: 'alice', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] };
    w.call('AddPermission', add);
    expect(JSON.parse(w.attributes(url, 'Policy').Policy!)).toEqual({
      Version: '2008-10-17',
      Id: 'arn:aws:sqs:us-east-1:000000000000:orders/SQSDefaultPolicy',
      Statement: [
        {
          Sid: 'alice',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 'SQS:SendMessage',
          Resource: 'arn:aws:sqs:us-east-1:000000000000:orders',
        },
      ],
    });
    expect(w.refusal('AddPermission', add).message).toBe(
      'Value alice for parameter Label is invalid. Reason: Already exists.',
    );
    expect(w.refusal('RemovePermission', { QueueUrl: url, Label: 'bob' }).message).toBe(
      "Value bob for parameter Label is invalid. Reason: can't find label.",
    );
    w.call('RemovePermission', { QueueUrl: url, Label: 'alice' });
    expect(w.attributes(url)).not.toHaveProperty('Policy');
  });

  it('are for at most seven actions', () => {
    const w = world();
    const Actions = Array.from({ length: 8 }, () => 'SendMessage');
    const add = { QueueUrl: w.queue(), Label: 'a', AWSAccountIds: ['111111111111'], Actions };
    expect(w.refusal('AddPermission', add)).toMatchObject({
      code: 'OverLimit',
      httpStatus: 403,
      message: '8 Actions were found, maximum allowed is 7.',
    });
  });
});
