/**
 * One world and the people at it: lines of the prompt, watchers, and the passing of time, on top of a timeline.
 *
 * Theory of operation. Time moves in instants. After each one, and after a skip (time alone can meet a condition),
 * `#settle` tells the watchers what happened, hands answers to the waiting line, which may give its next command at
 * this very instant, and asks whether a sleep or an `until` is over. A paused clock moves only while a line waits.
 * A watcher can hold time at an instant, whatever waits.
 */
import type { Answer, Wait } from '../command/console.ts';
import { runLine, splitScript } from '../command/runLine.ts';
import type { ResourceId } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { CallId, Outcome, Request } from '../engine/service.ts';
import type { Timeline } from '../engine/timeline.ts';
import { after, type Instant, type Milliseconds } from '../engine/units.ts';
import { createJudge } from '../projection/condition.ts';
import type { EventView, WorldView } from '../projection/snapshot.ts';
import { Answers } from './answers.ts';
import { Clients } from './clients.ts';
import { heldBack, mayActHere } from './foreignPast.ts';
import { Insight } from './insight.ts';
import { LineRunner } from './lineRunner.ts';
import { openTimeline } from './openTimeline.ts';
import { earliest, stepOn } from './passing.ts';
import type { SessionOptions } from './sessionOptions.ts';
import type {
  ConsoleEntry,
  Done,
  Position,
  Running,
  Session,
  TimelineView,
  Watcher,
} from './sessionTypes.ts';
import { surroundingsOf } from './surroundings.ts';
import { DONE, no, Travel } from './travel.ts';
import { sessionVerb } from './verbs.ts';
import { Watchers } from './watchers.ts';
import { WorldWindow } from './worldWindow.ts';
import { You, type YouDid } from './you.ts';

export function createSession(options: SessionOptions): WorldSession {
  return new WorldSession(options);
}

export class WorldSession implements Session {
  readonly settings: AwsWorldSettings;
  readonly world: Timeline;
  readonly insight: Insight;
  readonly clients: Clients;
  readonly you = new You(() => this.now);
  name: string;
  version = 0;
  paused = true;
  held = false;
  speed = 1;
  readonly #options: SessionOptions;
  readonly #lines: LineRunner;
  readonly #answers: Answers;
  readonly #listeners = new Set<() => void>();
  readonly #window: WorldWindow;
  readonly #watchers: Watchers;
  readonly #travel: Travel;
  /** A line's own verb is being done. */
  #inControl = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.settings = options.settings;
    this.name = options.name ?? 'untitled';
    const { world, explain } = openTimeline(options);
    this.world = world;
    this.#answers = new Answers(this.world);
    this.clients = new Clients({
      ...options,
      world: this.world,
      answers: this.#answers,
      settled: () => this.#settled(),
      changed: () => this.#changed(),
    });
    this.#window = new WorldWindow(this.world, options, (now, made) => this.clients.views(now, made));
    this.insight = new Insight(this.world, { ...options, clients: this.clients }, explain);
    this.#watchers = new Watchers(this.world, this.#window);
    this.#travel = new Travel(this.world, {
      leave: () => this.#interruptForJump(),
      arrive: () => {
        this.paused = true;
        this.held = false;
      },
      rewound: () => this.#watchers.rewound(),
      mayAct: () => this.#mayAct(),
    });
    const session = this;
    this.#lines = new LineRunner(
      {
        get now() {
          return session.now;
        },
        run: (line, by) => {
          this.consoleState.by = by;
          const running = runLine(line, this.consoleState, this.surroundings(), this.#descriptions);
          return heldBack(running, line, () => this.#mayAct());
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
        world: () => this.view(),
      },
      { variables: new Map(), explained: new Set(), by: 'you' },
    );
    this.you.listen((event) => this.#lines.observe(event));
  }

  get now(): Instant {
    return this.world.simulation.now;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watch(watcher: Watcher): () => void {
    return this.#watchers.add(watcher);
  }

  // What can be seen.

  view(): WorldView {
    return this.#window.view();
  }

  messages(queue: ResourceId, from: number, limit: number): ReturnType<Session['messages']> {
    return this.#window.messages(queue, from, limit);
  }

  events(since: number, limit: number): readonly EventView[] {
    return this.#window.events(since, limit);
  }

  timeline(): TimelineView {
    return this.#window.timeline();
  }

  get position(): Position {
    return this.world.position;
  }

  console(): readonly ConsoleEntry[] {
    return this.#lines.entries;
  }

  clearConsole(): void {
    this.#lines.clear();
    this.#changed();
  }

  get consoleState(): LineRunner['state'] {
    return this.#lines.state;
  }

  surroundings(): ReturnType<Session['surroundings']> {
    const readFile = this.#options.readFile ?? (() => undefined);
    return surroundingsOf(this.settings, this.view().resources, this.#answers.recent, readFile);
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

  /** A save's transcript. */
  adoptConsole(entries: Parameters<LineRunner['adopt']>[0]): void {
    this.#lines.adopt(entries);
    this.#changed();
  }

  entry(id: number): ConsoleEntry | undefined {
    return this.#lines.entry(id);
  }

  interrupt(note?: string): void {
    const { call, state } = this.#lines;
    this.#lines.interrupt(note);
    if (call !== undefined) this.world.abandon(call, state.by);
    this.#changed();
  }

  // Time.

  get moving(): boolean {
    return !this.held && (!this.paused || this.#lines.current !== undefined);
  }

  pause(): void {
    const wasPaused = this.paused;
    this.paused = true;
    this.#answers.interruptClients(true);
    this.#changed();
    if (!wasPaused) this.you.tell('Paused');
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
    return this.#after(
      stepOn(this.world, () => this.#settle()),
      'Stepped',
    );
  }

  skip(by: Milliseconds): Done {
    if (this.world.past) return no('this is the past: go to the present first, or act here to fork');
    const target = after(this.now, by);
    this.held = false;
    while (!this.held && this.now < target) this.#advanceOnce(target);
    if (!this.held) this.#tellWatchers();
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
    return this.#after(this.#travel.goTo(position), 'LookedBack');
  }

  toHead(): Done {
    return this.#after(this.#travel.toHead());
  }

  back(): Done {
    return this.#after(this.#travel.back(), 'LookedBack');
  }

  fork(name?: string): Done {
    return this.#after(this.#travel.fork(name), 'Forked');
  }

  switchTo(branch: number): Done {
    return this.#after(this.#travel.switchTo(branch));
  }

  undo(): Done {
    return this.#after(this.#travel.undo('you'), 'Forked');
  }

  get #descriptions(): Parameters<typeof runLine>[3] {
    return new Map(this.#options.catalog.map(({ description }) => [description.name, description]));
  }

  #mayAct(): Done {
    return mayActHere(this.world, this.#options.foreignPast);
  }

  /** A jump ends what waits, for it belongs to another instant; but not the line that asks for the jump. */
  #interruptForJump(): void {
    this.#answers.interruptClients(false);
    this.clients.left();
    if (!this.#inControl && this.#lines.busy) this.interrupt();
  }

  #submit(request: Request, line: string): { call: CallId; outcome?: Outcome } {
    const wasPast = this.world.past;
    const call = this.#answers.submit(request, line === '' ? undefined : line);
    if (wasPast) this.#watchers.rewound();
    this.#tellWatchers();
    if (wasPast) this.you.tell('Forked');
    // Playground services answer at once.
    let given: Outcome | undefined;
    this.#answers.settle((candidate, outcome) => {
      if (candidate === call) given = outcome;
    });
    return given === undefined ? { call } : { call, outcome: given };
  }

  #control({ group, verb, input }: Wait & { type: 'control' }): Answer {
    const answer = this.#options.control?.(this, group, verb, input);
    if (answer !== undefined) return answer;
    const own = sessionVerb(this, group, verb, input);
    if (own !== undefined) return own;
    return { ok: false, error: { kind: 'usage', text: `${group} ${verb} cannot be done here` } };
  }

  /** The next instant at which anything can happen. */
  #nextInstant(): Instant | undefined {
    const { now } = this;
    return earliest(this.world.nextDue(), now, [this.#lines.wakeAt(), ...this.#watchers.wakeTimes(now)]);
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
    this.#tellWatchers();
    this.#answers.settle((call, outcome) => this.#lines.answer(call, outcome));
    this.#lines.wake();
  }

  #settled(): void {
    this.#settle();
    this.#changed();
  }

  #tellWatchers(): void {
    this.#outdated();
    const waiting = this.#lines.current?.wait.type === 'until';
    const observe = waiting ? (event: EventView): void => this.#lines.observe(event) : undefined;
    if (this.#watchers.tell(observe)) this.held = true;
  }

  /** `did`: what conditions hear of it. Going to where the present is is no looking back. */
  #after(done: Done, did?: YouDid): Done {
    this.#changed();
    if (did !== undefined && done.ok && (did !== 'LookedBack' || this.world.past)) this.you.tell(did);
    return done;
  }

  #outdated(): void {
    this.version++;
    this.#window.stale();
  }

  #changed(): void {
    this.#outdated();
    for (const listener of this.#listeners) listener();
  }
}
