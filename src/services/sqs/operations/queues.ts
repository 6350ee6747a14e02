/** Making, finding and removing queues. */

import {
  CreateQueue$,
  type CreateQueueRequest,
  DeleteQueue$,
  type DeleteQueueRequest,
  GetQueueUrl$,
  type GetQueueUrlRequest,
  ListQueues$,
  type ListQueuesRequest,
  PurgeQueue$,
  type PurgeQueueRequest,
} from '@aws-sdk/client-sqs';
import { newTraffic } from '../../../contract/traffic.ts';
import { lifeTime } from '../../../contract/world.ts';
import type { Context } from '../../../engine/service.ts';
import { toMilliseconds } from '../../../engine/units.ts';
import { QUEUE_URL, sqsOperation } from '../define.ts';
import {
  invalidParameterValue,
  nonExistentQueue,
  purgeQueueInProgress,
  queueDeletedRecently,
  queueNameExists,
  unknownAttribute,
} from '../errors.ts';
import { emit } from '../events.ts';
import { LIST_RESULTS_MAX, NAME_REUSE_WAIT, PURGE_WAIT } from '../limits.ts';
import { endMetrics, newOpenMinute } from '../metrics.ts';
import { addQueue, newCounters, type Queue, queueArnOf, removeQueue, type SqsState } from '../model.ts';
import { type AttributeMap, defaultSettings, isTrue, withAttributes } from '../rules/attributes.ts';
import { attributeValue, isAttributeName } from '../rules/attributeValues.ts';
import { forgetSent } from '../rules/deduplication.ts';
import { refusePolls } from '../rules/longPolls.ts';
import { page, pageMembers } from '../rules/paging.ts';
import { queueAt, queueUrlOf, whyMissing } from '../rules/queueUrl.ts';
import type { PolicyOwner } from '../rules/redrivePolicy.ts';
import { setStoreAlarm } from '../rules/storeAlarm.ts';
import { readTags } from '../rules/tags.ts';

/** SIMPLER THAN AWS: the new queue can be used at once; there, wait at least a second. */
export const createQueue = sqsOperation<CreateQueueRequest>(CreateQueue$, {
  summary: 'Makes a standard queue, or a FIFO queue when its name ends in .fifo.',
  members: {
    QueueName: {
      purpose: 'letters, digits, - and _; a FIFO queue ends in .fifo',
      min: 1,
      max: 80,
      unit: 'characters',
    },
    Attributes: { purpose: 'settings of the queue, such as VisibilityTimeout=60' },
    tags: { purpose: 'labels of your own, name=value' },
  },
  handle(context, { QueueName, Attributes, tags }) {
    const { state, caller } = context;
    const name = QueueName!;
    const given: AttributeMap = Attributes ?? {};
    const fifo = typeOf(name, given);
    const key = `${caller.account}/${name}`;
    const owner: PolicyOwner = { key, account: caller.account, arn: queueArnOf(state.region, key), fifo };
    const settings = withAttributes(state, owner, defaultSettings(state), given);
    const wanted: Queue = newQueue(context, owner, name, settings);
    const existing = state.queues.get(key);
    if (existing !== undefined) {
      refuseDifference(state, existing, wanted, given);
      return { QueueUrl: existing.url };
    }
    checkNameIsFree(context, key);
    const read = readTags(tags ?? {});
    const row = state.store.addQueue({ fifo, retention: toMilliseconds(settings.MessageRetentionPeriod) });
    const queue: Queue = { ...wanted, row, order: state.queuesMade++, tags: read };
    addQueue(state, queue);
    emit(context, { type: 'sqs/QueueCreated', by: caller.by, queue: name });
    return { QueueUrl: queue.url };
  },
});

const NAME = /^[A-Za-z0-9_-]{1,80}$/;
const FIFO_NAME = /^(?=.{1,80}$)[A-Za-z0-9_-]+\.fifo$/;

/** Refuses a name that does not fit the type; answers whether the queue is FIFO. */
function typeOf(name: string, given: AttributeMap): boolean {
  if (name === '') throw invalidParameterValue('Queue name cannot be empty');
  if (isTrue(given.FifoQueue)) {
    if (FIFO_NAME.test(name)) return true;
    throw invalidParameterValue(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
    );
  }
  if (!NAME.test(name)) {
    throw invalidParameterValue(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      name.endsWith('.fifo') ? { why: 'A name that ends in .fifo needs the attribute FifoQueue=true.' } : {},
    );
  }
  if (given.FifoQueue !== undefined) throw unknownAttribute('FifoQueue');
  return false;
}

/** A queue that is not in the store yet. */
function newQueue(
  { state, now }: Context<SqsState>,
  { key, account, arn, fifo }: PolicyOwner,
  name: string,
  settings: Queue['settings'],
): Queue {
  return {
    key,
    name,
    account,
    arn,
    url: queueUrlOf(state.region, key),
    fifo,
    row: -1 as Queue['row'],
    order: -1,
    created: now,
    modified: now,
    settings,
    tags: {},
    counters: newCounters(),
    open: newOpenMinute(newCounters()),
    incoming: newTraffic(),
    outgoing: newTraffic(),
    deadLetters: newTraffic(),
    polls: [],
    attempts: new Map(),
    handedOutAgain: new Set(),
    purged: undefined,
  };
}

/** SQS API Reference, CreateQueue: the same name again is fine when every given attribute has the same value. */
function refuseDifference(state: SqsState, existing: Queue, wanted: Queue, given: AttributeMap): void {
  for (const name of Object.keys(given)) {
    if (!isAttributeName(name) || given[name] === undefined) continue;
    const has = attributeValue(state, existing, name);
    const asked = attributeValue(state, wanted, name);
    if (has !== asked) {
      throw queueNameExists(
        name,
        `${name} of ${existing.name} is ${has ?? 'not set'}; asked was ${asked ?? 'none'}.`,
      );
    }
  }
}

function checkNameIsFree(context: Context<SqsState>, key: string): void {
  const { state, now } = context;
  const deleted = state.deleted.get(key);
  if (deleted === undefined || now - deleted >= lifeTime(context, NAME_REUSE_WAIT)) return;
  const left = Math.ceil((NAME_REUSE_WAIT - (now - deleted)) / 100) / 10;
  throw queueDeletedRecently(`The name is free again in ${left} s.`);
}

/** SIMPLER THAN AWS: the queue is gone at once; there, calls may still work for up to 60 seconds. */
export const deleteQueue = sqsOperation<DeleteQueueRequest>(DeleteQueue$, {
  summary: 'Removes a queue and all its messages; its name is free after 60 seconds.',
  members: { QueueUrl: QUEUE_URL },
  handle(context, { QueueUrl }) {
    const { state, now, caller } = context;
    const queue = queueAt(context, QueueUrl!);
    endMetrics(state, queue, now);
    removeQueue(state, queue);
    state.meters.delete(queue.key);
    state.tenants.delete(queue.key);
    state.copies.delete(queue.key);
    forgetSent(state, queue);
    for (const [key, at] of state.deleted) if (now - at >= NAME_REUSE_WAIT) state.deleted.delete(key);
    state.deleted.set(queue.key, now);
    state.store.dropQueue(queue.row);
    refusePolls(context, queue);
    emit(context, { type: 'sqs/QueueDeleted', by: caller.by, queue: queue.name });
    setStoreAlarm(context);
    return {};
  },
});

/** SIMPLER THAN AWS: all messages are gone at once; there, it takes up to 60 seconds. */
export const purgeQueue = sqsOperation<PurgeQueueRequest>(PurgeQueue$, {
  summary: 'Deletes every message of a queue, hidden and delayed ones too; once in 60 seconds.',
  members: { QueueUrl: QUEUE_URL },
  handle(context, { QueueUrl }) {
    const { state, now, caller } = context;
    const queue = queueAt(context, QueueUrl!);
    if (queue.purged !== undefined && now - queue.purged < PURGE_WAIT) {
      const left = Math.ceil((PURGE_WAIT - (now - queue.purged)) / 100) / 10;
      throw purgeQueueInProgress(queue.name, `The next purge is possible in ${left} s.`);
    }
    const { visible, inFlight, delayed } = state.store.counts(queue.row);
    state.store.purge(queue.row);
    queue.purged = now;
    queue.attempts.clear();
    queue.handedOutAgain.clear();
    state.tenants.delete(queue.key);
    state.copies.delete(queue.key);
    forgetSent(state, queue);
    const dropped = visible + inFlight + delayed;
    emit(context, { type: 'sqs/QueuePurged', by: caller.by, queue: queue.name, dropped });
    setStoreAlarm(context);
    return {};
  },
});

export const getQueueUrl = sqsOperation<GetQueueUrlRequest>(GetQueueUrl$, {
  summary: 'Tells the URL of a queue by its name.',
  members: {
    QueueName: { purpose: 'the queue, by its name', refersTo: 'queueName' },
    QueueOwnerAWSAccountId: { purpose: "the queue's account, when it is not yours" },
  },
  handle(context, { QueueName, QueueOwnerAWSAccountId }) {
    const key = `${QueueOwnerAWSAccountId ?? context.caller.account}/${QueueName}`;
    const queue = context.state.queues.get(key);
    if (queue === undefined) throw nonExistentQueue(whyMissing(context, key));
    return { QueueUrl: queue.url };
  },
});

export const listQueues = sqsOperation<ListQueuesRequest>(ListQueues$, {
  summary: 'Lists the URLs of your queues.',
  members: {
    QueueNamePrefix: { purpose: 'only names that begin so', refersTo: 'queueName' },
    ...pageMembers({ max: LIST_RESULTS_MAX, unit: 'entries' }),
  },
  pagination: {
    inputToken: 'NextToken',
    outputToken: 'NextToken',
    result: 'QueueUrls',
    limitKey: 'MaxResults',
  },
  handle({ state, caller }, { QueueNamePrefix = '', MaxResults, NextToken }) {
    const urls = [...state.queues.values()]
      .filter(({ account, name }) => account === caller.account && name.startsWith(QueueNamePrefix))
      .map(({ url }) => url)
      .sort();
    const { items, next } = page(urls, { MaxResults, NextToken });
    return {
      ...(next === undefined ? {} : { NextToken: next }),
      ...(items.length === 0 ? {} : { QueueUrls: items }),
    };
  },
});
