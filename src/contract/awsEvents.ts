/**
 * What services tell the world by themselves: delivered to `events`, whose rules choose. Nothing is sent while there is
 * no rule, so that a world without EventBridge runs as it did.
 */
import type { Context } from '../engine/service.ts';
import type { ResourceId } from './view.ts';

export interface AwsEvent {
  readonly type: 'AwsEvent';
  /** `aws.s3`. */
  readonly source: string;
  /** `Object Created`. */
  readonly detailType: string;
  readonly account: string;
  /** ARNs. */
  readonly resources: readonly string[];
  /** Plain JSON. */
  readonly detail: object;
  /** What it happened to, for the stage: `bucket/uploads`. */
  readonly origin: ResourceId;
}

/** What others may look at: rules by `account/name`. */
export interface EventBus {
  readonly rules: ReadonlyMap<string, object>;
}

/** Puts an event on the default bus of its account. */
export function tellEventBus(
  context: Pick<Context<unknown>, 'peek' | 'deliver'>,
  from: string,
  event: Omit<AwsEvent, 'type'>,
): void {
  const bus = context.peek('events') as EventBus | undefined;
  if (bus === undefined || bus.rules.size === 0) return;
  const payload: AwsEvent = Object.freeze({ type: 'AwsEvent', ...event });
  context.deliver({ to: 'events', from, payload });
}

export const isAwsEvent = (payload: object): payload is AwsEvent =>
  'type' in payload && payload.type === 'AwsEvent';
