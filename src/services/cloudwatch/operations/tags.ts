/** Labels of alarms. */
import {
  ListTagsForResource$,
  type ListTagsForResourceInput,
  TagResource$,
  type TagResourceInput,
  UntagResource$,
  type UntagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import { cloudWatchOperation, RESOURCE_ARN, TAGS } from '../define.ts';
import { type Alarm, alarmKey } from '../model.ts';
import { alarmByArn } from '../rules/lookup.ts';
import { readTags } from '../rules/tags.ts';

const keyOf = ({ account, name }: Alarm): string => alarmKey(account, name);

export const tagResource = cloudWatchOperation<TagResourceInput>(TagResource$, {
  summary: 'Gives an alarm labels.',
  members: { ResourceARN: RESOURCE_ARN, Tags: TAGS },
  handle({ state, caller }, { ResourceARN, Tags }) {
    const key = keyOf(alarmByArn(state, caller.account, ResourceARN!));
    state.tags.set(key, Object.freeze({ ...state.tags.get(key), ...readTags(Tags) }));
    return {};
  },
});

export const untagResource = cloudWatchOperation<UntagResourceInput>(UntagResource$, {
  summary: 'Takes labels from an alarm.',
  members: { ResourceARN: RESOURCE_ARN, TagKeys: { purpose: 'the keys of the labels' } },
  handle({ state, caller }, { ResourceARN, TagKeys = [] }) {
    const key = keyOf(alarmByArn(state, caller.account, ResourceARN!));
    const left = Object.entries(state.tags.get(key) ?? {}).filter(([name]) => !TagKeys.includes(name));
    state.tags.set(key, Object.freeze(Object.fromEntries(left)));
    return {};
  },
});

export const listTagsForResource = cloudWatchOperation<ListTagsForResourceInput>(ListTagsForResource$, {
  summary: 'Lists the labels of an alarm.',
  members: { ResourceARN: RESOURCE_ARN },
  handle({ state, caller }, { ResourceARN }) {
    const tags = state.tags.get(keyOf(alarmByArn(state, caller.account, ResourceARN!))) ?? {};
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
