/** Who waits for an answer of the world: the line of the prompt, and the calls of real clients. */
import type { CallId, Delivery, Outcome, Request } from '../engine/service.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { Instant } from '../engine/units.ts';
import { Recent } from './surroundings.ts';

/** What became of a real client's call; undefined: the world left the instant it waited in (a jump, a pause). */
export type Heard = (outcome: Outcome | undefined, call: CallId) => void;

interface ClientCall {
  readonly heard: Heard;
  readonly request: Request;
  readonly since: Instant;
}

/** Undefined: the world went to another instant, and what was subscribed to is gone. */
export type Pushed = (delivery: Delivery | undefined) => void;

export class Answers {
  readonly recent = new Recent();
  readonly #world: Timeline;
  /** The calls of lines, to be learned from. */
  readonly #requests = new Map<CallId, Request>();
  readonly #clients = new Map<CallId, ClientCall>();
  readonly #listeners = new Set<Pushed>();

  constructor(world: Timeline) {
    this.#world = world;
  }

  /** How many calls of real clients wait. */
  get clientsWaiting(): number {
    return this.#clients.size;
  }

  /** Calls of real clients that wait, oldest first. */
  get waiting(): readonly Omit<ClientCall, 'heard'>[] {
    return [...this.#clients.values()];
  }

  submit(request: Request, line: string | undefined): CallId {
    const call = this.#world.submit(request, line);
    this.#requests.set(call, request);
    return call;
  }

  /** A real client's call. The answer may come with the next `settle`. */
  submitForClient(request: Request, heard: Heard): CallId {
    const call = this.#world.submit(request);
    this.#clients.set(call, { heard, request, since: this.#world.simulation.now });
    return call;
  }

  /** The client hung up. */
  abandon(call: CallId): void {
    const client = this.#clients.get(call);
    if (client === undefined) return;
    this.#clients.delete(call);
    this.#world.abandon(call, client.request.caller.by);
  }

  /** Hears what is pushed to real clients that subscribed. */
  listen(listener: Pushed): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hands out what has arrived; those of lines through `toLine`. */
  settle(toLine: (call: CallId, outcome: Outcome) => void): void {
    for (const { call, outcome } of this.#world.takeAnswers()) {
      const client = this.#clients.get(call);
      if (client !== undefined) {
        this.#clients.delete(call);
        client.heard(outcome, call);
        continue;
      }
      const request = this.#requests.get(call);
      this.#requests.delete(call);
      if (request !== undefined) this.recent.learn(request, outcome);
      toLine(call, outcome);
    }
    for (const delivery of this.#world.takePushed()) {
      for (const listener of this.#listeners) listener(delivery);
    }
  }

  /** Waiting clients are told that their instant is gone. `abandon`: their calls are given up in the world, too. */
  interruptClients(abandon: boolean): void {
    const waiting = [...this.#clients];
    this.#clients.clear();
    if (!abandon) for (const listener of this.#listeners) listener(undefined);
    for (const [call, { heard, request }] of waiting) {
      if (abandon) this.#world.abandon(call, request.caller.by);
      heard(undefined, call);
    }
  }
}
