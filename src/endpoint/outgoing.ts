/**
 * `serve --deliver loopback`: what leaves the world for an address on this machine is really sent there, and what
 * comes back is given to the world as a command. Knows no sockets: who sends is handed in.
 */
import { isOutsideDelivery, type OutsideDelivery } from '../contract/endpoint.ts';
import type { Request } from '../engine/service.ts';
import type { WorldSession } from '../session/session.ts';

/** A POST to an endpoint. */
interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Milliseconds of the wall after which nobody waits any more. */
  readonly within: number;
}

/** Gives the HTTP status; 0: no connection was made, or it is not on this machine. Never fails but by its signal. */
type Send = (outgoing: Outgoing, signal: AbortSignal) => Promise<number>;

export interface DeliveriesOptions {
  readonly session: WorldSession;
  readonly send: Send;
  /** `http://127.0.0.1:4566`: where subscriptions are confirmed and ended. */
  readonly base: () => string;
  /** Lets time pass that the wall has counted, before an answer is given. */
  readonly catchUp: () => void;
}

/** Connections at once; as many more wait for one as stand below, and what is beyond is not sent. */
const AT_ONCE_MAX = 50;
const WAITING_MAX = 2_000;

/** SNS waits 15 s and Firehose 3 minutes: in the world, whose clock may go slower than the wall's. */
const WITHIN_MS = 200_000;

export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #stop: () => void;
  /** Of this stretch of time: a jump ends it. */
  #leaving = new AbortController();
  #waiting: OutsideDelivery[] = [];
  #underWay = 0;
  #started = false;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
    this.#stop = options.session.clients.listen((delivery) => {
      if (delivery === undefined) this.#leave();
      else if (isOutsideDelivery(delivery.payload)) this.#take(delivery.payload);
    });
  }

  /** From now on it sends; what has come before waits for it. */
  start(): void {
    this.#started = true;
    queueMicrotask(() => this.#next());
  }

  end(): void {
    this.#stop();
    this.#leave();
  }

  /** The world goes elsewhere: what is under way belongs to another time. */
  #leave(): void {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    this.#waiting = [];
    this.#underWay = 0;
  }

  #take(delivery: OutsideDelivery): void {
    const { signal } = this.#leaving;
    if (this.#waiting.length >= WAITING_MAX) {
      queueMicrotask(() => this.#answered(delivery, 0, signal));
      return;
    }
    this.#waiting.push(delivery);
    queueMicrotask(() => this.#next());
  }

  #next(): void {
    while (this.#started && this.#underWay < AT_ONCE_MAX) {
      const delivery = this.#waiting.shift();
      if (delivery === undefined) return;
      this.#underWay++;
      const { signal } = this.#leaving;
      this.#options.send(outgoingOf(delivery, this.#options.base()), signal).then(
        (status) => this.#done(delivery, status, signal),
        () => this.#done(delivery, 0, signal),
      );
    }
  }

  #done(delivery: OutsideDelivery, status: number, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#underWay--;
    this.#answered(delivery, status, signal);
    this.#next();
  }

  #answered({ from, delivery }: OutsideDelivery, status: number, signal: AbortSignal): void {
    const { session, catchUp } = this.#options;
    if (signal.aborted) return;
    catchUp();
    // Time that passed may have ended the wait, or somebody looked back meanwhile.
    if (signal.aborted || session.world.past) return;
    tell(session, 'AnswerDelivery', { from, delivery: delivery.delivery, status });
  }
}

/** Says whether deliveries leave the world. Nothing is said to a world that is as it should be. */
export function deliverTo(session: WorldSession, where: 'loopback' | undefined): void {
  const { outside } = session.world.simulation.stateOf('app') as { readonly outside?: object };
  if ((outside !== undefined) === (where !== undefined)) return;
  tell(session, 'DeliverOutside', { to: where ?? 'nobody' });
}

function tell(session: WorldSession, operation: string, input: object): void {
  const caller: Request['caller'] = {
    by: 'serve',
    account: session.settings.account,
    profile: 'default',
    secure: true,
  };
  session.clients.call({ service: 'app', operation, input, caller }, () => {});
}

/** Links of SNS lead to this endpoint, not to AWS. */
const LINKS = /"(SubscribeURL|UnsubscribeURL)":"https:\/\/sns\.[^/"]+\//gu;
const isGzip = (headers: Outgoing['headers']): boolean => headers['Content-Encoding'] === 'gzip';

function outgoingOf({ from, delivery }: OutsideDelivery, base: string): Outgoing {
  const { address, headers, body } = delivery;
  const text = from === 'sns' ? body.replaceAll(LINKS, `"$1":"${base}/`) : body;
  // A packed body is kept as text in the world.
  const bytes = isGzip(headers) ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : text;
  return { url: address, headers, body: bytes, within: WITHIN_MS };
}
