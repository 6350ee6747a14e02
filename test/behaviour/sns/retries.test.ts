import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { delayBefore, delaysOf, type RetryPolicy } from '../../../src/services/sns/rules/deliveryPolicy.ts';
import {
  arrived,
  figures,
  lettingIn,
  publish,
  queueArn,
  subscribe,
  subscribed,
  topic,
  topics,
} from '../../support/topics.ts';

const GUIDE: RetryPolicy = {
  minDelayTarget: seconds(1),
  maxDelayTarget: seconds(60),
  numRetries: 50,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  numMaxDelayRetries: 35,
  backoffFunction: 'exponential',
};

describe('a delivery policy', () => {
  it('has four phases (T15)', () => {
    const delays = delaysOf(GUIDE, 1_000);
    expect(delays).toHaveLength(50);
    expect(delays.slice(0, 5)).toEqual([0, 0, 0, 1_000, 1_000]);
    expect(delays[5]).toBe(1_000);
    expect(delays[14]).toBe(60_000);
    expect(delays.slice(15)).toEqual(new Array(35).fill(60_000));
    expect(delayBefore(GUIDE, 51)).toBeUndefined();
  });

  it.each(['linear', 'arithmetic', 'geometric', 'exponential'] as const)(
    'backs off from the shortest to the longest delay: %s',
    (backoffFunction) => {
      const curve = delaysOf({ ...GUIDE, backoffFunction }, 15).slice(5);
      expect(curve[0]).toBe(1_000);
      expect(curve.at(-1)).toBe(60_000);
      expect([...curve].sort((a, b) => a - b)).toEqual(curve);
    },
  );

  it('bends its four curves differently', () => {
    const middle = (backoffFunction: RetryPolicy['backoffFunction']) =>
      delayBefore({ ...GUIDE, backoffFunction }, 10)!;
    expect(middle('linear')).toBeGreaterThan(middle('arithmetic'));
    expect(middle('arithmetic')).toBeGreaterThan(middle('geometric'));
    expect(middle('geometric')).toBeGreaterThan(middle('exponential'));
  });
});

describe('a queue that a topic cannot reach', () => {
  it('refuses without a policy, and the message is lost at once', () => {
    const w = topics();
    const arn = topic(w);
    w.queue('bills');
    subscribe(w, arn, 'sqs', queueArn('bills'));
    publish(w, arn, 'order 1');
    w.after(seconds(1));
    expect(w.events('sns/MessageLost')).toMatchObject([{ attempt: 1, reason: 'AccessDenied' }]);
    expect(figures(w, 'topic/orders')).toMatchObject({ failed: 1, lost: 1, pending: 0 });
  });

  it('lets in the topic that its policy names, and no other', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, topic(w, 'other'), 'bills');
    subscribe(w, arn, 'sqs', queueArn('bills'));
    publish(w, arn, 'order 1');
    w.after(seconds(1));
    expect(arrived(w, 'bills')).toEqual([]);
    expect(w.events('sns/MessageLost')).toHaveLength(1);
  });

  it('that is gone: the dead-letter queue gets the message as it would have come', () => {
    const w = topics();
    const arn = topic(w, 'orders', { SQSFailureFeedbackRoleArn: 'arn:aws:iam::000000000000:role/logs' });
    w.queue('dlq', { Policy: lettingIn('dlq', arn) });
    subscribe(w, arn, 'sqs', queueArn('gone'), {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dlq') }),
    });
    publish(w, arn, 'order 1');
    w.after(seconds(1));
    expect(JSON.parse(arrived(w, 'dlq')[0]!)).toMatchObject({ Type: 'Notification', Message: 'order 1' });
    expect(w.events('sns/MessageDeadLettered')).toMatchObject([{ to: 'dlq', attempt: 1 }]);
    expect(w.events('sns/DeliveryLogged')).toMatchObject([{ status: 'FAILURE', attempt: 1 }]);
  });

  it('and neither can its dead-letter queue: lost, and counted', () => {
    const w = topics();
    const arn = topic(w);
    w.queue('dlq');
    subscribe(w, arn, 'sqs', queueArn('gone'), {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dlq') }),
    });
    publish(w, arn, 'order 1');
    w.after(seconds(1));
    expect(w.events('sns/MessageLost')).toMatchObject([
      { reason: 'AccessDenied; dead-letter queue: AccessDenied' },
    ]);
  });
});
