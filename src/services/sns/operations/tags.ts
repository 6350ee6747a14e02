/** Tags of a topic, and its data protection policy: both name the topic as a resource. */
import {
  GetDataProtectionPolicy$,
  type GetDataProtectionPolicyInput,
  ListTagsForResource$,
  type ListTagsForResourceRequest,
  PutDataProtectionPolicy$,
  type PutDataProtectionPolicyInput,
  TagResource$,
  type TagResourceRequest,
  UntagResource$,
  type UntagResourceRequest,
} from '@aws-sdk/client-sns';
import { snsOperation, TOPIC_ARN } from '../define.ts';
import { resourceNotFound } from '../errors.ts';
import { emit } from '../events.ts';
import type { SnsState, Topic } from '../model.ts';
import { topicArn, topicAt } from '../rules/arns.ts';
import { readDataProtection } from '../rules/dataProtection.ts';
import { checkCount, type GivenTag, listed, readTags } from '../rules/tags.ts';

function tagged(state: SnsState, arn: string): Topic {
  const topic = state.topics.get(topicArn(state, arn, 'ResourceArn'));
  if (topic === undefined) throw resourceNotFound();
  return topic;
}

export const tagResource = snsOperation<TagResourceRequest>(TagResource$, {
  summary: 'Puts labels on a topic, or changes them.',
  members: { ResourceArn: TOPIC_ARN, Tags: { purpose: 'labels, Key=…,Value=…' } },
  handle({ state }, { ResourceArn, Tags }) {
    const topic = tagged(state, ResourceArn!);
    topic.tags = checkCount({ ...topic.tags, ...readTags((Tags ?? []) as readonly GivenTag[]) });
    return {};
  },
});

export const untagResource = snsOperation<UntagResourceRequest>(UntagResource$, {
  summary: 'Takes labels off a topic.',
  members: { ResourceArn: TOPIC_ARN, TagKeys: { purpose: 'the keys of the labels' } },
  handle({ state }, { ResourceArn, TagKeys }) {
    const topic = tagged(state, ResourceArn!);
    const gone = new Set(TagKeys ?? []);
    topic.tags = Object.freeze(
      Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !gone.has(key))),
    );
    return {};
  },
});

export const listTagsForResource = snsOperation<ListTagsForResourceRequest>(ListTagsForResource$, {
  summary: 'Lists the labels of a topic.',
  members: { ResourceArn: TOPIC_ARN },
  handle: ({ state }, { ResourceArn }) => ({ Tags: listed(tagged(state, ResourceArn!).tags) }),
});

export const getDataProtectionPolicy = snsOperation<GetDataProtectionPolicyInput>(GetDataProtectionPolicy$, {
  summary: 'Tells what a topic does with personal data.',
  members: { ResourceArn: TOPIC_ARN },
  handle: ({ state }, { ResourceArn }) => ({
    DataProtectionPolicy: topicAt(state, ResourceArn!, 'ResourceArn').settings.DataProtectionPolicy,
  }),
});

export const putDataProtectionPolicy = snsOperation<PutDataProtectionPolicyInput>(PutDataProtectionPolicy$, {
  summary: 'Sets what a topic does with personal data; here it is kept and not applied.',
  members: { ResourceArn: TOPIC_ARN, DataProtectionPolicy: { purpose: 'the policy as JSON' } },
  handle(context, { ResourceArn, DataProtectionPolicy }) {
    const { state, caller } = context;
    const topic = topicAt(state, ResourceArn!, 'ResourceArn');
    const text = readDataProtection(DataProtectionPolicy!);
    topic.settings = Object.freeze({ ...topic.settings, DataProtectionPolicy: text });
    emit(context, {
      type: 'sns/AttributesChanged',
      by: caller.by,
      topic: topic.name,
      attributes: ['DataProtectionPolicy'],
    });
    return {};
  },
});
