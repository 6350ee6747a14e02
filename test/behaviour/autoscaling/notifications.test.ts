import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import type { Output, World } from '../../support/world.ts';
import { autoscaling, GROUP, grouped, instances } from './support.ts';

const TYPES = ['autoscaling:EC2_INSTANCE_LAUNCH', 'autoscaling:EC2_INSTANCE_TERMINATE'];
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ops';

/** A group of none, a topic, and a queue that gets what the topic gets. */
function told(topicPolicy?: object): World {
  const w = grouped({ MinSize: 0, DesiredCapacity: 0 });
  w.queue('inbox');
  w.call('CreateTopic', { Name: 'ops' }, 'sns');
  w.call(
    'SetQueueAttributes',
    {
      QueueUrl: w.call('GetQueueUrl', { QueueName: 'inbox' }).QueueUrl,
      Attributes: {
        Policy: JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
        }),
      },
    },
    'sqs',
  );
  w.call(
    'Subscribe',
    { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:000000000000:inbox' },
    'sns',
  );
  if (topicPolicy !== undefined) {
    w.call(
      'SetTopicAttributes',
      {
        TopicArn: TOPIC,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement: [topicPolicy] }),
      },
      'sns',
    );
  }
  return w;
}

const put = (w: World, more: object = {}): Output =>
  autoscaling(w, 'PutNotificationConfiguration', {
    ...GROUP,
    TopicARN: TOPIC,
    NotificationTypes: TYPES,
    ...more,
  });

/** What arrived, newest last: subject and body of each. */
function arrived(w: World): readonly { readonly subject: string; readonly body: Output }[] {
  w.after(seconds(2));
  const QueueUrl = w.call('GetQueueUrl', { QueueName: 'inbox' }).QueueUrl;
  const { Messages = [] } = w.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  return Messages.map(({ Body, ReceiptHandle }: { Body: string; ReceiptHandle: string }) => {
    w.call('DeleteMessage', { QueueUrl, ReceiptHandle });
    const { Subject: subject, Message } = JSON.parse(Body);
    return { subject, body: JSON.parse(Message) };
  });
}

describe('a group that tells a topic', () => {
  it('sends a test message when it is set', () => {
    const w = told();
    put(w);
    const [only] = arrived(w);
    expect(only?.subject).toBe('Auto Scaling: test notification for group "workers"');
    expect(Object.keys(only?.body)).toEqual([
      'AccountId',
      'RequestId',
      'AutoScalingGroupARN',
      'AutoScalingGroupName',
      'Service',
      'Event',
      'Time',
    ]);
    expect(only?.body.Event).toBe('autoscaling:TEST_NOTIFICATION');
  });

  it('tells of each instance when it is in service, and when it has ended', () => {
    const w = told();
    put(w);
    arrived(w);
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 1 });
    w.after(seconds(20));
    expect(arrived(w)).toEqual([]);
    w.after(seconds(130));
    const [{ InstanceId }] = instances(w) as [Output];
    const [launch] = arrived(w);
    expect(launch?.subject).toBe('Auto Scaling: launch for group "workers"');
    expect(launch?.body).toMatchObject({
      Origin: 'EC2',
      Destination: 'AutoScalingGroup',
      Progress: 50,
      AccountId: '000000000000',
      Description: `Launching a new EC2 instance: ${InstanceId}`,
      Service: 'AWS Auto Scaling',
      EC2InstanceId: InstanceId,
      StatusCode: 'InProgress',
      Details: { 'Subnet ID': '', 'Availability Zone': 'us-east-1a' },
      AutoScalingGroupName: 'workers',
      Event: 'autoscaling:EC2_INSTANCE_LAUNCH',
    });
    expect(launch?.body.Cause).toContain('increasing the capacity from 0 to 1.');
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 0 });
    w.after(seconds(60));
    const [end] = arrived(w);
    expect(end?.subject).toBe('Auto Scaling: termination for group "workers"');
    expect(end?.body.Event).toBe('autoscaling:EC2_INSTANCE_TERMINATE');
    const sent = w.events('autoscaling/NotificationSent').at(-1);
    expect(sent).toMatchObject({ group: 'workers', topic: TOPIC, messageId: end?.body.ActivityId });
  });

  it('tells only what was asked for', () => {
    const w = told();
    put(w, { NotificationTypes: ['autoscaling:EC2_INSTANCE_TERMINATE'] });
    arrived(w);
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 1 });
    w.after(seconds(150));
    expect(arrived(w)).toEqual([]);
  });

  it('is let in by a topic whose policy names only S3, for its role is of the account', () => {
    const w = told({
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'SNS:Publish',
      Resource: TOPIC,
    });
    put(w);
    expect(arrived(w)).toHaveLength(1);
  });

  it('is refused by a topic that denies it, and by one that is not there', () => {
    const w = told({ Effect: 'Deny', Principal: '*', Action: 'SNS:Publish', Resource: TOPIC });
    const refused = (more: object): string =>
      w.refusal(
        'PutNotificationConfiguration',
        { ...GROUP, TopicARN: TOPIC, NotificationTypes: TYPES, ...more },
        'autoscaling',
      ).message;
    expect(refused({})).toBe(`Unable to publish test message to notification target ${TOPIC}.`);
    expect(refused({ TopicARN: `${TOPIC}2` })).toContain('Unable to publish test message');
    expect(refused({ TopicARN: 'ops' })).toContain('Invalid Topic ARN: ops');
    expect(refused({ NotificationTypes: ['launch'] })).toContain('"launch" is not a valid notification type');
    expect(refused({ AutoScalingGroupName: 'others' })).toContain("AutoScalingGroup 'others' not found");
    expect(autoscaling(w, 'DescribeNotificationConfigurations', {}).NotificationConfigurations).toEqual([]);
  });

  it('replaces what a topic is told, lists it, and forgets it', () => {
    const w = told();
    put(w);
    put(w, { NotificationTypes: [TYPES[1]] });
    expect(autoscaling(w, 'DescribeNotificationConfigurations', {}).NotificationConfigurations).toEqual([
      { AutoScalingGroupName: 'workers', TopicARN: TOPIC, NotificationType: TYPES[1] },
    ]);
    autoscaling(w, 'DeleteNotificationConfiguration', { ...GROUP, TopicARN: TOPIC });
    expect(
      w.refusal('DeleteNotificationConfiguration', { ...GROUP, TopicARN: TOPIC }, 'autoscaling').code,
    ).toBe('ValidationError');
    expect(
      autoscaling(w, 'DescribeAutoScalingNotificationTypes', {}).AutoScalingNotificationTypes,
    ).toHaveLength(5);
  });
});
