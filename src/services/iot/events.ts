/** What happens in AWS IoT. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface OfRule extends DomainEvent {
  readonly rule: string;
}
interface OfAction extends OfRule {
  /** The message's id, ours. */
  readonly messageId: string;
  readonly topic: string;
  /** `firehose`, `kinesis` … */
  readonly action: string;
  /** What it is done to: a name, an ARN, a URL. */
  readonly to: string;
}

export type IotEvent =
  | (OfRule & { readonly type: 'iot/RuleCreated' | 'iot/RuleReplaced' | 'iot/RuleDeleted' })
  | (OfRule & { readonly type: 'iot/RuleStateChanged'; readonly disabled: boolean })
  | (DomainEvent & {
      readonly type: 'iot/MessagePublished';
      readonly messageId: string;
      readonly topic: string;
      readonly bytes: number;
      /** Rules that take it. */
      readonly rules: number;
    })
  | (OfRule & { readonly type: 'iot/RuleMatched'; readonly messageId: string; readonly topic: string })
  | (OfAction & {
      readonly type: 'iot/ActionDone';
      readonly became?: string;
      readonly isErrorAction: boolean;
    })
  | (OfAction & {
      readonly type: 'iot/ActionFailed';
      readonly reason: string;
      readonly attempt: number;
      readonly again: boolean;
    })
  | (OfAction & { readonly type: 'iot/MessageLost'; readonly reason: string });

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: IotEvent): void =>
  context.emit(Object.freeze(event));

export const IOT_PRINCIPAL = 'iot.amazonaws.com';
