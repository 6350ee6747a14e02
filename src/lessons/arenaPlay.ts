/**
 * One requirement being worked on: a world with what is given, in which the learner builds; the judge, which loads a
 * copy of it; and the reference design, in a world of its own, to look at and to compare with.
 */
import type { WorldSession } from '../session/session.ts';
import type { ReadFile } from '../session/surroundings.ts';
import { arenaWorld, type Judgement, judge, judgeWorld } from './arena.ts';
import type { CourseArena, Requirement } from './arenaFormat.ts';
import type { LearnerSession } from './learnerSession.ts';
import type { LessonWorlds } from './worlds.ts';

export interface ArenaView {
  readonly id: string;
  /** "Arena 3/12". */
  readonly place: string;
  readonly requirement: Requirement;
  /** Whose world is on the screen. */
  readonly shown: 'yours' | 'reference';
  /** 0 to 100; undefined: never judged. */
  readonly best: number | undefined;
  /** The last judgement of the learner's own design in this sitting. */
  readonly last: Judgement | undefined;
  /** The world has changed since. */
  readonly outdated: boolean;
  /** What the reference scores: known once a design was judged, or the reference was looked at. */
  readonly reference: Judgement | undefined;
}

export interface ArenaPlayOptions {
  readonly asked: CourseArena;
  readonly place: string;
  readonly worlds: LessonWorlds;
  readonly best: () => number | undefined;
  readonly onScore: (score: number) => void;
  /** What `file://` reaches; nothing if left out. */
  readonly readFile?: ReadFile | undefined;
}

export class ArenaPlay {
  readonly #options: ArenaPlayOptions;
  readonly #listeners = new Set<() => void>();
  #own: LearnerSession;
  #reference: LearnerSession | undefined;
  #shown: ArenaView['shown'] = 'yours';
  #last: { readonly judgement: Judgement; readonly digest: string } | undefined;
  #referenceScore: Judgement | undefined;

  constructor(options: ArenaPlayOptions) {
    this.#options = options;
    this.#own = this.#open();
  }

  get id(): string {
    return this.#options.asked.id;
  }

  /** The world on the screen: another one after `reset` and `show`. */
  get session(): WorldSession {
    return this.#shown === 'yours' ? this.#own : this.#referenceWorld();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  view(): ArenaView {
    const { asked, place, best } = this.#options;
    const last = this.#last;
    return {
      id: asked.id,
      place,
      requirement: asked.requirement,
      shown: this.#shown,
      best: best(),
      last: last?.judgement,
      outdated: last !== undefined && last.digest !== this.#digest(),
      reference: this.#referenceScore,
    };
  }

  /** Loads a copy of the world on the screen. Only what the learner built counts. */
  judge(): Judgement {
    this.#referenceScore ??= this.#judgeReference();
    if (this.#shown === 'reference') return this.#referenceScore;
    const judgement = this.#judgeOwn();
    this.#last = { judgement, digest: this.#digest() };
    if (judgement.ok) this.#options.onScore(judgement.total);
    this.#changed();
    return judgement;
  }

  /** The reference design as a world, or the learner's own again. */
  show(shown: ArenaView['shown']): void {
    if (shown === 'reference') this.#referenceScore ??= this.#judgeReference();
    this.#shown = shown;
    this.#changed();
  }

  /** The learner's world as it was at the beginning. */
  reset(): void {
    this.#own = this.#open();
    this.#shown = 'yours';
    this.#last = undefined;
    this.#changed();
  }

  #judgeOwn(): Judgement {
    if (this.#own.timeline().past)
      return { ok: false, why: 'This is the past of your world: go to the present first, or fork here.' };
    return judgeWorld(this.#options.worlds.copy(this.#own, this.#readFile), this.#options.asked.requirement);
  }

  get #readFile(): ReadFile {
    return this.#options.readFile ?? (() => undefined);
  }

  #judgeReference(): Judgement {
    const { worlds, asked } = this.#options;
    const { requirement } = asked;
    return judge({ worlds, requirement, design: requirement.reference.lines });
  }

  #referenceWorld(): LearnerSession {
    if (this.#reference === undefined) {
      this.#reference = this.#open();
      for (const line of this.#options.asked.requirement.reference.lines) {
        this.#reference.enter(line, 'lesson');
        this.#reference.drain();
      }
    }
    return this.#reference;
  }

  #open(): LearnerSession {
    const { worlds, asked } = this.#options;
    return arenaWorld({ worlds, requirement: asked.requirement, readFile: this.#readFile });
  }

  /** How the world was when it was judged, as far as a learner's acts go: time that passes changes no design. */
  #digest(): string {
    const { commands } = this.#own.position;
    return `${this.#own.timeline().current} ${commands}`;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
