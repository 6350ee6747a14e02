/** A snapshot as conditions read it: states by name, and one object of all states for queries. Made on demand. */
import { type Instant, START } from '../engine/units.ts';
import type { Look, WorldView } from './snapshot.ts';

export class WorldReading {
  readonly #source: Look;
  #view: WorldView | undefined;
  readonly #found = new Map<string, unknown>();
  #states: Map<string, unknown> | undefined;
  #data: Record<string, unknown> | undefined;

  constructor(source: Look) {
    this.#source = source;
  }

  get view(): WorldView {
    this.#view ??= this.#source();
    return this.#view;
  }

  get now(): Instant {
    return this.#view === undefined && this.#source.now !== undefined
      ? this.#source.now()
      : (this.view.now ?? START);
  }

  /** The fields of `queue/orders`, `world`, `you`; undefined when there is no such thing. */
  state(name: string): unknown {
    const { state } = this.#source;
    if (this.#view === undefined && state !== undefined) {
      if (!this.#found.has(name)) this.#found.set(name, state(name));
      return this.#found.get(name);
    }
    if (this.#states === undefined) {
      this.#states = new Map<string, unknown>(Object.entries(this.view.states ?? {}));
      for (const resource of this.view.resources) this.#states.set(resource.id, resource.fields);
    }
    return this.#states.get(name);
  }

  /** `{ queue: { orders: {…} }, app: {…}, world: {…} }`. */
  data(): unknown {
    if (this.#data !== undefined) return this.#data;
    const data: Record<string, unknown> = {};
    const put = (name: string, fields: unknown): void => {
      const slash = name.indexOf('/');
      if (slash < 0) {
        Object.defineProperty(data, name, { value: fields, enumerable: true });
        return;
      }
      const kind = name.slice(0, slash);
      if (!Object.hasOwn(data, kind)) Object.defineProperty(data, kind, { value: {}, enumerable: true });
      const value = { value: fields, enumerable: true, configurable: true };
      Object.defineProperty(data[kind], name.slice(slash + 1), value);
    };
    for (const [name, fields] of Object.entries(this.view.states ?? {})) put(name, fields);
    for (const resource of this.view.resources) put(resource.id, resource.fields);
    this.#data = data;
    return data;
  }
}
