/**
 * What the kernel asks of a service, and the one Context it gives to a service's handlers.
 *
 * A service decides, changes its own state, records Events (what happened) and schedules Timers (what will be
 * due). Time moves only when the simulation takes the next Timer. Timers, parked calls and answers are plain
 * data, so that a world can be checkpointed, saved and rewound at any instant.
 */
import type { Random } from './random.ts';
import type { Instant, Milliseconds } from './units.ts';

/** What every world is made from; the services' own settings (limits, delivery …) stand beside the seed. */
export interface WorldSettings {
  readonly seed: number;
}

/** Who asks: a person (`you`), a lesson, an app by its name, or a service principal. */
export interface Caller {
  readonly by: string;
  readonly account: string;
  readonly profile: string;
  /** false when the call came over plain HTTP. */
  readonly secure: boolean;
  /** Of a service principal: the ARN of the resource on whose behalf it calls. */
  readonly sourceArn?: string;
  /** A real client: its wire takes time of its own, so an answer leaves at the instant at which it is decided. */
  readonly remote?: true;
}

/** Deliveries to this name leave the world: what a real client that called is pushed. */
export const OUTSIDE = 'outside';

/** A call to an operation of a service, as a client sends it. `input` is plain data in the operation's shape. */
export interface Request {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly caller: Caller;
}

/** Why a call is refused, as data; `ServiceError` (contract) makes it. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** HTTP status and the code of the JSON protocol where it differs, for the endpoint. */
  readonly httpStatus: number;
  readonly jsonCode?: string;
  readonly fault: 'client' | 'server';
  /** One sentence of ours: the rule and the values compared. */
  readonly why?: string;
  /** What AWS's error says beside code and message: `ArgumentName`. Frozen. */
  readonly members?: Readonly<Record<string, string>>;
  /** Of a call that policies denied: how they were read, as plain data. */
  readonly decision?: object;
}

export type Outcome =
  | { readonly ok: true; readonly output: object }
  | { readonly ok: false; readonly refusal: Refusal };

/** Identifies a call from its submission to its answer; unique in a world, increasing. */
export type CallId = number & { readonly __call: true };

/** What a handler returns when its answer is not there yet; it completes the call later through the Context. */
export const PARKED: unique symbol = Symbol('parked');
export type Parked = typeof PARKED;

/** Something that will be due. Plain data; `type` is `service/SomethingDue`. */
export interface Timer {
  readonly type: string;
}

/** Something that happened. Plain data; `type` is `service/PastTense`. `by` is who caused it. */
export interface DomainEvent {
  readonly type: string;
  readonly by: string;
}

/** An event as the log keeps it. `sequence` counts all events of the world from 0. */
export interface LoggedEvent {
  readonly sequence: number;
  readonly at: Instant;
  readonly event: DomainEvent;
}

/** A hand-over between services: the only message that crosses them. */
export interface Delivery {
  readonly to: string;
  readonly from: string;
  readonly payload: object;
}

/** The one way in and out of a handler. The object is reused between calls: do not keep it. */
export interface Context<State> {
  readonly state: State;
  readonly now: Instant;
  readonly settings: WorldSettings;
  /** The call being served, and who asked; in a timer's handler `call` is undefined and `caller` the service. */
  readonly call: CallId | undefined;
  readonly caller: Caller;
  /** A named stream of the world's randomness, private to this service. */
  random(stream: string): Random;
  emit(event: DomainEvent): void;
  /** `at` may be now: it is then due in this instant, after what is already due. */
  schedule(at: Instant, timer: Timer): void;
  /** Answers a parked call. The answer reaches the caller after the service's latency. */
  complete(call: CallId, outcome: Outcome): void;
  /** Calls another service (simulated apps do). The answer comes to `answered` with the token. */
  request(request: Request, token: object): CallId;
  /** Gives up a call of ours that is parked elsewhere; its answer never comes. */
  abandon(call: CallId): void;
  deliver(delivery: Delivery): void;
  /** The state of another service, to be read and never written; undefined: the world has no such service. */
  peek(service: string): unknown;
}

export interface Service<State = unknown> {
  readonly name: string;
  create(settings: WorldSettings): State;
  /** Serves a call: decides, then applies. Throws `ServiceError` before the first write, or not at all. */
  serve(context: Context<State>, request: Request): object | Parked;
  /** One handler per timer type. A stale timer is normal: look, and return. */
  due(context: Context<State>, timer: Timer): void;
  /** The answer to a call made with `context.request`. */
  answered?(context: Context<State>, token: object, outcome: Outcome): void;
  /** A parked call whose caller gave up (Esc, a crash): forget it. */
  abandoned?(context: Context<State>, call: CallId): void;
  delivered?(context: Context<State>, delivery: Delivery): void;
  /** Once for each call that is answered, when its outcome is known: counts what is billed. */
  metered?(state: State, request: Request, outcome: Outcome, now: Instant): void;
  /** How long an answer takes after the call was served. */
  latency(random: Random, request: Request): Milliseconds;
  /** Frozen values are shared with the image, the rest is copied; `restore` may be called many times on one image. */
  checkpoint(state: State): unknown;
  restore(image: unknown, settings: WorldSettings): State;
  /** A plain JSON form of an image for save files, and back. Default: the image is plain JSON already. */
  toJSON?(image: unknown): unknown;
  fromJSON?(json: unknown): unknown;
  /** A hash of everything in the state that can change what happens next. */
  digest(state: State): string;
  /** An event in the vocabulary of lessons: flat fields, texts made on demand (messageId, body …). */
  tell?(event: DomainEvent): Readonly<Record<string, unknown>>;
}
