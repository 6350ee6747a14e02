/**
 * Real clients at the door of a session: what they do, what of theirs waits in the world, and what a person holds
 * before it. A held request is not yet a command of the world; it becomes one at the instant at which it is let in.
 */
import type { ResourceId, ResourceView } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { CallId, Outcome, Refusal, Request } from '../engine/service.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { Instant } from '../engine/units.ts';
import { ClientTraffic } from '../projection/clientTraffic.ts';
import { clientView } from '../projection/clientView.ts';
import type { Catalog } from '../projection/publish.ts';
import type { Answers, Heard, Pushed } from './answers.ts';
import type { ClientsAtDoor, HeldCall, HoldRule, WaitingCall } from './clientTypes.ts';
import type { Done } from './sessionTypes.ts';
import { DONE, no } from './travel.ts';

/** Each held request keeps a connection open, and its body in memory. */
export const HELD_MAX = 100;
/** Of `all` clients. */
const EVERYBODY = 'all';

/** Every SDK tries again after these. */
const retryable = (message: string): Refusal => ({
  code: 'ServiceUnavailable',
  message,
  httpStatus: 503,
  fault: 'server',
});
const TURNED_AWAY = retryable(
  'The request was held at the door of the playground and turned away. Try again.',
);
const TOO_MANY = retryable(`The playground holds ${HELD_MAX} requests at its door already. Try again.`);

interface Held extends HeldCall {
  readonly heard: Heard;
}

export interface ClientsPlace {
  readonly world: Timeline;
  readonly answers: Answers;
  readonly catalog: Catalog;
  readonly settings: AwsWorldSettings;
  /** Something reached the world. */
  settled(): void;
  /** Something that a screen could show. */
  changed(): void;
}

export class Clients implements ClientsAtDoor {
  readonly #place: ClientsPlace;
  readonly #traffic: ClientTraffic;
  #rules: HoldRule[] = [];
  #held: Held[] = [];
  #numbers = 0;
  /** Of held requests that were let in. */
  readonly #letIn = new Map<CallId, CallId>();

  constructor(place: ClientsPlace) {
    this.#place = place;
    this.#traffic = new ClientTraffic(place.world.simulation, place.catalog, place.settings);
  }

  /** A request comes: into the world, or to those that are held. The id is good for `hangUp`. */
  call(request: Request, heard: Heard): CallId {
    // What the playground itself reports is no client's.
    const isClient = request.caller.remote === true;
    if (isClient && this.#rules.some((rule) => fits(rule, request))) return this.#hold(request, heard);
    const call = this.#place.answers.submitForClient(request, heard);
    this.#place.settled();
    return call;
  }

  /** The client is gone. */
  hangUp(call: CallId): void {
    const before = this.#held.length;
    this.#held = this.#held.filter(({ id }) => id !== call);
    if (this.#held.length < before) {
      this.#place.changed();
      return;
    }
    this.#place.answers.abandon(this.#letIn.get(call) ?? call);
    this.#letIn.delete(call);
    this.#place.settled();
  }

  get clientsWaiting(): number {
    return this.#place.answers.clientsWaiting;
  }

  listen(listener: Pushed): () => void {
    return this.#place.answers.listen(listener);
  }

  /** The world leaves for another instant, or ends: who is held is told to try again. */
  left(): void {
    const held = this.#held;
    this.#held = [];
    this.#letIn.clear();
    this.#traffic.forget();
    for (const { heard, id } of held) heard(undefined, id);
  }

  get rules(): readonly HoldRule[] {
    return this.#rules;
  }

  get held(): readonly HeldCall[] {
    return this.#held;
  }

  get waiting(): readonly WaitingCall[] {
    return this.#place.answers.waiting.map(({ request, since }) => ({
      request,
      since,
      about: this.#traffic.resourceOf(request),
    }));
  }

  views(now: Instant, resources: readonly ResourceView[]): ResourceView[] {
    const known = new Set<ResourceId>(resources.map(({ id }) => id));
    const traffic = new Map(this.#traffic.upToNow().map((one) => [one.name, one]));
    const { waiting } = this;
    const names = new Set([
      ...traffic.keys(),
      ...[...waiting, ...this.#held].map(({ request }) => request.caller.by),
    ]);
    return [...names].map((name, index) =>
      clientView({
        name,
        traffic: traffic.get(name),
        waiting: waiting.filter(({ request }) => request.caller.by === name),
        held: this.#held.filter(({ request }) => request.caller.by === name),
        holds: this.#rules.some((rule) => rule.client === EVERYBODY || rule.client === name),
        order: index,
        now,
        known,
      }),
    );
  }

  hold(client: string, operation?: string): Done {
    if (this.#rules.some((rule) => rule.client === client && rule.operation === operation)) return DONE;
    this.#rules = [...this.#rules, { client, ...(operation !== undefined && { operation }) }];
    this.#place.changed();
    return DONE;
  }

  release(which?: string | number): Done {
    const chosen = this.#chosen(which);
    const ends = typeof which !== 'number' && this.#endRules(which);
    if (chosen.length === 0 && !ends) return nothing(which);
    if (this.#place.world.past) return no('this is the past: go to the present first');
    this.#held = this.#held.filter((one) => !chosen.includes(one));
    for (const { id, request, heard } of chosen) {
      // The answer may come before this returns.
      const call = this.#place.answers.submitForClient(request, (outcome, real) => {
        this.#letIn.delete(id);
        heard(outcome, real);
      });
      this.#letIn.set(id, call);
      this.#place.settled();
    }
    this.#place.changed();
    return DONE;
  }

  refuse(which?: string | number): Done {
    const chosen = this.#chosen(which);
    if (chosen.length === 0) return nothing(which);
    this.#held = this.#held.filter((one) => !chosen.includes(one));
    for (const { id, heard } of chosen) heard(refused(TURNED_AWAY), id);
    this.#place.changed();
    return DONE;
  }

  #hold(request: Request, heard: Heard): CallId {
    const number = ++this.#numbers;
    // Never a call of the world: those count from 1.
    const id = -number as CallId;
    if (this.#held.length >= HELD_MAX) {
      heard(refused(TOO_MANY), id);
      return id;
    }
    const about = this.#traffic.resourceOf(request);
    this.#held.push({ number, id, since: this.#place.world.simulation.now, request, about, heard });
    this.#place.changed();
    return id;
  }

  #chosen(which: string | number | undefined): Held[] {
    if (which === undefined || which === EVERYBODY) return [...this.#held];
    if (typeof which === 'number') return this.#held.filter(({ number }) => number === which);
    return this.#held.filter(({ request }) => request.caller.by === which);
  }

  /** True: there was a rule. */
  #endRules(client: string | undefined): boolean {
    const before = this.#rules.length;
    const all = client === undefined || client === EVERYBODY;
    this.#rules = all ? [] : this.#rules.filter((rule) => rule.client !== client);
    return this.#rules.length < before;
  }
}

const fits = ({ client, operation }: HoldRule, request: Request): boolean =>
  (client === EVERYBODY || client === request.caller.by) &&
  (operation === undefined || operation === request.operation);

const refused = (refusal: Refusal): Outcome => ({ ok: false, refusal });

const nothing = (which: string | number | undefined): Done =>
  no(
    typeof which === 'number'
      ? `no request is held under number ${which}; client held lists them`
      : `no request${which === undefined ? '' : ` of ${which}`} is held; client hold NAME holds those to come`,
  );
