/**
 * Walks again through the past of a branch, in a second simulation: the world itself stays where it is. Smallest steps,
 * so that one can stop right before a call is served or right after an event.
 */
import type { Checkpoint } from './checkpoints.ts';
import type { Journal, JournalEntry, Position } from './journal.ts';
import type { Service, WorldSettings } from './service.ts';
import { Simulation, type SimulationOptions } from './simulation.ts';
import type { Instant } from './units.ts';

export class Retrace {
  /** The world as it was; to look at, never to be given commands. */
  readonly simulation: Simulation;
  readonly #journal: Journal;
  readonly #end: Position;
  #commands: number;

  constructor(
    services: readonly Service[],
    settings: WorldSettings,
    options: SimulationOptions,
    from: Checkpoint,
    journal: Journal,
    end: Position,
  ) {
    this.simulation = new Simulation(services, settings, options);
    this.simulation.restore(from.image);
    this.#journal = journal;
    this.#commands = from.position.commands;
    this.#end = end;
  }

  get position(): Position {
    return { at: this.simulation.now, commands: this.#commands };
  }

  /** The command that the next step gives; undefined: something else is due before it, or there is none. */
  get nextCommand(): JournalEntry | undefined {
    const entry = this.#commands < this.#end.commands ? this.#journal.at(this.#commands) : undefined;
    const due = this.simulation.nextDue();
    return entry === undefined || (due !== undefined && due <= entry.at) ? undefined : entry;
  }

  /** When the next step is; undefined: this is the end. */
  get nextAt(): Instant | undefined {
    const at = this.nextCommand?.at ?? this.simulation.nextDue();
    return at === undefined || at > this.#end.at ? undefined : at;
  }

  /** One thing that was due, or one command with what it made due at once. False: this is the end. */
  step(): boolean {
    const { simulation } = this;
    const command = this.nextCommand;
    if (command !== undefined) {
      this.#commands++;
      simulation.runUntil(command.at);
      if (command.type === 'request') simulation.submit(command.request);
      else {
        simulation.abandon(command.call);
        simulation.runUntil(command.at);
      }
    } else if (!simulation.runNext(this.#end.at)) return false;
    simulation.takeAnswers();
    return true;
  }

  /** Steps until an event has this number, which is the first not to have happened; false: it never does. */
  toEvent(sequence: number): boolean {
    while (this.simulation.log.count < sequence) if (!this.step()) return false;
    return true;
  }

  /** To the end of an instant, or of what there is. */
  toInstant(at: Instant): void {
    for (let next = this.nextAt; next !== undefined && next <= at; next = this.nextAt) this.step();
    if (at > this.simulation.now) this.simulation.runUntil(at < this.#end.at ? at : this.#end.at);
  }

  /** To the end of this branch as far as it has been. */
  toEnd(): void {
    while (this.step()) {
      // The condition does the work.
    }
    this.simulation.runUntil(this.#end.at);
  }
}
