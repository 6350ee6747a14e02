/** A client of a broker as plain data: what it is set to, and where each of its connections stands. */
import type { BROKER_PROTOCOLS, BrokerProtocol } from '../../contract/broker.ts';
import type { Chance } from '../../contract/quantities.ts';
import type { Instant, Milliseconds } from '../../engine/units.ts';
import { type IdMemory, idMemory } from './memory.ts';
import { type AppBase, appBase, type Given } from './model.ts';
import type { Pattern, Progress } from './pattern.ts';
import type { Template } from './template.ts';
import type { Rate, Span } from './values.ts';

/** As they are typed, and as they are called on the wire. */
export const CLIENT_PROTOCOLS = {
  amqp091: 'amqp-0-9-1',
  amqp10: 'amqp-1-0',
  mqtt: 'mqtt',
  stomp: 'stomp',
  openwire: 'openwire',
  wss: 'wss',
} as const satisfies Readonly<Record<string, (typeof BROKER_PROTOCOLS)[number]>>;
export type ClientProtocol = keyof typeof CLIENT_PROTOCOLS;
export const ROLES = ['producer', 'consumer', 'both'] as const;
type Role = (typeof ROLES)[number];
export const ACKS = ['auto', 'manual', 'client', 'never'] as const;
type Ack = (typeof ACKS)[number];

/** A broker that runs in a data centre of one's own. */
export const ON_PREMISES = 'onprem';

/** Frozen. */
export interface ClientSettings {
  readonly broker: string;
  readonly protocol: BrokerProtocol;
  readonly role: Role;
  readonly destination: string;
  readonly exchange: string;
  readonly routingKey: string | undefined;
  readonly user: string;
  readonly concurrency: number;
  readonly rate: Rate;
  readonly pattern: Pattern;
  readonly body: Template;
  readonly group: Template | undefined;
  readonly headers: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly priority: number | undefined;
  readonly ttl: Milliseconds | undefined;
  readonly qos: 0 | 1 | 2;
  readonly retained: boolean;
  readonly persistent: boolean | undefined;
  readonly lastWill: { readonly destination: string; readonly body: string } | undefined;
  readonly durable: boolean;
  readonly clientId: string;
  readonly selector: string | undefined;
  readonly prefetch: number | undefined;
  readonly ack: Ack;
  readonly time: Span;
  readonly fail: Chance;
  readonly failover: boolean;
  /** 0: it grows, as the transport has it. */
  readonly reconnect: Milliseconds;
  /** Which of the broker's addresses it knows without failover; undefined: the one that answers at first. */
  readonly endpoint: number | undefined;
  readonly count: number | undefined;
}

/** A message that was pushed to a connection and waits for its turn. Frozen. */
interface Inbox {
  readonly deliveryTag: number;
  readonly messageId: string;
  readonly sent: Instant;
}

/** What a command that is out will mean when its answer comes. Frozen. */
export interface Pending {
  readonly what: 'connect' | 'prepare' | 'subscribe' | 'publish' | 'ack';
  /** Of a publish: the message's number, and when it was made. */
  readonly number: number;
  readonly at: Instant;
}

export interface Link {
  readonly index: number;
  /** Its name for the connection it has or tries: another at each try. */
  connection: string;
  state: 'down' | 'connecting' | 'up' | 'crashed';
  blocked: boolean;
  tries: number;
  /** Which node it is connected to. */
  node: number;
  since: Instant;
  requests: number;
  readonly pending: Map<number, Pending>;
  inbox: Inbox[];
  /** It works on the first of the inbox until then; -1: it does not. */
  until: number;
  /** Counts what it begins: a timer of before is stale. */
  turn: number;
}

export interface Client extends AppBase {
  readonly kind: 'client';
  settings: ClientSettings;
  readonly links: Link[];
  progress: Progress;
  plan: number;
  /** The number of the next message, from 1. */
  next: number;
  /** Numbers that are made and not yet accepted by the broker, oldest first. */
  unsent: number[];
  /** The link that sends next. */
  turn: number;
  readonly memory: IdMemory;
  readonly figures: ClientFigures;
  /** What was said on the wire, in the protocol's own words. */
  readonly frames: Map<string, number>;
}

interface ClientFigures {
  confirmed: number;
  redelivered: number;
  duplicatesDropped: number;
  reconnects: number;
  connectionsLost: number;
  refusedConnections: number;
  blockedTimes: number;
}

export function newClient(
  name: string,
  life: number,
  given: Given,
  settings: ClientSettings,
  progress: Progress,
  now: Instant,
): Client {
  return {
    ...appBase(name, life, given, now),
    kind: 'client',
    settings,
    links: [],
    progress,
    plan: 0,
    next: 1,
    unsent: [],
    turn: 0,
    memory: idMemory(),
    figures: {
      confirmed: 0,
      redelivered: 0,
      duplicatesDropped: 0,
      reconnects: 0,
      connectionsLost: 0,
      refusedConnections: 0,
      blockedTimes: 0,
    },
    frames: new Map(),
  };
}

export const newLink = (index: number, now: Instant): Link => ({
  index,
  connection: '',
  state: 'down',
  blocked: false,
  tries: 0,
  node: 0,
  since: now,
  requests: 0,
  pending: new Map(),
  inbox: [],
  until: -1,
  turn: 0,
});

/** Who it is to the broker, and in events. */
export const linkName = ({ name, settings }: Client, index: number): string =>
  settings.concurrency === 1 ? name : `${name}-${index + 1}`;
