/** Quotas and ranges of Amazon MQ. Amazon MQ Developer Guide, Quotas; API Reference, Brokers. */
import { type Milliseconds, milliseconds } from '../../engine/units.ts';

export const BROKER_NAME = /^[\w.~-]{1,50}$/u;
export const CONFIGURATION_NAME = /^[\w.~-]{1,150}$/u;
export const BROKERS_MAX = 200;
export const CONFIGURATIONS_MAX = 1_000;
export const REVISIONS_MAX = 300;
export const USERS_MAX = 250;
export const GROUPS_MAX = 20;
export const TAGS_MAX = 50;
export const SECURITY_GROUPS_MAX = 5;
export const PASSWORD = { min: 12, unique: 4 } as const;
export const USERNAME = { min: 2, max: 100 } as const;
export const LIST = { min: 5, max: 100, default: 20 } as const;

/** Getting started: creating a broker takes about 15 to 20 minutes. */
export const CREATION = { min: 14 * 60_000, max: 17 * 60_000 } as const;
/** UNSURE: how long it takes. */
export const DELETION: Milliseconds = milliseconds(3 * 60_000);
/** SIMPLER THAN AWS: how long a node is away when it restarts; there it takes minutes. */
export const RESTART = { min: 15_000, max: 30_000 } as const;
/** A node that comes back after its zone did. */
export const NODE_START: Milliseconds = milliseconds(10_000);

interface InstanceLimits {
  readonly memoryBytes: number;
  /** Connections of each protocol to ActiveMQ. */
  readonly wireConnections: number;
  /** RabbitMQ, of a single instance and of each node of a cluster. */
  readonly connections: { readonly single: number; readonly cluster: number };
  readonly queues: { readonly single: number; readonly cluster: number };
  /** RabbitMQ 3.x clusters: the default policy's max-length. */
  readonly maxLength: number;
  readonly storageBytes: number;
}

const GIB = 1_073_741_824;
const GB = 1_000_000_000;
const large = (memoryGiB: number, single: number, cluster: number, maxLength: number): InstanceLimits => ({
  memoryBytes: memoryGiB * GIB,
  wireConnections: 2_000,
  connections: { single, cluster },
  queues: { single: 20_000, cluster: 10_000 },
  maxLength,
  storageBytes: 200 * GB,
});

/** UNSURE: connections of a single instance above m5.large, and of 2xlarge. */
export const INSTANCE_TYPES: Readonly<Record<string, InstanceLimits>> = {
  'mq.t3.micro': {
    memoryBytes: GIB,
    wireConnections: 300,
    connections: { single: 500, cluster: 500 },
    queues: { single: 500, cluster: 500 },
    maxLength: -1,
    storageBytes: 20 * GB,
  },
  'mq.m5.large': large(8, 4_000, 15_000, 8_000_000),
  'mq.m5.xlarge': large(16, 8_000, 20_000, 9_000_000),
  'mq.m5.2xlarge': large(32, 15_000, 40_000, 10_000_000),
  'mq.m5.4xlarge': large(64, 30_000, 100_000, 12_000_000),
  'mq.m7g.medium': large(4, 2_000, 7_000, 4_000_000),
  'mq.m7g.large': large(8, 4_000, 15_000, 8_000_000),
  'mq.m7g.xlarge': large(16, 8_000, 20_000, 9_000_000),
  'mq.m7g.2xlarge': large(32, 15_000, 40_000, 10_000_000),
  'mq.m7g.4xlarge': large(64, 30_000, 100_000, 12_000_000),
  'mq.m7g.8xlarge': large(128, 60_000, 150_000, 15_000_000),
  'mq.m7g.12xlarge': large(192, 60_000, 150_000, 15_000_000),
  'mq.m7g.16xlarge': large(256, 60_000, 150_000, 15_000_000),
};

/** A world of scaled limits: small enough to be seen. */
export const SCALED = { connections: 10, queues: 20, memoryBytes: 4_194_304 } as const;
