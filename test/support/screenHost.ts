/** A host for screens under test: real sessions, the course of the repository, saves in memory. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CATALOG } from '../../src/catalog.ts';
import { complete } from '../../src/command/complete.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { ArenaDesk } from '../../src/lessons/arenaDesk.ts';
import { DrawingTest } from '../../src/lessons/drawingTest.ts';
import { ExamDesk } from '../../src/lessons/examDesk.ts';
import { type Course, loadCourse } from '../../src/lessons/load.ts';
import { noProgress, type ProgressRecord, record } from '../../src/lessons/progress.ts';
import { LessonRunner } from '../../src/lessons/runner.ts';
import { lessonWorlds } from '../../src/lessons/worlds.ts';
import { createSession } from '../../src/session/session.ts';
import type { Session } from '../../src/session/sessionTypes.ts';
import { homeView, type KeptWorld } from '../../src/tui/homeView.ts';
import type { Completion, Host, Settings } from '../../src/tui/host.ts';
import { lessonPlay, lessonPreview } from '../../src/tui/lessonPlay.ts';

const ROOT = fileURLToPath(new URL('../../lessons/', import.meta.url));
const NOW = Date.UTC(2026, 0, 5, 9);

export const repositoryCourse = () =>
  loadCourse({
    list: () =>
      readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/')),
    read: (path) => {
      try {
        return readFileSync(ROOT + path);
      } catch {
        return undefined;
      }
    },
  });

export interface ScreenHost extends Host {
  readonly copied: string[];
  readonly left: Session[];
  readonly kept: KeptWorld[];
}

const DESCRIPTIONS = new Map(CATALOG.map(({ description }) => [description.name, description]));

const completion = (session: Session, text: string, cursor: number): Completion =>
  complete(text, cursor, session.surroundings(), DESCRIPTIONS, session.consoleState.variables.keys());

export interface ScreenHostOptions {
  readonly wall?: () => number;
  readonly complete?: Host['complete'];
  readonly settings?: Partial<Settings>;
  /** The course of the repository if left out. */
  readonly course?: Course;
}

export function screenHost(options: ScreenHostOptions = {}): ScreenHost {
  const course = options.course ?? repositoryCourse();
  const worlds = lessonWorlds({ catalog: CATALOG });
  const kept: KeptWorld[] = [];
  const copied: string[] = [];
  const left: Session[] = [];
  let progress = noProgress();
  let settings: Settings = { theme: 'dark', fps: 10, ascii: false, ...options.settings };
  const keep = (entry: ProgressRecord): void => {
    progress = record(progress, entry, NOW);
  };
  const desk = new ExamDesk({
    course,
    progress: () => progress,
    onRecord: keep,
    wall: options.wall ?? (() => 0),
    today: () => NOW,
    newSeed: () => 5,
  });
  const arena = new ArenaDesk({ course, worlds, progress: () => progress, onRecord: keep });
  const drawing = new DrawingTest(CATALOG);
  const home = () => homeView({ course, progress, saves: kept, now: NOW });
  return {
    wall: options.wall ?? (() => 0),
    home,
    openLesson(id) {
      const lesson = course.lessons.find((each) => each.id === id);
      if (lesson === undefined) return { ok: false, why: `There is no lesson ${id}.` };
      const runner = new LessonRunner({
        course,
        lesson,
        worlds,
        onRecord: keep,
      });
      return { ok: true, value: lessonPlay(runner, home) };
    },
    openExam: () => ({ ok: true, value: desk }),
    openArena: () => ({ ok: true, value: arena }),
    openDrawing: () => ({ ok: true, value: drawing }),
    preview: (id) => lessonPreview(course, worlds, id),
    openSandbox: (name) => ({
      ok: true,
      value: createSession({
        catalog: CATALOG,
        settings: worldSettings({ seed: 5 }),
        name: name ?? 'untitled',
      }),
    }),
    save(_session, name) {
      if (!/^[a-z0-9-]+$/.test(name)) return { ok: false, why: 'Small letters, digits and - only.' };
      kept.push({ name, about: 'sandbox', savedAt: NOW });
      return { ok: true };
    },
    leave: (session) => void left.push(session),
    complete: options.complete ?? completion,
    get settings() {
      return settings;
    },
    change(next) {
      settings = next;
    },
    copy: (text) => void copied.push(text),
    copied,
    left,
    kept,
  };
}
