/** Proves a draft as `lessons check` will, before it is written. */
import type { ReadFile } from '../session/surroundings.ts';
import { type Fact, FORMAT_VERSION, type Lesson } from './lesson.ts';
import { checkCourse } from './lint.ts';
import { loadCourse } from './load.ts';
import type { Problem } from './problem.ts';
import type { LessonWorlds } from './worlds.ts';

const COURSE = {
  formatVersion: FORMAT_VERSION,
  title: 'A draft',
  language: 'en',
  tracks: [{ id: 'draft', title: 'Draft' }],
};
const FILES = 'draft/files/';

export function checkDraft(
  lesson: Lesson,
  facts: readonly Fact[],
  worlds: LessonWorlds,
  readFile: ReadFile,
): readonly Problem[] {
  const files: Readonly<Record<string, unknown>> = {
    'course.json': COURSE,
    'facts.json': { facts },
    'draft/01-draft.json': lesson,
  };
  const course = loadCourse({
    list: () => Object.keys(files),
    read(path) {
      if (path.startsWith(FILES)) return readFile(path.slice(FILES.length));
      return files[path] === undefined ? undefined : new TextEncoder().encode(JSON.stringify(files[path]));
    },
  });
  return checkCourse(course, { worlds, parse: worlds.parse }).problems;
}

/** A lesson as its file is written. */
export const lessonText = (lesson: Lesson): string => `${JSON.stringify(lesson, null, 1)}\n`;
