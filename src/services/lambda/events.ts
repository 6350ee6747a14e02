/** What happens in Lambda. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface OfFunction extends DomainEvent {
  /** The function's name. */
  readonly function: string;
}
interface OfRequest extends OfFunction {
  readonly requestId: string;
}
interface OfMapping extends OfFunction {
  readonly mapping: string;
  /** The ARN of what it reads. */
  readonly source: string;
}

export type InvocationWay = 'RequestResponse' | 'Event' | 'batch';

export type LambdaEvent =
  | (OfFunction & {
      readonly type: 'lambda/FunctionCreated' | 'lambda/FunctionUpdated' | 'lambda/FunctionDeleted';
    })
  /** A call came to its end. */
  | (OfRequest & {
      readonly type: 'lambda/Invoked';
      readonly invocation: InvocationWay;
      readonly durationMs: number;
      readonly records: number;
      /** What went wrong; left out when it went well. */
      readonly error?: string;
    })
  | (OfFunction & { readonly type: 'lambda/Throttled'; readonly invocation: InvocationWay })
  | (OfRequest & { readonly type: 'lambda/EventAccepted' })
  | (OfRequest & {
      readonly type: 'lambda/RetryScheduled';
      readonly attempt: number;
      readonly waitMs: number;
      readonly reason: 'error' | 'throttled';
    })
  | (OfRequest & {
      readonly type: 'lambda/EventDropped';
      readonly reason: 'RetriesExhausted' | 'EventAgeExceeded';
      readonly attempts: number;
    })
  | (OfRequest & {
      readonly type: 'lambda/DestinationReached' | 'lambda/DestinationFailed';
      readonly to: string;
      readonly reason?: string;
    })
  | (OfMapping & { readonly type: 'lambda/MappingChanged'; readonly state: string })
  | (OfMapping & { readonly type: 'lambda/MessagesFiltered'; readonly count: number })
  | (OfMapping & {
      readonly type: 'lambda/BatchEnded';
      readonly records: number;
      /** Of these: those that come again. */
      readonly failed: number;
      /** Of streams. */
      readonly shardId?: string;
    })
  /** Records of a stream wait for another try; what comes after them waits, too. `attempt`: which call it will be. */
  | (OfMapping & {
      readonly type: 'lambda/BatchRetryScheduled';
      readonly shardId: string;
      readonly records: number;
      readonly attempt: number;
      readonly waitMs: number;
      /** The batch was cut in two. */
      readonly halved: boolean;
    })
  /** Records of a stream that the function never took. */
  | (OfMapping & {
      readonly type: 'lambda/BatchGivenUp';
      readonly shardId: string;
      readonly records: number;
      readonly attempts: number;
      readonly reason: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
    })
  /** The last call of a tumbling window went well; its bounds are instants of the world. */
  | (OfMapping & {
      readonly type: 'lambda/WindowClosed';
      readonly shardId: string;
      readonly startMs: number;
      readonly endMs: number;
      /** JSON, or its beginning. */
      readonly state: string;
      /** The state grew too large: the window goes on with a fresh one. */
      readonly early: boolean;
    });

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: LambdaEvent): void =>
  context.emit(event);
