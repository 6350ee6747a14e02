/** Reading and changing a queue's attributes and tags. */
import {
  GetQueueAttributes$,
  type GetQueueAttributesRequest,
  ListQueueTags$,
  type ListQueueTagsRequest,
  SetQueueAttributes$,
  type SetQueueAttributesRequest,
  TagQueue$,
  type TagQueueRequest,
  UntagQueue$,
  type UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import { toMilliseconds } from '../../../engine/units.ts';
import { QUEUE_URL, sqsOperation } from '../define.ts';
import {
  invalidAttributeValue,
  invalidParameterValue,
  missingParameter,
  unknownAttribute,
} from '../errors.ts';
import { emit } from '../events.ts';
import { type AttributeMap, isTrue, withAttributes } from '../rules/attributes.ts';
import { ATTRIBUTE_NAMES, attributeValue, isAttributeName } from '../rules/attributeValues.ts';
import { queueAt } from '../rules/queueUrl.ts';
import { setStoreAlarm } from '../rules/storeAlarm.ts';
import { keyLength, readTags, TAGS_MAX } from '../rules/tags.ts';

export const getQueueAttributes = sqsOperation<GetQueueAttributesRequest>(GetQueueAttributes$, {
  summary: 'Shows the settings of a queue and how many messages it holds.',
  members: {
    QueueUrl: QUEUE_URL,
    AttributeNames: { purpose: 'which ones; All for all', values: ['All', ...ATTRIBUTE_NAMES] },
  },
  handle(context, { QueueUrl, AttributeNames = [] }) {
    const queue = queueAt(context, QueueUrl!);
    const asked: readonly string[] = AttributeNames;
    for (const name of asked) if (name !== 'All' && !isAttributeName(name)) throw unknownAttribute(name);
    const Attributes: Record<string, string> = {};
    for (const name of ATTRIBUTE_NAMES) {
      if (!asked.includes('All') && !asked.includes(name)) continue;
      const value = attributeValue(context.state, queue, name);
      if (value !== undefined) Attributes[name] = String(value);
    }
    return Object.keys(Attributes).length === 0 ? {} : { Attributes };
  },
});

export const setQueueAttributes = sqsOperation<SetQueueAttributesRequest>(SetQueueAttributes$, {
  summary: 'Changes settings of a queue, also for the messages that wait in it.',
  members: {
    QueueUrl: QUEUE_URL,
    Attributes: { purpose: 'new settings, such as VisibilityTimeout=60' },
  },
  handle(context, { QueueUrl, Attributes }) {
    const { state, now, caller } = context;
    const queue = queueAt(context, QueueUrl!);
    const given: AttributeMap = Attributes ?? {};
    if (given.FifoQueue !== undefined && !queue.fifo) throw unknownAttribute('FifoQueue');
    if (given.FifoQueue !== undefined && !isTrue(given.FifoQueue)) {
      throw invalidAttributeValue(
        'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
      );
    }
    const settings = withAttributes(state, queue, queue.settings, given);
    const retention = settings.MessageRetentionPeriod;
    const newRetention = retention !== queue.settings.MessageRetentionPeriod;
    queue.settings = settings;
    queue.modified = now;
    if (newRetention) state.store.setRetention(queue.row, toMilliseconds(retention));
    emit(context, {
      type: 'sqs/AttributesChanged',
      by: caller.by,
      queue: queue.name,
      attributes: Object.keys(given),
    });
    setStoreAlarm(context);
    return {};
  },
});

export const tagQueue = sqsOperation<TagQueueRequest>(TagQueue$, {
  summary: 'Adds labels to a queue; a name that is there gets the new value.',
  members: { QueueUrl: QUEUE_URL, Tags: { purpose: 'labels of your own, name=value' } },
  handle(context, { QueueUrl, Tags }) {
    const queue = queueAt(context, QueueUrl!);
    if (Object.keys(Tags ?? {}).length === 0) throw missingParameter('Tags');
    const tags = { ...queue.tags, ...readTags(Tags ?? {}) };
    // UNSURE: the sentence.
    if (Object.keys(tags).length > TAGS_MAX) {
      throw invalidParameterValue(`Too many tags added for queue ${queue.name}.`);
    }
    queue.tags = Object.freeze(tags);
    return {};
  },
});

export const untagQueue = sqsOperation<UntagQueueRequest>(UntagQueue$, {
  summary: 'Takes labels off a queue; names that are not there do no harm.',
  members: { QueueUrl: QUEUE_URL, TagKeys: { purpose: 'the names of the labels to take off' } },
  handle(context, { QueueUrl, TagKeys }) {
    const queue = queueAt(context, QueueUrl!);
    if ((TagKeys ?? []).length === 0) throw keyLength();
    const gone = new Set(TagKeys);
    queue.tags = Object.freeze(
      Object.fromEntries(Object.entries(queue.tags).filter(([name]) => !gone.has(name))),
    );
    return {};
  },
});

export const listQueueTags = sqsOperation<ListQueueTagsRequest>(ListQueueTags$, {
  summary: 'Shows the labels of a queue.',
  members: { QueueUrl: QUEUE_URL },
  handle(context, { QueueUrl }) {
    const { tags } = queueAt(context, QueueUrl!);
    return Object.keys(tags).length === 0 ? {} : { Tags: tags };
  },
});
