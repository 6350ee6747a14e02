/** What can be seen of a session's world: views made when somebody looks, and kept while nothing changes. */
import type { MessageRow, ResourceId, ResourceView } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { Instant } from '../engine/units.ts';
import type { PriceList } from '../projection/cost.ts';
import {
  type Catalog,
  publishEvent,
  publishMessages,
  publishState,
  publishWorld,
} from '../projection/publish.ts';
import type { EventView, Look, WorldView } from '../projection/snapshot.ts';
import type { SessionOptions } from './sessionOptions.ts';
import type { TimelineView } from './sessionTypes.ts';

/** Who is at the world without being part of it. */
export type Visitors = (now: Instant, made: readonly ResourceView[]) => readonly ResourceView[];

export class WorldWindow {
  readonly #world: Timeline;
  readonly #catalog: Catalog;
  readonly #settings: AwsWorldSettings;
  readonly #prices: PriceList | undefined;
  readonly #visitors: Visitors;
  /** The view that was made last; forgotten when the world changes. */
  #view: WorldView | undefined;

  constructor(
    world: Timeline,
    { catalog, settings, prices }: Pick<SessionOptions, 'catalog' | 'settings' | 'prices'>,
    visitors: Visitors,
  ) {
    this.#visitors = visitors;
    this.#world = world;
    this.#catalog = catalog;
    this.#settings = settings;
    this.#prices = prices;
  }

  /** The world changed: what was seen is out of date. */
  stale(): void {
    this.#view = undefined;
  }

  view(): WorldView {
    this.#view ??= this.#published();
    return this.#view;
  }

  #published(): WorldView {
    const { simulation } = this.#world;
    const view = publishWorld(simulation, this.#catalog, this.#settings, 'default', this.#prices);
    const visitors = this.#visitors(view.now, view.resources);
    return visitors.length === 0 ? view : { ...view, resources: [...view.resources, ...visitors] };
  }

  /** For whoever looks now: at one thing, the rest is not made. */
  readonly look: Look = Object.assign(() => this.view(), {
    now: () => this.#world.simulation.now,
    state: (name: string) =>
      publishState(this.#world.simulation, this.#catalog, this.#settings, name, this.#prices),
  });

  messages(queue: ResourceId, from: number, limit: number): readonly MessageRow[] {
    return publishMessages(this.#world.simulation, this.#catalog, queue, from, limit);
  }

  events(since: number, limit: number): readonly EventView[] {
    const { simulation } = this.#world;
    return simulation.log.since(since, limit).map((event) => publishEvent(simulation, event));
  }

  timeline(): TimelineView {
    const { branches, current, past, simulation } = this.#world;
    return {
      branches: branches.map(({ id, name, parent, forkedAt, head, journal }) => ({
        id,
        name,
        parent,
        forkedAt: forkedAt?.at,
        head: head.at,
        commands: Array.from({ length: journal.length }, (_, index) => {
          const { at, by, line = '' } = journal.given(index);
          return { at, by, line };
        }),
      })),
      current: current.id,
      now: simulation.now,
      head: current.head.at,
      past,
    };
  }
}
