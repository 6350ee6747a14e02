/** Event subscriptions as screens and conditions see them: between the databases that they are about and the topic. */
import { parseArn } from '../../contract/arn.ts';
import type { LinkView, ResourceView } from '../../contract/view.ts';
import type { EventSubscription, RdsState } from './model.ts';

export const view = (state: RdsState): ResourceView[] =>
  [...state.subscriptions.values()].map((one) => subscriptionView(state, one));

function subscriptionView(state: RdsState, one: EventSubscription): ResourceView {
  const { account, name, sources, categories, sourceType, enabled, sent, failed } = one;
  return {
    id: `dbevents/${account === state.account ? name : `${account}/${name}`}`,
    kind: 'dbevents',
    name,
    title: 'RDS events',
    role: 'resource',
    order: one.order,
    fields: {
      topic: one.topic,
      sourceType: sourceType ?? 'all',
      sources: [...sources],
      categories: [...categories],
      enabled,
      sent,
      failed,
      createdAtMs: one.created,
    },
    scope: { label: 'events', value: categories.length === 0 ? 'all' : categories.join(', ') },
    figures: [
      { label: 'told', value: sent, unit: '' },
      ...(failed > 0 ? [{ label: 'refused', value: failed, unit: '', bad: true } as const] : []),
    ],
    ...(!enabled && { stopped: true }),
    links: [
      ...[...state.sources]
        .filter(([source, type]) => isAbout(one, source, type))
        .map(([source]): LinkView => ({ to: `database/${source}`, type: 'poll', ...QUIET })),
      { to: topicId(state, one.topic), type: 'deliver', label: 'events', ...QUIET },
    ],
  };
}

const isAbout = ({ sources, sourceType }: EventSubscription, source: string, type: string): boolean =>
  (sourceType === undefined || sourceType === type) && (sources.length === 0 || sources.includes(source));

const QUIET = { perSecond: 0, refusedPerSecond: 0 } as const;

function topicId(state: RdsState, arn: string): ResourceView['id'] {
  const { account = '', resource = arn } = parseArn(arn) ?? {};
  return `topic/${account === state.account ? resource : `${account}/${resource}`}`;
}
