/** The events of RDS that conditions may name. */
import { type Entry, events, list, text } from './vocabularyFields.ts';

const told = {
  source: text('the database'),
  eventId: text('its number: RDS-EVENT-0006'),
  topic: text('ARN of the topic'),
  messageId: text('ours: the event, for its story'),
};
const ofSubscription = { topic: text('ARN of the topic that is told') };

export const DATABASE_EVENTS: readonly Entry[] = [
  ...events(
    'rds',
    { subscription: text('the event subscription’s name') },
    {
      EventSubscriptionCreated: ['an event subscription was made', ofSubscription],
      EventSubscriptionModified: ['an event subscription was changed', ofSubscription],
      EventSubscriptionDeleted: ['an event subscription was deleted', ofSubscription],
      NotificationSent: [
        'a topic took what RDS tells',
        { ...told, became: text('the id under which the topic took it') },
      ],
      NotificationFailed: [
        'a topic refused what RDS tells',
        { ...told, reason: text('the code of the refusal') },
      ],
    },
  ),
  ...events(
    'rds',
    { source: text('the database’s name') },
    {
      EventHappened: [
        'something happened to a database of RDS or Aurora',
        {
          sourceType: text('db-instance or db-cluster'),
          eventId: text('its number: RDS-EVENT-0006'),
          message: text('what, in AWS’s words'),
          categories: list('its categories: failover, availability, …'),
          messageId: text('ours: this event, for its story'),
        },
      ],
    },
  ),
];
