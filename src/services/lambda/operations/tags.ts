/** Tags of functions and of event source mappings. */
import {
  ListTags$,
  type ListTagsRequest,
  TagResource$,
  type TagResourceRequest,
  UntagResource$,
  type UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import { parseArn } from '../../../contract/arn.ts';
import type { Context } from '../../../engine/service.ts';
import { lambdaOperation } from '../define.ts';
import { invalidValue, notFound } from '../errors.ts';
import { TAGS_MAX } from '../limits.ts';
import type { LambdaState } from '../model.ts';
import { functionOf } from '../rules/lookup.ts';

const RESOURCE = { purpose: 'the function or mapping, by its ARN' } as const;

interface Tagged {
  tags: Readonly<Record<string, string>>;
}

function taggedOf(context: Context<LambdaState>, arn: string): Tagged {
  const resource = parseArn(arn)?.resource ?? '';
  if (!resource.startsWith('event-source-mapping:')) return functionOf(context, arn);
  const mapping = context.state.mappings.get(resource.slice('event-source-mapping:'.length));
  if (mapping === undefined) throw notFound(`Event source mapping not found: ${arn}`);
  return mapping;
}

export const tagResource = lambdaOperation<TagResourceRequest>(TagResource$, {
  summary: 'Puts labels of your own on a function.',
  members: { Resource: RESOURCE, Tags: { purpose: 'the labels, a=b' } },
  handle(context, { Resource, Tags }) {
    const tagged = taggedOf(context, Resource!);
    const tags = { ...tagged.tags, ...Tags };
    if (Object.keys(tags).length > TAGS_MAX) {
      throw invalidValue('Total number of tags exceed the limit for this resource.');
    }
    tagged.tags = Object.freeze(tags);
    return {};
  },
});

export const untagResource = lambdaOperation<UntagResourceRequest>(UntagResource$, {
  summary: 'Takes labels off a function.',
  members: { Resource: RESOURCE, TagKeys: { purpose: 'the names of the labels' } },
  handle(context, { Resource, TagKeys = [] }) {
    const tagged = taggedOf(context, Resource!);
    const gone = new Set(TagKeys);
    tagged.tags = Object.freeze(
      Object.fromEntries(Object.entries(tagged.tags).filter(([name]) => !gone.has(name))),
    );
    return {};
  },
});

export const listTags = lambdaOperation<ListTagsRequest>(ListTags$, {
  summary: 'Lists the labels of a function.',
  members: { Resource: RESOURCE },
  handle: (context, { Resource }) => ({ Tags: { ...taggedOf(context, Resource!).tags } }),
});
