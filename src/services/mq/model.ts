/**
 * What Amazon MQ keeps: brokers with their control state, configurations, and of each broker what its engine runs. Plain
 * data; records that are replaced whole are frozen.
 */
import type { BrokerProtocol } from '../../contract/broker.ts';
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings, LimitsProfile } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';
import type { ActiveRuntime } from './activemq/model.ts';
import type { RabbitRuntime } from './rabbit/model.ts';

export type EngineType = 'ACTIVEMQ' | 'RABBITMQ';
export type DeploymentMode = 'SINGLE_INSTANCE' | 'ACTIVE_STANDBY_MULTI_AZ' | 'CLUSTER_MULTI_AZ';
export type StorageType = 'EFS' | 'EBS';
export type BrokerState =
  | 'CREATION_IN_PROGRESS'
  | 'CREATION_FAILED'
  | 'RUNNING'
  | 'REBOOT_IN_PROGRESS'
  | 'DELETION_IN_PROGRESS'
  | 'CRITICAL_ACTION_REQUIRED';

/** A server of a broker: an instance of a pair, a node of a cluster. */
export interface BrokerNode {
  /** Counted from 1: the `-1` of an endpoint. */
  readonly number: number;
  /** `us-east-1a`. */
  readonly zone: string;
  readonly ipAddress: string;
  up: boolean;
  /** Since it is up or down. */
  since: Instant;
}

/** A user that AWS knows of: all of ActiveMQ, the first administrator of RabbitMQ. Frozen. */
export interface BrokerUser {
  readonly username: string;
  readonly password: string;
  readonly consoleAccess: boolean;
  readonly groups: readonly string[];
  readonly replicationUser: boolean;
}

/** What a user becomes at the next reboot. Frozen. */
export type PendingUser =
  | { readonly change: 'CREATE' | 'UPDATE'; readonly user: BrokerUser }
  | { readonly change: 'DELETE' };

/** Frozen. */
export interface ConfigurationUse {
  readonly id: string;
  readonly revision: number;
}

/** Frozen. */
export interface MaintenanceWindow {
  /** `MONDAY` … */
  readonly dayOfWeek: string;
  /** `22:45`. */
  readonly timeOfDay: string;
  readonly timeZone: string;
}

/** What UpdateBroker can change. Frozen. */
export interface BrokerSettings {
  readonly engineVersion: string;
  readonly hostInstanceType: string;
  readonly securityGroups: readonly string[];
  readonly logs: { readonly general: boolean; readonly audit: boolean };
  readonly configuration: ConfigurationUse | undefined;
  readonly authenticationStrategy: string;
}

export interface Broker {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly order: number;
  readonly created: Instant;
  readonly engine: EngineType;
  readonly deploymentMode: DeploymentMode;
  readonly storageType: StorageType;
  readonly publiclyAccessible: boolean;
  readonly subnetIds: readonly string[];
  /** undefined: a key of AWS's own. */
  readonly kmsKeyId: string | undefined;
  readonly creatorRequestId: string | undefined;
  autoMinorVersionUpgrade: boolean;
  maintenance: MaintenanceWindow;
  state: BrokerState;
  /** Since when it is in this state. */
  stateSince: Instant;
  /** What it runs with, and what it will after the next reboot; undefined: nothing waits. */
  settings: BrokerSettings;
  pending: BrokerSettings | undefined;
  history: ConfigurationUse[];
  readonly nodes: BrokerNode[];
  readonly users: Map<string, BrokerUser>;
  readonly pendingUsers: Map<string, PendingUser>;
  readonly tags: Map<string, string>;
  /** RabbitMQ's own account of what needs an action: `RABBITMQ_MEMORY_ALARM`. */
  actionsRequired: string[];
  /** The instant of the next maintenance that is planned; -1: none, for nothing waits. */
  maintenanceAt: number;
  /** The nodes that a reboot under way restarts, in order. */
  rebooting: number[];
  /** The node that a fault of kind `crash` has taken; 0: none. */
  crashed: number;
  /** Grows when the broker restarts: timers of before it are stale. */
  starts: number;
  readonly connections: Map<number, Connection>;
  readonly counters: BrokerCounters;
  /** What CloudWatch has been told of the counters. */
  readonly told: Partial<Record<keyof BrokerCounters, number>>;
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
  /** For the bill: bytes on disk, since when, and byte-seconds until then. */
  readonly storage: { bytes: number; since: Instant; byteSeconds: number };
  /** For the bill: how long it ran with its present instance type; `runningSince` -1: not now. */
  runningMs: number;
  runningSince: number;
  /** What the engine runs: made when the broker first starts. */
  runtime: Runtime | undefined;
}

export type Runtime = RabbitRuntime | ActiveRuntime;

export interface BrokerCounters {
  published: number;
  delivered: number;
  acknowledged: number;
  requeued: number;
  deadLettered: number;
  expired: number;
  /** Unroutable, over a length limit, or sent where nobody was. */
  dropped: number;
  /** With a node, a failover or a restart. */
  lost: number;
  refusedConnections: number;
  bytesIn: number;
  bytesOut: number;
  /** Copied between zones: replicas of a cluster. */
  bytesBetweenZones: number;
}

/** A client's connection. The engine keeps what it needs about it in its runtime, by the same number. */
export interface Connection {
  readonly number: number;
  /** Who is told: a service, and its own name for the connection. Frozen. */
  readonly client: { readonly service: string; readonly connection: string; readonly by: string };
  readonly user: string;
  readonly protocol: BrokerProtocol;
  readonly opened: Instant;
  /** The node it goes to. */
  readonly node: number;
  readonly virtualHost: string;
  readonly clientId: string;
  /** It has published, so a memory or disk alarm holds it back. */
  blocked: boolean;
}

/** Frozen revisions, newest last. */
export interface Configuration {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly order: number;
  readonly created: Instant;
  readonly engine: EngineType;
  readonly engineVersion: string;
  readonly authenticationStrategy: string;
  description: string;
  readonly revisions: ConfigurationRevision[];
  readonly tags: Map<string, string>;
}

export interface ConfigurationRevision {
  readonly revision: number;
  readonly created: Instant;
  readonly description: string;
  /** As it was given, base64 taken off. */
  readonly data: string;
}

export interface MqState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  readonly limits: LimitsProfile;
  /** By id. */
  readonly brokers: Map<string, Broker>;
  /** Ids by `account/name`. */
  readonly brokerNames: Map<string, string>;
  readonly configurations: Map<string, Configuration>;
  /** `service/connection` of a client to broker and number: `[b-…, 7]`, frozen. */
  readonly clients: Map<string, readonly [broker: string, connection: number]>;
  resourcesMade: number;
  connectionsMade: number;
  /** Messages are numbered in the world: `messageIdOf` gives the id. */
  messagesMade: number;
  readonly ledger: Ledger;
  /** For the bill, by item of the price list: what brokers that are gone have used. */
  readonly used: Map<string, number>;
}

export const createState = ({ seed, epoch, region, account, limits }: AwsWorldSettings): MqState => ({
  seed,
  epoch,
  region,
  account,
  limits,
  brokers: new Map(),
  brokerNames: new Map(),
  configurations: new Map(),
  clients: new Map(),
  resourcesMade: 0,
  connectionsMade: 0,
  messagesMade: 0,
  ledger: newLedger(),
  used: new Map(),
});

export const newCounters = (): BrokerCounters => ({
  published: 0,
  delivered: 0,
  acknowledged: 0,
  requeued: 0,
  deadLettered: 0,
  expired: 0,
  dropped: 0,
  lost: 0,
  refusedConnections: 0,
  bytesIn: 0,
  bytesOut: 0,
  bytesBetweenZones: 0,
});

export const newBrokerTraffic = (): Pick<Broker, 'incoming' | 'outgoing'> => ({
  incoming: newTraffic(),
  outgoing: newTraffic(),
});

/** In place of an account: a broker in one's own data centre, on no bill. */
export const ON_PREMISES = 'onprem';

export const nameKey = (account: string, name: string): string => `${account}/${name}`;

/** By its id, or by its name in an account. */
export function brokerNamed(state: MqState, account: string, name: string): Broker | undefined {
  return state.brokers.get(name) ?? state.brokers.get(state.brokerNames.get(nameKey(account, name)) ?? '');
}
