/**
 * Finds events that come in an order, equal in some paths and different in others, with bounded memory.
 *
 * Theory of operation. A chain is a choice of events for the first items. What decides whether a chain can be
 * completed is only: how many items it has, its values in the `same` paths, the values it has used in the `differ`
 * paths, and when its last event was. So per number of items and `same` values a few chains stand for all: newest
 * first, a chain is kept unless newer ones can do all it can (whatever values are still to come, one of the newer
 * ones avoids them too). That is exact, not greedy, and the number kept depends on the length of the sequence alone.
 * An event extends longer chains first, so that it is never used twice.
 */
import type { Milliseconds } from '../engine/units.ts';
import type { EventPattern, SequenceCondition } from './conditionTypes.ts';
import { parseDuration } from './duration.ts';
import { readPath } from './matcher.ts';
import type { EventView } from './snapshot.ts';

/** How many `same` values are followed at once, and how many matched events are remembered for going back. */
const KEPT_PER_ITEM = 1_000;

/** Does an event fit a pattern, and what is its value at a path? */
export interface EventReading {
  fits(event: EventView, pattern: EventPattern): boolean;
  subject(event: EventView): unknown;
}

interface Chain {
  readonly at: number;
  /** Values used in the `differ` paths, each with its path's number before it. */
  readonly used: readonly string[];
}

interface Matched {
  readonly sequence: number;
  readonly at: number;
  readonly items: readonly number[];
  readonly same: string;
  readonly differ: readonly string[];
}

export class SequenceSearch {
  /** The number of the event that completed the sequence, the first time. */
  metAtSequence: number | undefined;
  /** The longest chain so far, for words. */
  reached = 0;
  readonly #condition: SequenceCondition;
  readonly #reading: EventReading;
  readonly #within: readonly (Milliseconds | undefined)[];
  readonly #differ: readonly string[];
  /** `#chains[i]`: chains of i + 1 items, by their `same` values; the least recently extended first. */
  #chains: Map<string, readonly Chain[]>[];
  #matched: Matched[] = [];

  constructor(condition: SequenceCondition, reading: EventReading) {
    this.#condition = condition;
    this.#reading = reading;
    this.#within = condition.sequence.map((item) =>
      item.within === undefined ? undefined : parseDuration(item.within),
    );
    this.#differ = condition.differ ?? [];
    this.#chains = condition.sequence.map(() => new Map());
  }

  observe(event: EventView): void {
    if (this.metAtSequence !== undefined) return;
    const items = [...this.#condition.sequence.keys()].filter((index) =>
      this.#reading.fits(event, this.#condition.sequence[index]!),
    );
    if (items.length === 0) return;
    const subject = this.#reading.subject(event);
    const same = (this.#condition.same ?? []).map((path) => readPath(subject, path));
    const differ = this.#differ.map((path) => readPath(subject, path));
    // An event without the value can be neither equal nor different.
    if (same.includes(undefined) || differ.includes(undefined)) return;
    const matched: Matched = {
      sequence: event.sequence,
      at: event.at,
      items,
      same: JSON.stringify(same),
      differ: differ.map((value, index) => `${index} ${JSON.stringify(value)}`),
    };
    this.#matched.push(matched);
    if (this.#matched.length > KEPT_PER_ITEM * this.#condition.sequence.length) this.#matched.shift();
    this.#extend(matched);
  }

  /** Back to the moment at which `eventCount` events had happened in the world. */
  rewind(eventCount: number): void {
    if (this.metAtSequence !== undefined && this.metAtSequence < eventCount) return;
    const kept = this.#matched.filter((matched) => matched.sequence < eventCount);
    this.metAtSequence = undefined;
    this.reached = 0;
    this.#matched = kept;
    this.#chains = this.#condition.sequence.map(() => new Map());
    for (const matched of kept) this.#extend(matched);
  }

  #extend(event: Matched): void {
    for (let item = event.items.length - 1; item >= 0; item--) {
      const index = event.items[item]!;
      const chains =
        index === 0 ? [{ at: event.at, used: [] }] : (this.#chains[index - 1]!.get(event.same) ?? []);
      for (const chain of chains) {
        const within = this.#within[index];
        if (index > 0 && within !== undefined && event.at - chain.at > within) continue;
        if (event.differ.some((value) => chain.used.includes(value))) continue;
        this.#keep(index, event, { at: event.at, used: [...chain.used, ...event.differ] });
      }
    }
  }

  #keep(index: number, event: Matched, chain: Chain): void {
    this.reached = Math.max(this.reached, index + 1);
    if (index === this.#condition.sequence.length - 1) {
      this.metAtSequence ??= event.sequence;
      return;
    }
    const level = this.#chains[index]!;
    const older = level.get(event.same) ?? [];
    const toCome = (this.#condition.sequence.length - 1 - index) * this.#differ.length;
    const kept: Chain[] = [];
    for (const each of [chain, ...older]) {
      if (canDoMore(each, kept, toCome)) kept.push(each);
    }
    level.delete(event.same);
    level.set(event.same, kept);
    if (level.size > KEPT_PER_ITEM) level.delete(level.keys().next().value!);
  }
}

/** Are there at most `count` values to come that spoil every newer chain but not this one? */
function canDoMore(chain: Chain, newer: readonly Chain[], count: number): boolean {
  const search = (toCome: readonly string[]): boolean => {
    const open = newer.find((other) => !other.used.some((value) => toCome.includes(value)));
    if (open === undefined) return true;
    if (toCome.length === count) return false;
    return open.used.some((value) => !chain.used.includes(value) && search([...toCome, value]));
  };
  return search([]);
}
