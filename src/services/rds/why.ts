/** Why an event subscription tells what it tells: the newest events, and for each whether it is wanted. */
import {
  counted,
  helps,
  type Why,
  type WhyGround,
  type WhyQuestion,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { type DatabaseEvent, type EventSubscription, keyOf, type RdsState } from './model.ts';
import { callerFor, isWanted } from './rules/telling.ts';

type Ground = WhyGround<RdsState>;

const RULE: Why['rule'] = {
  name: 'rds/event-subscriptions',
  says: 'A subscription tells an event when it is enabled and type, source and category of the event are among its own.',
  page: 'Amazon RDS User Guide: Overview of Amazon RDS event notification',
};
const POLICY: Why['rule'] = {
  name: 'rds/topic-policy',
  says: 'RDS publishes as events.rds.amazonaws.com: the policy of the topic must let it.',
  page: 'Amazon RDS User Guide: Granting permissions to publish notifications to an Amazon SNS topic',
};
const ROWS = 8;

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type !== 'resource' || !question.id.startsWith('dbevents/')) return undefined;
  const name = question.id.slice('dbevents/'.length);
  const { subscriptions, account } = ground.state;
  const found = subscriptions.get(name.includes('/') ? name : keyOf(account, name));
  return found && explain(ground, found);
}

function explain(ground: Ground, one: EventSubscription): Why {
  const { state, now } = ground;
  const { name, topic, enabled, sourceType, sources, categories, sent, failed } = one;
  const denied = isDenied(ground, one);
  const events = [...state.events].reverse();
  const modify = `aws rds modify-event-subscription --subscription-name ${name}`;
  const remedies = denied
    ? [helps('let events.rds.amazonaws.com publish, in the policy of the topic')]
    : !enabled
      ? [helps('enable it', `${modify} --enabled`)]
      : categories.length > 0
        ? [helps('see all that happened', 'aws rds describe-events')]
        : [];
  return {
    title: `event subscription ${name}`,
    answer: denied
      ? 'Its topic does not let RDS publish: what it tells is lost.'
      : !enabled
        ? 'It is switched off: it tells nothing.'
        : `It told ${sent} of ${state.events.length} events.`,
    at: now,
    rule: denied ? POLICY : RULE,
    values: [
      { label: 'topic', is: worded(topic.slice(topic.lastIndexOf(':') + 1)) },
      { label: 'type', is: worded(sourceType ?? 'all') },
      { label: 'databases', is: worded(sources.length === 0 ? 'all' : sources.join(', ')) },
      { label: 'categories', is: worded(categories.length === 0 ? 'all' : categories.join(', ')) },
      ...(failed > 0 ? [{ label: 'refused by the topic', is: counted(failed) }] : []),
    ],
    ...(events.length > 0 && {
      table: {
        heads: ['event', 'category', 'told', 'change'],
        rows: events.slice(0, ROWS).map((event) => rowOf(one, event)),
        more: Math.max(0, events.length - ROWS),
      },
    }),
    changes: {
      by: 'act',
      into: denied
        ? 'the topic lets RDS publish'
        : enabled
          ? 'its type, databases or categories change'
          : 'it is enabled',
    },
    remedies,
    see: sources.map((source) => `database/${source}`),
  };
}

/** As the policies are now. */
function isDenied({ state, now, decide }: Ground, one: EventSubscription): boolean {
  const input = { TopicArn: one.topic, Message: '' };
  const caller = callerFor(state, one);
  const decisions = decide({ service: 'sns', operation: 'Publish', input, caller }, now);
  return decisions.some(({ allowed }) => !allowed);
}

function rowOf(one: EventSubscription, event: DatabaseEvent): WhyRow {
  const wanted = event.at >= one.created && isWanted(one, event);
  return {
    mark: wanted ? 'yes' : 'no',
    name: `${event.source} ${event.id}`,
    state: event.categories.join(', '),
    reason: wanted ? 'told' : unwanted(one, event),
    change: 'never',
  };
}

function unwanted(
  { enabled, created, sourceType, sources }: EventSubscription,
  event: DatabaseEvent,
): string {
  if (event.at < created) return 'before the subscription';
  if (!enabled) return 'switched off';
  if (sourceType !== undefined && sourceType !== event.sourceType) return `it is a ${event.sourceType}`;
  if (sources.length > 0 && !sources.includes(event.source)) return 'another database';
  return 'another category';
}
