/**
 * The checkpoints of one branch, thinned so that they stay within a budget of memory: when it is exceeded, the one
 * whose neighbours lie nearest is dropped, so the longest way to replay grows slowly.
 */
import { notAfter, type Position } from './journal.ts';
import type { SimulationImage } from './simulation.ts';

export interface Checkpoint {
  readonly position: Position;
  /** The simulation's measure of work at that moment. */
  readonly work: number;
  readonly image: SimulationImage;
  /** Bytes that this checkpoint alone holds, about. */
  readonly bytes: number;
}

export interface CheckpointBudget {
  readonly bytesMax: number;
  readonly countMax: number;
}

/** An event with the call or the message it tells of. */
const EVENT_BYTES = 1_000;

export const DEFAULT_BUDGET: CheckpointBudget = { bytesMax: 62_000_000, countMax: 64 };

export class Checkpoints {
  readonly #budget: CheckpointBudget;
  #list: Checkpoint[];

  constructor(budget: CheckpointBudget, list: readonly Checkpoint[] = []) {
    this.#budget = budget;
    this.#list = [...list];
  }

  get list(): readonly Checkpoint[] {
    return this.#list;
  }

  /** The work done at the newest checkpoint. */
  get newestWork(): number {
    return this.#list[this.#list.length - 1]?.work ?? 0;
  }

  /** Adds a checkpoint that is later than all others. */
  add(checkpoint: Checkpoint): void {
    this.#list.push(checkpoint);
    let bytes = this.#list.reduce((sum, { bytes }) => sum + bytes, 0);
    while (
      this.#list.length > 2 &&
      (bytes > this.#budget.bytesMax || this.#list.length > this.#budget.countMax)
    ) {
      bytes -= this.#dropNearest();
    }
  }

  /** Lets go of all that are earlier than the latest one at or before a position. */
  forgetBefore(position: Position): void {
    const kept = this.before(position);
    if (kept !== undefined) this.#list = this.#list.slice(this.#list.indexOf(kept));
  }

  /** The latest checkpoint at or before a position. The first one is the world's beginning, if nothing is forgotten. */
  before(position: Position): Checkpoint | undefined {
    return this.#list.findLast((checkpoint) => notAfter(checkpoint.position, position));
  }

  /** The latest checkpoint at or before a position at which this event had not happened yet. */
  beforeEvent(sequence: number, position: Position): Checkpoint | undefined {
    return this.#list.findLast(
      (checkpoint) => checkpoint.image.eventCount <= sequence && notAfter(checkpoint.position, position),
    );
  }

  /** The checkpoints at or before a position: what a fork from there begins with. */
  upTo(position: Position): Checkpoints {
    return new Checkpoints(
      this.#budget,
      this.#list.filter((checkpoint) => notAfter(checkpoint.position, position)),
    );
  }

  /** Drops the inner checkpoint whose neighbours lie nearest; its own pages join the one before. */
  #dropNearest(): number {
    let nearest = 1;
    for (let index = 2; index < this.#list.length - 1; index++) {
      if (this.#gap(index) < this.#gap(nearest)) nearest = index;
    }
    return this.#list.splice(nearest, 1)[0]!.bytes;
  }

  #gap(index: number): number {
    return this.#list[index + 1]!.work - this.#list[index - 1]!.work;
  }
}

/** About how many bytes of memory an image holds beside what it shares. */
export function imageBytes(image: SimulationImage): number {
  const kernel = 64 * (image.agenda.length + image.calls.length) + EVENT_BYTES * image.eventTail.length;
  return image.services.reduce((sum, [, service]) => sum + sizeOf(service, 0), kernel);
}

/** A walk that is bounded by depth: images say their own `bytes` where it matters. */
function sizeOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if ('bytes' in value && typeof value.bytes === 'number') return value.bytes;
  if (depth > 6) return 64;
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    // A hash table takes about 40 bytes an entry beside what it holds.
    let sum = Array.isArray(value) ? 32 : 32 + 40 * value.size;
    for (const item of value) sum += sizeOf(item, depth + 1);
    return sum;
  }
  return Object.values(value).reduce<number>((sum, item) => sum + 8 + sizeOf(item, depth + 1), 16);
}
