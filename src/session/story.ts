/**
 * Finds the events about one message: in the log, and what is older by walking again through the past, from the
 * checkpoint before the message was made. The walk is bounded: a story that needs more says where it begins.
 */
import type { ResourceView } from '../contract/view.ts';
import type { Checkpoint } from '../engine/checkpoints.ts';
import { notAfter } from '../engine/journal.ts';
import type { Timeline } from '../engine/timeline.ts';
import { count, instantText } from '../projection/figures.ts';
import { type Catalog, publishEvent } from '../projection/publish.ts';
import type { EventView } from '../projection/snapshot.ts';
import { StoryThread, tellStory } from '../projection/story.ts';
import type { Story } from '../projection/storyTypes.ts';
import type { ForeignPast } from './foreignPast.ts';

/** Events that a story walks again through at most: one or two seconds of work, and twice what lies between checkpoints. */
const STORY_EVENTS_MAX = 80_000;
/** An origin that turns up is followed back, and its origin: so often. */
const ORIGINS_MAX = 4;
/**
 * After its end little can come: a repeat that is recognised, a worker that did not know. It is looked for so long,
 * and through so many events.
 */
const AFTERMATH = 600_000;
const AFTERMATH_EVENTS = 10_000;

const PREFIX_MIN = 4;
const SEQUENCE_MIN = 40;
const NAMED_MAX = 6;

export interface StoryPlace {
  readonly world: Timeline;
  readonly catalog: Catalog;
  readonly foreignPast?: ForeignPast | undefined;
}

/** A message that was found, with how many its service had made before it. */
interface Found {
  readonly id: string;
  readonly service: string | undefined;
  readonly number: number;
}

export type FoundId =
  | { readonly ok: true; readonly messageId: string }
  | { readonly ok: false; readonly why: string };

interface Gathered {
  readonly branch: number;
  readonly ids: ReadonlySet<string>;
  readonly events: EventView[];
  /** Events below this number were looked at. */
  upTo: number;
  readonly missing: string | undefined;
}

function isLongOver(thread: StoryThread, now: number, events: number): boolean {
  if (!thread.over) return false;
  const last = thread.events.at(-1)!;
  return now - last.at > AFTERMATH || events - last.sequence > AFTERMATH_EVENTS;
}

export class Stories {
  readonly #place: StoryPlace;
  readonly #eventsMax: number;
  /** Of the message that was asked for last: its events, so that a screen may ask often. */
  #last: { readonly messageId: string; readonly gathered: Gathered } | undefined;

  constructor(place: StoryPlace, eventsMax = STORY_EVENTS_MAX) {
    this.#place = place;
    this.#eventsMax = eventsMax;
  }

  /** The message whose id begins so. Ours to refuse: too short, none, several. */
  find(prefix: string): FoundId {
    const letters = prefix.toLowerCase().trim();
    if (!/^[0-9a-f-]+$/.test(letters)) {
      return { ok: false, why: `${prefix} is no message id: it has the digits 0-9 and the letters a-f` };
    }
    if (letters.length < PREFIX_MIN) {
      return { ok: false, why: `${prefix} is too short: give at least ${PREFIX_MIN} letters of the id` };
    }
    const found = this.#found(letters, NAMED_MAX + 1);
    if (found.length === 0) {
      return { ok: false, why: `no message of this world has an id that begins with ${letters}` };
    }
    if (found.length === 1) return { ok: true, messageId: found[0]!.id };
    const names = found.slice(0, NAMED_MAX).map(({ id }) => id.slice(0, Math.max(8, letters.length + 2)));
    const more = found.length > NAMED_MAX ? ' and more' : '';
    return {
      ok: false,
      why: `several ids begin with ${letters}: ${names.join(', ')}${more}; give more letters`,
    };
  }

  /**
   * Undefined: nothing is known of such a message. While time runs fast a screen is `hasty`: it asks often, and the
   * past is not walked through again for what the log has forgotten since.
   */
  story(messageId: string, resources: readonly ResourceView[], hasty = false): Story | undefined {
    const { simulation } = this.#place.world;
    const gathered = this.#gathered(messageId, resources, hasty);
    if (gathered.events.length === 0 && gathered.missing === undefined) return undefined;
    return tellStory({
      messageId,
      ids: gathered.ids,
      events: gathered.events,
      now: simulation.now,
      eventCount: simulation.log.count,
      missing: gathered.missing,
      resources,
    });
  }

  #found(prefix: string, limit: number): Found[] {
    const { world, catalog } = this.#place;
    const found: Found[] = [];
    for (const { description, made } of catalog) {
      if (made === undefined) continue;
      const state = world.simulation.stateOf(description.name);
      for (const { id, number } of made.withPrefix(state, prefix, limit)) {
        found.push({ id, service: description.name, number });
      }
    }
    // Services that do not number their messages: those of which the log tells.
    const known = new Set(found.map(({ id }) => id));
    for (const logged of world.simulation.log.since(0)) {
      if (logged.event.type === 'api/Answered') continue;
      const told = world.simulation.tell(logged.event);
      // A sequence number is looked for as a whole: its first digits are those of all.
      const id = told.messageId ?? (prefix.length >= SEQUENCE_MIN ? told.sequenceNumber : undefined);
      if (typeof id !== 'string' || known.has(id) || !id.startsWith(prefix)) continue;
      known.add(id);
      found.push({ id, service: undefined, number: 0 });
    }
    return found.slice(0, limit);
  }

  #gathered(messageId: string, resources: readonly ResourceView[], hasty: boolean): Gathered {
    const { simulation, current } = this.#place.world;
    const { log } = simulation;
    const last = this.#last;
    if (last?.messageId === messageId && last.gathered.branch === current.id) {
      const { gathered } = last;
      if (log.count <= gathered.upTo) return gathered;
      if (hasty && log.first > gathered.upTo) {
        return { ...gathered, missing: 'time runs fast: pause to have the newest told' };
      }
      if (log.first <= gathered.upTo) {
        const thread = new StoryThread(gathered.ids, resources);
        for (const event of gathered.events) thread.take(event);
        const before = thread.events.length;
        this.#takeLogged(thread, gathered.upTo);
        gathered.events.push(...thread.events.slice(before));
        gathered.upTo = log.count;
        if (thread.origins.size === 0) {
          const grown = { ...gathered, ids: thread.ids };
          this.#last = { messageId, gathered: grown };
          return grown;
        }
      }
    }
    const gathered = this.#gather(messageId, resources);
    this.#last = { messageId, gathered };
    return gathered;
  }

  #gather(messageId: string, resources: readonly ResourceView[]): Gathered {
    const { world } = this.#place;
    const { log } = world.simulation;
    let ids: ReadonlySet<string> = new Set([messageId]);
    for (let round = 0; ; round++) {
      const thread = new StoryThread(ids, resources);
      const begin = this.#beginningOf(ids);
      let missing: string | undefined;
      if (begin.event < log.first) missing = this.#walk(thread, begin, log.first);
      this.#takeLogged(thread, log.first);
      if (!begin.known && log.first > 0 && thread.items[0]?.before !== undefined) {
        missing = `the log of events begins at ${instantText(log.at(log.first)?.at ?? 0)}: what was before is not told`;
      }
      if (thread.origins.size === 0 || round >= ORIGINS_MAX) {
        return { branch: world.current.id, ids: thread.ids, events: thread.events, upTo: log.count, missing };
      }
      ids = thread.ids;
    }
  }

  #takeLogged(thread: StoryThread, from: number): void {
    const { simulation } = this.#place.world;
    for (const logged of simulation.log.since(from)) {
      if (logged.event.type !== 'api/Answered') thread.take(publishEvent(simulation, logged));
    }
  }

  /** The number of the first event that can be about one of these, and the checkpoint before it. */
  #beginningOf(ids: ReadonlySet<string>): { readonly event: number; readonly known: boolean } {
    const { world, catalog } = this.#place;
    let first = world.simulation.log.count;
    let known = true;
    for (const id of ids) {
      const found = this.#found(id, 1)[0];
      const made = catalog.find(({ description }) => description.name === found?.service)?.made;
      if (found?.service === undefined || made === undefined) {
        known = false;
        continue;
      }
      const before = (checkpoint: Checkpoint): boolean => {
        const image = checkpoint.image.services.find(([name]) => name === found.service)?.[1];
        return image === undefined || made.countIn(image) <= found.number;
      };
      const checkpoint = world.current.checkpoints.list.findLast(
        (one) => before(one) && notAfter(one.position, world.position),
      );
      first = Math.min(first, checkpoint?.image.eventCount ?? 0);
    }
    return { event: known ? first : Math.min(first, world.simulation.log.first), known };
  }

  /** Takes what happened from a checkpoint on to where the log begins. Answers what could not be told. */
  #walk(thread: StoryThread, begin: { readonly event: number }, until: number): string | undefined {
    const { world, foreignPast } = this.#place;
    const walk = world.retrace(begin.event);
    if (foreignPast !== undefined && !notAfter(foreignPast.before, walk.position)) {
      return `what happened before ${instantText(foreignPast.before.at)} was made by version ${foreignPast.version} and cannot be told again`;
    }
    const { simulation } = walk;
    const { log } = simulation;
    let next = begin.event;
    const end = Math.min(until, begin.event + this.#eventsMax);
    while (next < end) {
      log.keepFrom = next;
      const more = walk.step();
      for (; next < log.count && next < until; next++) {
        const logged = log.at(next)!;
        if (logged.event.type !== 'api/Answered') thread.take(publishEvent(simulation, logged));
      }
      if (!more || isLongOver(thread, simulation.now, next)) break;
    }
    if (next >= until || isLongOver(thread, simulation.now, next)) return undefined;
    const again = world.simulation.log.at(until)?.at ?? world.simulation.now;
    return `nothing is told from ${instantText(simulation.now)} to ${instantText(again)}: there are more than ${count(this.#eventsMax)} events to walk through again`;
  }
}
