/** The Context that a service's handlers get: one object per service, reused for every handler. */
import type { Scheduled } from './agenda.ts';
import type { Random } from './random.ts';
import type {
  Caller,
  CallId,
  Context,
  Delivery,
  DomainEvent,
  Outcome,
  Request,
  Service,
  Timer,
  WorldSettings,
} from './service.ts';
import { type Instant, type Milliseconds, START } from './units.ts';

/** What the agenda holds. */
export type Due = Scheduled &
  (
    | { readonly type: 'timer'; readonly service: string; readonly timer: Timer }
    | { readonly type: 'serve'; readonly call: CallId }
    | { readonly type: 'answer'; readonly call: CallId; readonly outcome: Outcome }
    | { readonly type: 'delivery'; readonly service: string; readonly delivery: Delivery }
  );

/** What a context needs of the simulation. */
export interface Kernel {
  schedule(at: Instant, service: string, timer: Timer): void;
  deliver(delivery: Delivery): void;
  answer(call: CallId, outcome: Outcome): void;
  ask(request: Request, asker: { service: string; token: object }): CallId;
  abandon(call: CallId): void;
  random(name: string): Random;
  emit(event: DomainEvent): void;
  peek(service: string): unknown;
}

/** Fields are set by `enter`, before each handler. */
export class ServiceContext implements Context<unknown> {
  readonly service: Service;
  readonly settings: WorldSettings;
  state: unknown;
  now: Instant = START;
  call: CallId | undefined;
  caller: Caller;
  readonly emit: (event: DomainEvent) => void;
  readonly complete: (call: CallId, outcome: Outcome) => void;
  readonly peek: (service: string) => unknown;
  /** The digest of a state that nobody has used. */
  readonly untouched: string;
  readonly #own: Caller;
  readonly #kernel: Kernel;
  /** This service's streams by their short names: the kernel's by their full ones. */
  readonly #streams = new Map<string, Random>();
  /** The one that every answer asks. */
  #latencies: Random | undefined;

  constructor(service: Service, settings: WorldSettings, kernel: Kernel) {
    this.service = service;
    this.settings = settings;
    this.state = service.create(settings);
    this.untouched = service.digest(this.state);
    this.#own = Object.freeze({ by: service.name, account: '', profile: service.name, secure: true });
    this.caller = this.#own;
    this.#kernel = kernel;
    this.emit = kernel.emit;
    this.complete = kernel.answer;
    this.peek = kernel.peek;
  }

  enter(now: Instant, call: CallId | undefined, caller: Caller | undefined): this {
    this.now = now;
    this.call = call;
    this.caller = caller ?? this.#own;
    return this;
  }

  random(stream: string): Random {
    let random = this.#streams.get(stream);
    if (random === undefined) {
      random = this.#kernel.random(`${this.service.name}/${stream}`);
      this.#streams.set(stream, random);
    }
    return random;
  }

  /** How long the answer to a call takes. */
  latencyOf(request: Request): Milliseconds {
    this.#latencies ??= this.random('latency');
    return this.service.latency(this.#latencies, request);
  }

  /** The world was restored: its streams are other objects now. */
  forgetStreams(): void {
    this.#streams.clear();
    this.#latencies = undefined;
  }

  schedule(at: Instant, timer: Timer): void {
    this.#kernel.schedule(at, this.service.name, timer);
  }

  request(request: Request, token: object): CallId {
    return this.#kernel.ask(request, { service: this.service.name, token });
  }

  abandon(call: CallId): void {
    this.#kernel.abandon(call);
  }

  deliver(delivery: Delivery): void {
    this.#kernel.deliver(delivery);
  }
}
