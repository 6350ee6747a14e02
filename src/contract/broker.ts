/**
 * What clients and brokers say to each other over a wire: commands to a broker, answers, and what it pushes. Any service
 * may be a client (apps, a person's own connection): it delivers a `BrokerCall` to `mq`, which delivers `BrokerNews` back.
 * Both are frozen plain data. SIMPLER THAN AWS: a frame takes no time, and a connection has one channel.
 */

export const BROKER_PROTOCOLS = ['amqp-0-9-1', 'amqp-1-0', 'mqtt', 'stomp', 'openwire', 'wss'] as const;
export type BrokerProtocol = (typeof BROKER_PROTOCOLS)[number];

export type HeaderValue = string | number | boolean | readonly HeaderValue[] | HeaderTable;
export interface HeaderTable {
  readonly [name: string]: HeaderValue;
}

/** What a publisher says of a message beside its body. Left out: the protocol's default. */
export interface MessageProperties {
  /** AMQP 0-9-1 delivery_mode 2, JMS PERSISTENT. */
  readonly persistent?: boolean;
  readonly priority?: number;
  /** How long it may live; RabbitMQ's `expiration`, JMS time to live. */
  readonly ttlMs?: number;
  readonly headers?: HeaderTable;
  readonly contentType?: string;
  readonly correlationId?: string;
  readonly replyTo?: string;
  /** The client's own id. */
  readonly messageId?: string;
  readonly type?: string;
  /** JMSXGroupID. */
  readonly groupId?: string;
  readonly delayMs?: number;
  /** MQTT. */
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
}

export interface Connect {
  readonly do: 'connect';
  /** The broker's name in the account, or its id. */
  readonly broker: string;
  readonly account: string;
  readonly protocol: BrokerProtocol;
  readonly user: string;
  /** Left out: the right one, whatever it is. */
  readonly password?: string;
  /** Which of the broker's addresses, counted from 1; left out: as a failover address, the one that answers. */
  readonly endpoint?: number;
  readonly virtualHost?: string;
  readonly clientId?: string;
  /** MQTT: false keeps the session. */
  readonly cleanSession?: boolean;
  readonly will?: Omit<Publish, 'do'>;
}

export interface Publish {
  readonly do: 'publish';
  /** RabbitMQ: the exchange; '' is the default one. ActiveMQ: left out. */
  readonly exchange?: string;
  /** RabbitMQ: the routing key. ActiveMQ: `queue://orders`, `topic://prices`, or the protocol's own form. */
  readonly destination: string;
  readonly body: string;
  readonly properties?: MessageProperties;
  readonly mandatory?: boolean;
  /** The publisher wants to know: `confirmed` comes with the call's `request`. AMQP confirms, STOMP receipts, QoS 1. */
  readonly confirm?: boolean;
}

export interface DeclareQueue {
  readonly do: 'declareQueue';
  /** '': the broker makes up a name. */
  readonly queue: string;
  readonly durable?: boolean;
  readonly exclusive?: boolean;
  readonly autoDelete?: boolean;
  /** Only look whether it is there. */
  readonly passive?: boolean;
  readonly arguments?: HeaderTable;
}

export interface DeclareExchange {
  readonly do: 'declareExchange';
  readonly exchange: string;
  readonly type: string;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly internal?: boolean;
  readonly passive?: boolean;
  readonly arguments?: HeaderTable;
}

export interface Bind {
  readonly do: 'bind' | 'unbind';
  /** The source. */
  readonly exchange: string;
  readonly to: 'queue' | 'exchange';
  readonly destination: string;
  readonly routingKey: string;
  readonly arguments?: HeaderTable;
}

export interface Subscribe {
  readonly do: 'subscribe';
  readonly destination: string;
  /** Names the consumer within its connection. */
  readonly tag: string;
  readonly prefetch?: number;
  /** `auto`: done as soon as it is handed over. `individual`: one by one. `client`: an acknowledgement takes all before. */
  readonly ack: 'auto' | 'client' | 'individual';
  readonly exclusive?: boolean;
  readonly priority?: number;
  readonly selector?: string;
  /** A durable subscription of a topic, by this name. */
  readonly durableName?: string;
  readonly qos?: 0 | 1 | 2;
  readonly arguments?: HeaderTable;
}

export type BrokerCommand =
  | Connect
  /** `lost`: it does not say goodbye, as when a client crashes. */
  | { readonly do: 'close'; readonly lost?: boolean }
  | DeclareQueue
  | DeclareExchange
  | {
      readonly do: 'deleteQueue';
      readonly queue: string;
      readonly ifUnused?: boolean;
      readonly ifEmpty?: boolean;
    }
  | { readonly do: 'deleteExchange'; readonly exchange: string; readonly ifUnused?: boolean }
  | Bind
  | Publish
  | {
      readonly do: 'get';
      readonly destination: string;
      readonly autoAck?: boolean;
      readonly selector?: string;
    }
  | Subscribe
  | { readonly do: 'unsubscribe'; readonly tag: string; readonly durableName?: string }
  | { readonly do: 'ack'; readonly deliveryTag: number; readonly multiple?: boolean }
  | {
      readonly do: 'nack';
      readonly deliveryTag: number;
      readonly multiple?: boolean;
      readonly requeue: boolean;
    }
  | { readonly do: 'qos'; readonly prefetch: number; readonly global?: boolean }
  | { readonly do: 'purge'; readonly destination: string }
  | { readonly do: 'begin' }
  | { readonly do: 'commit' }
  | { readonly do: 'rollback' }
  /** RabbitMQ's management API: what its administrator does in the console. */
  | { readonly do: 'putVirtualHost'; readonly virtualHost: string }
  | { readonly do: 'putUser'; readonly user: string; readonly password: string; readonly tags?: string }
  | {
      readonly do: 'setPermissions';
      readonly user: string;
      readonly virtualHost: string;
      readonly configure: string;
      readonly write: string;
      readonly read: string;
    };

/** Delivered to `mq`. `connection` is the client's own name for it, unique within its service. */
export interface BrokerCall {
  readonly type: 'broker/Call';
  readonly connection: string;
  /** Comes back with the answer; 0: none is wanted (a refusal comes all the same). */
  readonly request: number;
  /** Who does it, for events: `you`, an app's name. */
  readonly by: string;
  readonly command: BrokerCommand;
}

/** A refusal in the protocol's own words. */
export interface BrokerError {
  /** `404`, `NOT_FOUND`, `JMSSecurityException`: as the protocol writes it. */
  readonly code: string;
  readonly message: string;
  /** What the refusal takes with it. A channel that is closed is opened again by the next command. */
  readonly closes: 'nothing' | 'channel' | 'connection';
  /** One sentence of ours. */
  readonly why?: string;
}

/** A message as a consumer gets it. */
export interface BrokerMessage {
  readonly messageId: string;
  readonly deliveryTag: number;
  /** The queue or topic it comes from. */
  readonly source: string;
  readonly exchange: string;
  readonly destination: string;
  readonly body: string;
  readonly properties: MessageProperties;
  readonly redelivered: boolean;
  /** JMSXDeliveryCount, x-delivery-count + 1; 0: not told. */
  readonly deliveryCount: number;
}

export type BrokerEvent =
  | { readonly is: 'answered'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly is: 'refused'; readonly error: BrokerError }
  | { readonly is: 'delivered'; readonly tag: string; readonly message: BrokerMessage }
  /** A publish with `confirm` was taken by all its queues, or was not. */
  | { readonly is: 'confirmed'; readonly ok: boolean }
  | {
      readonly is: 'returned';
      readonly code: string;
      readonly reason: string;
      readonly publish: Publish;
    }
  /** The consumer ended without having been asked to: its queue is gone, or its channel. */
  | { readonly is: 'cancelled'; readonly tag: string }
  /** Publishers of this connection are held back, or go on. */
  | { readonly is: 'blocked'; readonly reason: string }
  | { readonly is: 'unblocked' }
  /** The connection is gone. What was not acknowledged went back. */
  | { readonly is: 'closed'; readonly error: BrokerError };

/** Delivered to the client's service. */
export interface BrokerNews {
  readonly type: 'broker/News';
  readonly connection: string;
  /** Of the call that it is about; 0: of none. */
  readonly request: number;
  readonly event: BrokerEvent;
}

export const isBrokerNews = (payload: object): payload is BrokerNews =>
  (payload as BrokerNews).type === 'broker/News';
export const isBrokerCall = (payload: object): payload is BrokerCall =>
  (payload as BrokerCall).type === 'broker/Call';
