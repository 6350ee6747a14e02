/** The commands that came from outside, with their instants: with seed and settings, the truth of a world. */
import { assert } from './assert.ts';
import type { Caller, CallId, Request } from './service.ts';
import { type Instant, instant, START } from './units.ts';

export type JournalEntry = {
  readonly at: Instant;
  /** The line that somebody typed, on the first command it gave; for the screen and for undo. */
  readonly line?: string;
} & (
  | { readonly type: 'request'; readonly request: Request }
  /** Somebody stopped waiting for an answer. */
  | { readonly type: 'abandon'; readonly call: CallId; readonly by: string }
);

/** A place in a journal: an instant, and how many of the commands had been given. */
export interface Position {
  readonly at: Instant;
  readonly commands: number;
}

/** Is `a` at or before `b`, on the same branch? */
export const notAfter = (a: Position, b: Position): boolean => a.at <= b.at && a.commands <= b.commands;

export const whoGave = (entry: JournalEntry): string =>
  entry.type === 'request' ? entry.request.caller.by : entry.by;

/** What requests of one kind have in common. */
interface Shape {
  readonly service: string;
  readonly operation: string;
  readonly caller: Caller;
  /** The members of the input, in its order. */
  readonly members: readonly string[];
}

/** More than the log of events keeps: of an answer that it still has, the journal has the very request. */
const PAGE = 2_048;
const PAGE_SHIFT = 11;
/** More different shapes of one operation than this are not told apart: their entries are kept whole. */
const SHAPES_MAX = 64;

/** Requests that look alike, by operation. */
type Shapes = Map<string, Shape[]>;

/** Many entries that are not read often, in columns. Never changed once made, so branches share it. */
class SealedPage {
  readonly #at = new Float64Array(PAGE);
  /** A shape, whose members' values follow in `values`; or an entry that is kept whole. */
  readonly #what = new Array<Shape | JournalEntry>(PAGE);
  readonly #starts = new Int32Array(PAGE);
  readonly #values: unknown[];

  /** Counted loops, because a busy world seals many pages, and an iterator makes two objects for each entry. */
  constructor(entries: readonly JournalEntry[], shapes: Shapes) {
    let length = 0;
    for (let place = 0; place < PAGE; place++) {
      const entry = entries[place]!;
      const shape = shapeOf(entry, shapes);
      this.#at[place] = entry.at;
      this.#starts[place] = length;
      this.#what[place] = shape ?? entry;
      length += shape?.members.length ?? 0;
    }
    this.#values = new Array<unknown>(length);
    for (let place = 0, at = 0; place < PAGE; place++) {
      const entry = entries[place]!;
      const what = this.#what[place]!;
      if (entry.type !== 'request' || !('members' in what)) continue;
      const input = entry.request.input as Readonly<Record<string, unknown>>;
      for (const member of what.members) this.#values[at++] = input[member];
    }
  }

  instantOf(place: number): Instant {
    return instant(this.#at[place]!);
  }

  given(place: number): Given {
    const what = this.#what[place]!;
    if (!('members' in what)) return givenOf(what);
    return { at: this.instantOf(place), by: what.caller.by, line: undefined };
  }

  entries(): JournalEntry[] {
    return this.#what.map((what, place) => {
      if (!('members' in what)) return what;
      const { service, operation, caller, members } = what;
      const input: Record<string, unknown> = {};
      const start = this.#starts[place]!;
      for (const [index, member] of members.entries()) input[member] = this.#values[start + index];
      return { type: 'request', at: this.instantOf(place), request: { service, operation, input, caller } };
    });
  }
}

/** Of a command: when, who, and the line if it was the first of one. */
export interface Given {
  readonly at: Instant;
  readonly by: string;
  readonly line: string | undefined;
}

/** Before everything that is known. */
const FORGOTTEN: Given = { at: START, by: '', line: undefined };

const givenOf = (entry: JournalEntry): Given => ({ at: entry.at, by: whoGave(entry), line: entry.line });

/**
 * The commands of a branch. They are kept for as long as the world, so the older ones lie in columns: what many have in
 * common is there once, and an entry is made again when somebody reads it.
 */
export class Journal implements Iterable<JournalEntry> {
  /** Undefined: forgotten. */
  #sealed: (SealedPage | undefined)[] = [];
  #forgotten = 0;
  /** The newest whole page and the one that is being written, as they were given. */
  #recent: JournalEntry[] = [];
  readonly #shapes: Shapes;
  /** The sealed page that was read last. */
  #open: { readonly page: number; readonly entries: readonly JournalEntry[] } | undefined;

  constructor(entries: Iterable<JournalEntry> = [], shapes: Shapes = new Map()) {
    this.#shapes = shapes;
    for (const entry of entries) this.push(entry);
  }

  get length(): number {
    return this.#sealed.length * PAGE + this.#recent.length;
  }

  /** How many commands at its beginning can no longer be read; places of the others stay as they were. */
  get forgotten(): number {
    return this.#forgotten * PAGE;
  }

  /** Lets go of whole pages of commands before this one. */
  forgetBefore(index: number): void {
    const pages = Math.min(index >>> PAGE_SHIFT, this.#sealed.length);
    while (this.#forgotten < pages) this.#sealed[this.#forgotten++] = undefined;
    this.#open = undefined;
  }

  push(entry: JournalEntry): void {
    const recent = this.#recent;
    if (recent.length === 2 * PAGE) {
      this.#sealed.push(new SealedPage(recent.slice(0, PAGE), this.#shapes));
      this.#recent = recent.slice(PAGE);
    }
    this.#recent.push(entry);
  }

  /** Undefined: there is none, or it is forgotten. */
  at(index: number): JournalEntry | undefined {
    const place = index < 0 ? this.length + index : index;
    const page = place >>> PAGE_SHIFT;
    if (place < 0 || page >= this.#sealed.length) return this.#recent[place - this.#sealed.length * PAGE];
    const sealed = this.#sealed[page];
    if (sealed === undefined) return undefined;
    if (this.#open?.page !== page) this.#open = { page, entries: sealed.entries() };
    return this.#open.entries[place & (PAGE - 1)];
  }

  /** When a command was given; there must be one. */
  instantOf(index: number): Instant {
    return this.given(index).at;
  }

  /** What can be said of a command without making its entry; there must be one. */
  given(index: number): Given {
    const page = index >>> PAGE_SHIFT;
    return page < this.#sealed.length
      ? (this.#sealed[page]?.given(index & (PAGE - 1)) ?? FORGOTTEN)
      : givenOf(this.#recent[index - this.#sealed.length * PAGE]!);
  }

  /** All of it: a journal that has forgotten something is not read so. */
  *[Symbol.iterator](): Iterator<JournalEntry> {
    for (const page of this.#sealed) {
      assert(page !== undefined, 'what is read as a whole has forgotten nothing');
      yield* page.entries();
    }
    yield* this.#recent;
  }

  /** The first `count` commands, in a journal of their own. */
  upTo(count: number): Journal {
    const whole = Math.min(count >>> PAGE_SHIFT, this.#sealed.length);
    const journal = new Journal([], this.#shapes);
    journal.#sealed = this.#sealed.slice(0, whole);
    journal.#forgotten = Math.min(this.#forgotten, whole);
    for (let index = whole * PAGE; index < count; index++) journal.push(this.at(index)!);
    return journal;
  }
}

/** Undefined: the entry is of its own kind. Lines are looked for, so their entries stay whole. */
function shapeOf(entry: JournalEntry, known: Shapes): Shape | undefined {
  if (entry.type !== 'request' || entry.line !== undefined) return undefined;
  const { service, operation, caller, input } = entry.request;
  let shapes = known.get(operation);
  if (shapes === undefined) {
    shapes = [];
    known.set(operation, shapes);
  }
  for (const shape of shapes) {
    if (shape.service === service && isSame(shape.caller, caller) && hasMembers(input, shape.members)) {
      return shape;
    }
  }
  if (shapes.length >= SHAPES_MAX) return undefined;
  if (Object.getPrototypeOf(input) !== Object.prototype || Object.hasOwn(input, '__proto__'))
    return undefined;
  const shape = { service, operation, caller, members: Object.keys(input) };
  shapes.push(shape);
  return shape;
}

const isSame = (a: Caller, b: Caller): boolean =>
  a === b ||
  (a.by === b.by &&
    a.account === b.account &&
    a.profile === b.profile &&
    a.secure === b.secure &&
    a.sourceArn === b.sourceArn &&
    a.remote === b.remote);

/** The members of the input, exactly these and in this order. */
function hasMembers(input: object, members: readonly string[]): boolean {
  let count = 0;
  for (const member in input) if (member !== members[count++]) return false;
  return count === members.length;
}

/** How many commands had been given when `at` was over. */
export function commandsUntil(journal: Journal, at: Instant): number {
  let low = 0;
  let high = journal.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (journal.instantOf(middle) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
