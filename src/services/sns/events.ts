/** What happens in SNS, in the vocabulary of lessons; texts are made when somebody asks. */
import type { Context, DomainEvent } from '../../engine/service.ts';
import { idOf, type Message, nameOfArn, type Protocol, type Subscription } from './model.ts';

interface OfTopic extends DomainEvent {
  /** The topic's name. */
  readonly topic: string;
}
interface OfMessage extends OfTopic {
  readonly message: Message;
}
interface OfDelivery extends OfMessage {
  readonly endpoint: string;
  readonly protocol: Protocol;
}
interface OfSubscription extends OfTopic {
  readonly endpoint: string;
  readonly protocol: Protocol;
}

export type SnsEvent =
  | (OfTopic & { readonly type: 'sns/TopicCreated' | 'sns/TopicDeleted' })
  | (OfTopic & { readonly type: 'sns/AttributesChanged'; readonly attributes: readonly string[] })
  | (OfTopic & { readonly type: 'sns/Throttled'; readonly operation: string; readonly reason: string })
  | (OfMessage & { readonly type: 'sns/MessagePublished' | 'sns/MessageDeduplicated' })
  | (OfDelivery & {
      readonly type: 'sns/MessageDelivered';
      readonly attempt: number;
      /** What the endpoint answered, and which entry of it is about this message. */
      readonly answer: object;
      readonly place: number;
    })
  | (OfDelivery & {
      readonly type: 'sns/DeliveryFailed';
      readonly attempt: number;
      readonly reason: string;
      /** Before the next attempt; left out when there is none. */
      readonly nextMs?: number;
    })
  | (OfDelivery & { readonly type: 'sns/MessageFilteredOut'; readonly reason: string })
  | (OfDelivery & {
      readonly type: 'sns/MessageDeadLettered';
      readonly attempt: number;
      readonly to: string;
      readonly reason: string;
    })
  | (OfDelivery & { readonly type: 'sns/MessageLost'; readonly attempt: number; readonly reason: string })
  | (OfDelivery & {
      readonly type: 'sns/DeliveryLogged';
      readonly status: 'SUCCESS' | 'FAILURE';
      readonly statusCode: number;
      readonly dwellTimeMs: number;
      readonly attempt: number;
    })
  | (OfSubscription & {
      readonly type: 'sns/Subscribed' | 'sns/SubscriptionConfirmed' | 'sns/Unsubscribed';
    })
  | (OfSubscription & { readonly type: 'sns/SubscriptionChanged'; readonly attributes: readonly string[] })
  | (OfSubscription & { readonly type: 'sns/Replayed'; readonly count: number });

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: SnsEvent): void => context.emit(event);

/** Who causes what time does, and who delivers. */
export const SNS_PRINCIPAL = 'sns.amazonaws.com';

export const ofSubscription = ({
  topicArn,
  endpoint,
  protocol,
}: Subscription): { readonly topic: string; readonly endpoint: string; readonly protocol: Protocol } => ({
  topic: nameOfArn(topicArn),
  endpoint,
  protocol,
});

/** An event as flat fields of the vocabulary. */
export function tell(event: DomainEvent): Readonly<Record<string, unknown>> {
  const { type: _type, by: _by, ...facts } = event as SnsEvent & { message?: Message };
  const { message, answer, place, ...rest } = facts as Record<string, unknown> & Handed;
  if (message === undefined) return rest;
  const became = answer === undefined ? undefined : becameOf(answer, place);
  return {
    ...rest,
    ...(became !== undefined && { became }),
    messageId: idOf(message),
    body: message.body,
    ...(message.group !== undefined && { group: message.group }),
  };
}

interface Handed {
  readonly message?: Message;
  readonly answer?: object;
  readonly place?: number;
}

/** The id under which a queue took it. */
function becameOf(answer: object, place = 0): string | undefined {
  const { MessageId, Successful } = answer as {
    readonly MessageId?: string;
    readonly Successful?: readonly { readonly Id: string; readonly MessageId?: string }[];
  };
  return MessageId ?? Successful?.find(({ Id }) => Id === String(place))?.MessageId;
}
