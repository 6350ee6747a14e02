/**
 * Why: about an answer, the world is rebuilt as it was when that answer was decided, by walking again through the
 * past. Nothing is kept for it while the world runs.
 */
import type { ResourceView } from '../contract/view.ts';
import type { Why } from '../contract/why.ts';
import type { LoggedEvent, Outcome, Request, Service } from '../engine/service.ts';
import type { Answered } from '../engine/simulation.ts';
import type { Instant } from '../engine/units.ts';
import { isOfClient } from '../projection/clientTraffic.ts';
import { explained, inItsOwnWords } from '../projection/why.ts';
import type { Ground } from './insight.ts';
import { whyWaiting } from './whyWaiting.ts';

export type FoundWhy =
  | { readonly ok: true; readonly found: Why }
  /** `why`: what was expected, and what to ask instead. */
  | { readonly ok: false; readonly why: string };

const none = (why: string): FoundWhy => ({ ok: false, why });

/** Events before an answer among which it was decided: it is on its way for milliseconds. */
const DECIDED_WITHIN = 500;
/** Answers that are looked through for the last one worth a question. */
const ANSWERS_MAX = 50;
/** Of them, those for which the world is rebuilt: most answers were what they should be. */
const REBUILT_MAX = 10;
const EVENTS_READ = 2_000;
const CLIENT = 'client/';

export class Reasons {
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** `queue/orders`, or the name alone; the beginning of a message's id; `last` or nothing for the last answer worth a question. */
  about(what: string | undefined): FoundWhy {
    if (what === undefined || what === '' || what.toLowerCase() === 'last') return this.last();
    if (what.startsWith(CLIENT)) return this.#ofClient(what.slice(CLIENT.length));
    if (what.includes('/')) return this.#ofResource(what as `${string}/${string}`);
    const named = this.#resources().find(({ name }) => name === what);
    return named === undefined ? this.#ofMessage(what) : this.#ofResource(named.id);
  }

  /** The newest answer to a person that was a refusal, or in which something did not happen. */
  last(): FoundWhy {
    const { world } = this.#ground;
    let answers = 0;
    let rebuilt = 0;
    for (const logged of world.simulation.log.since(0, EVENTS_READ).reverse()) {
      if (!isAnswer(logged) || !isPerson(logged.event)) continue;
      if (answers++ >= ANSWERS_MAX) break;
      if (!this.#isWorthAsking(logged.event)) continue;
      if (rebuilt++ >= REBUILT_MAX) break;
      const found = this.ofAnswer(logged.sequence);
      if (found.ok) return found;
    }
    return none(
      'nothing was refused, and nothing came back empty: ask why queue/NAME, app/NAME, or a message',
    );
  }

  #isWorthAsking({ call, outcome }: Answered): boolean {
    if (!outcome.ok) return true;
    const entry = this.#ground.catalog.find(({ description }) => description.name === call.service);
    return entry?.wonders?.(call, outcome.output) ?? false;
  }

  /** The answer that this `api/Answered` tells of. */
  ofAnswer(sequence: number): FoundWhy {
    const { world, foreignPast, catalog } = this.#ground;
    const logged = world.simulation.log.at(sequence);
    if (logged === undefined || !isAnswer(logged)) return none('that answer is too long ago');
    const { call, outcome } = logged.event;
    const isForeign = foreignPast !== undefined && logged.at < foreignPast.before.at;
    const found = isForeign ? undefined : this.#rebuilt(sequence, logged.event);
    if (found !== undefined) return { ok: true, found };
    if (!outcome.ok) {
      return { ok: true, found: inItsOwnWords(catalog, call, outcome.refusal, logged.at) };
    }
    return none('that answer was what it should be: nothing was refused, and nothing was missing');
  }

  /**
   * The answer to a line of the prompt that was entered at an instant, `before` such lines having been entered at the
   * same instant: its last refusal, else its last answer.
   */
  ofLine(line: string, at: Instant, before: number): FoundWhy {
    const { journal } = this.#ground.world.current;
    let skip = before;
    let first = 0;
    for (; first < journal.length; first++) {
      const given = journal.given(first);
      if (given.line === line && given.at >= at && skip-- === 0) break;
    }
    if (first === journal.length) return none('that line asked nothing of a service');
    const calls = new Set<Request>();
    for (let index = first; index < journal.length; index++) {
      const entry = journal.at(index)!;
      if (index > first && entry.line !== undefined) break;
      if (entry.type === 'request') calls.add(entry.request);
    }
    const answers = this.#ground.world.simulation.log
      .since(0, EVENTS_READ)
      .filter((logged) => isAnswer(logged) && calls.has(logged.event.call));
    const refused = answers.findLast((logged) => isAnswer(logged) && !logged.event.outcome.ok);
    const told = refused ?? answers.at(-1);
    return told === undefined
      ? none('the answer to that line is too long ago')
      : this.ofAnswer(told.sequence);
  }

  #ofResource(id: `${string}/${string}`): FoundWhy {
    const { simulation } = this.#ground.world;
    const found = explained(simulation, this.#ground, { type: 'resource', id });
    if (found !== undefined) return { ok: true, found };
    const ids = this.#resources().map((view) => view.id as string);
    if (ids.includes(id)) return none(`there is nothing to explain about ${id} yet`);
    return none(`there is no ${id}${ids.length === 0 ? '' : `; there are ${ids.slice(0, 5).join(', ')}`}`);
  }

  /** A real client: what of it waits or is held, else its last answer worth a question. */
  #ofClient(name: string): FoundWhy {
    const { world, clients } = this.#ground;
    const waits = clients && whyWaiting(clients, name, world.simulation.now);
    if (waits !== undefined) return { ok: true, found: waits };
    let seen = false;
    for (const logged of world.simulation.log.since(0, EVENTS_READ).reverse()) {
      if (!isOfClient(logged) || logged.event.by !== name) continue;
      seen = true;
      if (!this.#isWorthAsking(logged.event)) continue;
      const found = this.ofAnswer(logged.sequence);
      if (found.ok) return found;
    }
    return none(
      seen
        ? `nothing of ${name} waits, and nothing of it was refused or came back empty lately`
        : `no client ${name} has called lately; its name stands on the stage and in Resources`,
    );
  }

  #resources(): readonly ResourceView[] {
    const { world, catalog, settings } = this.#ground;
    const { simulation } = world;
    return catalog.flatMap(({ description, view }) =>
      view(simulation.stateOf(description.name), simulation.now, settings),
    );
  }

  #ofMessage(prefix: string): FoundWhy {
    const { world } = this.#ground;
    const found = explained(world.simulation, this.#ground, {
      type: 'message',
      prefix: prefix.toLowerCase(),
    });
    if (found !== undefined) return { ok: true, found };
    return none(`no message has an id that begins with ${prefix}; a resource is asked for as KIND/NAME`);
  }

  /** From the world at the instant of the decision; undefined: it cannot be rebuilt, or there is nothing to explain. */
  #rebuilt(sequence: number, event: Answered): Why | undefined {
    for (const from of [Math.max(0, sequence - DECIDED_WITHIN), 0]) {
      const walked = this.#walk(from, sequence, event);
      if (walked === 'again') continue;
      return walked;
    }
    return undefined;
  }

  /**
   * An outside call is known by its request. An app makes a new one each time: a first walk then counts which decision
   * it is, and a second stops there. `again`: the walk began too late.
   */
  #walk(from: number, sequence: number, event: Answered): Why | undefined | 'again' {
    const numbers = new Map<Request, number>();
    let number = 0;
    const result: { done: boolean; why: Why | undefined } = { done: false, why: undefined };
    const explain = (walk: Walk, request: Request, outcome: Outcome): void => {
      result.done = true;
      result.why = explained(walk.simulation, this.#ground, { type: 'call', request, outcome });
    };
    const first = this.#retraced(from, (request, outcome) => {
      numbers.set(request, number++);
      if (request === event.call) explain(first, request, outcome);
    });
    if (!first.toEvent(sequence + 1)) return undefined;
    if (result.done) return result.why;
    const again = first.simulation.log.at(sequence);
    if (again === undefined || !isAnswer(again) || again.event.call.operation !== event.call.operation) {
      return undefined;
    }
    const wanted = numbers.get(again.event.call);
    if (wanted === undefined) return 'again';
    let passed = 0;
    const second = this.#retraced(from, (request, outcome) => {
      if (passed++ === wanted) explain(second, request, outcome);
    });
    while (!result.done && second.step()) {
      // The condition does the work.
    }
    return result.why;
  }

  /** `decided` hears of each outcome at the instant at which it is decided. */
  #retraced(from: number, decided: (request: Request, outcome: Outcome) => void): Walk {
    const { world } = this.#ground;
    const services = world.services.map(
      (service): Service => ({
        ...service,
        metered(state, request, outcome, now) {
          decided(request, outcome);
          service.metered?.(state, request, outcome, now);
        },
      }),
    );
    return world.retrace(from, world.current, services);
  }
}

type Walk = ReturnType<Ground['world']['retrace']>;

const isAnswer = (logged: LoggedEvent): logged is LoggedEvent & { readonly event: Answered } =>
  logged.event.type === 'api/Answered';

/** Somebody at the prompt, or a lesson's own lines. */
const isPerson = ({ by }: Answered): boolean => by === 'you' || by === 'lesson';
