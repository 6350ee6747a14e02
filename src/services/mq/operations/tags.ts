/** Labels of brokers and configurations. */
import {
  CreateTags$,
  type CreateTagsRequest,
  DeleteTags$,
  type DeleteTagsRequest,
  ListTags$,
  type ListTagsRequest,
} from '@aws-sdk/client-mq';
import { mqOperation } from '../define.ts';
import { badRequest, notFound } from '../errors.ts';
import { TAGS_MAX } from '../limits.ts';
import type { MqState } from '../model.ts';

const RESOURCE_ARN = { purpose: 'the broker or configuration, by its ARN' } as const;

function tagsOf({ brokers, configurations }: MqState, account: string, arn: string): Map<string, string> {
  for (const one of [...brokers.values(), ...configurations.values()]) {
    if (one.arn === arn && one.account === account) return one.tags;
  }
  throw notFound(`Can't find requested resource [${arn}].`);
}

export const createTags = mqOperation<CreateTagsRequest>(CreateTags$, {
  summary: 'Adds labels to a broker or a configuration.',
  members: { ResourceArn: RESOURCE_ARN, Tags: { purpose: 'name=value, …', max: TAGS_MAX, unit: 'entries' } },
  handle({ state, caller }, { ResourceArn, Tags = {} }) {
    const tags = tagsOf(state, caller.account, ResourceArn!);
    const names = new Set([...tags.keys(), ...Object.keys(Tags)]);
    if (names.size > TAGS_MAX) throw badRequest(`There can be ${TAGS_MAX} tags at most.`);
    for (const [name, value] of Object.entries(Tags)) tags.set(name, value);
    return {};
  },
});

export const deleteTags = mqOperation<DeleteTagsRequest>(DeleteTags$, {
  summary: 'Takes labels from a broker or a configuration.',
  members: { ResourceArn: RESOURCE_ARN, TagKeys: { purpose: 'their names' } },
  handle({ state, caller }, { ResourceArn, TagKeys = [] }) {
    const tags = tagsOf(state, caller.account, ResourceArn!);
    for (const name of TagKeys) tags.delete(name);
    return {};
  },
});

export const listTags = mqOperation<ListTagsRequest>(ListTags$, {
  summary: 'Lists the labels of a broker or a configuration.',
  members: { ResourceArn: RESOURCE_ARN },
  handle: ({ state, caller }, { ResourceArn }) => ({
    Tags: Object.fromEntries(tagsOf(state, caller.account, ResourceArn!)),
  }),
});
