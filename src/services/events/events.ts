/** What happens in EventBridge. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface OfRule extends DomainEvent {
  /** The rule's name. */
  readonly rule: string;
}

/** An event on its way: `messageId` is its id. */
interface OfEvent extends OfRule {
  readonly messageId: string;
  readonly target: string;
  /** ARN. */
  readonly to: string;
}

export type EventBridgeEvent =
  | (OfRule & { readonly type: 'events/RulePut' | 'events/RuleDeleted' })
  | (OfRule & { readonly type: 'events/RuleStateChanged'; readonly state: string })
  | (OfRule & { readonly type: 'events/TargetPut' | 'events/TargetRemoved'; readonly target: string })
  | (DomainEvent & {
      readonly type: 'events/EventReceived';
      readonly messageId: string;
      readonly source: string;
      readonly detailType: string;
      /** Rules that it fits. */
      readonly rules: number;
      /** What it came from: `bucket/uploads`. */
      readonly origin: string;
    })
  | (OfRule & { readonly type: 'events/EventMatched'; readonly messageId: string; readonly source: string })
  | (OfEvent & { readonly type: 'events/TargetInvoked'; readonly became?: string })
  | (OfEvent & {
      readonly type: 'events/InvocationFailed';
      readonly reason: string;
      readonly attempt: number;
      readonly again: boolean;
    })
  | (OfEvent & {
      readonly type: 'events/EventDeadLettered';
      readonly became?: string;
      readonly queue: string;
    })
  | (OfEvent & { readonly type: 'events/EventLost'; readonly reason: string });

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: EventBridgeEvent): void =>
  context.emit(Object.freeze(event));

export const EVENTS_PRINCIPAL = 'events.amazonaws.com';
