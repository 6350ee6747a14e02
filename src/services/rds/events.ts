/** What happens to event subscriptions, and what RDS tells. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface SubscriptionChanged extends DomainEvent {
  readonly type:
    | 'rds/EventSubscriptionCreated'
    | 'rds/EventSubscriptionModified'
    | 'rds/EventSubscriptionDeleted';
  readonly subscription: string;
  /** ARN. */
  readonly topic: string;
}

/** Something happened to a database. */
interface EventHappened extends DomainEvent {
  readonly type: 'rds/EventHappened';
  readonly source: string;
  readonly sourceType: string;
  /** `RDS-EVENT-0006`. */
  readonly eventId: string;
  readonly message: string;
  readonly categories: readonly string[];
  /** Ours: this event, for its story. */
  readonly messageId: string;
}

interface NotificationEnded extends DomainEvent {
  readonly type: 'rds/NotificationSent' | 'rds/NotificationFailed';
  readonly subscription: string;
  readonly source: string;
  readonly eventId: string;
  readonly topic: string;
  readonly messageId: string;
  /** The id under which the topic took it. */
  readonly became?: string;
  /** The code of the refusal. */
  readonly reason?: string;
}

export type RdsEvent = SubscriptionChanged | EventHappened | NotificationEnded;

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: RdsEvent): void =>
  context.emit(Object.freeze(event));

/** Who tells topics. RDS User Guide, Granting permissions to publish notifications to an Amazon SNS topic. */
export const PRINCIPAL = 'events.rds.amazonaws.com';
