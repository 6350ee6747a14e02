/**
 * Runs lines of the prompt one after another: drives each line's generator, and says what it waits for. It knows no
 * clock: the session calls `answer` and `wake` when what was waited for is there.
 */
import type { Answer, ConsoleState, LineResult, Wait } from '../command/console.ts';
import { assert } from '../engine/assert.ts';
import { spelled } from '../engine/onDemand.ts';
import type { CallId, Outcome } from '../engine/service.ts';
import { after, type Instant } from '../engine/units.ts';
import type { Judge } from '../projection/condition.ts';
import type { WorldView } from '../projection/snapshot.ts';
import type { ConsoleEntry } from './sessionTypes.ts';

export type RunningLine = Generator<Wait, LineResult, Answer>;

/** What the runner needs of the session. */
export interface LineHost {
  readonly now: Instant;
  /** Begins to run a line. */
  run(line: string, by: string): RunningLine;
  /** Submits the call of a waiting line. Its answer comes with it, or later to `answer`. */
  submit(
    wait: Wait & { type: 'request' },
    line: string,
  ): { readonly call: CallId; readonly outcome?: Outcome };
  /** Does a verb of the session itself. */
  control(wait: Wait & { type: 'control' }): Answer;
  judge(wait: Wait & { type: 'until' }): Judge;
  world(): WorldView;
}

/** The line that runs now. */
interface Current {
  readonly entry: ConsoleEntry;
  readonly generator: RunningLine;
  readonly batch: number;
  wait: Wait;
  since: Instant;
  until: Instant | undefined;
  call: CallId | undefined;
  judge: Judge | undefined;
  /** The first call of a line carries its text, for undo. */
  labelled: boolean;
}

interface Queued {
  readonly entry: ConsoleEntry;
  readonly batch: number;
}

/** What was waited for is not there yet. */
const WAITING: unique symbol = Symbol('waiting');

/** Lines kept for the Console pane. */
const ENTRIES_MAX = 2_000;

export class LineRunner {
  readonly #host: LineHost;
  readonly state: ConsoleState;
  #entries: ConsoleEntry[] = [];
  #queue: Queued[] = [];
  #current: Current | undefined;
  #nextId = 1;
  #nextBatch = 1;
  #starting = false;

  constructor(host: LineHost, state: ConsoleState) {
    this.#host = host;
    this.state = state;
  }

  get entries(): readonly ConsoleEntry[] {
    return this.#entries;
  }

  get current(): Readonly<Pick<Current, 'entry' | 'wait' | 'since' | 'until'>> | undefined {
    return this.#current;
  }

  get busy(): boolean {
    return this.#current !== undefined || this.#queue.length > 0;
  }

  /** The call that a waiting line made, to be abandoned on an interrupt. */
  get call(): CallId | undefined {
    return this.#current?.call;
  }

  /** The next instant at which the waiting line must be looked at even if nothing happens. */
  wakeAt(): Instant | undefined {
    const current = this.#current;
    if (current === undefined || current.wait.type === 'request') return undefined;
    const needs = current.judge?.needsTimeAt(this.#host.now);
    if (current.until === undefined) return needs;
    return needs === undefined || current.until < needs ? current.until : needs;
  }

  /** Puts lines at the end of what is to run. They share a fate: a refusal drops those behind it. */
  enter(lines: readonly string[], by: string): ConsoleEntry[] {
    const batch = this.#nextBatch++;
    const entries = lines.map((line) => {
      const entry: ConsoleEntry = { id: this.#nextId++, at: this.#host.now, by, line, result: undefined };
      this.#entries.push(entry);
      this.#queue.push({ entry, batch });
      return entry;
    });
    if (this.#entries.length > ENTRIES_MAX) this.#entries = this.#entries.slice(-ENTRIES_MAX);
    this.#startNext();
    // A line that was dropped behind a refusal stays without a result.
    return entries.map((entry) => this.entry(entry.id) ?? entry);
  }

  entry(id: number): ConsoleEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** The answer of a call; other calls' answers are ignored. */
  answer(call: CallId, answer: Answer): void {
    const current = this.#current;
    if (current?.call !== call) return;
    this.#resume(current, typeof answer === 'object' ? spelled(answer) : answer);
  }

  /** Asks the waiting line whether what it waits for is there by now. `quiet`: nothing can happen any more. */
  wake(quiet = false): void {
    const current = this.#current;
    if (current === undefined) return;
    const answer = this.#arrived(current, quiet);
    if (answer !== WAITING) this.#resume(current, answer);
  }

  /** What a sleep or an `until` is answered with, if it is over. */
  #arrived(current: Current, quiet: boolean): Answer | typeof WAITING {
    const over = current.until !== undefined && this.#host.now >= current.until;
    switch (current.wait.type) {
      case 'sleep':
        return over ? undefined : WAITING;
      case 'until': {
        const judge = current.judge;
        assert(judge, 'an until has a judge');
        const world = (): WorldView => this.#host.world();
        if (judge.met(world)) return true;
        return over || quiet ? { unmet: judge.judge(world).unmet.map(({ text }) => text) } : WAITING;
      }
      default:
        return WAITING;
    }
  }

  /** For the judge of a waiting `until`. */
  observe(event: Parameters<Judge['observe']>[0]): void {
    this.#current?.judge?.observe(event);
  }

  /** Gives up the running line and all that wait. `note`: what is said below each; empty: nothing. */
  interrupt(note = 'given up'): void {
    const current = this.#current;
    const dropped = this.#queue;
    this.#queue = [];
    this.#current = undefined;
    if (current !== undefined) {
      // As the AWS CLI does: nothing is printed for what was interrupted.
      this.#finish(current.entry, interrupted(current.entry.line, note));
      current.generator.return(interrupted(current.entry.line, note));
    }
    for (const { entry } of dropped) this.#finish(entry, interrupted(entry.line, note));
  }

  /** A transcript from a save, older than all that was entered here. */
  adopt(entries: readonly Omit<ConsoleEntry, 'id'>[]): void {
    this.#entries = [...entries.map((entry) => ({ ...entry, id: this.#nextId++ })), ...this.#entries];
  }

  clear(): void {
    const running = this.#current?.entry.id;
    const waiting = new Set(this.#queue.map(({ entry }) => entry.id));
    this.#entries = this.#entries.filter(({ id }) => id === running || waiting.has(id));
  }

  #startNext(): void {
    if (this.#starting) return;
    this.#starting = true;
    while (this.#current === undefined && this.#queue.length > 0) {
      const { entry, batch } = this.#queue.shift()!;
      const generator = this.#host.run(entry.line, entry.by);
      const current: Current = {
        entry,
        generator,
        batch,
        wait: { type: 'sleep', for: 0 as never },
        since: this.#host.now,
        until: undefined,
        call: undefined,
        judge: undefined,
        labelled: false,
      };
      this.#current = current;
      this.#step(current, undefined);
    }
    this.#starting = false;
  }

  #resume(current: Current, answer: Answer): void {
    current.call = undefined;
    current.judge = undefined;
    current.until = undefined;
    this.#step(current, answer);
    this.#startNext();
  }

  /** Runs a line onward until it waits for something that is not there at once, or ends. */
  #step(current: Current, given: Answer): void {
    let answer = given;
    for (;;) {
      const next = current.generator.next(answer);
      if (this.#current !== current) return;
      if (next.done) {
        this.#end(current, next.value);
        return;
      }
      current.wait = next.value;
      current.since = this.#host.now;
      const { wait } = current;
      if (wait.type === 'control') {
        answer = this.#host.control(wait);
        if (this.#current !== current) return;
        continue;
      }
      const arrived = this.#begin(current, wait) ?? this.#arrived(current, false);
      if (arrived === WAITING) return;
      answer = arrived;
    }
  }

  /** Begins a wait; gives its answer if that is there at once. */
  #begin(current: Current, wait: Exclude<Wait, { type: 'control' }>): Outcome | undefined {
    const { now } = this.#host;
    switch (wait.type) {
      case 'request': {
        current.until = untilOf(wait, now);
        const line = current.labelled ? undefined : current.entry.line;
        current.labelled = true;
        const { call, outcome } = this.#host.submit(wait, line ?? '');
        current.call = call;
        return outcome;
      }
      case 'sleep':
        current.until = after(now, wait.for);
        return undefined;
      case 'until':
        current.judge = this.#host.judge(wait);
        current.until = wait.within === undefined ? undefined : after(now, wait.within);
        return undefined;
    }
  }

  #end(current: Current, result: LineResult): void {
    this.#current = undefined;
    this.#finish(current.entry, result);
    if (result.error !== undefined && !result.tolerated) {
      const dropped = this.#queue.filter(({ batch }) => batch === current.batch);
      this.#queue = this.#queue.filter(({ batch }) => batch !== current.batch);
      const ids = new Set(dropped.map(({ entry }) => entry.id));
      this.#entries = this.#entries.filter(({ id }) => !ids.has(id));
    }
  }

  #finish(entry: ConsoleEntry, result: LineResult): void {
    const index = this.#entries.findIndex(({ id }) => id === entry.id);
    if (index >= 0) this.#entries[index] = { ...entry, result };
  }
}

const interrupted = (line: string, note: string): LineResult => ({
  echo: line,
  output: '',
  notes: note === '' ? [] : [note],
  tolerated: true,
});

/** A long poll says how long it waits at most. */
function untilOf(wait: Wait & { type: 'request' }, now: Instant): Instant | undefined {
  const { WaitTimeSeconds: seconds } = wait.request.input as { WaitTimeSeconds?: unknown };
  return typeof seconds === 'number' && seconds > 0 ? ((now + seconds * 1000) as Instant) : undefined;
}
