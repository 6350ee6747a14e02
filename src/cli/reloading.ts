/** A course that is read again while its author writes. */
import { lintTexts, type ParseLine } from '../lessons/lintTexts.ts';
import { type Course, lessonOf } from '../lessons/load.ts';
import { problemText } from '../lessons/problem.ts';
import { FileTrouble } from '../platform/files.ts';
import { watchFolder } from '../platform/watching.ts';
import { type CourseFlags, courseFolder, courseFor } from './course.ts';
import { Usage } from './exit.ts';

/** The course, or why it cannot be read at this moment. */
export function attemptCourse(flags: CourseFlags): Course | Error {
  try {
    return courseFor(flags);
  } catch (error) {
    if (error instanceof Usage || error instanceof FileTrouble) return error;
    throw error;
  }
}

/** What the linter says of the files, and of the lesson that is played; undefined: nothing. */
export function reloadTrouble(course: Course, id: string | undefined, parse: ParseLine): string | undefined {
  const lesson = id === undefined ? undefined : lessonOf(course, id);
  const problems = [
    ...course.problems,
    ...(lesson === undefined ? [] : lintTexts(course, lesson, parse)),
  ].filter(({ severity }) => severity === 'error');
  if (problems.length === 0) return undefined;
  const kept = id !== undefined && lesson === undefined ? ['', 'The lesson goes on as it was.'] : [];
  return [...problems.map(problemText), ...kept].join('\n');
}

/** The lesson on the screen follows its file; `told` is called after each reading. What comes back ends it. */
export const watchCourse = (
  host: { reload(paths: readonly string[]): void },
  flags: CourseFlags,
  told = (): void => {},
): (() => void) =>
  watchFolder(courseFolder(flags), (paths) => {
    host.reload(paths);
    told();
  });
