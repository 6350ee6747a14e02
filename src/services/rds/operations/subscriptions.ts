/** Who is told of which events: making, changing, listing and deleting event subscriptions. */
import {
  AddSourceIdentifierToSubscription$,
  type AddSourceIdentifierToSubscriptionMessage,
  CreateEventSubscription$,
  type CreateEventSubscriptionMessage,
  DeleteEventSubscription$,
  type DeleteEventSubscriptionMessage,
  DescribeEventSubscriptions$,
  type DescribeEventSubscriptionsMessage,
  ModifyEventSubscription$,
  type ModifyEventSubscriptionMessage,
  RemoveSourceIdentifierFromSubscription$,
  type RemoveSourceIdentifierFromSubscriptionMessage,
} from '@aws-sdk/client-rds';
import type { DatabasesIn } from '../../../contract/databases.ts';
import type { AnyOperation } from '../../../contract/operation.ts';
import { type Context, PARKED } from '../../../engine/service.ts';
import {
  NO_FILTERS,
  PAGE,
  page,
  paged,
  rdsOperation,
  refused,
  SOURCE_TYPE,
  SUBSCRIPTION,
  sourceTypeOf,
  TOPIC,
} from '../define.ts';
import {
  invalid,
  noSuchCategory,
  noSuchSource,
  noSuchSubscription,
  subscriptionExists,
  together,
  tooManySubscriptions,
} from '../errors.ts';
import { emit } from '../events.ts';
import { CATEGORIES, SOURCE_TYPES, type SourceType, SUBSCRIPTIONS_MAX } from '../limits.ts';
import { type EventSubscription, keyOf, type RdsState, replace } from '../model.ts';
import { described } from '../rules/describing.ts';
import { checkTopic, firstMessage } from '../rules/subscribing.ts';

type Ctx = Context<RdsState>;

const CATEGORY = { purpose: 'only these categories: failover, low storage, …; left out: all' } as const;
const SOURCE = { purpose: 'a database, by name' } as const;
const ENABLED = { purpose: 'it tells', default: true } as const;

function subscriptionNamed({ state, caller }: Ctx, name: string): EventSubscription {
  const found = state.subscriptions.get(keyOf(caller.account, name));
  if (found === undefined) throw noSuchSubscription(name);
  return found;
}

const ofAccount = ({ state, caller }: Ctx): EventSubscription[] =>
  [...state.subscriptions.values()].filter(({ account }) => account === caller.account);

function checkCategories(type: SourceType | undefined, categories: readonly string[]): void {
  const known = type === undefined ? SOURCE_TYPES.flatMap((one) => CATEGORIES[one]) : CATEGORIES[type];
  const wrong = categories.find((one) => !known.includes(one));
  if (wrong !== undefined) throw noSuchCategory(wrong, [...new Set(known)]);
}

/** `databases`: those of the world, in the state of who keeps them. */
export function subscriptionOperations(databases: DatabasesIn): readonly AnyOperation[] {
  const checkSource = (context: Ctx, type: SourceType, name: string): void => {
    const { state, caller } = context;
    const engine = type === 'db-cluster' ? 'aurora' : 'rds';
    const all = caller.account === state.account ? databases(context.peek('app')) : [];
    if (!all.some((one) => one.name === name && one.engine === engine)) throw noSuchSource(name);
  };

  const createEventSubscription = rdsOperation<CreateEventSubscriptionMessage>(CreateEventSubscription$, {
    summary: 'Lets RDS tell a topic what happens to databases; the topic gets a first message.',
    members: {
      SubscriptionName: { purpose: 'its name', min: 1, max: 255, unit: 'characters' },
      SnsTopicArn: TOPIC,
      SourceType: SOURCE_TYPE,
      SourceIds: { purpose: 'only of these databases; needs the source type' },
      EventCategories: CATEGORY,
      Enabled: ENABLED,
      ...refused('what RDS keeps has no tags here', 'Tags'),
    },
    handle(context, input) {
      const { state, caller, now, call } = context;
      const { SubscriptionName: name = '', SnsTopicArn: topic = '', SourceIds: sources = [] } = input;
      if (!/^[A-Za-z][A-Za-z0-9-]{0,254}$/u.test(name)) {
        throw invalid(`The parameter SubscriptionName is not valid: ${name}`);
      }
      if (state.subscriptions.has(keyOf(caller.account, name))) throw subscriptionExists(name);
      if (ofAccount(context).length >= SUBSCRIPTIONS_MAX) throw tooManySubscriptions();
      const sourceType = input.SourceType === undefined ? undefined : sourceTypeOf(input.SourceType);
      if (sources.length > 0 && sourceType === undefined) {
        throw together('SourceIds cannot be specified without SourceType.');
      }
      checkCategories(sourceType, input.EventCategories ?? []);
      for (const source of sources) checkSource(context, sourceType!, source);
      checkTopic(state, topic);
      const subscription: EventSubscription = Object.freeze({
        name,
        account: caller.account,
        topic,
        sourceType,
        sources: Object.freeze([...sources]),
        categories: Object.freeze([...(input.EventCategories ?? [])]),
        enabled: input.Enabled ?? true,
        created: now,
        order: ++state.subscriptionsMade,
        sent: 0,
        failed: 0,
      });
      const token = { type: 'subscribing', call: call!, by: caller.by, subscription, isNew: true } as const;
      firstMessage(context, Object.freeze(token));
      return PARKED;
    },
  });

  const modifyEventSubscription = rdsOperation<ModifyEventSubscriptionMessage>(ModifyEventSubscription$, {
    summary: 'Changes an event subscription; its sources are changed by two calls of their own.',
    members: {
      SubscriptionName: SUBSCRIPTION,
      SnsTopicArn: TOPIC,
      SourceType: SOURCE_TYPE,
      EventCategories: CATEGORY,
      Enabled: ENABLED,
    },
    handle(context, input) {
      const { state, caller, call } = context;
      const before = subscriptionNamed(context, input.SubscriptionName!);
      const sourceType = input.SourceType === undefined ? before.sourceType : sourceTypeOf(input.SourceType);
      if (before.sources.length > 0 && sourceType !== before.sourceType) {
        throw together('The source type cannot be changed while the subscription has source identifiers.');
      }
      checkCategories(sourceType, input.EventCategories ?? before.categories);
      if (input.SnsTopicArn !== undefined) checkTopic(state, input.SnsTopicArn);
      const subscription: EventSubscription = Object.freeze({
        ...before,
        topic: input.SnsTopicArn ?? before.topic,
        sourceType,
        categories: Object.freeze([...(input.EventCategories ?? before.categories)]),
        enabled: input.Enabled ?? before.enabled,
      });
      if (subscription.topic !== before.topic) {
        const token = {
          type: 'subscribing',
          call: call!,
          by: caller.by,
          subscription,
          isNew: false,
        } as const;
        firstMessage(context, Object.freeze(token));
        return PARKED;
      }
      return changed(context, subscription);
    },
  });

  const addSource = rdsOperation<AddSourceIdentifierToSubscriptionMessage>(
    AddSourceIdentifierToSubscription$,
    {
      summary: 'Adds a database to those that a subscription is about.',
      members: { SubscriptionName: SUBSCRIPTION, SourceIdentifier: SOURCE },
      handle(context, { SubscriptionName: name, SourceIdentifier: source }) {
        const before = subscriptionNamed(context, name!);
        if (before.sourceType === undefined) {
          throw together('SourceIds cannot be specified without SourceType.');
        }
        checkSource(context, before.sourceType, source!);
        const sources = Object.freeze([...new Set([...before.sources, source!])]);
        return changed(context, Object.freeze({ ...before, sources }));
      },
    },
  );

  return [createEventSubscription, modifyEventSubscription, addSource, removeSource, describe, remove];
}

function changed(context: Ctx, subscription: EventSubscription): object {
  replace(context.state, subscription);
  emit(context, {
    type: 'rds/EventSubscriptionModified',
    by: context.caller.by,
    subscription: subscription.name,
    topic: subscription.topic,
  });
  return { EventSubscription: described(context.state, subscription, 'modifying') };
}

const removeSource = rdsOperation<RemoveSourceIdentifierFromSubscriptionMessage>(
  RemoveSourceIdentifierFromSubscription$,
  {
    summary: 'Takes a database from those that a subscription is about.',
    members: { SubscriptionName: SUBSCRIPTION, SourceIdentifier: SOURCE },
    handle(context, { SubscriptionName: name, SourceIdentifier: source }) {
      const before = subscriptionNamed(context, name!);
      if (!before.sources.includes(source!)) throw noSuchSource(source!);
      const sources = Object.freeze(before.sources.filter((one) => one !== source));
      return changed(context, Object.freeze({ ...before, sources }));
    },
  },
);

const describe = rdsOperation<DescribeEventSubscriptionsMessage>(DescribeEventSubscriptions$, {
  summary: 'Lists event subscriptions.',
  members: { SubscriptionName: { purpose: 'only this one' }, ...PAGE, ...NO_FILTERS },
  pagination: paged('EventSubscriptionsList'),
  handle(context, input) {
    const { SubscriptionName: name } = input;
    const all = name === undefined ? ofAccount(context) : [subscriptionNamed(context, name)];
    const { items, rest } = page(all, input);
    return { EventSubscriptionsList: items.map((one) => described(context.state, one)), ...rest };
  },
});

const remove = rdsOperation<DeleteEventSubscriptionMessage>(DeleteEventSubscription$, {
  summary: 'Deletes an event subscription; databases and topic stay.',
  members: { SubscriptionName: SUBSCRIPTION },
  handle(context, { SubscriptionName: name }) {
    const found = subscriptionNamed(context, name!);
    context.state.subscriptions.delete(keyOf(found.account, found.name));
    emit(context, {
      type: 'rds/EventSubscriptionDeleted',
      by: context.caller.by,
      subscription: found.name,
      topic: found.topic,
    });
    return { EventSubscription: described(context.state, found, 'deleting') };
  },
});
