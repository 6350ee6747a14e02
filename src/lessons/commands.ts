/** `lessons list`, `check` and `vocabulary`: what they print, and whether they failed. */
import { VOCABULARY, vocabularyText } from '../projection/vocabulary.ts';
import { type CheckOptions, checkCourse, checkFailed, checkText } from './lint.ts';
import { listJson, listText } from './list.ts';
import type { Course } from './load.ts';
import { problemText } from './problem.ts';
import { noProgress, type Progress } from './progress.ts';
import { lessonSchemaJson } from './schema.ts';

export interface Printed {
  /** For stdout, with its last newline. */
  readonly text: string;
  readonly failed: boolean;
}

const printed = (text: string, failed = false): Printed => ({ text: `${text}\n`, failed });
const json = (value: object, failed = false): Printed => printed(JSON.stringify(value, null, 2), failed);

/** Fails when a file of the course cannot be read; what can be read is listed all the same. */
export function lessonsList(course: Course, progress: Progress = noProgress(), asJson = false): Printed {
  const failed = course.problems.length > 0;
  if (asJson) return json({ ...listJson(course, progress), problems: course.problems }, failed);
  const problems = course.problems.map(problemText);
  return printed([listText(course, progress), ...problems].join('\n'), failed);
}

/** `only`: ids of lessons; an unknown one is a failure of its own. */
export function lessonsCheck(course: Course, options: CheckOptions, asJson = false): Printed {
  const unknown = (options.only ?? []).filter((id) => !course.lessons.some((lesson) => lesson.id === id));
  if (unknown.length > 0) {
    const known = course.lessons.map((lesson) => lesson.id).join(', ');
    return printed(`There is no lesson ${unknown.join(', ')}. There are: ${known}.`, true);
  }
  const report = checkCourse(course, options);
  const failed = checkFailed(report);
  return asJson ? json(report, failed) : printed(checkText(report), failed);
}

export const lessonsVocabulary = (asJson = false): Printed =>
  asJson ? json(VOCABULARY) : printed(vocabularyText().trimEnd());

/** `lesson.schema.json`, for editors. */
export const lessonsSchema = (): Printed => printed(lessonSchemaJson().trimEnd());
