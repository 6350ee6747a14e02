/**
 * Between the wire and the world: reads a request, lets it in, answers it. Knows no sockets and no clock; what waits
 * (a long poll) is answered when the world answers.
 */
import type { CatalogEntry } from '../contract/service.ts';
import { spelled } from '../engine/onDemand.ts';
import type { Caller, CallId, Outcome, Refusal } from '../engine/service.ts';
import type { WorldSession } from '../session/session.ts';
import { type Accounts, type Credential, callerOf, credentialOf } from './caller.ts';
import { type Asked, type Incoming, type Protocol, type Reply, WireRefusal } from './exchange.ts';
import { inputInWorld, outputForClient, withTrace } from './queueUrls.ts';
import { Router, refusedWithoutService } from './route.ts';
import { ShardStreams } from './shardStreams.ts';

export interface DoorOptions {
  readonly session: () => WorldSession;
  readonly catalog: readonly CatalogEntry[];
  /** A UUID. */
  readonly newRequestId: () => string;
  /** Of keys that name no account. */
  readonly account: string;
  /** Lets time pass that the wall has counted, before a call is served. */
  readonly catchUp: () => void;
  /** The wire takes no time of its own: a call is answered after its latency in the world. */
  readonly takesTime?: true;
}

/** Gives up the request: its client is gone. */
export type HangUp = () => void;

/** Its instant is gone: every SDK tries again. */
const INTERRUPTED: Refusal = {
  code: 'ServiceUnavailable',
  message: 'The clock of the playground was stopped or moved while this call waited. Try again.',
  httpStatus: 503,
  fault: 'server',
};

/** A client cannot act in the past. */
const IN_THE_PAST: Refusal = {
  ...INTERRUPTED,
  message: 'The playground is looking at the past just now. Try again.',
};

export class Door {
  readonly #options: DoorOptions;
  readonly #router: Router;
  readonly #accounts: Accounts;
  readonly #streams = new WeakMap<WorldSession, ShardStreams>();

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#router = new Router(options.catalog.map(({ description }) => description));
    const identities = options.catalog.find(({ policiesOf }) => policiesOf !== undefined);
    this.#accounts = {
      account: options.account,
      ownerOf: (key) => {
        if (identities?.keyOwner === undefined) return undefined;
        const state = options.session().world.simulation.stateOf(identities.description.name);
        return identities.keyOwner(state, key);
      },
      isUser: (account, name) => {
        if (identities === undefined) return false;
        const state = options.session().world.simulation.stateOf(identities.description.name);
        return identities.policiesOf!(state, account, name) !== undefined;
      },
    };
  }

  /** Answers now or later; once. */
  handle(incoming: Incoming, reply: (reply: Reply) => void): HangUp {
    const requestId = this.#options.newRequestId();
    let protocol: Protocol | undefined;
    let asked: Asked | undefined;
    try {
      const credential = credentialOf(incoming);
      protocol = this.#router.route(incoming, credential);
      asked = protocol.read(incoming);
      const session = this.#options.session();
      this.#options.catchUp();
      if (session.world.past) {
        reply(protocol.refuse(IN_THE_PAST, requestId, asked));
        return nothing;
      }
      const caller = this.#callerOf(incoming, credential);
      return this.#call(session, protocol, asked, caller, incoming, requestId, reply);
    } catch (error) {
      if (!(error instanceof WireRefusal)) throw error;
      reply(
        protocol?.refuse(error.refusal, requestId, asked) ??
          refusedWithoutService(incoming, error.refusal, requestId),
      );
      return nothing;
    }
  }

  #call(
    session: WorldSession,
    protocol: Protocol,
    asked: Asked,
    caller: Caller,
    incoming: Incoming,
    requestId: string,
    reply: (reply: Reply) => void,
  ): HangUp {
    const { service, operation, input } = asked;
    const isQueue = service.name === 'sqs';
    const inWorld = isQueue ? inputInWorld(input, session.settings, caller.account) : input;
    const request = {
      service: service.name,
      operation: operation.name,
      input: isQueue ? withTrace(operation.name, inWorld, incoming.headers['x-amzn-trace-id']) : inWorld,
      caller,
    };
    const heard = (outcome: Outcome | undefined, call: CallId): void => {
      if (outcome === undefined) reply(protocol.refuse(INTERRUPTED, requestId, asked));
      else if (!outcome.ok) reply(protocol.refuse(outcome.refusal, requestId, asked));
      else if (operation.name === 'SubscribeToShard') {
        const streams = this.#streamsOf(session);
        queueMicrotask(() => reply(streams.reply(asked, requestId, call)));
      } else {
        const base = `http://${incoming.headers.host ?? 'localhost'}`;
        const plain = spelled(outcome.output);
        const output = isQueue ? outputForClient(plain, base) : plain;
        reply(protocol.answer(asked, output, requestId));
      }
    };
    if (operation.name === 'SubscribeToShard') this.#streamsOf(session);
    const submitted = session.clients.call(request, heard);
    return () => session.clients.hangUp(submitted);
  }

  #callerOf(incoming: Incoming, credential: Credential | undefined): Caller {
    const caller = callerOf(incoming, credential, this.#accounts);
    if (this.#options.takesTime !== true) return caller;
    const { remote: _wire, ...near } = caller;
    return near;
  }

  #streamsOf(session: WorldSession): ShardStreams {
    let streams = this.#streams.get(session);
    if (streams === undefined) {
      streams = new ShardStreams(session);
      this.#streams.set(session, streams);
    }
    return streams;
  }
}

const nothing: HangUp = () => {};
