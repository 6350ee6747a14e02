/** What comes in over HTTP and what goes out, as plain data: the rest of the endpoint knows no sockets. */
import type { ServiceDescription } from '../contract/operation.ts';
import type { Refusal } from '../engine/service.ts';
import type { WireOperation } from './wire/shape.ts';

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

export interface Incoming {
  readonly method: string;
  /** As sent, still escaped, without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** A body that comes bit by bit; gives back what is done when the client is gone. */
  readonly stream?: (sink: Sink) => () => void;
}

/** Where a stream goes. */
export interface Sink {
  write(bytes: Uint8Array): void;
  end(): void;
}

/** An operation that a request names. */
interface Target {
  readonly service: ServiceDescription;
  readonly operation: WireOperation;
}

/** What a request asks, read from its protocol. */
export interface Asked extends Target {
  readonly input: object;
}

/** A request that a protocol cannot read; its sentence is the protocol's own. */
export class WireRefusal extends Error {
  override readonly name = 'WireRefusal';
  readonly refusal: Refusal;

  constructor(code: string, message: string, httpStatus = 400) {
    super(message);
    this.refusal = { code, message, httpStatus, fault: httpStatus >= 500 ? 'server' : 'client' };
  }
}

/** One way of AWS to put a call on the wire. */
export interface Protocol {
  /** Throws WireRefusal. */
  read(incoming: Incoming): Asked;
  answer(asked: Asked, output: object, requestId: string): Reply;
  refuse(refusal: Refusal, requestId: string, target: Asked | undefined): Reply;
}
