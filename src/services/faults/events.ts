/** What happens to faults. */
import type { Context, DomainEvent } from '../../engine/service.ts';

export interface FaultChanged extends DomainEvent {
  readonly type: 'fault/Began' | 'fault/Ended';
  readonly fault: string;
  readonly kind: string;
  /** `app/worker`. */
  readonly on: string;
}

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: FaultChanged): void =>
  context.emit(Object.freeze(event));
