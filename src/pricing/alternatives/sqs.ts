/** SQS: batches, long polls, the other kind of queue, large bodies elsewhere, data key reuse. */
import type { AlternativeRule } from './rule.ts';

const KINDS = ['standard', 'fifo'] as const;
type Kind = (typeof KINDS)[number];
type Fact = (name: string) => number;

const both = (...names: readonly string[]): string[] =>
  KINDS.flatMap((kind) => names.map((name) => `${kind}.${name}`));

const ITEM: Readonly<Record<Kind, string>> = {
  standard: 'sqs/standard-requests',
  fifo: 'sqs/fifo-requests',
};

/** The same change for both kinds of queue. */
const forBoth = (saved: (fact: Fact) => number) => (fact: Fact) =>
  KINDS.map((kind) => ({ item: ITEM[kind], quantity: -saved((name) => fact(`${kind}.${name}`)) }));

const tens = (messages: number): number => Math.ceil(messages / 10);

const batches: AlternativeRule = {
  service: 'sqs',
  name: 'batches of ten',
  why: 'Up to ten messages and 64 KB are one request; it takes ten messages at hand for each call.',
  needs: both(
    'smallSent',
    'smallSendRequests',
    'smallReceived',
    'smallReceiveRequests',
    'deleted',
    'deleteRequests',
    'changed',
    'changeRequests',
  ),
  change: forBoth(
    (fact) =>
      fact('smallSendRequests') -
      tens(fact('smallSent')) +
      (fact('smallReceiveRequests') - tens(fact('smallReceived'))) +
      (fact('deleteRequests') - tens(fact('deleted'))) +
      (fact('changeRequests') - tens(fact('changed'))),
  ),
};

const longPolls: AlternativeRule = {
  service: 'sqs',
  name: 'long polls of 20 s',
  why: 'An empty answer costs as much as a full one; a long poll waits up to 20 s for a message.',
  needs: both('emptyReceives', 'emptyReceivesIfLong'),
  change: forBoth((fact) => fact('emptyReceives') - fact('emptyReceivesIfLong')),
};

/** Requests that a FIFO queue bills at its own rate. */
const RATED = ['sendRequests', 'receiveRequests', 'emptyReceives', 'deleteRequests', 'changeRequests'];

const rated = (fact: Fact, kind: Kind): number =>
  RATED.reduce((sum, name) => sum + fact(`${kind}.${name}`), 0);

const fifoQueues: AlternativeRule = {
  service: 'sqs',
  name: 'FIFO queues',
  why: 'Order and no duplicates: send, receive, delete and change cost a quarter more.',
  needs: RATED.map((name) => `standard.${name}`),
  change: (fact, used) => [
    { item: ITEM.standard, quantity: -rated(fact, 'standard') },
    { item: ITEM.fifo, quantity: rated(fact, 'standard') },
    { item: 'sqs/fair-queue-requests', quantity: -used('sqs/fair-queue-requests'), surcharge: true },
  ],
};

const standardQueues: AlternativeRule = {
  service: 'sqs',
  name: 'standard queues',
  why: 'A fifth less a request, for consumers that can live with duplicates and another order.',
  needs: RATED.map((name) => `fifo.${name}`),
  change: (fact) => [
    { item: ITEM.fifo, quantity: -rated(fact, 'fifo') },
    { item: ITEM.standard, quantity: rated(fact, 'fifo') },
  ],
};

const withoutGroups: AlternativeRule = {
  service: 'sqs',
  name: 'no message groups',
  why: 'On a standard queue a message group makes the queue fair between tenants, for a surcharge.',
  needs: [],
  change: (_fact, used) => [
    { item: 'sqs/fair-queue-requests', quantity: -used('sqs/fair-queue-requests'), surcharge: true },
  ],
};

const bodiesInS3: AlternativeRule = {
  service: 'sqs',
  name: 'large bodies in S3',
  why: 'Each 64 KB is a request; a pointer is one. The PUT and the GET come on top, storage not counted.',
  needs: both(
    'largeSends',
    'largeSent',
    'largeSendRequests',
    'largeReceives',
    'largeReceived',
    'largeReceiveRequests',
  ),
  change: (fact) => [
    ...forBoth(
      (of) => of('largeSendRequests') - of('largeSends') + (of('largeReceiveRequests') - of('largeReceives')),
    )(fact),
    { item: 's3/put-requests', quantity: fact('standard.largeSent') + fact('fifo.largeSent') },
    { item: 's3/get-requests', quantity: fact('standard.largeReceived') + fact('fifo.largeReceived') },
  ],
};

function keyReuse(seconds: number, period: string, why: string): AlternativeRule {
  return {
    service: 'sqs',
    name: `data keys for ${period}`,
    why,
    needs: ['keyCalls', `keyCallsAt.${seconds}`],
    change: (fact) => [{ item: 'kms/calls', quantity: fact(`keyCallsAt.${seconds}`) - fact('keyCalls') }],
  };
}

export const SQS_ALTERNATIVES: readonly AlternativeRule[] = [
  batches,
  longPolls,
  fifoQueues,
  standardQueues,
  withoutGroups,
  bodiesInS3,
  keyReuse(60, '1 minute', 'KmsDataKeyReusePeriodSeconds=60: a new data key each minute, safer and dearer.'),
  keyReuse(300, '5 minutes', 'KmsDataKeyReusePeriodSeconds=300 is the default.'),
  keyReuse(86_400, '1 day', 'KmsDataKeyReusePeriodSeconds=86400: one data key a day, fewer calls to KMS.'),
];
