/** What the screen asks of the program around it: worlds, lessons, progress, settings, the clipboard. */
import { CATALOG } from '../catalog.ts';
import { complete } from '../command/complete.ts';
import type { ControlAnswer } from '../command/console.ts';
import { type GivenDials, readDials } from '../contract/hostDials.ts';
import type { GlobalFlags } from '../flags.ts';
import { ArenaDesk } from '../lessons/arenaDesk.ts';
import type { DrawnPicture } from '../lessons/drawingPictures.ts';
import { DrawingTest } from '../lessons/drawingTest.ts';
import { ExamDesk } from '../lessons/examDesk.ts';
import { factSheet } from '../lessons/factSheet.ts';
import type { Course } from '../lessons/load.ts';
import { lessonOf } from '../lessons/load.ts';
import { type ProgressRecord, record } from '../lessons/progress.ts';
import { LessonRunner } from '../lessons/runner.ts';
import { changedLessons } from '../lessons/watching.ts';
import type { LessonWorlds } from '../lessons/worlds.ts';
import { today, wall } from '../platform/clock.ts';
import { someSeed } from '../platform/seed.ts';
import { stopUntilContinued } from '../platform/terminal.ts';
import { listSaves } from '../session/savesList.ts';
import type { Done, Session } from '../session/sessionTypes.ts';
import { openFacts } from '../tui/actions/facts.ts';
import { goHome, openLesson, openSandbox } from '../tui/actions/home.ts';
import { homeView } from '../tui/homeView.ts';
import type { Completion, HomeView, Host, LessonPlay, Opened, Preview, Settings } from '../tui/host.ts';
import { lessonPlay, lessonPreview } from '../tui/lessonPlay.ts';
import type { Shell } from '../tui/shell.ts';
import { arenaVerb } from './arenaVerb.ts';
import { courseFor, loadProgress, progressPath, storeProgress, worldsFor } from './course.ts';
import { factsAnswer } from './facts.ts';
import { keptWorlds } from './firstHome.ts';
import { OpenWorlds } from './openWorlds.ts';
import { attemptCourse, reloadTrouble } from './reloading.ts';
import { storeSettings } from './settings.ts';
import { savesFolder } from './world.ts';

const DESCRIPTIONS = new Map(CATALOG.map(({ description }) => [description.name, description]));
/** A clipboard takes no more over the terminal's line. */
const COPY_MAX = 100_000;

export class PlayHost implements Host {
  settings: Settings;
  /** The screen, once it is there. */
  shell: Shell | undefined;
  readonly worlds: OpenWorlds;
  readonly suspend: (() => Promise<void>) | undefined;
  pacerOf: Host['pacerOf'];
  #flags: GlobalFlags;
  #course: Course;
  readonly #lessonWorlds: LessonWorlds;
  readonly #saves = savesFolder();
  readonly #progressPath: string;
  #progress: ReturnType<typeof loadProgress>['progress'];
  #home: HomeView | undefined;
  #desk: ExamDesk | undefined;
  #arena: ArenaDesk | undefined;
  #drawing: DrawingTest | undefined;
  /** The player's own picture for the drawing test. */
  ownPicture: DrawnPicture | undefined;
  readonly #notes: string[] = [];
  readonly #lines: boolean;

  /** `lines`: nothing is painted, so what would open in a pane is printed. */
  constructor(flags: GlobalFlags, settings: Settings, lines = false) {
    this.settings = settings;
    this.#flags = flags;
    this.#lines = lines;
    this.suspend = process.platform === 'win32' ? undefined : stopUntilContinued;
    this.worlds = new OpenWorlds({
      saves: this.#saves,
      flags,
      tell: (note) => this.#tell(note),
      travel: (session, group, verb, input) => this.#travel(session, group, verb, input),
    });
    this.#course = courseFor(flags);
    this.#progressPath = progressPath(flags, this.#course);
    const { progress, note } = loadProgress(this.#progressPath);
    this.#progress = progress;
    if (note !== undefined) this.#tell(note);
    this.#lessonWorlds = worldsFor(this.worlds.sessionOptions.control);
  }

  wall(): number {
    return wall();
  }

  home(): HomeView {
    this.#home ??= homeView({
      course: this.#course,
      progress: this.#progress,
      saves: keptWorlds(listSaves(this.#saves)),
      now: today(),
    });
    return this.#home;
  }

  openLesson(id: string): Opened<LessonPlay> {
    const lesson = lessonOf(this.#course, id);
    if (lesson === undefined) return { ok: false, why: `There is no lesson ${id}.` };
    const known = this.#progress.lessons[id];
    let resuming = true;
    const runner = new LessonRunner({
      course: this.#course,
      lesson,
      worlds: this.#lessonWorlds,
      onRecord: (entry) => {
        if (!resuming) this.#record(entry);
      },
      passed: (step) => resuming || known?.steps[step] !== undefined,
    });
    const { at } = known ?? {};
    if (at !== undefined && at !== lesson.lesson.steps[0]?.id) runner.jump(at);
    resuming = false;
    return { ok: true, value: lessonPlay(runner, () => this.home()) };
  }

  /** The files of the course changed: what is right is shown, and what is not is said. */
  reload(paths: readonly string[]): void {
    const { shell } = this;
    const play = shell?.world()?.play;
    const id = play?.view().id;
    const course = attemptCourse(this.#flags);
    const told =
      course instanceof Error ? course.message : reloadTrouble(course, id, this.#lessonWorlds.parse);
    if (!(course instanceof Error) && (id === undefined || lessonOf(course, id) !== undefined)) {
      const before = lessonOf(this.#course, id ?? '');
      this.#course = course;
      this.#home = undefined;
      const changed = changedLessons(
        { ...course, lessons: before === undefined ? [] : [before] },
        course,
        paths,
      );
      if (shell !== undefined && changed.some((each) => each.id === id)) openLesson(shell, id ?? '');
      else shell?.refresh();
    }
    if (shell === undefined) return;
    if (told === undefined) shell.notice(`Read again: ${paths.join(', ')}.`);
    else if (this.#lines) shell.notice(told);
    else
      shell.store.update((state) => {
        state.popover = { type: 'text', title: 'What lessons check says', text: told, scroll: 0 };
      });
  }

  openExam(): Opened<ExamDesk> {
    this.#desk ??= new ExamDesk({
      course: this.#course,
      progress: () => this.#progress,
      onRecord: (entry) => this.#record(entry),
      wall,
      today,
      newSeed: someSeed,
    });
    return { ok: true, value: this.#desk };
  }

  openArena(): Opened<ArenaDesk> {
    this.#arena ??= new ArenaDesk({
      course: this.#course,
      worlds: this.#lessonWorlds,
      progress: () => this.#progress,
      onRecord: (entry) => this.#record(entry),
      readFile: this.worlds.sessionOptions.readFile ?? (() => undefined),
    });
    return { ok: true, value: this.#arena };
  }

  openDrawing(): Opened<DrawingTest> {
    this.#drawing ??= new DrawingTest(CATALOG, this.ownPicture);
    return { ok: true, value: this.#drawing };
  }

  preview(id: string): Preview | undefined {
    return lessonPreview(this.#course, this.#lessonWorlds, id);
  }

  openSandbox(name?: string): Opened<Session> {
    this.#home = undefined;
    return this.worlds.open(name);
  }

  save(session: Session, name: string): Done {
    this.#home = undefined;
    return this.worlds.save(session, name);
  }

  leave(session: Session): void {
    this.#home = undefined;
    this.worlds.leave(session);
  }

  complete(session: Session, text: string, cursor: number): Completion {
    return complete(
      text,
      cursor,
      session.surroundings(),
      DESCRIPTIONS,
      session.consoleState.variables.keys(),
    );
  }

  get languages(): readonly string[] {
    return this.#course.languages;
  }

  change(settings: Settings): void {
    const isOther = settings.language !== this.settings.language;
    this.settings = settings;
    storeSettings(settings);
    if (isOther) this.#speak(settings.language);
  }

  /** Texts in another language; a lesson that is being played is left as it is. */
  #speak(language: string | undefined): void {
    const { language: _before, ...flags } = this.#flags;
    this.#flags = language === undefined ? flags : { ...flags, language };
    const course = attemptCourse(this.#flags);
    if (course instanceof Error) return;
    this.#course = course;
    this.#home = undefined;
    if (this.shell?.exam() === undefined) this.#desk = undefined;
    if (this.shell?.world()?.play !== undefined)
      this.#tell('The lesson is in this language when it is opened again.');
  }

  /** OSC 52; terminals that do not know it show nothing. */
  copy(text: string): void {
    const data = Buffer.from(text.slice(0, COPY_MAX)).toString('base64');
    process.stdout.write(`\x1b]52;c;${data}\x07`);
  }

  /** What came up before the screen was there is told when it is. */
  attach(shell: Shell): void {
    this.shell = shell;
    const note = this.#notes.splice(0).join(' ');
    if (note !== '') shell.notice(note);
  }

  #tell(note: string): void {
    if (this.shell === undefined) this.#notes.push(note);
    else this.shell.notice(note);
  }

  #record(entry: ProgressRecord): void {
    this.#progress = record(this.#progress, entry, today());
    this.#home = undefined;
    storeProgress(this.#progress, this.#progressPath);
  }

  /** From one world to another, when the line that asks for it has ended. */
  #travel(_session: Session, group: string, verb: string, input: object): ControlAnswer | undefined {
    const { shell } = this;
    if (shell === undefined) return undefined;
    const { name, id, ...flags } = input as GlobalFlags & { readonly name?: string; readonly id?: string };
    if (group === 'arena') return arenaVerb(shell, verb, id, this.#lines);
    if (group === 'facts') {
      if (this.#lines) return factsAnswer(factSheet(this.#course, this.#progress), input);
      queueMicrotask(() => openFacts(shell, input));
      return { ok: true };
    }
    if (group === 'lesson' && id !== undefined) {
      if (lessonOf(this.#course, id) === undefined) {
        return { ok: false, error: { kind: 'usage', text: `There is no lesson ${id}.` } };
      }
      queueMicrotask(() => openLesson(shell, id));
      return { ok: true };
    }
    if (group === 'lesson') {
      queueMicrotask(() => goHome(shell));
      return { ok: true };
    }
    if (group === 'world' && verb === 'load' && name !== undefined) {
      queueMicrotask(() => openSandbox(shell, name));
      return { ok: true };
    }
    if (group === 'world' && verb === 'new') {
      const read = readDials(input as GivenDials, flags.delivery ?? 'typical');
      if (!read.ok) return { ok: false, error: { kind: 'usage', text: read.why } };
      const { dials } = read;
      queueMicrotask(() => {
        const world = shell.world();
        if (world !== undefined) this.leave(world.session);
        shell.show({ session: this.worlds.create({ ...flags, ...(dials && { dials }) }), play: undefined });
      });
      return { ok: true };
    }
    return undefined;
  }
}
