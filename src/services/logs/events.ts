/** What happens in CloudWatch Logs. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface OfGroup extends DomainEvent {
  /** The log group's name. */
  readonly group: string;
}

export type LogsEvent =
  | (OfGroup & { readonly type: 'logs/GroupCreated' | 'logs/GroupDeleted' })
  | (OfGroup & { readonly type: 'logs/StreamCreated'; readonly stream: string })
  | (OfGroup & {
      readonly type: 'logs/EventsPut';
      readonly stream: string;
      readonly count: number;
      readonly bytes: number;
    })
  | (OfGroup & { readonly type: 'logs/FilterPut' | 'logs/FilterDeleted'; readonly filter: string })
  /** `count`: log events in it; 0 for the test message. */
  | (OfGroup & {
      readonly type: 'logs/EventsForwarded' | 'logs/ForwardFailed' | 'logs/EventsLost';
      readonly filter: string;
      readonly to: string;
      readonly count: number;
      readonly reason?: string;
    });

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: LogsEvent): void => context.emit(event);

export const LOGS_PRINCIPAL = 'logs.amazonaws.com';
