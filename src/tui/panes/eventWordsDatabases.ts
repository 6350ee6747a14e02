/** Sentences for what happens to databases, and for who is told of it. */
import type { EventView } from '../../projection/snapshot.ts';
import { plain } from '../paint/plain.ts';
import type { Words } from './eventWords.ts';

function text(event: EventView, name: string): string {
  const value = event.fields[name];
  return typeof value === 'string' || typeof value === 'number' ? plain(String(value), { limit: 160 }) : '';
}

/** The name at the end of a topic's ARN. */
const topic = (event: EventView): string => {
  const arn = text(event, 'topic');
  return arn.slice(arn.lastIndexOf(':') + 1);
};

export const DATABASE_WORDS: Readonly<Record<string, (event: EventView) => Words>> = {
  'rds/EventSubscriptionCreated': (event) => ({
    mark: 'working',
    role: 'done',
    says: `tells topic ${topic(event)} from now on`,
  }),
  'rds/EventSubscriptionModified': () => ({ mark: 'right', role: 'second', says: 'subscription changed' }),
  'rds/EventSubscriptionDeleted': () => ({ mark: 'idle', role: 'second', says: 'subscription deleted' }),
  'rds/EventHappened': (event) => ({ mark: 'open', role: 'accent', says: text(event, 'message') }),
  'rds/NotificationSent': (event) => ({
    mark: 'right',
    role: 'done',
    says: `topic ${topic(event)} told: ${text(event, 'eventId')} of ${text(event, 'source')}`,
  }),
  'rds/NotificationFailed': (event) => ({
    mark: 'dead',
    role: 'bad',
    says: `topic ${topic(event)} refuses what it is told: ${text(event, 'reason')}`,
  }),
};
