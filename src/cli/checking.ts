/** `lessons check`: plays every lesson, on all cores. */
import type { GlobalFlags } from '../flags.ts';
import {
  checkFailed,
  checkLesson,
  checkReport,
  checkText,
  chosenLessons,
  type LessonFindings,
} from '../lessons/lint.ts';
import { lintArena, lintJudgements } from '../lessons/lintArena.ts';
import { type Course, type CourseLesson, lessonOf } from '../lessons/load.ts';
import { processors, shareOut, workForOther } from '../platform/crew.ts';
import { courseOf, worldsFor } from './course.ts';
import { type Exit, FAILED, GOOD, print, printJson, Usage } from './exit.ts';

interface CheckFlags extends GlobalFlags {
  readonly json?: boolean;
  /** How many processes; as many as there are cores if left out. */
  readonly jobs?: number;
  /** Of a process that another one started: checks what that hands over. */
  readonly worker?: boolean;
}

/** Starting a process costs as much as checking a lesson or two. */
const LESSONS_A_PROCESS = 3;

export async function check(flags: CheckFlags, ...ids: string[]): Promise<Exit> {
  const course = courseOf(flags);
  if (flags.worker === true) return work(course);
  const unknown = ids.find((id) => lessonOf(course, id) === undefined);
  if (unknown !== undefined)
    throw new Usage(`there is no lesson ${unknown}; see msg-playground lessons list`);
  const lessons = chosenLessons(course, ids.length === 0 ? undefined : ids);
  const findings = await findingsOf(course, lessons, flags);
  const worlds = worldsFor();
  const arena = lintArena(course, worlds.parse);
  // Designs are judged where the whole course is checked.
  if (ids.length === 0 && arena.length === 0) arena.push(...lintJudgements(course, worlds));
  const report = checkReport(course, findings, worlds.hasWorld, arena);
  if (flags.json === true) printJson(report);
  else print(checkText(report));
  return checkFailed(report) ? FAILED : GOOD;
}

async function findingsOf(
  course: Course,
  lessons: readonly CourseLesson[],
  { lessons: folder, jobs = processors() }: CheckFlags,
): Promise<LessonFindings[]> {
  const copies = Math.min(jobs, Math.ceil(lessons.length / LESSONS_A_PROCESS));
  const words = ['lessons', 'check', '--worker', ...(folder === undefined ? [] : ['--lessons', folder])];
  const ids = lessons.map(({ id }) => id);
  const shared = copies > 1 ? await shareOut(words, ids, copies) : undefined;
  const worlds = worldsFor();
  return lessons.map((lesson) => {
    // The other process is this program, so what it says has this shape.
    const found = shared?.get(lesson.id) as LessonFindings | undefined;
    return found ?? checkLesson(course, lesson, { worlds, parse: worlds.parse });
  });
}

async function work(course: Course): Promise<Exit> {
  const worlds = worldsFor();
  const asked = await workForOther((id) => {
    const lesson = lessonOf(course, id);
    // Without an answer, the program that asked checks it itself.
    return lesson === undefined ? undefined : checkLesson(course, lesson, { worlds, parse: worlds.parse });
  });
  if (!asked) throw new Usage('--worker is for processes that lessons check starts itself');
  return GOOD;
}
