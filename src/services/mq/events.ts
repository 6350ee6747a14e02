/** What happens in brokers, in the vocabulary of lessons. Flat; frozen by whoever emits them. */
import type { DomainEvent } from '../../engine/service.ts';
import type { Broker } from './model.ts';

interface OfBroker extends DomainEvent {
  /** The broker's name. */
  readonly broker: string;
  readonly zone: string;
}
export interface BrokerChanged extends OfBroker {
  readonly type:
    | 'mq/BrokerCreated'
    | 'mq/BrokerRunning'
    | 'mq/BrokerRebooted'
    | 'mq/BrokerUpdated'
    | 'mq/BrokerDeleted'
    | 'mq/NodeDown'
    | 'mq/NodeUp'
    | 'mq/FailedOver'
    | 'mq/AlarmRaised'
    | 'mq/AlarmCleared';
  readonly reason?: string;
  readonly node?: number;
}
export interface ClientEvent extends OfBroker {
  readonly type: 'mq/Connected' | 'mq/Disconnected' | 'mq/Refused' | 'mq/PublisherBlocked';
  readonly protocol: string;
  readonly user: string;
  readonly reason?: string;
  readonly code?: string;
  readonly message?: string;
}
export interface MessageEvent extends OfBroker {
  readonly type:
    | 'mq/MessagePublished'
    | 'mq/MessageDelivered'
    | 'mq/Acknowledged'
    | 'mq/Requeued'
    | 'mq/DeadLettered'
    | 'mq/MessageExpired'
    | 'mq/MessageDropped'
    | 'mq/MessageReturned'
    | 'mq/MessageLost';
  /** The queue or topic; of a publish to an exchange: its name, or the routing key at the default one. */
  readonly destination: string;
  readonly messageId: string;
  readonly body: string;
  readonly protocol: string;
  readonly persistent: boolean;
  readonly routingKey?: string;
  /** To how many queues it went. */
  readonly queues?: number;
  readonly redelivered?: boolean;
  /** `unroutable` `maxlen` `expired` `rejected` `delivery_limit` `restart` `nodeLost` … */
  readonly reason?: string;
  /** Of dead letters: the queue that it goes to, or the exchange. */
  readonly to?: string;
  readonly consumer?: string;
}
export type MqEvent = BrokerChanged | ClientEvent | MessageEvent;

/** Who causes what time does. */
export const MQ_PRINCIPAL = 'mq.amazonaws.com';

export const zoneOf = ({ nodes }: Broker, node?: number): string =>
  (nodes.find(({ number, up }) => (node === undefined ? up : number === node)) ?? nodes[0])?.zone ?? '';

export const emit = (context: { emit(event: DomainEvent): void }, event: MqEvent): void =>
  context.emit(event);

export function tell(event: DomainEvent): Readonly<Record<string, unknown>> {
  const { type: _type, by: _by, ...fields } = event;
  return fields;
}
