/** The broker and the topic rules as screens and conditions see them. */
import type { Action } from '@aws-sdk/client-iot';
import { parseArn } from '../../contract/arn.ts';
import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import type { IotState, TopicRule } from './model.ts';
import { partOf, placeOf } from './rules/actions.ts';
import { readSql } from './rules/sql.ts';

/** The one message broker, as the stage knows it. */
export const BROKER_ID = 'iot/core';

const KINDS: Readonly<Record<string, string>> = {
  firehose: 'delivery',
  kinesis: 'stream',
  sqs: 'queue',
  sns: 'topic',
  s3: 'bucket',
  lambda: 'function',
  cloudwatchLogs: 'loggroup',
};

/** As other views name it. */
function resourceOf(action: Action): ResourceId {
  const { name } = partOf(action);
  if (name === 'republish') return BROKER_ID;
  const place = placeOf(action);
  const resource =
    parseArn(place)?.resource ?? place.slice(place.lastIndexOf('://') < 0 ? 0 : place.lastIndexOf('/') + 1);
  return `${KINDS[name] ?? name}/${name === 'lambda' ? resource.replace(/^function:/u, '') : resource}`;
}

export const view = (state: IotState, now: Instant): ResourceView[] => {
  const rules = [...state.rules.values()].map((rule) => ruleView(state, rule, now));
  return state.broker.order === 0 ? rules : [brokerView(state, now), ...rules];
};

const idOf = ({ account: own }: IotState, { account, name }: TopicRule): ResourceId =>
  `iotrule/${account === own ? name : `${account}/${name}`}`;

function brokerView(state: IotState, now: Instant): ResourceView {
  const { published, matched, unmatched, incoming, seen, order } = state.broker;
  const newest = seen.at(-1)?.message;
  return {
    id: BROKER_ID,
    kind: 'iot',
    name: 'core',
    title: 'AWS IoT',
    role: 'resource',
    order,
    fields: { published, matched, unmatched, ...(newest !== undefined && { newestTopic: newest.topic }) },
    rates: { in: perSecond(incoming, now), out: 0, refused: 0 },
    figures: [
      { label: 'published', value: published, unit: '' },
      { label: 'matched', value: matched, unit: '' },
      { label: 'no rule', value: unmatched, unit: '' },
    ],
    links: [...state.rules.values()].map((rule) => ({
      to: idOf(state, rule),
      type: 'deliver' as const,
      label: readSql(rule.sql).filter,
      perSecond: perSecond(rule.incoming, now),
      refusedPerSecond: 0,
    })),
  };
}

function ruleView(state: IotState, rule: TopicRule, now: Instant): ResourceView {
  const { counters, actions, errorAction, disabled, trouble } = rule;
  const { filter, whereText } = readSql(rule.sql);
  const out = perSecond(rule.outgoing, now);
  return {
    id: idOf(state, rule),
    kind: 'iotrule',
    name: rule.name,
    title: 'IoT rule',
    role: 'resource',
    order: rule.order,
    fields: {
      attributes: { sql: rule.sql, ruleDisabled: disabled },
      ...counters,
      filter,
      actions: actions.map((action) => ({ action: partOf(action).name, to: placeOf(action) })),
      ...(trouble !== null && { trouble: `${trouble.code}: ${trouble.message}` }),
      createdAtMs: rule.created,
    },
    scope: {
      label: whereText === '' ? 'from' : 'where',
      value: whereText === '' ? filter : whereText.replace(/^WHERE /iu, ''),
    },
    rates: { in: perSecond(rule.incoming, now), out, refused: 0 },
    ...(disabled && { stopped: true }),
    figures: [
      { label: 'heard', value: counters.heard, unit: '' },
      { label: 'matched', value: counters.matched, unit: '' },
      { label: 'failed', value: counters.failed, unit: '', bad: true },
      { label: 'lost', value: counters.lost, unit: '', bad: true },
    ],
    links: [
      ...actions.map(
        (action): LinkView => ({
          to: resourceOf(action),
          type: 'deliver',
          perSecond: out,
          refusedPerSecond: 0,
        }),
      ),
      ...(errorAction === null
        ? []
        : [
            {
              to: resourceOf(errorAction),
              type: 'redrive',
              label: 'failed',
              perSecond: 0,
              refusedPerSecond: 0,
            } as const,
          ]),
    ],
  };
}
