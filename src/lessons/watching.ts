/** What changed between two readings of a course, while an author writes. */
import type { Course, CourseLesson } from './load.ts';

/** Lessons that are new or other than before, by what is in their files and in the files of their tracks. */
export function changedLessons(
  before: Course,
  after: Course,
  paths: readonly string[],
): readonly CourseLesson[] {
  const known = new Map(before.lessons.map((each) => [each.id, JSON.stringify(each.lesson)]));
  const tracks = new Set(paths.flatMap((path) => /^([a-z0-9-]+)\/files\//u.exec(path)?.[1] ?? []));
  return after.lessons.filter(
    (each) => tracks.has(each.track) || known.get(each.id) !== JSON.stringify(each.lesson),
  );
}
