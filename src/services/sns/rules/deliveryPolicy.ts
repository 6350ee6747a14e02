/**
 * When a delivery that failed is tried again. SNS Developer Guide, Amazon SNS message delivery retries.
 *
 * Four phases, one after the other: at once; after the shortest delay; backing off from the shortest to the longest;
 * after the longest. An HTTP subscription or its topic can set them; all other endpoints have a fixed table.
 */
import { type Milliseconds, milliseconds, type Seconds, seconds } from '../../../engine/units.ts';
import { invalidParameter } from '../errors.ts';
import type { Document, Protocol, Subscription, Topic } from '../model.ts';
import { frozen, isObject, jsonObject } from './json.ts';

type Backoff = 'linear' | 'arithmetic' | 'geometric' | 'exponential';

export interface RetryPolicy {
  readonly minDelayTarget: Seconds;
  readonly maxDelayTarget: Seconds;
  readonly numRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly numMaxDelayRetries: number;
  readonly backoffFunction: Backoff;
}

/** Lambda, SQS, Firehose: 100,015 tries over 23 days. */
const AWS_MANAGED: RetryPolicy = {
  minDelayTarget: seconds(1),
  maxDelayTarget: seconds(20),
  numRetries: 100_015,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  numMaxDelayRetries: 100_000,
  backoffFunction: 'exponential',
};

/** E-mail, SMS, mobile push: 50 tries over six hours. */
const CUSTOMER_MANAGED: RetryPolicy = {
  minDelayTarget: seconds(10),
  maxDelayTarget: seconds(600),
  numRetries: 50,
  numNoDelayRetries: 0,
  numMinDelayRetries: 2,
  numMaxDelayRetries: 38,
  backoffFunction: 'exponential',
};

const HTTP_DEFAULT: RetryPolicy = {
  minDelayTarget: seconds(20),
  maxDelayTarget: seconds(20),
  numRetries: 3,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  numMaxDelayRetries: 0,
  backoffFunction: 'linear',
};

const CONTENT_TYPE = 'text/plain; charset=UTF-8';

/** The delay before retry `retry`, counted from 1; undefined: there is no such retry. */
export function delayBefore(policy: RetryPolicy, retry: number): Milliseconds | undefined {
  const { numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries, numRetries } = policy;
  if (retry > numRetries) return undefined;
  if (retry <= numNoDelayRetries) return milliseconds(0);
  const inSecond = retry - numNoDelayRetries;
  if (inSecond <= numMinDelayRetries) return milliseconds(policy.minDelayTarget * 1000);
  const backoffs = numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
  const inBackoff = inSecond - numMinDelayRetries;
  if (inBackoff <= backoffs) return backoffDelay(policy, inBackoff - 1, backoffs);
  return milliseconds(policy.maxDelayTarget * 1000);
}

/**
 * Delay `index` of `count` in the backoff phase: the first is the shortest, the last the longest.
 *
 * UNSURE: the formulas, of which AWS shows the curves alone. Linear: equal steps; arithmetic: steps that grow by the
 * same amount; geometric: each delay the same multiple of the one before; exponential: steps that double.
 */
function backoffDelay(policy: RetryPolicy, index: number, count: number): Milliseconds {
  const low = policy.minDelayTarget * 1000;
  const high = policy.maxDelayTarget * 1000;
  const last = count - 1;
  if (last <= 0 || low === high) return milliseconds(low);
  switch (policy.backoffFunction) {
    case 'linear':
      return milliseconds(Math.round(low + ((high - low) * index) / last));
    case 'arithmetic':
      return milliseconds(Math.round(low + ((high - low) * index * (index + 1)) / (last * (last + 1))));
    case 'geometric':
      return milliseconds(Math.round(low * power(rootOf(high / low, last), index)));
    case 'exponential':
      return milliseconds(Math.round(low + ((high - low) * (power(2, index) - 1)) / (power(2, last) - 1)));
  }
}

/** By multiplication alone: the same on every engine. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let count = 0; count < exponent; count++) result *= base;
  return result;
}

/** The `degree`-th root of a value of at least 1, by halving. */
function rootOf(value: number, degree: number): number {
  let low = 1;
  let high = value;
  for (let count = 0; count < 100; count++) {
    const middle = (low + high) / 2;
    if (power(middle, degree) > value) high = middle;
    else low = middle;
  }
  return low;
}

/** All delays in order, for a curve; at most `max` of them. */
export function delaysOf(policy: RetryPolicy, max: number): Milliseconds[] {
  const delays: Milliseconds[] = [];
  for (let retry = 1; retry <= max; retry++) {
    const delay = delayBefore(policy, retry);
    if (delay === undefined) break;
    delays.push(delay);
  }
  return delays;
}

type Json = Readonly<Record<string, unknown>>;
const partOf = (value: unknown, name: string): Json | undefined => {
  const part = isObject(value) ? value[name] : undefined;
  return isObject(part) ? part : undefined;
};

export const isHttp = (protocol: Protocol): boolean => protocol === 'http' || protocol === 'https';

/** Of a subscription: its own policy, else its topic's, else AWS's table. */
export function retryPolicyOf(topic: Topic | undefined, subscription: Subscription): RetryPolicy {
  const { protocol, settings } = subscription;
  if (protocol === 'sqs' || protocol === 'lambda' || protocol === 'firehose') return AWS_MANAGED;
  if (!isHttp(protocol)) return CUSTOMER_MANAGED;
  const http = partOf(topic?.settings.DeliveryPolicy?.value, 'http');
  const own =
    http?.disableSubscriptionOverrides === true
      ? undefined
      : partOf(settings.DeliveryPolicy?.value, 'healthyRetryPolicy');
  return { ...HTTP_DEFAULT, ...partOf(http, 'defaultHealthyRetryPolicy'), ...own } as RetryPolicy;
}

/** Deliveries a second that an HTTP endpoint asked for at most. */
export function receivesPerSecond(topic: Topic | undefined, subscription: Subscription): number | undefined {
  if (!isHttp(subscription.protocol)) return undefined;
  const http = partOf(topic?.settings.DeliveryPolicy?.value, 'http');
  const own =
    http?.disableSubscriptionOverrides === true
      ? undefined
      : partOf(subscription.settings.DeliveryPolicy?.value, 'throttlePolicy');
  const throttle = own ?? partOf(http, 'defaultThrottlePolicy');
  return typeof throttle?.maxReceivesPerSecond === 'number' ? throttle.maxReceivesPerSecond : undefined;
}

export function contentTypeOf(topic: Topic | undefined, { settings }: Subscription): string {
  const own = partOf(settings.DeliveryPolicy?.value, 'requestPolicy');
  const http = partOf(topic?.settings.DeliveryPolicy?.value, 'http');
  const given = (own ?? partOf(http, 'defaultRequestPolicy'))?.headerContentType;
  return typeof given === 'string' ? given : CONTENT_TYPE;
}

/** As GetTopicAttributes shows it. */
export function effectivePolicy(topic: Topic): string {
  const http = partOf(topic.settings.DeliveryPolicy?.value, 'http');
  const { numRetries, numMaxDelayRetries, numNoDelayRetries, numMinDelayRetries, ...rest } = {
    ...HTTP_DEFAULT,
    ...partOf(http, 'defaultHealthyRetryPolicy'),
  };
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: {
        minDelayTarget: rest.minDelayTarget,
        maxDelayTarget: rest.maxDelayTarget,
        numRetries,
        numMaxDelayRetries,
        numNoDelayRetries,
        numMinDelayRetries,
        backoffFunction: rest.backoffFunction,
      },
      disableSubscriptionOverrides: http?.disableSubscriptionOverrides === true,
      ...(partOf(http, 'defaultThrottlePolicy') && {
        defaultThrottlePolicy: partOf(http, 'defaultThrottlePolicy'),
      }),
      defaultRequestPolicy: { headerContentType: CONTENT_TYPE, ...partOf(http, 'defaultRequestPolicy') },
    },
  });
}

const BACKOFFS: readonly unknown[] = ['linear', 'arithmetic', 'geometric', 'exponential'];
const COUNTS = ['numRetries', 'numNoDelayRetries', 'numMinDelayRetries', 'numMaxDelayRetries'] as const;

/** Refuses a policy that AWS would. UNSURE: the sentences. `at` stands before `DeliveryPolicy: `. */
export function readDeliveryPolicy(text: string, of: 'topic' | 'subscription', at: string): Document {
  const value = jsonObject(text);
  const refuse = (sentence: string): never => {
    throw invalidParameter(`${at}DeliveryPolicy: ${sentence}`);
  };
  if (value === undefined) return refuse('failed to parse JSON.');
  if (of === 'topic' && partOf(value, 'http') === undefined) {
    refuse('must contain the object http');
  }
  const place = of === 'topic' ? partOf(value, 'http') : value;
  const retry = partOf(place, of === 'topic' ? 'defaultHealthyRetryPolicy' : 'healthyRetryPolicy');
  if (retry !== undefined) checkRetries({ ...HTTP_DEFAULT, ...retry } as RetryPolicy, refuse);
  const throttle = partOf(place, of === 'topic' ? 'defaultThrottlePolicy' : 'throttlePolicy');
  const rate = throttle?.maxReceivesPerSecond;
  if (rate !== undefined && !(typeof rate === 'number' && Number.isInteger(rate) && rate >= 1)) {
    refuse('throttlePolicy.maxReceivesPerSecond must be an integer of at least 1');
  }
  return Object.freeze({ text, value: frozen(value) });
}

function checkRetries(policy: RetryPolicy, refuse: (sentence: string) => never): void {
  for (const name of COUNTS) {
    const count = policy[name];
    if (!Number.isInteger(count) || count < 0 || count > 100)
      refuse(`healthyRetryPolicy.${name} must be between 0 and 100`);
  }
  const { minDelayTarget: low, maxDelayTarget: high, numRetries } = policy;
  if (!(low >= 1 && low <= high))
    refuse('healthyRetryPolicy.minDelayTarget must be between 1 and maxDelayTarget');
  if (!(high <= 3_600)) refuse('healthyRetryPolicy.maxDelayTarget must be between minDelayTarget and 3600');
  if (!BACKOFFS.includes(policy.backoffFunction)) {
    refuse('healthyRetryPolicy.backoffFunction must be arithmetic, exponential, geometric or linear');
  }
  const phases = policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries;
  if (phases > numRetries) refuse('healthyRetryPolicy.numRetries must be at least the retries of its phases');
  const total = delaysOf(policy, numRetries).reduce((sum, delay) => sum + delay, 0);
  if (total > 3_600_000) refuse('the total of all delays must not be more than 3600 seconds');
}
