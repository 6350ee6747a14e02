import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  arrived,
  figures,
  lettingIn,
  publish,
  queueArn,
  subscribe,
  topic,
  topics,
} from '../../support/topics.ts';
import type { World } from '../../support/world.ts';

const URL_OF_HOOK = 'https://hook.example.com/orders';

const read = (w: World, name: string) => w.call('Read', { name, newest: 50 }, 'app').arrivals;

/** A topic, a web hook that agreed, and a dead-letter queue. */
function hooked(answers: string) {
  const w = topics();
  const arn = topic(w);
  w.queue('dlq', { Policy: lettingIn('dlq', arn) });
  w.call('CreateEndpoint', { name: 'hook', latency: '0' }, 'app');
  const subscription = subscribe(w, arn, 'https', URL_OF_HOOK, {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dlq') }),
  });
  w.after(seconds(1));
  w.call('Visit', { name: 'hook' }, 'app');
  w.call('Update', { name: 'hook', answers }, 'app');
  return { w, arn, subscription };
}

describe('an HTTP endpoint', () => {
  it('is asked to confirm before it gets anything', () => {
    const w = topics();
    const arn = topic(w);
    w.call('CreateEndpoint', { name: 'hook' }, 'app');
    const answer = w.call('Subscribe', { TopicArn: arn, Protocol: 'https', Endpoint: URL_OF_HOOK }, 'sns');
    expect(answer).toEqual({ SubscriptionArn: 'pending confirmation' });
    publish(w, arn, 'too early');
    w.after(seconds(1));
    expect(w.call('ListSubscriptions', {}, 'sns').Subscriptions[0].SubscriptionArn).toBe(
      'PendingConfirmation',
    );
    const [confirmation, ...more] = read(w, 'hook');
    expect(more).toEqual([]);
    expect(confirmation.headers['x-amz-sns-message-type']).toBe('SubscriptionConfirmation');
    const body = JSON.parse(confirmation.body);
    expect(Object.keys(body)).toEqual([
      'Type',
      'MessageId',
      'Token',
      'TopicArn',
      'Message',
      'SubscribeURL',
      'Timestamp',
      'SignatureVersion',
      'Signature',
      'SigningCertURL',
    ]);
    const { SubscriptionArn } = w.call('Visit', { name: 'hook' }, 'app');
    expect(w.call('ConfirmSubscription', { TopicArn: arn, Token: body.Token }, 'sns')).toEqual({
      SubscriptionArn,
    });
    expect(w.events('sns/SubscriptionConfirmed')).toHaveLength(1);
    publish(w, arn, 'order 1');
    w.after(seconds(1));
    expect(read(w, 'hook')[0].headers['x-amz-sns-subscription-arn']).toBe(SubscriptionArn);
    expect(JSON.parse(read(w, 'hook')[0].body).Message).toBe('order 1');
  });

  it('that answers 500 is tried four times, 20 s apart; then the dead-letter queue has it', () => {
    const { w, arn } = hooked('500');
    const start = w.now;
    publish(w, arn, 'order 1');
    w.after(seconds(100));
    const attempts = w.events('sns/DeliveryFailed');
    const first = Number(attempts[0]!.at);
    expect(attempts.map(({ at }) => Number(at) - first)).toEqual([0, 20_000, 40_000, 60_000]);
    expect(first - start).toBeLessThan(1_000);
    expect(arrived(w, 'dlq')).toHaveLength(1);
    expect(figures(w, 'topic/orders')).toMatchObject({ failed: 1, deadLettered: 1, lost: 0, pending: 0 });
  });

  it('that hangs is tried 35 s after the last attempt began', () => {
    const { w, arn } = hooked('hang');
    publish(w, arn, 'order 1');
    w.after(seconds(200));
    const sent = read(w, 'hook')
      .map(({ atMs }: { atMs: number }) => atMs)
      .reverse()
      .slice(1);
    expect(sent.map((at: number) => at - sent[0])).toEqual([0, 35_000, 70_000, 105_000]);
  });

  it('that answers 404 is not tried again', () => {
    const { w, arn } = hooked('404');
    publish(w, arn, 'order 1');
    w.after(seconds(2));
    expect(w.events('sns/DeliveryFailed')).toHaveLength(1);
    expect(arrived(w, 'dlq')).toHaveLength(1);
  });

  it('is held to the rate that its throttle policy says', () => {
    const { w, arn, subscription } = hooked('200');
    w.call(
      'SetSubscriptionAttributes',
      {
        SubscriptionArn: subscription,
        AttributeName: 'DeliveryPolicy',
        AttributeValue: '{"throttlePolicy":{"maxReceivesPerSecond":2}}',
      },
      'sns',
    );
    for (let n = 0; n < 6; n++) publish(w, arn, `order ${n}`);
    w.after(seconds(0.9));
    expect(figures(w, 'topic/orders').delivered).toBe(2);
    w.after(seconds(3));
    expect(figures(w, 'topic/orders')).toMatchObject({ delivered: 6, pending: 0 });
  });

  it('that nobody keeps refuses the connection', () => {
    const w = topics();
    const arn = topic(w);
    subscribe(w, arn, 'http', 'http://nowhere.example.com');
    w.after(seconds(100));
    expect(w.events('sns/DeliveryFailed').map(({ reason }) => reason)).toEqual(
      new Array(4).fill('connectionRefused'),
    );
  });
});

describe('mail, phones and devices', () => {
  it('keep what came before somebody opened the box', () => {
    const w = topics();
    const arn = topic(w);
    subscribe(w, arn, 'sms', '+15550100');
    publish(w, arn, 'hello', { Subject: 'greeting' });
    w.after(seconds(5));
    w.call('CreateEndpoint', { name: 'anna', kind: 'phone', address: '+15550100' }, 'app');
    expect(read(w, 'anna')[0].body).toBe('hello');
    w.call('Reply', { name: 'anna', text: 'stop' }, 'app');
    expect(w.call('CheckIfPhoneNumberIsOptedOut', { phoneNumber: '+15550100' }, 'sns')).toEqual({
      isOptedOut: true,
    });
    expect(w.refusal('Publish', { PhoneNumber: '+15550100', Message: 'x' }, 'sns').code).toBe('OptedOut');
    w.call('OptInPhoneNumber', { phoneNumber: '+15550100' }, 'sns');
    w.call('Publish', { PhoneNumber: '+15550100', Message: 'again' }, 'sns');
    w.after(seconds(5));
    expect(read(w, 'anna')[0].body).toBe('again');
  });

  it('a mail needs a visit of its link, too; email is text, email-json an envelope', () => {
    const w = topics();
    const arn = topic(w);
    for (const [name, protocol] of [
      ['anna', 'email'],
      ['ben', 'email-json'],
    ] as const) {
      w.call('CreateEndpoint', { name, kind: 'mailbox' }, 'app');
      subscribe(w, arn, protocol, `${name}@example.com`);
      w.after(seconds(5));
      w.call('Visit', { name }, 'app');
    }
    publish(w, arn, 'hello', { Subject: 'greeting' });
    w.after(seconds(5));
    expect(read(w, 'anna')[0]).toMatchObject({ subject: 'greeting', body: 'hello' });
    expect(JSON.parse(read(w, 'ben')[0].body)).toMatchObject({ Subject: 'greeting', Message: 'hello' });
  });

  it('a device whose platform knows it no more is disabled', () => {
    const w = topics();
    const { PlatformApplicationArn } = w.call(
      'CreatePlatformApplication',
      { Name: 'shop', Platform: 'GCM', Attributes: { PlatformCredential: 'k', PlatformPrincipal: 'p' } },
      'sns',
    );
    w.call('CreateEndpoint', { name: 'tablet', kind: 'mobile', answers: '410' }, 'app');
    const { EndpointArn } = w.call(
      'CreatePlatformEndpoint',
      { PlatformApplicationArn, Token: 'tablet' },
      'sns',
    );
    w.call('Publish', { TargetArn: EndpointArn, Message: 'hi' }, 'sns');
    w.after(seconds(2));
    expect(JSON.parse(read(w, 'tablet')[0].body)).toEqual({ data: { default: 'hi' } });
    expect(w.refusal('Publish', { TargetArn: EndpointArn, Message: 'hi' }, 'sns')).toMatchObject({
      code: 'EndpointDisabled',
      message: 'Endpoint is disabled',
    });
  });

  it('Google needs a key alone, Apple a certificate with it', () => {
    const w = topics();
    const make = (Platform: string) => ({ Name: 'p', Platform, Attributes: { PlatformCredential: 'k' } });
    expect(w.call('CreatePlatformApplication', make('GCM'), 'sns').PlatformApplicationArn).toMatch(
      /app\/GCM\/p$/,
    );
    expect(w.refusal('CreatePlatformApplication', make('APNS'), 'sns').message).toBe(
      'Invalid parameter: Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal',
    );
  });

  it('a function that is not there gets nothing, and the message is lost', () => {
    const w = topics();
    const arn = topic(w);
    subscribe(w, arn, 'lambda', 'arn:aws:lambda:us-east-1:000000000000:function:charge');
    publish(w, arn, 'order 1');
    w.after(seconds(1));
    expect(w.events('sns/MessageLost')[0]).toMatchObject({ reason: 'ResourceNotFoundException', attempt: 1 });
  });
});

describe('a producer', () => {
  it('publishes to a topic, one by one or in batches', () => {
    const w = topics();
    const arn = topic(w);
    w.queue('bills', { Policy: lettingIn('bills', arn) });
    subscribe(w, arn, 'sqs', queueArn('bills'), { RawMessageDelivery: 'true' });
    w.call('CreateProducer', { name: 'web', to: 'topic/orders', rate: '1/s', count: 3 }, 'app');
    w.after(seconds(5));
    expect(arrived(w, 'bills')).toEqual(['message 1', 'message 2', 'message 3']);
    w.call('CreateProducer', { name: 'shop', to: 'topic/orders', rate: '10/s', batch: 5, count: 5 }, 'app');
    w.after(seconds(5));
    expect(arrived(w, 'bills')).toHaveLength(8);
  });
});
