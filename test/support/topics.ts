/** What tests about topics do: a world of SNS and SQS, topics, subscribed queues, what arrived. */
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { apps } from '../../src/services/apps/index.ts';
import { iam } from '../../src/services/iam/index.ts';
import { kms } from '../../src/services/kms/index.ts';
import { sns } from '../../src/services/sns/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { type Output, type World, world } from './world.ts';

export const ACCOUNT = '000000000000';
export const topicArn = (name: string, account = ACCOUNT): string =>
  `arn:aws:sns:us-east-1:${account}:${name}`;
export const queueArn = (name: string, account = ACCOUNT): string =>
  `arn:aws:sqs:us-east-1:${account}:${name}`;

export const topics = (settings: Partial<AwsWorldSettings> = {}): World =>
  world(settings, [sqs, apps, iam, kms, sns]);

/** Makes a topic and answers its ARN. */
export function topic(w: World, name = 'orders', attributes: Readonly<Record<string, string>> = {}): string {
  const fifo = name.endsWith('.fifo') ? { FifoTopic: 'true' } : {};
  return w.call('CreateTopic', { Name: name, Attributes: { ...fifo, ...attributes } }, 'sns').TopicArn;
}

/** A queue's policy that lets a topic send to it. */
export const lettingIn = (queue: string, topicArnOf: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn(queue),
        Condition: { ArnEquals: { 'aws:SourceArn': topicArnOf } },
      },
    ],
  });

/** Makes a queue that the topic may send to, subscribes it, and answers the subscription's ARN. */
export function subscribed(
  w: World,
  arn: string,
  queue: string,
  attributes: Readonly<Record<string, string>> = {},
): string {
  w.queue(queue, { Policy: lettingIn(queue, arn) });
  return subscribe(w, arn, 'sqs', queueArn(queue), attributes);
}

export const subscribe = (
  w: World,
  arn: string,
  protocol: string,
  endpoint: string,
  attributes: Readonly<Record<string, string>> = {},
): string =>
  w.call(
    'Subscribe',
    {
      TopicArn: arn,
      Protocol: protocol,
      Endpoint: endpoint,
      Attributes: attributes,
      ReturnSubscriptionArn: true,
    },
    'sns',
  ).SubscriptionArn;

export const publish = (w: World, arn: string, body: string, more: object = {}): Output =>
  w.call('Publish', { TopicArn: arn, Message: body, ...more }, 'sns');

export const queueUrl = (name: string): string => `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${name}`;

/** All bodies in a queue, in order. */
export const arrived = (w: World, queue: string): string[] =>
  w.messages(`queue/${queue}`).map(({ body }) => body);

/** What the envelopes in a queue carry. */
export const carried = (w: World, queue: string): string[] =>
  arrived(w, queue).map((body) => JSON.parse(body).Message);

export const figures = (w: World, id: string): Output => w.view('sns').find((view) => view.id === id)?.fields;
