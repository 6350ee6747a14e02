/** An event of a database: kept, and told to the topics of those who asked for such events. */
import type { DatabaseNews } from '../../../contract/databases.ts';
import type { Caller, Context, Outcome } from '../../../engine/service.ts';
import { emit, PRINCIPAL } from '../events.ts';
import { EVENTS_KEPT_MS, EVENTS_MAX, type SourceType } from '../limits.ts';
import {
  type DatabaseEvent,
  type EventSubscription,
  keyOf,
  type RdsState,
  replace,
  sourceArn,
  subscriptionArn,
} from '../model.ts';
import { tellBus } from './busEvent.ts';
import { wordingOf } from './wording.ts';

type Ctx = Context<RdsState>;

export const SUBJECT = 'RDS Notification Message';

/** Comes back with the topic's answer. Frozen. */
export interface ToldToken {
  readonly type: 'told';
  readonly subscription: string;
  readonly event: DatabaseEvent;
  readonly topic: string;
}

/** Ours: what a story of an event is found by. */
const eventName = ({ number }: Pick<DatabaseEvent, 'number'>): string => `rds-event-${number}`;

/** RDS as it calls for a subscription; policies may ask for the subscription's ARN and its account. */
export const callerFor = (
  state: RdsState,
  { account, name }: Pick<EventSubscription, 'account' | 'name'>,
): Caller => ({
  by: PRINCIPAL,
  account,
  profile: PRINCIPAL,
  secure: true,
  sourceArn: subscriptionArn(state, account, name),
});

/** RDS User Guide, Overview of Amazon RDS event notification: by type, source and category. */
export function isWanted(
  { enabled, sourceType, sources, categories }: EventSubscription,
  event: Pick<DatabaseEvent, 'sourceType' | 'source' | 'categories'>,
): boolean {
  if (!enabled) return false;
  if (sourceType !== undefined && sourceType !== event.sourceType) return false;
  if (sources.length > 0 && !sources.includes(event.source)) return false;
  return categories.length === 0 || event.categories.some((one) => categories.includes(one));
}

export function happened(context: Ctx, { what, database }: DatabaseNews): void {
  const { state, now } = context;
  const sourceType: SourceType = database.engine === 'aurora' ? 'db-cluster' : 'db-instance';
  if (what === 'deleted') state.sources.delete(database.name);
  else state.sources.set(database.name, sourceType);
  const wording = wordingOf(what, database);
  if (wording === undefined) return;
  const event: DatabaseEvent = Object.freeze({
    number: ++state.eventsMade,
    at: now,
    sourceType,
    source: database.name,
    id: wording.id,
    message: wording.message,
    categories: Object.freeze(wording.categories),
  });
  const kept = state.events.filter(({ at }) => now - at < EVENTS_KEPT_MS).slice(1 - EVENTS_MAX);
  state.events = Object.freeze([...kept, event]);
  emit(context, {
    type: 'rds/EventHappened',
    by: PRINCIPAL,
    source: event.source,
    sourceType,
    eventId: event.id,
    message: event.message,
    categories: event.categories,
    messageId: eventName(event),
  });
  tellBus(context, event);
  for (const subscription of state.subscriptions.values()) {
    if (subscription.account === state.account && isWanted(subscription, event)) {
      tell(context, subscription, event);
    }
  }
}

function tell(context: Ctx, subscription: EventSubscription, event: DatabaseEvent): void {
  const { state } = context;
  const token: ToldToken = Object.freeze({
    type: 'told',
    subscription: subscription.name,
    event,
    topic: subscription.topic,
  });
  if (context.peek('sns') === undefined) {
    ended(context, token, 'there is no such service in this world');
    return;
  }
  const input = {
    TopicArn: subscription.topic,
    Subject: SUBJECT,
    Message: JSON.stringify(bodyOf(state, event)),
    MessageAttributes: {
      EventID: { DataType: 'String', StringValue: event.id },
      Resource: { DataType: 'String', StringValue: sourceArn(state, event.sourceType, event.source) },
    },
  };
  const caller = callerFor(state, subscription);
  context.request({ service: 'sns', operation: 'Publish', input, caller }, token);
}

const AWS_HOST = '.aws.amazon.com';
const PAGES = { 'db-instance': 'dbinstance', 'db-cluster': 'dbclusters' } as const;
const GUIDE = 'http://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html';

/** As AWS writes it: members, their order, and the time with a blank. Databases here have no tags. */
const bodyOf = (state: RdsState, event: DatabaseEvent): object => ({
  'Event Source': event.sourceType,
  'Event Time': new Date(state.epoch + event.at).toISOString().slice(0, 23).replace('T', ' '),
  'Identifier Link': `https://console${AWS_HOST}/rds/home?region=${state.region}#${PAGES[event.sourceType]}:id=${event.source}`,
  'Source ID': event.source,
  'Source ARN': sourceArn(state, event.sourceType, event.source),
  'Event ID': `${GUIDE}#${event.id}`,
  'Event Message': event.message,
  Tags: {},
});

export function topicTold(context: Ctx, token: ToldToken, outcome: Outcome): void {
  if (!outcome.ok) {
    ended(context, token, outcome.refusal.code);
    return;
  }
  ended(context, token, undefined, (outcome.output as { readonly MessageId?: string }).MessageId);
}

/** RDS tries once. UNSURE: whether it tries again. */
function ended(context: Ctx, token: ToldToken, reason: string | undefined, became?: string): void {
  const { state } = context;
  const { subscription: name, event, topic } = token;
  const known = state.subscriptions.get(keyOf(state.account, name));
  if (known !== undefined) {
    const more = reason === undefined ? { sent: known.sent + 1 } : { failed: known.failed + 1 };
    replace(state, { ...known, ...more });
  }
  emit(context, {
    type: reason === undefined ? 'rds/NotificationSent' : 'rds/NotificationFailed',
    by: PRINCIPAL,
    subscription: name,
    source: event.source,
    eventId: event.id,
    topic,
    messageId: eventName(event),
    ...(became !== undefined && { became }),
    ...(reason !== undefined && { reason }),
  });
}
