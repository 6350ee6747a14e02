/** `progress show|export|import|reset`. */
import { createInterface } from 'node:readline/promises';
import type { GlobalFlags } from '../flags.ts';
import { listCourse } from '../lessons/list.ts';
import { lessonOf } from '../lessons/load.ts';
import { forget, merge, noProgress, progressText } from '../lessons/progress.ts';
import { type LearnerRow, learnerRow, learnersText } from '../lessons/progressTable.ts';
import { exists, nameOf, writeText } from '../platform/files.ts';
import { courseFor, loadProgress, progressPath, readProgressFile, storeProgress } from './course.ts';
import { complain, type Exit, FAILED, Failed, GOOD, print, printJson, Usage } from './exit.ts';

interface ShowFlags extends GlobalFlags {
  readonly json?: boolean;
  /** Progress files of many learners, for one table. */
  readonly from?: readonly string[];
}

export async function show(flags: ShowFlags): Promise<Exit> {
  if (flags.from !== undefined) return showMany(flags, flags.from);
  const course = courseFor(flags);
  const { progress, note } = loadProgress(progressPath(flags, course));
  if (flags.json === true) {
    printJson(progress);
    return GOOD;
  }
  const lessons = listCourse(course, progress);
  const skipped = lessons.reduce((sum, lesson) => sum + lesson.skipped, 0);
  const count = (state: string): number => lessons.filter((lesson) => lesson.state === state).length;
  const proved = Object.values(progress.facts).filter((fact) => fact.proved !== undefined).length;
  if (note !== undefined) print(note);
  print(`lessons  ${count('finished')} finished, ${count('begun')} begun, ${lessons.length} in all`);
  if (skipped > 0) print(`skipped  ${skipped} steps; they do not count as solved`);
  print(`facts    ${proved} proved, ${course.facts.length} in all`);
  for (const { id, state, done, skipped, steps } of lessons) {
    if (state === 'new') continue;
    print(`  ${id}: ${state === 'finished' ? 'finished' : `${done + skipped} of ${steps} steps`}`);
  }
  return GOOD;
}

/** One line a learner, named by the file. A file that cannot be read is named, and the others are shown. */
function showMany(flags: ShowFlags, files: readonly string[]): Exit {
  const course = courseFor(flags);
  const rows: LearnerRow[] = [];
  let failed = false;
  for (const file of files) {
    const read = exists(file)
      ? readProgressFile(file)
      : { ok: false as const, why: 'there is no such file.' };
    if (read.ok) rows.push(learnerRow(nameOf(file), course, read.progress));
    else {
      complain(`${file}: ${read.why}`);
      failed = true;
    }
  }
  if (flags.json === true) printJson({ learners: rows });
  else if (rows.length > 0) print(learnersText(rows));
  return failed ? FAILED : GOOD;
}

const pathFor = (flags: GlobalFlags): string => progressPath(flags, courseFor(flags));

export async function exportTo(flags: GlobalFlags, file?: string): Promise<Exit> {
  const text = progressText(loadProgress(pathFor(flags)).progress);
  if (file === undefined || file === '-') print(text);
  else writeText(file, text);
  return GOOD;
}

/** Adds: what is done here stays done. */
export async function importFrom(flags: GlobalFlags, file = ''): Promise<Exit> {
  const read = readProgressFile(file);
  if (!read.ok) throw new Failed(`${file}: ${read.why}`);
  const path = pathFor(flags);
  storeProgress(merge(loadProgress(path).progress, read.progress), path);
  return GOOD;
}

export async function reset(flags: GlobalFlags & { readonly yes?: boolean }, lesson?: string): Promise<Exit> {
  const path = pathFor(flags);
  const { progress } = loadProgress(path);
  if (lesson !== undefined) {
    if (lessonOf(courseFor(flags), lesson) === undefined && progress.lessons[lesson] === undefined) {
      throw new Usage(`there is no lesson ${lesson}; see msg-playground lessons list`);
    }
    storeProgress(forget(progress, lesson), path);
    return GOOD;
  }
  if (flags.yes !== true && !(await isSure())) throw new Failed('nothing was forgotten; say --yes to do it');
  storeProgress(noProgress(), path);
  return GOOD;
}

async function isSure(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await ask.question('Forget all lessons and facts? Type yes: ');
  ask.close();
  return answer.trim() === 'yes';
}
