/** The timeline of a session: a new one, or that of a save, with the guard that decides who may call. */
import { type Authorization, authorizationOf } from '../contract/guard.ts';
import { Timeline } from '../engine/timeline.ts';
import { loadTimeline } from '../engine/timelineData.ts';
import type { SessionOptions } from './sessionOptions.ts';

export function openTimeline({ catalog, settings, timeline, data }: SessionOptions): {
  readonly world: Timeline;
  readonly explain: Authorization['explain'];
} {
  const services = catalog.map(({ engine }) => engine);
  const { guard, explain } = authorizationOf(catalog, settings);
  const guarded = { ...timeline, guard };
  const world =
    data === undefined
      ? new Timeline(services, settings, guarded)
      : loadTimeline(services, settings, data, guarded);
  return { world, explain };
}
