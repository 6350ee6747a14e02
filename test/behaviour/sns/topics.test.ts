import * as sdk from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { sns } from '../../../src/services/sns/index.ts';
import { queueArn, subscribe, topic, topicArn, topics } from '../../support/topics.ts';
import type { World } from '../../support/world.ts';

const refused = (w: World, operation: string, input: object): string => {
  // The first call in a minute closes the one before.
  w.call('ListTopics', {}, 'sns');
  const before = w.digest('sns');
  const { message } = w.refusal(operation, input, 'sns');
  expect(w.digest('sns')).toBe(before);
  return message;
};
const attributes = (w: World, TopicArn: string) =>
  w.call('GetTopicAttributes', { TopicArn }, 'sns').Attributes;

describe('SNS', () => {
  it('has every operation of the official SDK, or refuses it by name', () => {
    const OPERATION = 9;
    const all = Object.values(sdk as Record<string, unknown>)
      .filter(
        (value): value is readonly [number, string, string] => Array.isArray(value) && value[0] === OPERATION,
      )
      .map(([, , name]) => name);
    const { operations, notModelled = [] } = sns.description;
    expect([...operations.keys(), ...notModelled].sort()).toEqual(all.sort());
    expect(notModelled.every((name) => /SMSSandbox|OriginationNumbers/u.test(name))).toBe(true);
    for (const { summary, members, input } of operations.values()) {
      expect(summary).toMatch(/^[A-Z].{10,95}\.$/u);
      expect(Object.keys(members).sort()).toEqual(input.members.map(({ name }) => name).sort());
      for (const { purpose = '' } of Object.values(members)) {
        expect(purpose).toMatch(/^.{5,64}[^.!]$/u);
      }
    }
  });

  it('refuses what is not modelled by name', () => {
    expect(topics().refusal('GetSMSSandboxAccountStatus', {}, 'sns').message).toBe(
      'not modelled: sns GetSMSSandboxAccountStatus',
    );
  });
});

describe('a topic', () => {
  it('has AWS’s attributes from the beginning', () => {
    const w = topics();
    const arn = topic(w);
    expect(arn).toBe(topicArn('orders'));
    const { Policy, EffectiveDeliveryPolicy, ...rest } = attributes(w, arn);
    expect(rest).toEqual({
      Owner: '000000000000',
      SubscriptionsPending: '0',
      TopicArn: arn,
      SubscriptionsConfirmed: '0',
      DisplayName: '',
      SubscriptionsDeleted: '0',
    });
    expect(JSON.parse(Policy).Statement[0]).toMatchObject({
      Sid: '__default_statement_ID',
      Condition: { StringEquals: { 'AWS:SourceOwner': '000000000000' } },
    });
    expect(EffectiveDeliveryPolicy).toBe(
      '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}',
    );
  });

  it('is named as AWS wants it', () => {
    const w = topics();
    for (const Name of ['', 'a b', 'orders.fifo', 'x'.repeat(257)]) {
      expect(refused(w, 'CreateTopic', { Name })).toBe('Invalid parameter: Topic Name');
    }
    const fifo = { Name: 'orders', Attributes: { FifoTopic: 'true' } };
    expect(refused(w, 'CreateTopic', fifo)).toBe('Invalid parameter: Topic Name');
  });

  it('made again is the same, unless it should be another', () => {
    const w = topics();
    const arn = topic(w, 'orders', { DisplayName: 'a' });
    expect(topic(w)).toBe(arn);
    const other = { Name: 'orders', Attributes: { DisplayName: 'b' } };
    expect(refused(w, 'CreateTopic', other)).toBe(
      'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    );
    expect(refused(w, 'CreateTopic', { Name: 'orders', Tags: [{ Key: 'a', Value: 'b' }] })).toBe(
      'Invalid parameter: Tags Reason: Topic already exists with different tags',
    );
    const twice = [
      { Key: 'a', Value: 'b' },
      { Key: 'a', Value: 'c' },
    ];
    expect(refused(w, 'CreateTopic', { Name: 'new', Tags: twice })).toBe(
      'Invalid parameter: Duplicated keys are not allowed.',
    );
  });

  it('is found by its ARN, checked step by step (T18)', () => {
    const w = topics();
    const message = (TopicArn: string) => refused(w, 'GetTopicAttributes', { TopicArn });
    expect(message('randomarn')).toBe(
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    );
    expect(message('arn:aws:sns:eu-west-1:000000000000:orders')).toBe('Invalid parameter: TopicArn');
    expect(w.refusal('GetTopicAttributes', { TopicArn: topicArn('orders') }, 'sns')).toMatchObject({
      code: 'NotFound',
      httpStatus: 404,
      message: 'Topic does not exist',
    });
  });

  it('keeps what cannot be set', () => {
    const w = topics();
    const TopicArn = topic(w, 'orders.fifo');
    const set = { TopicArn, AttributeName: 'FifoTopic', AttributeValue: 'false' };
    expect(refused(w, 'SetTopicAttributes', set)).toBe('Invalid parameter: AttributeName');
    w.call(
      'SetTopicAttributes',
      { TopicArn, AttributeName: 'ContentBasedDeduplication', AttributeValue: 'true' },
      'sns',
    );
    expect(attributes(w, TopicArn)).toMatchObject({
      FifoTopic: 'true',
      ContentBasedDeduplication: 'true',
      FifoThroughputScope: 'Topic',
    });
  });

  it('deleted leaves its subscriptions behind for a while', () => {
    const w = topics();
    const TopicArn = topic(w);
    const SubscriptionArn = subscribe(w, TopicArn, 'sqs', queueArn('bills'));
    w.call('DeleteTopic', { TopicArn }, 'sns');
    w.call('DeleteTopic', { TopicArn }, 'sns');
    expect(w.call('GetSubscriptionAttributes', { SubscriptionArn }, 'sns').Attributes.Endpoint).toBe(
      queueArn('bills'),
    );
    w.at(3 * 86_400);
    expect(refused(w, 'GetSubscriptionAttributes', { SubscriptionArn })).toBe('Subscription does not exist');
  });

  it('lists a hundred at once', () => {
    const w = topics();
    for (let n = 0; n < 101; n++) topic(w, `t${1000 + n}`);
    const { Topics, NextToken } = w.call('ListTopics', {}, 'sns');
    expect(Topics).toHaveLength(100);
    const rest = w.call('ListTopics', { NextToken }, 'sns');
    expect(rest).toEqual({ Topics: [{ TopicArn: topicArn('t1100') }] });
  });

  it('of a scaled world is one of five', () => {
    const w = topics({ limits: 'scaled' });
    for (let n = 0; n < 5; n++) topic(w, `t${n}`);
    expect(w.refusal('CreateTopic', { Name: 'one-more' }, 'sns')).toMatchObject({
      code: 'TopicLimitExceeded',
      httpStatus: 403,
      why: 'Account 000000000000 has 5 standard topics; 5 are allowed (scaled: AWS allows far more).',
    });
    for (let n = 0; n < 5; n++) subscribe(w, topicArn('t0'), 'sqs', queueArn(`q${n}`));
    const more = { TopicArn: topicArn('t0'), Protocol: 'sqs', Endpoint: queueArn('q5') };
    expect(w.refusal('Subscribe', more, 'sns').code).toBe('SubscriptionLimitExceeded');
  });

  it('wears tags', () => {
    const w = topics();
    const ResourceArn = topic(w);
    const Tags = [{ Key: 'team', Value: 'red' }];
    w.call('TagResource', { ResourceArn, Tags }, 'sns');
    expect(w.call('ListTagsForResource', { ResourceArn }, 'sns')).toEqual({ Tags });
    w.call('UntagResource', { ResourceArn, TagKeys: ['team'] }, 'sns');
    expect(w.call('ListTagsForResource', { ResourceArn }, 'sns')).toEqual({ Tags: [] });
    expect(w.refusal('TagResource', { ResourceArn: topicArn('no'), Tags }, 'sns').code).toBe(
      'ResourceNotFound',
    );
  });

  it('gives permissions, and takes them back', () => {
    const w = topics();
    const TopicArn = topic(w);
    const give = { TopicArn, Label: 'partner', AWSAccountId: ['111111111111'], ActionName: ['Publish'] };
    expect(refused(w, 'AddPermission', { ...give, ActionName: ['Fly'] })).toBe(
      'Invalid parameter: Policy statement action out of service scope!',
    );
    w.call('AddPermission', give, 'sns');
    expect(refused(w, 'AddPermission', give)).toBe('Invalid parameter: Statement already exists');
    const statements = () => JSON.parse(attributes(w, TopicArn).Policy).Statement;
    expect(statements()[1]).toEqual({
      Sid: 'partner',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: 'SNS:Publish',
      Resource: TopicArn,
    });
    w.call('RemovePermission', { TopicArn, Label: 'partner' }, 'sns');
    expect(statements()).toHaveLength(1);
  });
});
