/**
 * The whole loop. A world is: services with their states, an agenda of what will be due, calls on their way, streams
 * of randomness, and the instant now. It changes only by `submit`, `abandon` and the passing of time; the same calls
 * at the same instants give the same world, to the byte.
 *
 * Theory of operation. A call from outside is served at the instant at which it is submitted, after everything that
 * is already due; its answer reaches the caller after the service's latency. What a handler asks of another service
 * (a call of an app, a delivery) is put on the agenda for the same instant, so no handler ever runs inside another.
 * Exactly at the due instant a timer runs before any call that is submitted at that instant.
 */
import { Agenda } from './agenda.ts';
import { assert } from './assert.ts';
import { type Call, type CallData, Calls } from './calls.ts';
import { Hasher } from './digest.ts';
import { type Answered, EventLog } from './eventLog.ts';
import { Random, type RandomState } from './random.ts';
import {
  type CallId,
  type Delivery,
  type DomainEvent,
  type LoggedEvent,
  OUTSIDE,
  type Outcome,
  PARKED,
  type Refusal,
  type Request,
  type Service,
  type WorldSettings,
} from './service.ts';
import { type Due, type Kernel, ServiceContext } from './serviceContext.ts';
import { after, type Instant, START } from './units.ts';

/** An answer that reached somebody outside. */
export interface OutsideAnswer {
  readonly call: CallId;
  readonly at: Instant;
  readonly outcome: Outcome;
}

/** A moment of a world: everything that decides what happens next. Immutable. */
export interface SimulationImage {
  readonly now: Instant;
  readonly nextSequence: number;
  readonly nextCall: number;
  readonly answeredCount: number;
  readonly agenda: readonly Due[];
  readonly calls: readonly CallData[];
  readonly randoms: readonly (readonly [string, Readonly<RandomState>])[];
  readonly services: readonly (readonly [string, unknown])[];
  readonly eventCount: number;
  readonly eventTail: readonly LoggedEvent[];
}

export type { Answered };

export interface SimulationOptions {
  /** Events kept for screens; older ones are rebuilt by replay. */
  readonly logCapacity?: number;
  readonly guard?: Guard;
}

/** Asked before a call is served, of people and apps alike: a refusal is its answer, undefined lets it in. */
export type Guard = (
  request: Request,
  now: Instant,
  stateOf: (service: string) => unknown,
) => Refusal | undefined;

/** More timers than this within one instant means that handlers wake each other for ever. */
const MAX_PER_INSTANT = 10_000_000;
/** Events that a checkpoint keeps, so that a screen that goes there is not empty; later ones come by replay. */
const EVENT_TAIL = 40;

export class Simulation {
  readonly settings: WorldSettings;
  readonly log: EventLog;
  #now: Instant = START;
  #nextSequence = 0;
  #nextCall = 1;
  #agenda = new Agenda<Due>();
  #calls = new Calls();
  #randoms = new Map<string, Random>();
  #answers: OutsideAnswer[] = [];
  #pushed: Delivery[] = [];
  #timersTaken = 0;
  #answeredCount = 0;
  readonly #contexts = new Map<string, ServiceContext>();
  readonly #guard: Guard | undefined;
  readonly #stateOf = (service: string): unknown => this.#context(service).state;

  constructor(services: readonly Service[], settings: WorldSettings, options: SimulationOptions = {}) {
    this.settings = settings;
    this.#guard = options.guard;
    this.log = new EventLog(options.logCapacity ?? 2_000);
    const kernel: Kernel = {
      schedule: (at, service, timer) => {
        assert(at >= this.#now, 'nothing is due in the past');
        this.#agenda.put({ at, sequence: this.#nextSequence++, type: 'timer', service, timer });
      },
      deliver: (delivery) => {
        const sequence = this.#nextSequence++;
        this.#agenda.put({ at: this.#now, sequence, type: 'delivery', service: delivery.to, delivery });
      },
      answer: (call, outcome) => this.#answer(call, outcome),
      ask: (request, asker) => this.#ask(request, asker),
      abandon: (call) => this.abandon(call),
      random: (name) => this.#random(name),
      peek: (service) => this.#contexts.get(service)?.state,
      emit: (event) => this.log.append(this.#now, event),
    };
    for (const service of services) {
      this.#contexts.set(service.name, new ServiceContext(service, settings, kernel));
    }
  }

  get now(): Instant {
    return this.#now;
  }

  /** Grows with everything that happens: how far apart checkpoints should lie is measured in this. */
  get work(): number {
    return this.#timersTaken + this.log.count + this.#nextCall;
  }

  /** How many calls have been answered. */
  get answeredCount(): number {
    return this.#answeredCount;
  }

  /** The state of a service, for views only: nobody outside the service's handlers writes to it. */
  stateOf(service: string): unknown {
    return this.#stateOf(service);
  }

  /** An event in the vocabulary of its service: flat fields, texts made now. */
  tell(event: DomainEvent): Readonly<Record<string, unknown>> {
    const service = this.#contexts.get(event.type.slice(0, event.type.indexOf('/')))?.service;
    if (service?.tell !== undefined) return service.tell(event);
    const { type: _type, by: _by, ...fields } = event;
    return fields;
  }

  nextDue(): Instant | undefined {
    return this.#agenda.nextAt;
  }

  /**
   * Serves a call from outside, now, after what is due by now; what it makes due now is done before this returns, so
   * nothing is ever left due between two calls. The answer comes out of `takeAnswers`.
   */
  submit(request: Request): CallId {
    this.runUntil(this.#now);
    const call = this.#newCall(request, undefined);
    this.#serve(call);
    this.runUntil(this.#now);
    return call.id;
  }

  /** The caller gave up: its answer never comes. A call that has been answered is left alone. */
  abandon(id: CallId): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    this.#calls.delete(id);
    const { context } = call;
    if (context.service.abandoned) {
      context.enter(this.#now, undefined, undefined);
      context.service.abandoned(context, id);
    }
  }

  /** Everything that is due at one instant, the next one, if that is not after `until`. False: nothing was. */
  runInstant(until: Instant): boolean {
    const at = this.#agenda.nextAt;
    if (at === undefined || at > until) return false;
    this.#now = at;
    for (let count = 0; this.#agenda.nextAt === at; count++) {
      assert(count < MAX_PER_INSTANT, 'time stands still: timers wake each other');
      this.#take(this.#agenda.take()!);
    }
    return true;
  }

  /** The one thing that is due next, if that is not after `until`. False: nothing is. */
  runNext(until: Instant): boolean {
    const at = this.#agenda.nextAt;
    if (at === undefined || at > until) return false;
    this.#now = at;
    this.#take(this.#agenda.take()!);
    return true;
  }

  /** Lets time pass up to and including `until`. */
  runUntil(until: Instant): void {
    while (this.runInstant(until)) {
      // The condition does the work.
    }
    if (until > this.#now) this.#now = until;
  }

  /** The answers that reached the outside since the last call, oldest first. */
  takeAnswers(): OutsideAnswer[] {
    if (this.#answers.length === 0) return NO_ANSWERS;
    const answers = this.#answers;
    this.#answers = [];
    return answers;
  }

  /** What was delivered to the outside since the last call, oldest first. */
  takePushed(): readonly Delivery[] {
    if (this.#pushed.length === 0) return NOTHING_PUSHED;
    const pushed = this.#pushed;
    this.#pushed = [];
    return pushed;
  }

  checkpoint(): SimulationImage {
    return {
      now: this.#now,
      nextSequence: this.#nextSequence,
      nextCall: this.#nextCall,
      answeredCount: this.#answeredCount,
      agenda: this.#agenda.entries(),
      calls: this.#calls.entries(),
      randoms: [...this.#randoms].map(([name, random]) => [name, [...random.state] as RandomState] as const),
      services: [...this.#contexts].map(
        ([name, { service, state }]) => [name, service.checkpoint(state)] as const,
      ),
      eventCount: this.log.count,
      eventTail: this.log.tail(EVENT_TAIL),
    };
  }

  restore(image: SimulationImage): void {
    this.#now = image.now;
    this.#nextSequence = image.nextSequence;
    this.#nextCall = image.nextCall;
    this.#answeredCount = image.answeredCount;
    this.#agenda = new Agenda(image.agenda);
    this.#calls = new Calls();
    for (const call of image.calls) {
      this.#calls.add({ ...call, context: this.#context(call.request.service) });
    }
    this.#randoms = new Map(
      image.randoms.map(([name, state]) => [name, new Random([...state] as RandomState)]),
    );
    this.#answers = [];
    this.#pushed = [];
    for (const context of this.#contexts.values()) context.forgetStreams();
    const images = new Map(image.services);
    for (const [name, context] of this.#contexts) {
      const { service } = context;
      // A save may be older than a service: that one has not been used.
      context.state = images.has(name)
        ? service.restore(images.get(name), this.settings)
        : service.create(this.settings);
    }
    this.log.rewind(image.eventCount, image.eventTail);
  }

  /** A hash of everything that decides what happens next. A service that nobody has used does not count. */
  digest(): string {
    const hasher = new Hasher();
    hasher.number(this.#now).number(this.#nextSequence).number(this.#nextCall).number(this.log.count);
    const agenda = this.#agenda.entries().sort((a, b) => a.at - b.at || a.sequence - b.sequence);
    hasher.value(agenda);
    hasher.value(this.#calls.entries());
    for (const [name, random] of [...this.#randoms].sort(([a], [b]) => (a < b ? -1 : 1))) {
      hasher.text(name).value(random.state);
    }
    for (const [name, { service, state, untouched }] of this.#contexts) {
      const digest = service.digest(state);
      if (digest !== untouched) hasher.text(name).text(digest);
    }
    return hasher.hex;
  }

  #take(due: Due): void {
    this.#timersTaken++;
    switch (due.type) {
      case 'timer': {
        const context = this.#context(due.service).enter(this.#now, undefined, undefined);
        context.service.due(context, due.timer);
        return;
      }
      case 'serve': {
        const call = this.#calls.get(due.call);
        if (call !== undefined) this.#serve(call);
        return;
      }
      case 'answer':
        this.#deliverAnswer(due);
        return;
      case 'delivery': {
        if (due.service === OUTSIDE) {
          this.#pushed.push(due.delivery);
          return;
        }
        const context = this.#context(due.service).enter(this.#now, undefined, undefined);
        assert(context.service.delivered, () => `${due.service} takes no deliveries`);
        context.service.delivered(context, due.delivery);
        return;
      }
    }
  }

  #serve(call: Call): void {
    const { request } = call;
    const denied = this.#guard?.(request, this.#now, this.#stateOf);
    if (denied !== undefined) {
      this.#answer(call.id, { ok: false, refusal: denied });
      return;
    }
    const context = call.context.enter(this.#now, call.id, request.caller);
    try {
      const output = context.service.serve(context, request);
      if (output !== PARKED) this.#answer(call.id, { ok: true, output });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      this.#answer(call.id, { ok: false, refusal });
    }
  }

  #answer(id: CallId, outcome: Outcome): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    const { context, request } = call;
    context.service.metered?.(context.state, request, outcome, this.#now);
    const { remote } = request.caller;
    const at = remote === true ? this.#now : after(this.#now, context.latencyOf(request));
    this.#agenda.put({ at, sequence: this.#nextSequence++, type: 'answer', call: id, outcome });
  }

  /** What was due is itself what the outside is told: who waited, when, and the outcome. */
  #deliverAnswer(answer: OutsideAnswer): void {
    const { call: id, outcome } = answer;
    const call = this.#calls.get(id);
    if (call === undefined) return;
    this.#calls.delete(id);
    this.#answeredCount++;
    this.log.appendAnswer(this.#now, call.request, outcome);
    if (call.asker === undefined) {
      this.#answers.push(answer);
      return;
    }
    const context = this.#context(call.asker.service).enter(this.#now, undefined, undefined);
    assert(context.service.answered, 'who asks takes answers');
    context.service.answered(context, call.asker.token, outcome);
  }

  #ask(request: Request, asker: { service: string; token: object }): CallId {
    const call = this.#newCall(request, asker);
    this.#agenda.put({ at: this.#now, sequence: this.#nextSequence++, type: 'serve', call: call.id });
    return call.id;
  }

  #newCall(request: Request, asker: Call['asker']): Call {
    const context = this.#context(request.service);
    const call: Call = { id: this.#nextCall++ as CallId, request, asker, context };
    this.#calls.add(call);
    return call;
  }

  #random(name: string): Random {
    let random = this.#randoms.get(name);
    if (random === undefined) {
      random = Random.of(this.settings.seed, name);
      this.#randoms.set(name, random);
    }
    return random;
  }

  #context(service: string): ServiceContext {
    const context = this.#contexts.get(service);
    assert(context !== undefined, () => `no service named ${service}`);
    return context;
  }
}

const NO_ANSWERS: OutsideAnswer[] = [];
const NOTHING_PUSHED: readonly Delivery[] = [];

/** The refusal that an error carries; undefined for a bug of ours. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Error && 'refusal' in error) return error.refusal as Refusal;
  return undefined;
}
