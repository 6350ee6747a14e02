import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { ACCOUNT, arrived, publish, subscribed, topic, topicArn, topics } from '../../support/topics.ts';
import type { World } from '../../support/world.ts';

const ADMINISTRATOR = { by: 'you', account: ACCOUNT, profile: 'default', secure: true };
const asUser = (w: World, profile: string): World => w.as({ ...ADMINISTRATOR, profile });
const asPartner = (w: World): World =>
  w.as({ ...ADMINISTRATOR, account: '111111111111', profile: 'partner' });

const statement = (principal: object, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: principal, Action: 'SNS:Publish', Resource: topicArn('orders'), ...more },
    ],
  });

describe('who may publish', () => {
  it('a user needs a policy that allows it; the topic’s own is for its owner', () => {
    const w = topics();
    const TopicArn = topic(w);
    w.call('CreateUser', { UserName: 'alice' }, 'iam');
    const refusal = asUser(w, 'alice').refusal('Publish', { TopicArn, Message: 'x' }, 'sns');
    expect(refusal).toMatchObject({
      code: 'AuthorizationError',
      httpStatus: 403,
      message: `User: arn:aws:iam::${ACCOUNT}:user/alice is not authorized to perform: SNS:Publish on resource: ${TopicArn} because no identity-based policy allows the SNS:Publish action`,
    });
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }],
    });
    w.as(ADMINISTRATOR);
    w.call('PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument }, 'iam');
    asUser(w, 'alice').call('Publish', { TopicArn, Message: 'x' }, 'sns');
  });

  it('another account needs the topic’s policy, too', () => {
    const w = topics();
    const TopicArn = topic(w);
    expect(asPartner(w).refusal('Publish', { TopicArn, Message: 'x' }, 'sns').code).toBe(
      'AuthorizationError',
    );
    w.as(ADMINISTRATOR);
    topic(w, 'other');
    w.call(
      'SetTopicAttributes',
      {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: statement({ AWS: 'arn:aws:iam::111111111111:root' }),
      },
      'sns',
    );
    asPartner(w).call('Publish', { TopicArn, Message: 'x' }, 'sns');
  });

  it('a bucket needs a statement that names it; an alarm does not', () => {
    const w = topics();
    const TopicArn = topic(w);
    const from = (by: string, sourceArn: string) =>
      w
        .as({ ...ADMINISTRATOR, account: '', by, profile: by, sourceArn })
        .outcome('Publish', { TopicArn, Message: 'x' }, 'sns').ok;
    expect(from('cloudwatch.amazonaws.com', `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:a`)).toBe(true);
    expect(from('cloudwatch.amazonaws.com', 'arn:aws:cloudwatch:us-east-1:111111111111:alarm:a')).toBe(false);
    expect(from('s3.amazonaws.com', 'arn:aws:s3:::pictures')).toBe(false);
    w.as(ADMINISTRATOR).call(
      'SetTopicAttributes',
      {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: statement(
          { Service: 's3.amazonaws.com' },
          { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::pictures' } } },
        ),
      },
      'sns',
    );
    expect(from('s3.amazonaws.com', 'arn:aws:s3:::pictures')).toBe(true);
    expect(from('s3.amazonaws.com', 'arn:aws:s3:::others')).toBe(false);
  });

  it('an encrypted topic asks the key as well', () => {
    const w = topics();
    const { KeyMetadata } = w.call('CreateKey', {}, 'kms');
    const TopicArn = topic(w, 'orders', { KmsMasterKeyId: KeyMetadata.KeyId });
    publish(w, TopicArn, 'x');
    w.call('DisableKey', { KeyId: KeyMetadata.KeyId }, 'kms');
    expect(w.refusal('Publish', { TopicArn, Message: 'x' }, 'sns')).toMatchObject({ code: 'KMSDisabled' });
  });

  it('an encrypted queue takes from a topic only with a key that lets SNS in', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'bills');
    const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/bills`;
    const { KeyMetadata } = w.call('CreateKey', {}, 'kms');
    const Attributes = { KmsMasterKeyId: KeyMetadata.KeyId };
    w.call('SetQueueAttributes', { QueueUrl, Attributes });
    publish(w, arn, 'x');
    w.after(seconds(1));
    expect(arrived(w, 'bills')).toEqual([]);
    expect(w.events('sns/MessageLost')[0]).toMatchObject({ reason: 'KMS.AccessDeniedException' });
  });
});

describe('the key that AWS keeps for SNS', () => {
  it('serves the account’s own publishers, and needs no permission of theirs', () => {
    const w = topics();
    const TopicArn = topic(w, 'orders', { KmsMasterKeyId: 'alias/aws/sns' });
    publish(w, TopicArn, 'x');
    w.call('CreateUser', { UserName: 'alice' }, 'iam');
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }],
    });
    w.call('PutUserPolicy', { UserName: 'alice', PolicyName: 'own', PolicyDocument }, 'iam');
    asUser(w, 'alice').call('Publish', { TopicArn, Message: 'x' }, 'sns');
  });
});
