/** A person's own connections to brokers: one for each broker, user and protocol, opened when it is needed. Plain data. */
import type { BrokerMessage, BrokerProtocol } from '../../contract/broker.ts';
import type { Instant } from '../../engine/units.ts';

/** What a person has not got an answer for yet. Frozen. */
export interface Pending {
  readonly call: number;
  readonly operation: string;
  /** basic.return came before the answer. */
  readonly returned: string;
}

/** What a subscription brought. Frozen. */
interface Received {
  readonly at: Instant;
  readonly tag: string;
  readonly message: BrokerMessage;
}

export interface Link {
  readonly name: string;
  readonly broker: string;
  readonly user: string;
  readonly protocol: BrokerProtocol;
  readonly virtualHost: string;
  readonly order: number;
  open: boolean;
  nextRequest: number;
  /** By request. */
  readonly pending: Map<number, Pending>;
  /** The newest, oldest first. */
  received: Received[];
  receivedCount: number;
  blocked: boolean;
}

export interface BrokerClientsState {
  /** By name: `rabbit/admin/amqp-0-9-1//`. */
  readonly links: Map<string, Link>;
  linksMade: number;
  tagsMade: number;
}

export const createState = (): BrokerClientsState => ({ links: new Map(), linksMade: 0, tagsMade: 0 });

export const RECEIVED_MAX = 100;
