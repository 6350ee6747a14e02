/** `lessons list|check|vocabulary`. */
import type { GlobalFlags } from '../flags.ts';
import { checkCourse, checkFailed, checkText } from '../lessons/lint.ts';
import { listJson, listText } from '../lessons/list.ts';
import { lessonOf } from '../lessons/load.ts';
import { exists } from '../platform/files.ts';
import { VOCABULARY, vocabularyText } from '../projection/vocabulary.ts';
import { courseIn, loadProgress, worldsFor } from './course.ts';
import { type Exit, FAILED, GOOD, print, printJson, Usage } from './exit.ts';

interface CourseFlags extends GlobalFlags {
  readonly lessons?: string;
  readonly json?: boolean;
}

function courseOf({ lessons }: CourseFlags): ReturnType<typeof courseIn> {
  if (lessons !== undefined && !exists(lessons))
    throw new Usage(`--lessons ${lessons}: there is no such folder`);
  return courseIn(lessons);
}

export async function list(flags: CourseFlags): Promise<Exit> {
  const course = courseOf(flags);
  const { progress } = loadProgress();
  if (flags.json === true) printJson(listJson(course, progress));
  else print(listText(course, progress));
  return GOOD;
}

/** Plays every lesson, and proves what the format demands. */
export async function check(flags: CourseFlags, ...ids: string[]): Promise<Exit> {
  const course = courseOf(flags);
  const unknown = ids.find((id) => lessonOf(course, id) === undefined);
  if (unknown !== undefined)
    throw new Usage(`there is no lesson ${unknown}; see msg-playground lessons list`);
  const worlds = worldsFor();
  const report = checkCourse(course, {
    worlds,
    parse: worlds.parse,
    ...(ids.length === 0 ? {} : { only: ids }),
  });
  if (flags.json === true) printJson(report);
  else print(checkText(report));
  return checkFailed(report) ? FAILED : GOOD;
}

export async function vocabulary(flags: CourseFlags): Promise<Exit> {
  if (flags.json === true) printJson(VOCABULARY);
  else print(vocabularyText());
  return GOOD;
}

export const notModelled = (name: string) => async (): Promise<Exit> => {
  throw new Usage(`not modelled: lessons ${name}`);
};
