/** What happens in CloudWatch. */
import type { Context, DomainEvent } from '../../engine/service.ts';
import type { StateValue } from './model.ts';

interface OfAlarm extends DomainEvent {
  /** The alarm's name. */
  readonly alarm: string;
}
/** Its state changed. */
interface AlarmChanged extends OfAlarm {
  readonly type: 'cloudwatch/AlarmChanged';
  /** The new state, and the one before. */
  readonly StateValue: StateValue;
  readonly before: StateValue;
  readonly reason: string;
}
interface AlarmPut extends OfAlarm {
  readonly type: 'cloudwatch/AlarmPut';
}
interface AlarmDeleted extends OfAlarm {
  readonly type: 'cloudwatch/AlarmDeleted';
}
/** An action of it was handed to the service that does it. */
interface ActionStarted extends OfAlarm {
  readonly type: 'cloudwatch/ActionStarted';
  readonly action: string;
}

export type CloudWatchEvent = AlarmChanged | AlarmPut | AlarmDeleted | ActionStarted;

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: CloudWatchEvent): void =>
  context.emit(event);

/** Who causes what time does. */
export const CLOUDWATCH_PRINCIPAL = 'cloudwatch.amazonaws.com';
