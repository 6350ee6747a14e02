/** The course on disk, the player's progress, and the worlds that lessons are played in. */
import { CATALOG } from '../catalog.ts';
import { FILE_BYTES_MAX } from '../lessons/lesson.ts';
import { type Course, languageIn, loadCourse } from '../lessons/load.ts';
import { noProgress, type Progress, progressText, readProgress } from '../lessons/progress.ts';
import { type LessonWorlds, lessonWorlds, type WorldSources } from '../lessons/worlds.ts';
import { exists, join, readText, setAside, writeText } from '../platform/files.ts';
import { dataFolders, programFolder } from '../platform/folders.ts';
import { fileTree } from '../platform/tree.ts';
import { findSave } from '../session/savesFolder.ts';
import { Usage } from './exit.ts';
import { storedLanguage } from './settings.ts';
import { savesFolder } from './world.ts';

/** Where the files of a course lie: the folder that the flags name, or the program's own. */
export const courseFolder = ({ lessons }: CourseFlags): string => lessons ?? join(programFolder(), 'lessons');

/** A course in a folder; the program's own if left out. */
export function courseIn(folder: string = join(programFolder(), 'lessons'), language?: string): Course {
  // A file a little too large is read, so that the course can say so.
  return loadCourse(fileTree(folder, FILE_BYTES_MAX + 1_000_000), language);
}

export interface CourseFlags {
  /** A folder with a course from elsewhere. */
  readonly lessons?: string;
  /** Show lessons in this language where they are translated. */
  readonly language?: string;
}

/** The course that the flags name, in its own language: to be checked and translated. */
export function courseOf({ lessons }: CourseFlags): Course {
  findCourse(lessons);
  return courseIn(lessons);
}

function findCourse(lessons: string | undefined): void {
  if (lessons !== undefined && !exists(join(lessons, 'course.json'))) {
    const why = exists(lessons) ? 'it has no course.json' : 'there is no such folder';
    throw new Usage(`--lessons ${lessons}: ${why}`);
  }
}

/** The course to play: the one that the flags name, in the language of flags or settings. */
export function courseFor({ lessons, language }: CourseFlags): Course {
  findCourse(lessons);
  const course = courseIn(lessons, language ?? storedLanguage());
  if (language !== undefined && languageIn(course.languages, language) === undefined) {
    throw new Usage(`--language ${language}: this course is there in ${course.languages.join(', ')}`);
  }
  return course;
}

/** Where the progress of a course is kept: each course from elsewhere has a file of its own. */
export function progressPath({ lessons }: CourseFlags, { id }: Pick<Course, 'id'>): string {
  const { home, progress } = dataFolders();
  return lessons === undefined ? progress : join(home, 'courses', `${id}.json`);
}

/** Lessons begin in gallery worlds of the program, never in the player's saves. */
export function worldsFor(control?: WorldSources['control']): LessonWorlds {
  const { gallery, codec, services } = savesFolder();
  return lessonWorlds({
    catalog: CATALOG,
    gallery: (name) => {
      const found = findSave({ folder: gallery, gallery, codec, services }, name);
      return found.ok ? { data: found.save.timeline, settings: found.save.settings } : undefined;
    },
    ...(control === undefined ? {} : { control }),
  });
}

const PROGRESS_BYTES_MAX = 8 * 1_048_576;

export interface ProgressFile {
  readonly progress: Progress;
  /** What the player should know: a file that could not be read was set aside. */
  readonly note: string | undefined;
}

/** A file that cannot be read is kept aside before a new one is written. */
export function loadProgress(path = dataFolders().progress): ProgressFile {
  if (!exists(path)) return { progress: noProgress(), note: undefined };
  const read = readProgress(readText(path, PROGRESS_BYTES_MAX));
  if (read.ok) return { progress: read.progress, note: undefined };
  const aside = setAside(path);
  return {
    progress: noProgress(),
    note: `Your progress could not be read: ${read.why} It is kept as ${aside}.`,
  };
}

export function readProgressFile(path: string): ReturnType<typeof readProgress> {
  return readProgress(readText(path, PROGRESS_BYTES_MAX));
}

export const storeProgress = (progress: Progress, path = dataFolders().progress): void => {
  writeText(path, progressText(progress));
};
