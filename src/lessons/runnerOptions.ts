/** What a runner needs, and what playing lines gives. */
import type { Course, CourseLesson } from './load.ts';
import type { ProgressRecord } from './progress.ts';
import type { LessonWorlds } from './worlds.ts';

export interface RunnerOptions {
  readonly course: Course;
  readonly lesson: CourseLesson;
  readonly worlds: LessonWorlds;
  /** Told of everything that progress remembers. */
  readonly onRecord?: (record: ProgressRecord) => void;
  /** May this step be skipped although the course does not allow it: it was done before. */
  readonly passed?: (step: string) => boolean;
}

export interface Played {
  readonly met: boolean;
  /** The line that was refused, and in which words. */
  readonly refused?: { readonly line: string; readonly text: string };
}
