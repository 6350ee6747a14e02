/**
 * The host of a start at home: it paints from files alone, and loads the worlds once the first frame is there. What
 * needs a world before that is done as soon as they are.
 */
import type { GlobalFlags } from '../flags.ts';
import type { ArenaDesk } from '../lessons/arenaDesk.ts';
import type { DrawingTest } from '../lessons/drawingTest.ts';
import type { ExamDesk } from '../lessons/examDesk.ts';
import { wall } from '../platform/clock.ts';
import { stopUntilContinued } from '../platform/terminal.ts';
import type { Done, Session } from '../session/sessionTypes.ts';
import { openArena } from '../tui/actions/arena.ts';
import { openDraw } from '../tui/actions/draw.ts';
import { openExam } from '../tui/actions/exam.ts';
import { openLesson, openSandbox } from '../tui/actions/home.ts';
import type { Completion, HomeView, Host, LessonPlay, Opened, Preview, Settings } from '../tui/host.ts';
import type { Shell } from '../tui/shell.ts';
import type { PlayHost } from './host.ts';
import { storeSettings } from './settings.ts';

const NOTHING: Completion = { from: 0, to: 0, items: [], ghost: '', status: '', complete: false, title: '' };

export class HomeHost implements Host {
  shell: Shell | undefined;
  readonly suspend: (() => Promise<void>) | undefined;
  readonly #flags: GlobalFlags;
  readonly #listeners = new Set<() => void>();
  #first: HomeView;
  #settings: Settings;
  #full: PlayHost | undefined;
  #loading: Promise<void> | undefined;
  /** What the player asked for too early; the last wish counts. */
  #wish: ((shell: Shell) => void) | undefined;

  constructor(flags: GlobalFlags, settings: Settings, first: HomeView) {
    this.#flags = flags;
    this.#settings = settings;
    this.#first = first;
    this.suspend = process.platform === 'win32' ? undefined : stopUntilContinued;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get worlds(): PlayHost['worlds'] | undefined {
    return this.#full?.worlds;
  }

  attach(shell: Shell): void {
    this.shell = shell;
  }

  /** Loads the worlds, once. Rejects when that fails: the program is not whole then. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { PlayHost } = await import('./host.ts');
    const full = new PlayHost(this.#flags, this.#settings);
    this.#full = full;
    const { shell } = this;
    if (shell === undefined) return;
    full.attach(shell);
    for (const listener of [...this.#listeners]) listener();
    this.#wish?.(shell);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  wall(): number {
    return wall();
  }

  home(): HomeView {
    return this.#full?.home() ?? this.#first;
  }

  openLesson(id: string): Opened<LessonPlay> {
    return this.#full?.openLesson(id) ?? this.#later((shell) => openLesson(shell, id));
  }

  openExam(): Opened<ExamDesk> {
    return this.#full?.openExam() ?? this.#later((shell) => openExam(shell));
  }

  openArena(): Opened<ArenaDesk> {
    return this.#full?.openArena() ?? this.#later((shell) => openArena(shell));
  }

  openDrawing(): Opened<DrawingTest> {
    return this.#full?.openDrawing() ?? this.#later((shell) => openDraw(shell));
  }

  preview(id: string): Preview | undefined {
    return this.#full?.preview(id);
  }

  openSandbox(name?: string): Opened<Session> {
    return this.#full?.openSandbox(name) ?? this.#later((shell) => openSandbox(shell, name));
  }

  save(session: Session, name: string): Done {
    return this.#full?.save(session, name) ?? { ok: false, why: 'There is no world to save yet.' };
  }

  leave(session: Session): void {
    this.#full?.leave(session);
  }

  complete(session: Session, text: string, cursor: number): Completion {
    return this.#full?.complete(session, text, cursor) ?? NOTHING;
  }

  get languages(): readonly string[] | undefined {
    return this.#full?.languages;
  }

  change(settings: Settings): void {
    this.#settings = settings;
    if (this.#full === undefined) storeSettings(settings);
    else this.#full.change(settings);
  }

  copy(text: string): void {
    this.#full?.copy(text);
  }

  #later(wish: (shell: Shell) => void): { readonly ok: false; readonly why: string } {
    this.#wish = wish;
    void this.load();
    return { ok: false, why: 'It opens in a moment.' };
  }
}
