/** `lessons check`: plays every lesson, on all cores. */
import type { GlobalFlags } from '../flags.ts';
import {
  type CheckReport,
  checkFailed,
  checkLesson,
  checkReport,
  checkText,
  chosenLessons,
  type LessonFindings,
} from '../lessons/lint.ts';
import { lintArena, lintJudgements } from '../lessons/lintArena.ts';
import { type Course, type CourseLesson, lessonOf } from '../lessons/load.ts';
import { problemText } from '../lessons/problem.ts';
import { changedLessons } from '../lessons/watching.ts';
import { processors, shareOut, workForOther } from '../platform/crew.ts';
import { watchUntilLeft } from '../platform/watching.ts';
import { courseFolder, courseOf, worldsFor } from './course.ts';
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
  if (unknown !== undefined) throw new Usage(missingText(course, unknown));
  if (flags.watch === true && flags.json === true)
    throw new Usage('--watch prints for a person: leave --json out');
  const lessons = chosenLessons(course, ids.length === 0 ? undefined : ids);
  const findings = await findingsOf(course, lessons, flags);
  const report = reportOf(course, findings, ids.length === 0);
  if (flags.json === true) printJson(report);
  else print(checkText(report));
  if (flags.watch === true) return keepChecking(flags, course, ids, findings);
  return checkFailed(report) ? FAILED : GOOD;
}

/** A file that cannot be read is no lesson: what is wrong with it says more than that. */
function missingText(course: Course, id: string): string {
  const [track, name] = id.split('/');
  const problems = course.problems.filter(
    ({ file }) => file.startsWith(`${track}/`) && file.endsWith(`-${name}.json`),
  );
  if (problems.length === 0) return `there is no lesson ${id}; see msg-playground lessons list`;
  return [`${id} cannot be read`, ...problems.map(problemText)].join('\n');
}

/** `judges`: the designs of the arena are judged, too. */
function reportOf(course: Course, findings: readonly LessonFindings[], judges: boolean): CheckReport {
  const worlds = worldsFor();
  const arena = lintArena(course, worlds.parse);
  if (judges && arena.length === 0) arena.push(...lintJudgements(course, worlds));
  return checkReport(course, findings, worlds.hasWorld, arena);
}

/** Reads the course again at each change, checks what is other than before, and reports the whole. Ends with Ctrl+C. */
function keepChecking(
  flags: CheckFlags,
  first: Course,
  ids: readonly string[],
  firstFindings: readonly LessonFindings[],
): Promise<Exit> {
  const worlds = worldsFor();
  const found = new Map(firstFindings.map((each) => [each.lesson.id, each]));
  let course = first;
  print(`\nWatching ${courseFolder(flags)}; Ctrl+C ends it.`);
  return watchUntilLeft(courseFolder(flags), (paths) => {
    const next = courseOf(flags);
    const changed = changedLessons(course, next, paths);
    course = next;
    const chosen = chosenLessons(course, ids.length === 0 ? undefined : ids);
    for (const lesson of chosen) {
      if (changed.includes(lesson) || !found.has(lesson.id))
        found.set(lesson.id, checkLesson(course, lesson, { worlds, parse: worlds.parse }));
    }
    const findings = chosen.flatMap(({ id }) => found.get(id) ?? []);
    const judges = ids.length === 0 && paths.some((path) => path.startsWith('arena/'));
    print(`\n${paths.join(', ')} changed`);
    print(newsText(reportOf(course, findings, judges), changed));
  });
}

/** The lessons that were checked again, every problem there is, and the count. */
function newsText(report: CheckReport, changed: readonly CourseLesson[]): string {
  const lessons = report.lessons.filter(({ id }) => changed.some((each) => each.id === id));
  return checkText({ ...report, lessons }).replace(
    / lessons?, /u,
    ` of ${report.lessons.length} lessons checked again, `,
  );
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
