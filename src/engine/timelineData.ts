/** A timeline as plain JSON, for save files, and back. */
import type { Position } from './journal.ts';
import { fromPlainJson, toPlainJson } from './plainJson.ts';
import type { Service, WorldSettings } from './service.ts';
import type { SimulationImage } from './simulation.ts';
import { type BranchData, Timeline, type TimelineOptions } from './timeline.ts';

/** Everything that a world is, in memory; `toPlainJson` makes it a file's. */
export interface TimelineData {
  readonly branches: readonly BranchData[];
  readonly current: number;
  readonly position: Position;
  /** The world's digest at `position`. */
  readonly digest: string;
  /** The moment itself, as JSON; left out, it is made by replay. */
  readonly image?: unknown;
  /** The moment at which it begins, where its earlier past is forgotten. */
  readonly beginning?: unknown;
}

export function saveTimeline(timeline: Timeline, options: { readonly withImage: boolean }): TimelineData {
  return {
    branches: timeline.branches.map(({ id, name, parent, forkedAt, head, journal }) => ({
      id,
      name,
      parent,
      forkedAt,
      head: { ...head },
      journal: [...journal],
    })),
    current: timeline.current.id,
    position: timeline.position,
    digest: timeline.simulation.digest(),
    ...(timeline.beginning && { beginning: imageToJson(timeline.beginning, timeline.services) }),
    ...(options.withImage && { image: imageToJson(timeline.simulation.checkpoint(), timeline.services) }),
  };
}

/**
 * The world again, at the place it was left at: from its image if the data has one, else by replay. Compare the
 * simulation's digest with the data's to see whether this engine replays it the same.
 */
export function loadTimeline(
  services: readonly Service[],
  settings: WorldSettings,
  data: TimelineData,
  options: TimelineOptions = {},
): Timeline {
  const timeline = new Timeline(services, settings, options);
  const read = (json: unknown) => (json === undefined ? undefined : imageFromJson(json, services));
  timeline.adopt(data.branches, data.current, data.position, {
    here: read(data.image),
    beginning: read(data.beginning),
  });
  return timeline;
}

function imageToJson(image: SimulationImage, services: readonly Service[]): unknown {
  const states = image.services.map(([name, state]) => {
    const service = services.find((candidate) => candidate.name === name)!;
    return [name, toPlainJson(service.toJSON ? service.toJSON(state) : state)] as const;
  });
  return { ...(toPlainJson({ ...image, services: [] }) as object), services: states };
}

function imageFromJson(json: unknown, services: readonly Service[]): SimulationImage {
  const { services: states, ...rest } = json as { services: readonly (readonly [string, unknown])[] };
  const image = fromPlainJson(rest) as Omit<SimulationImage, 'services'>;
  return {
    ...image,
    services: states.map(([name, state]) => {
      const service = services.find((candidate) => candidate.name === name)!;
      const plain = fromPlainJson(state);
      return [name, service.fromJSON ? service.fromJSON(plain) : plain] as const;
    }),
  };
}
