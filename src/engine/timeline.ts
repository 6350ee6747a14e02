/**
 * A world and its past: any instant is the nearest checkpoint plus replay of the journal. Looking back is read-only;
 * a command given in the past begins a new branch there, and the old one is left as it was.
 */
import { assert } from './assert.ts';
import { BEGINNING, type Branch, type BranchData, branchFrom, firstBranch, forkLetter } from './branches.ts';
import {
  type Checkpoint,
  type CheckpointBudget,
  Checkpoints,
  DEFAULT_BUDGET,
  imageBytes,
} from './checkpoints.ts';
import { commandsUntil, Journal, type JournalEntry, type Position } from './journal.ts';
import { Retrace } from './retrace.ts';
import type { CallId, Delivery, Request, Service, WorldSettings } from './service.ts';
import {
  type OutsideAnswer,
  Simulation,
  type SimulationImage,
  type SimulationOptions,
} from './simulation.ts';
import type { Instant } from './units.ts';

export type { Branch, BranchData };
export { BEGINNING };

export interface TimelineOptions extends SimulationOptions {
  /** A checkpoint is taken after so much work (a command, a timer, an event). */
  readonly checkpointEvery?: number;
  readonly budget?: CheckpointBudget;
}

export class Timeline {
  readonly simulation: Simulation;
  readonly services: readonly Service[];
  readonly settings: WorldSettings;
  readonly branches: Branch[] = [];
  #current: Branch;
  /** How many commands of the current branch have been given where we are. */
  #commands = 0;
  readonly #options: TimelineOptions;
  readonly #checkpointEvery: number;
  readonly #budget: CheckpointBudget;
  #beginning: SimulationImage | undefined;
  #keepsAll = false;

  constructor(services: readonly Service[], settings: WorldSettings, options: TimelineOptions = {}) {
    this.services = services;
    this.settings = settings;
    this.simulation = new Simulation(services, settings, options);
    this.#options = options;
    this.#checkpointEvery = options.checkpointEvery ?? 100_000;
    this.#budget = options.budget ?? DEFAULT_BUDGET;
    this.#current = firstBranch(new Checkpoints(this.#budget), new Journal());
    this.branches.push(this.#current);
    this.#takeCheckpoint();
  }

  get current(): Branch {
    return this.#current;
  }

  get position(): Position {
    return { at: this.simulation.now, commands: this.#commands };
  }

  /** Are we before the furthest place of this branch? */
  get past(): boolean {
    const { head } = this.#current;
    return this.simulation.now < head.at || this.#commands < head.commands;
  }

  /** Gives a command now. In the past it begins a new branch. */
  submit(request: Request, line?: string): CallId {
    this.#forkIfPast();
    const at = this.simulation.now;
    this.#record(
      line === undefined ? { type: 'request', at, request } : { type: 'request', at, request, line },
    );
    const call = this.simulation.submit(request);
    this.#moved();
    return call;
  }

  abandon(call: CallId, by: string): void {
    this.#forkIfPast();
    this.#record({ type: 'abandon', at: this.simulation.now, call, by });
    this.simulation.abandon(call);
    this.simulation.runUntil(this.simulation.now);
    this.#moved();
  }

  /** Can a place of this branch be gone to? Nothing before its first checkpoint can. */
  reaches(position: Position): boolean {
    return this.#current.checkpoints.before(position) !== undefined;
  }

  /**
   * Keeps memory bounded in a world that goes on for long: a checkpoint is taken, and what lies before the latest one
   * at or before `at` is forgotten. It cannot be gone back to, nor the world be saved with its commands. Nothing is
   * forgotten in the past, or once there are forks.
   */
  forgetBefore(at: Instant): void {
    if (this.#keepsAll || this.past || this.branches.length > 1) return;
    const { checkpoints, journal } = this.#current;
    this.#takeCheckpoint();
    const kept = checkpoints.before({ at, commands: commandsUntil(journal, at) });
    if (kept === undefined) return;
    checkpoints.forgetBefore(kept.position);
    journal.forgetBefore(kept.position.commands);
  }

  /** The world at its beginning, where that is not an empty world at instant 0: what was before is forgotten. */
  get beginning(): SimulationImage | undefined {
    return this.#beginning;
  }

  /**
   * Nothing is forgotten from now on, so that the world can be saved. A world that has forgotten commands begins anew
   * here. False: it cannot, for it has forks, or this is its past.
   */
  keepAll(): boolean {
    if (this.branches.some(({ journal }) => journal.forgotten > 0)) {
      if (this.past || this.branches.length > 1) return false;
      this.#commands = 0;
      this.#current = firstBranch(new Checkpoints(this.#budget), new Journal(), this.position);
      this.branches[0] = this.#current;
      this.#beginning = this.simulation.checkpoint();
      this.#takeCheckpoint();
    }
    this.#keepsAll = true;
    return true;
  }

  nextDue(): Instant | undefined {
    const due = this.simulation.nextDue();
    const command = this.past ? this.#current.journal.at(this.#commands)?.at : undefined;
    if (command === undefined) return due;
    return due === undefined || command < due ? command : due;
  }

  /** The work of the next instant at which something is due, if not after `until`. In the past it replays. */
  runInstant(until: Instant): boolean {
    const ran = this.past ? this.#replayInstant(until) : this.simulation.runInstant(until);
    if (ran) this.#moved();
    return ran;
  }

  /** Lets time pass up to and including `until`. */
  runUntil(until: Instant): void {
    while (this.past && this.#replayInstant(until)) this.#moved();
    if (!this.past) this.#runLive(until);
    this.simulation.runUntil(until);
    this.#moved();
  }

  takeAnswers(): OutsideAnswer[] {
    return this.simulation.takeAnswers();
  }

  /** What left the world since the last call; what a replay repeats has left it before, and is not told again. */
  takePushed(): readonly Delivery[] {
    return this.simulation.takePushed();
  }

  /** To any place of this branch that has been. */
  goTo(position: Position): void {
    const branch = this.#current;
    assert(
      position.at <= branch.head.at && position.commands <= branch.head.commands,
      `not in the past of this branch: ${position.at}`,
    );
    this.#leave();
    if (position.at === branch.head.at && position.commands === branch.head.commands) {
      this.#enter(branch);
      return;
    }
    const checkpoint = branch.checkpoints.before(position);
    assert(checkpoint !== undefined, 'a branch begins with a checkpoint');
    this.simulation.restore(checkpoint.image);
    this.#commands = checkpoint.position.commands;
    while (this.#commands < position.commands) this.#replayCommand();
    this.simulation.runUntil(position.at);
    this.#forgetTold();
  }

  /** To the end of an instant. */
  goToInstant(at: Instant): void {
    const { head, journal } = this.#current;
    if (at >= head.at) this.goTo(head);
    else this.goTo({ at, commands: commandsUntil(journal, at) });
  }

  /**
   * A walk through what a branch has been, up to here on the current branch and to the head on others, beginning at
   * the latest checkpoint before the given event. `services`: the same ones, perhaps with somebody who looks on.
   */
  retrace(
    event: number,
    branch: Branch = this.#current,
    services: readonly Service[] = this.services,
  ): Retrace {
    const { settings } = this;
    const end = branch === this.#current ? this.position : branch.head;
    // Of what is forgotten, the oldest that is known is the nearest.
    const from = branch.checkpoints.beforeEvent(event, end) ?? branch.checkpoints.list[0];
    assert(from !== undefined, 'a branch begins with a checkpoint');
    return new Retrace(services, settings, this.#options, from, branch.journal, end);
  }

  /** The same, beginning at the latest checkpoint at or before a place of the branch. */
  retraceFrom(place: Position, branch: Branch = this.#current): Retrace {
    const { services, settings } = this;
    const from = branch.checkpoints.before(place) ?? branch.checkpoints.list[0];
    assert(from !== undefined, 'a branch begins with a checkpoint');
    const end = branch === this.#current ? this.position : branch.head;
    return new Retrace(services, settings, this.#options, from, branch.journal, end);
  }

  /** The world as it is, to try something out in: what is done there is not done here. */
  copy(): Simulation {
    const copy = new Simulation(this.services, this.settings, this.#options);
    copy.restore(this.simulation.checkpoint());
    return copy;
  }

  /** A new branch from here; we are on it afterwards, and the old one stays as it was. */
  fork(name?: string): Branch {
    this.#leave();
    const from = this.#current;
    const position = this.position;
    const branch: Branch = {
      id: this.branches.length,
      name: name ?? `fork ${forkLetter(this.branches.length)}`,
      parent: from.id,
      forkedAt: position,
      journal: from.journal.upTo(position.commands),
      head: { ...position },
      checkpoints: from.checkpoints.upTo(position),
      present: undefined,
    };
    this.branches.push(branch);
    this.#current = branch;
    return branch;
  }

  /** To the head of another branch. */
  switchTo(id: number): void {
    const branch = this.branches[id];
    assert(branch !== undefined, `no branch ${id}`);
    this.#leave();
    this.#enter(branch);
  }

  /** Puts branches in place as a save file has them, and goes to a place of one of them. */
  adopt(
    branches: readonly BranchData[],
    current: number,
    position: Position,
    images: { readonly here?: SimulationImage | undefined; readonly beginning?: SimulationImage | undefined },
  ): void {
    const first = this.branches[0]!.checkpoints.list[0]!;
    const beginning = images.beginning === undefined ? first : this.#begunWith(images.beginning);
    this.branches.length = 0;
    for (const branch of branches) {
      this.branches.push(branchFrom(branch, new Checkpoints(this.#budget, [beginning])));
    }
    this.#current = this.branches[current]!;
    if (images.here !== undefined) {
      this.simulation.restore(images.here);
      this.#commands = position.commands;
      this.#takeCheckpoint();
      return;
    }
    this.simulation.restore(beginning.image);
    this.#commands = 0;
    this.#replayTo(position);
  }

  #begunWith(image: SimulationImage): Checkpoint {
    this.#beginning = image;
    this.simulation.restore(image);
    const { work, now } = this.simulation;
    return { position: { at: now, commands: 0 }, work, image, bytes: imageBytes(image) };
  }

  /** Live time up to `until`, pausing only for checkpoints. */
  #runLive(until: Instant): void {
    const { simulation } = this;
    const { checkpoints } = this.#current;
    while (simulation.runInstant(until)) {
      if (simulation.work - checkpoints.newestWork >= this.#checkpointEvery) this.#moved();
    }
  }

  /** Replays onward from where we are, taking checkpoints on the way. */
  #replayTo(position: Position): void {
    while (this.#commands < position.commands) {
      this.#replayCommand();
      this.#checkpointIfDue();
    }
    while (this.simulation.runInstant(position.at)) this.#checkpointIfDue();
    this.simulation.runUntil(position.at);
    this.#forgetTold();
  }

  #replayInstant(until: Instant): boolean {
    const entry = this.#current.journal.at(this.#commands);
    const limit = entry === undefined || entry.at > until ? until : entry.at;
    if (this.simulation.runInstant(limit)) {
      this.simulation.takePushed();
      return true;
    }
    if (entry === undefined || entry.at > until) return false;
    this.#replayCommand();
    this.#forgetTold();
    return true;
  }

  /** What a replay gives out was given out the first time. */
  #forgetTold(): void {
    this.simulation.takeAnswers();
    this.simulation.takePushed();
  }

  #replayCommand(): void {
    const entry = this.#current.journal.at(this.#commands);
    assert(entry !== undefined, 'a journal holds every command of its branch');
    this.simulation.runUntil(entry.at);
    this.#commands++;
    if (entry.type === 'request') {
      this.simulation.submit(entry.request);
      return;
    }
    this.simulation.abandon(entry.call);
    this.simulation.runUntil(entry.at);
  }

  #record(entry: JournalEntry): void {
    this.#current.journal.push(entry);
    this.#commands++;
  }

  #forkIfPast(): void {
    if (this.past) this.fork();
  }

  /** After time passed or a command came, at the head: the head is here. */
  #moved(): void {
    const branch = this.#current;
    const { head } = branch;
    const { now } = this.simulation;
    if (now < head.at || this.#commands < head.commands) return;
    if (now !== head.at || this.#commands !== head.commands) {
      head.at = now;
      head.commands = this.#commands;
      branch.present = undefined;
    }
    this.#checkpointIfDue();
  }

  #checkpointIfDue(): void {
    if (this.simulation.work - this.#current.checkpoints.newestWork >= this.#checkpointEvery) {
      this.#takeCheckpoint();
    }
  }

  #takeCheckpoint(): void {
    const image = this.simulation.checkpoint();
    this.#current.checkpoints.add({
      position: this.position,
      work: this.simulation.work,
      image,
      bytes: imageBytes(image),
    });
  }

  /** Keeps the present of the branch we are on, if we are at it. */
  #leave(): void {
    if (!this.past) this.#current.present = this.simulation.checkpoint();
  }

  #enter(branch: Branch): void {
    this.#current = branch;
    if (branch.present !== undefined) {
      this.simulation.restore(branch.present);
      this.#commands = branch.head.commands;
      branch.present = undefined;
      return;
    }
    const checkpoint = branch.checkpoints.before(branch.head)!;
    this.simulation.restore(checkpoint.image);
    this.#commands = checkpoint.position.commands;
    this.#replayTo(branch.head);
  }
}
