/**
 * One world and the people at it: lines of the prompt, watchers, and the passing of time, on top of a timeline.
 *
 * Theory of operation. Time moves in instants. After each one `#settle` does, in this order: tells the watchers what
 * happened, hands answers to the waiting line (which may give its next command at this very instant), and asks
 * whether a sleep or an `until` is over. A paused clock moves only while a line waits, and stands still again at the
 * instant at which the line ends. A watcher can hold time at an instant, whatever waits.
 */
import type { Answer, ControlAnswer, Wait } from '../command/console.ts';
import { runLine, splitScript } from '../command/runLine.ts';
import { authorizationOf } from '../contract/guard.ts';
import type { ResourceId } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import { type JournalEntry, whoGave } from '../engine/journal.ts';
import type { CallId, Outcome, Request } from '../engine/service.ts';
import { Timeline, type TimelineOptions } from '../engine/timeline.ts';
import { loadTimeline, type TimelineData } from '../engine/timelineData.ts';
import { after, type Instant, instant, type Milliseconds } from '../engine/units.ts';
import { createJudge } from '../projection/condition.ts';
import { type Catalog, publishEvent, publishMessages, publishWorld } from '../projection/publish.ts';
import type { EventView, WorldView } from '../projection/snapshot.ts';
import { LineRunner } from './lineRunner.ts';
import type {
  ConsoleEntry,
  Done,
  Position,
  Running,
  Session,
  TimelineView,
  Watcher,
} from './sessionTypes.ts';
import { type ReadFile, Recent, surroundingsOf } from './surroundings.ts';
import { timeVerb } from './timeVerbs.ts';

export interface SessionOptions {
  readonly catalog: Catalog;
  readonly settings: AwsWorldSettings;
  readonly name?: string;
  /** A world that was saved; else a new one. */
  readonly data?: TimelineData;
  /** What `file://` reaches; nothing if left out. */
  readonly readFile?: ReadFile;
  /** Verbs that need more than a world (save, load, lesson …): asked first; undefined: not its own. */
  readonly control?: (
    session: Session,
    group: string,
    verb: string,
    input: object,
  ) => ControlAnswer | undefined;
  readonly timeline?: TimelineOptions;
}

const DONE: Done = { ok: true };
const STEP_TRIES = 10_000;
const no = (why: string): Done => ({ ok: false, why });

export function createSession(options: SessionOptions): WorldSession {
  return new WorldSession(options);
}

export class WorldSession implements Session {
  readonly settings: AwsWorldSettings;
  readonly world: Timeline;
  name: string;
  version = 0;
  paused = true;
  held = false;
  speed = 1;
  readonly #options: SessionOptions;
  readonly #lines: LineRunner;
  readonly #recent = new Recent();
  readonly #requests = new Map<CallId, Request>();
  readonly #listeners = new Set<() => void>();
  readonly #watchers = new Set<Watcher>();
  /** How many events the watchers have been told of. */
  #told = 0;
  /** A line's own verb is being done. */
  #inControl = false;
  #view: { readonly version: number; readonly view: WorldView } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.settings = options.settings;
    this.name = options.name ?? 'untitled';
    const services = options.catalog.map(({ engine }) => engine);
    const { guard } = authorizationOf(options.catalog, options.settings);
    const timeline = { ...options.timeline, guard };
    this.world =
      options.data === undefined
        ? new Timeline(services, options.settings, timeline)
        : loadTimeline(services, options.settings, options.data, timeline);
    this.#told = this.world.simulation.log.count;
    const session = this;
    this.#lines = new LineRunner(
      {
        get now() {
          return session.now;
        },
        run: (line, by) => {
          this.consoleState.by = by;
          return runLine(line, this.consoleState, this.surroundings(), this.#descriptions);
        },
        submit: (wait, line) => this.#submit(wait.request, line),
        control: (wait) => {
          this.#inControl = true;
          try {
            return this.#control(wait);
          } finally {
            this.#inControl = false;
          }
        },
        judge: ({ condition }) => createJudge(condition, { at: this.now }),
        world: () => this.#freshView(),
      },
      { variables: new Map(), explained: new Set(), by: 'you' },
    );
  }

  get now(): Instant {
    return this.world.simulation.now;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  // What can be seen.

  view(): WorldView {
    if (this.#view?.version !== this.version) {
      const view = publishWorld(this.world.simulation, this.#options.catalog, this.settings, 'default');
      this.#view = { version: this.version, view };
    }
    return this.#view!.view;
  }

  messages(queue: ResourceId, from: number, limit: number): ReturnType<Session['messages']> {
    return publishMessages(this.world.simulation, this.#options.catalog, queue, from, limit);
  }

  events(since: number, limit: number): readonly EventView[] {
    const { simulation } = this.world;
    return simulation.log.since(since, limit).map((event) => publishEvent(simulation, event));
  }

  timeline(): TimelineView {
    const { world } = this;
    return {
      branches: world.branches.map(({ id, name, parent, forkedAt, head, journal }) => ({
        id,
        name,
        parent,
        forkedAt: forkedAt?.at,
        head: head.at,
        commands: journal.map((entry) => ({
          at: entry.at,
          by: whoGave(entry),
          line: entry.line ?? '',
        })),
      })),
      current: world.current.id,
      now: this.now,
      head: world.current.head.at,
      past: world.past,
    };
  }

  get position(): Position {
    return this.world.position;
  }

  console(): readonly ConsoleEntry[] {
    return this.#lines.entries;
  }

  get consoleState(): LineRunner['state'] {
    return this.#lines.state;
  }

  surroundings(): ReturnType<Session['surroundings']> {
    const readFile = this.#options.readFile ?? (() => undefined);
    return surroundingsOf(this.settings, this.view().resources, this.#recent, readFile);
  }

  // The prompt.

  get running(): Running | undefined {
    const current = this.#lines.current;
    return (
      current && { line: current.entry.line, wait: current.wait, since: current.since, until: current.until }
    );
  }

  enter(line: string, by = 'you'): ConsoleEntry {
    const [entry] = this.#lines.enter([line], by);
    this.#changed();
    return this.#lines.entry(entry!.id) ?? entry!;
  }

  enterAll(text: string, by = 'you'): readonly ConsoleEntry[] {
    const entries = this.#lines.enter(splitScript(text), by);
    this.#changed();
    return entries;
  }

  /** A transcript of earlier, from a save. */
  adoptConsole(entries: readonly Omit<ConsoleEntry, 'id'>[]): void {
    this.#lines.adopt(entries);
    this.#changed();
  }

  entry(id: number): ConsoleEntry | undefined {
    return this.#lines.entry(id);
  }

  interrupt(): void {
    const { call, state } = this.#lines;
    this.#lines.interrupt();
    if (call !== undefined) this.world.abandon(call, state.by);
    this.#changed();
  }

  // Time.

  get moving(): boolean {
    return !this.held && (!this.paused || this.#lines.current !== undefined);
  }

  pause(): void {
    this.paused = true;
    this.#changed();
  }

  resume(): void {
    this.paused = false;
    this.release();
  }

  release(): void {
    this.held = false;
    this.#changed();
  }

  setSpeed(factor: number): void {
    this.speed = factor;
    this.#changed();
  }

  nextDue(): Instant | undefined {
    return this.world.nextDue();
  }

  advance(by: Milliseconds, enough: () => boolean = () => false): void {
    const target = after(this.now, by);
    while (this.moving && this.now < target && !enough()) this.#advanceOnce(target);
    this.#changed();
  }

  step(): Done {
    this.held = false;
    const { log } = this.world.simulation;
    const before = log.count;
    // Some timers look and find nothing to do: a step is to where something happens.
    for (let tries = 0; tries < STEP_TRIES && log.count === before; tries++) {
      const due = this.nextDue();
      if (due === undefined) return no('nothing is due: start an app, or give a command');
      this.world.runInstant(due);
      this.#settle();
    }
    this.#changed();
    return DONE;
  }

  skip(by: Milliseconds): Done {
    if (this.world.past) return no('this is the past: go to the present first, or act here to fork');
    const target = after(this.now, by);
    this.held = false;
    while (!this.held && this.now < target) this.#advanceOnce(target);
    this.#changed();
    return DONE;
  }

  drain(): void {
    while (this.#lines.current !== undefined && !this.held) {
      const next = this.#nextInstant();
      if (next === undefined) {
        this.#lines.wake(true);
        if (this.#lines.current !== undefined && this.#nextInstant() === undefined) break;
        continue;
      }
      this.#advanceOnce(next);
    }
    this.#changed();
  }

  // Going back.

  goTo(position: Position | Instant): Done {
    const { head } = this.world.current;
    const at = typeof position === 'number' ? position : position.at;
    if (at < 0) return no('the world begins at 00:00:00: there is nothing before it');
    if (at > head.at) return no('that has not happened yet: skip ahead instead');
    this.#interruptForJump();
    if (typeof position === 'number') this.world.goToInstant(position);
    else this.world.goTo(position);
    this.paused = true;
    this.held = false;
    this.#changed();
    return DONE;
  }

  toHead(): Done {
    if (!this.world.past) return no('this is the present');
    return this.goTo(this.world.current.head);
  }

  /** To just before the last command, or the last event, whichever is later. */
  back(): Done {
    const { log } = this.world.simulation;
    const { now } = this;
    for (let sequence = log.count - 1; sequence >= log.first; sequence--) {
      const event = log.at(sequence)!;
      if (event.at < now) return this.goTo(event.at);
    }
    return now > 0 ? this.goTo(instant(0)) : no('the world begins here');
  }

  fork(name?: string): Done {
    this.#interruptForJump();
    const wasPast = this.world.past;
    this.world.fork(name);
    if (wasPast) this.#rewound();
    this.#changed();
    return DONE;
  }

  switchTo(branch: number): Done {
    if (this.world.branches[branch] === undefined) return no(`there is no branch ${branch}`);
    this.#interruptForJump();
    this.world.switchTo(branch);
    this.#rewound();
    this.#changed();
    return DONE;
  }

  undo(): Done {
    const { journal } = this.world.current;
    const index = journal.findLastIndex(
      (entry: JournalEntry, at) =>
        at < this.position.commands && entry.line !== undefined && whoGave(entry) === 'you',
    );
    const entry = journal[index];
    if (entry === undefined) return no('there is no command of yours to undo');
    this.goTo({ at: entry.at, commands: index });
    return this.fork(`without ${entry.line}`.slice(0, 40));
  }

  // Inside.

  get #descriptions(): Parameters<typeof runLine>[3] {
    return new Map(this.#options.catalog.map(({ description }) => [description.name, description]));
  }

  /** A jump ends what waits, for it belongs to another instant; but not the line that asks for the jump. */
  #interruptForJump(): void {
    if (!this.#inControl && this.#lines.busy) this.interrupt();
  }

  #submit(request: Request, line: string): { call: CallId; outcome?: Outcome } {
    const wasPast = this.world.past;
    const call = this.world.submit(request, line === '' ? undefined : line);
    if (wasPast) this.#rewound();
    this.#tellWatchers();
    // Playground services answer at once.
    const answer = this.world.takeAnswers().find((candidate) => candidate.call === call);
    if (answer !== undefined) return { call, outcome: answer.outcome };
    this.#requests.set(call, request);
    return { call };
  }

  #control({ group, verb, input }: Wait & { type: 'control' }): Answer {
    const answer = this.#options.control?.(this, group, verb, input);
    if (answer !== undefined) return answer;
    if (group === 'time') return timeVerb(this, verb, input);
    if (group === 'world' && verb === 'fork') return { ok: true, ...textOf(this.fork(nameIn(input))) };
    if (group === 'undo') {
      const done = this.undo();
      return done.ok ? { ok: true } : { ok: false, error: { kind: 'usage', text: done.why } };
    }
    if (group === 'clear') {
      this.#lines.clear();
      return { ok: true };
    }
    return { ok: false, error: { kind: 'usage', text: `${group} ${verb} cannot be done here` } };
  }

  /** The next instant at which anything can happen. */
  #nextInstant(): Instant | undefined {
    let next = this.world.nextDue();
    const consider = (at: Instant | undefined): void => {
      if (at !== undefined && at > this.now && (next === undefined || at < next)) next = at;
    };
    consider(this.#lines.wakeAt());
    if (!this.world.past) for (const watcher of this.#watchers) consider(watcher.wakeAt?.(this.now));
    return next;
  }

  #advanceOnce(target: Instant): void {
    const next = this.#nextInstant();
    if (next === undefined || next > target) {
      this.world.runUntil(target);
      return;
    }
    if (!this.world.runInstant(next)) this.world.runUntil(next);
    this.#settle();
  }

  /** What follows an instant, when all its work is done. */
  #settle(): void {
    this.version++;
    this.#tellWatchers();
    for (const { call, outcome } of this.world.takeAnswers()) {
      const request = this.#requests.get(call);
      this.#requests.delete(call);
      if (request !== undefined) this.#recent.learn(request, outcome);
      this.#lines.answer(call, outcome);
    }
    this.#lines.wake();
  }

  #tellWatchers(): void {
    const { log } = this.world.simulation;
    if (this.world.past) return;
    const interested = this.#watchers.size > 0 || this.#lines.current?.wait.type === 'until';
    const events =
      interested && this.#told < log.count ? this.events(this.#told, log.count - this.#told) : [];
    this.#told = log.count;
    for (const event of events) this.#lines.observe(event);
    for (const watcher of this.#watchers) {
      if (watcher.observe(events, () => this.#freshView()) === 'hold') this.held = true;
    }
  }

  /** After a fork in the past: what came later no longer counts. */
  #rewound(): void {
    const { count } = this.world.simulation.log;
    this.#told = count;
    for (const watcher of this.#watchers) watcher.rewound?.(count, this.now);
  }

  #freshView(): WorldView {
    return this.view();
  }

  #changed(): void {
    this.version++;
    for (const listener of this.#listeners) listener();
  }
}

const nameIn = (input: object): string | undefined => (input as { name?: string }).name;
const textOf = (done: Done): { text?: string } => (done.ok ? {} : { text: done.why });
