/** What is drawn of `broker/NAME` and `brokerqueue/BROKER/QUEUE`. */

export interface BrokerFields {
  readonly attributes: { readonly EngineType?: string };
  readonly state: string;
  readonly connections: number;
  readonly blocked: boolean;
  readonly blockedBy: string;
  readonly nodes: readonly BrokerNodeFields[];
  readonly memoryBytes?: number;
  readonly memoryLimitBytes?: number;
  readonly diskBytes?: number;
  readonly diskLimitBytes?: number;
  /** Of each node of RabbitMQ, of each protocol of ActiveMQ that is spoken. */
  readonly connectionMeters?: readonly {
    readonly label: string;
    readonly used: number;
    readonly limit: number;
  }[];
  /** Of RabbitMQ how many; of ActiveMQ each of them. */
  readonly consumers?:
    | number
    | readonly {
        readonly client: string;
        readonly destination: string;
        readonly prefetch: number;
        readonly unacknowledged: number;
        readonly delivered: number;
      }[];
  /** Of RabbitMQ. */
  readonly alarm?: string;
  readonly virtualHosts?: readonly {
    readonly name: string;
    readonly exchanges: readonly ExchangeFields[];
  }[];
  /** Of ActiveMQ: the node that serves; 0: none. */
  readonly active?: number;
  readonly journal?: { readonly messages: number; readonly unacknowledged: number; readonly bytes: number };
  readonly topics?: readonly TopicFields[];
  readonly subscriptions?: readonly DurableFields[];
  readonly takeover?: TakeoverFields;
}

export interface BrokerNodeFields {
  readonly number: number;
  readonly zone: string;
  readonly up: boolean;
  readonly since: number;
}

export interface ExchangeFields {
  readonly name: string;
  readonly type: string;
  readonly published: number;
  readonly unroutable: number;
  readonly perSecond: number;
  readonly bindings: readonly {
    readonly to: string;
    readonly destination: string;
    readonly routingKey: string;
  }[];
}

interface TopicFields {
  readonly name: string;
  readonly published: number;
  readonly delivered: number;
  readonly dropped: number;
  readonly subscriptions: number;
}

interface DurableFields {
  readonly topic: string;
  readonly durable: boolean;
  readonly clientId: string;
  readonly name: string;
  readonly active: boolean;
  readonly ready: number;
  readonly unacknowledged: number;
}

export interface TakeoverFields {
  readonly from: number;
  readonly to: number;
  readonly reason: 'failure' | 'reboot' | 'start';
  readonly began: number;
  readonly phases: readonly { readonly name: string; readonly from: number; readonly until: number }[];
  readonly fate: { readonly kept: number; readonly redelivered: number; readonly lost: number };
  readonly connectionsLost: number;
  readonly done: boolean;
  readonly endsAtMs: number;
}

export interface BrokerQueueFields {
  readonly ready: number;
  readonly unacknowledged: number;
  readonly consumers: number;
  readonly type?: string;
  /** Number of the node that leads it; 0: none. */
  readonly leader?: number;
  readonly virtualHost?: string;
  readonly readers?: readonly {
    readonly tag: string;
    readonly app: string;
    readonly prefetch: number;
    readonly unacknowledged: number;
    readonly delivered: number;
  }[];
}
