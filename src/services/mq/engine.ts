/**
 * The contract between the control plane (brokers, users, reboots, nodes: `operations/`, `rules/`) and what runs inside
 * a broker (`rabbit/`, `activemq/`). An engine decides about messages and nothing else; it never schedules a node's
 * return, and it never throws after its first write.
 */
import type { BrokerCommand, BrokerEvent, BrokerProtocol, Connect } from '../../contract/broker.ts';
import type { MessageRow, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Context, Timer } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import type { Broker, BrokerNode, Connection, EngineType, MqState, Runtime } from './model.ts';

export type Ctx = Context<MqState>;

/** Where an engine works. Made anew for each call: do not keep it. */
export interface Ground {
  readonly context: Ctx;
  readonly broker: Broker;
}

/** An engine's own timers. `starts` is the broker's at that time: another one means it has restarted. */
export interface EngineDue extends Timer {
  readonly type: 'mq/EngineDue';
  readonly broker: string;
  readonly starts: number;
  /** Plain data. */
  readonly work: EngineWork;
}
export interface EngineWork {
  readonly type: string;
}

/** What the broker holds now, for metrics, meters, alarms, usage. Sizes in bytes. */
export interface Figures {
  readonly ready: number;
  readonly unacknowledged: number;
  readonly consumers: number;
  readonly producers: number;
  readonly channels: number;
  readonly queues: number;
  readonly exchanges: number;
  readonly topics: number;
  /** Of one node, and where an alarm begins. */
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
  readonly diskBytes: number;
  readonly diskLimitBytes: number;
  /** Why publishers are held back; '': they are not. */
  readonly blocked: string;
  /** The node that serves; of a cluster the first that is up; undefined: none. */
  readonly activeNode: number | undefined;
}

export interface Engine {
  readonly type: EngineType;
  readonly protocols: readonly BrokerProtocol[];
  /** The broker starts for the first time. */
  create(ground: Ground): Runtime;
  /**
   * May this client connect? Users, standby, limits of connections, protocol's own rules. Throws `Refused`
   * (`errors.ts`) in the protocol's words. Answers the node that the connection goes to, and what it has settled.
   */
  admit(ground: Ground, connect: Connect): Pick<Connection, 'node' | 'virtualHost' | 'clientId'>;
  /** The connection exists. */
  opened(ground: Ground, connection: Connection, connect: Connect): void;
  /** It is about to go: give back what it held. `clean`: the client said goodbye. `openConnections` has forgotten it. */
  closed(ground: Ground, connection: Connection, clean: boolean): void;
  /** A refusal took the channel (`closes: 'channel'`): give back what it held. The connection stays. */
  channelClosed(ground: Ground, connection: Connection): void;
  /** Does a command of a client. Throws `Refused`. undefined: the answer comes later, by `tellClient`. */
  perform(
    ground: Ground,
    connection: Connection,
    command: Exclude<BrokerCommand, Connect | { readonly do: 'close' }>,
    request: number,
  ): Readonly<Record<string, unknown>> | undefined;
  /** One of its timers. */
  due(ground: Ground, work: EngineWork): void;
  /** A node went (`node.up` is false already; its connections are closed after this) or came back. */
  nodeDown(ground: Ground, node: BrokerNode): void;
  nodeUp(ground: Ground, node: BrokerNode): void;
  /** All nodes stop, as on a reboot of a single instance: connections are gone, and only what is on disk stays. */
  stopped(ground: Ground): void;
  /** A reboot is over: users and settings may have changed (`broker.users`, `broker.settings`). */
  started(ground: Ground): void;
  figures(broker: Broker, now: Instant): Figures;
  /** Further fields of `broker/NAME`, for the Broker pane: exchanges, bindings, subscriptions … as plain data. */
  brokerFields(broker: Broker, now: Instant): Readonly<Record<string, unknown>>;
  /** `brokerqueue/BROKER/QUEUE`, and topics. */
  views(state: MqState, broker: Broker, now: Instant): ResourceView[];
  /** Rows of the Messages pane for one of these. */
  messages(state: MqState, broker: Broker, id: ResourceId, from: number, limit: number): MessageRow[];
  /** The queues for CloudWatch, those with most consumers first. */
  queueFigures(broker: Broker): readonly QueueFigures[];
}

export interface QueueFigures {
  readonly name: string;
  readonly virtualHost: string;
  readonly kind: 'queue' | 'topic';
  readonly ready: number;
  readonly unacknowledged: number;
  readonly consumers: number;
  readonly producers: number;
  readonly memoryBytes: number;
  readonly counters: Readonly<Record<string, number>>;
}

/** Tells a client something. */
export function tellClient(
  { context }: Pick<Ground, 'context'>,
  { client }: Connection,
  event: BrokerEvent,
  request = 0,
): void {
  context.deliver({
    to: client.service,
    from: 'mq',
    payload: Object.freeze({ type: 'broker/News', connection: client.connection, request, event }),
  });
}

/** Plans an engine's own work. */
export const plan = ({ context, broker }: Ground, at: Instant, work: EngineWork): void => {
  const timer: EngineDue = { type: 'mq/EngineDue', broker: broker.id, starts: broker.starts, work };
  context.schedule(at, timer);
};
