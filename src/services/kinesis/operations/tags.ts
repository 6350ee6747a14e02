/** Labels of streams and consumers: two families of operations, the older one by name, the newer by ARN. */
import {
  AddTagsToStream$,
  type AddTagsToStreamInput,
  ListTagsForResource$,
  type ListTagsForResourceInput,
  ListTagsForStream$,
  type ListTagsForStreamInput,
  RemoveTagsFromStream$,
  type RemoveTagsFromStreamInput,
  TagResource$,
  type TagResourceInput,
  UntagResource$,
  type UntagResourceInput,
} from '@aws-sdk/client-kinesis';
import type { Context } from '../../../engine/service.ts';
import { kinesisOperation, RESOURCE_ARN, STREAM, STREAM_ID } from '../define.ts';
import type { Consumer, KinesisState, Stream } from '../model.ts';
import { consumerAt, streamAt } from '../rules/lookup.ts';
import { listed, readTags, type Tags, withoutTags } from '../rules/tags.ts';

type Tagged = { tags: Tags };
const TAGS = { purpose: 'labels of your own, a=b' } as const;
const KEYS = { purpose: 'the names of the labels' } as const;
const PAGE = 50;

export const addTagsToStream = kinesisOperation<AddTagsToStreamInput>(AddTagsToStream$, {
  summary: 'Puts labels on a stream, or changes them.',
  members: { ...STREAM, Tags: TAGS },
  handle(context, input) {
    const stream = streamAt(context, input);
    stream.tags = readTags(stream.tags, input.Tags as Tags);
    return {};
  },
});

export const removeTagsFromStream = kinesisOperation<RemoveTagsFromStreamInput>(RemoveTagsFromStream$, {
  summary: 'Takes labels off a stream.',
  members: { ...STREAM, TagKeys: KEYS },
  handle(context, input) {
    const stream = streamAt(context, input);
    stream.tags = withoutTags(stream.tags, input.TagKeys!);
    return {};
  },
});

export const listTagsForStream = kinesisOperation<ListTagsForStreamInput>(ListTagsForStream$, {
  summary: 'Lists the labels of a stream.',
  members: {
    ...STREAM,
    ExclusiveStartTagKey: { purpose: 'only names after this one' },
    Limit: { purpose: 'how many at most', min: 1, max: PAGE, unit: 'entries' },
  },
  handle(context, input) {
    const after = input.ExclusiveStartTagKey ?? '';
    const tags = listed(streamAt(context, input).tags).filter(({ Key }) => Key > after);
    const page = tags.slice(0, input.Limit ?? PAGE);
    return { Tags: page, HasMoreTags: tags.length > page.length };
  },
});

/** A stream, or one of its consumers. */
export function resourceAt(context: Context<KinesisState>, arn: string): Stream | Consumer {
  return arn.includes('/consumer/')
    ? consumerAt(context, { ConsumerARN: arn }).consumer
    : streamAt(context, { StreamARN: arn });
}

export const tagResource = kinesisOperation<TagResourceInput>(TagResource$, {
  summary: 'Puts labels on a stream or a consumer.',
  members: { ResourceARN: RESOURCE_ARN, Tags: TAGS, StreamId: STREAM_ID },
  handle(context, { ResourceARN, Tags }) {
    const resource: Tagged = resourceAt(context, ResourceARN!);
    resource.tags = readTags(resource.tags, Tags as Tags);
    return {};
  },
});

export const untagResource = kinesisOperation<UntagResourceInput>(UntagResource$, {
  summary: 'Takes labels off a stream or a consumer.',
  members: { ResourceARN: RESOURCE_ARN, TagKeys: KEYS, StreamId: STREAM_ID },
  handle(context, { ResourceARN, TagKeys }) {
    const resource: Tagged = resourceAt(context, ResourceARN!);
    resource.tags = withoutTags(resource.tags, TagKeys!);
    return {};
  },
});

export const listTagsForResource = kinesisOperation<ListTagsForResourceInput>(ListTagsForResource$, {
  summary: 'Lists the labels of a stream or a consumer.',
  members: { ResourceARN: RESOURCE_ARN, StreamId: STREAM_ID },
  handle: (context, { ResourceARN }) => ({ Tags: listed(resourceAt(context, ResourceARN!).tags) }),
});
