/** `progress show|export|import|reset`. */
import { createInterface } from 'node:readline/promises';
import type { GlobalFlags } from '../flags.ts';
import { listCourse } from '../lessons/list.ts';
import { lessonOf } from '../lessons/load.ts';
import { forget, merge, noProgress, progressText } from '../lessons/progress.ts';
import { writeText } from '../platform/files.ts';
import { courseIn, loadProgress, readProgressFile, storeProgress } from './course.ts';
import { type Exit, Failed, GOOD, print, printJson, Usage } from './exit.ts';

export async function show(flags: GlobalFlags & { readonly json?: boolean }): Promise<Exit> {
  const { progress, note } = loadProgress();
  if (flags.json === true) {
    printJson(progress);
    return GOOD;
  }
  const course = courseIn();
  const lessons = listCourse(course, progress);
  const count = (state: string): number => lessons.filter((lesson) => lesson.state === state).length;
  const proved = Object.values(progress.facts).filter((fact) => fact.proved !== undefined).length;
  if (note !== undefined) print(note);
  print(`lessons  ${count('finished')} finished, ${count('begun')} begun, ${lessons.length} in all`);
  print(`facts    ${proved} proved, ${course.facts.length} in all`);
  for (const { id, state, done, skipped, steps } of lessons) {
    if (state === 'new') continue;
    print(`  ${id}: ${state === 'finished' ? 'finished' : `${done + skipped} of ${steps} steps`}`);
  }
  return GOOD;
}

export async function exportTo(_flags: GlobalFlags, file?: string): Promise<Exit> {
  const text = progressText(loadProgress().progress);
  if (file === undefined || file === '-') print(text);
  else writeText(file, text);
  return GOOD;
}

/** Adds: what is done here stays done. */
export async function importFrom(_flags: GlobalFlags, file = ''): Promise<Exit> {
  const read = readProgressFile(file);
  if (!read.ok) throw new Failed(`${file}: ${read.why}`);
  storeProgress(merge(loadProgress().progress, read.progress));
  return GOOD;
}

export async function reset(flags: GlobalFlags & { readonly yes?: boolean }, lesson?: string): Promise<Exit> {
  const { progress } = loadProgress();
  if (lesson !== undefined) {
    if (lessonOf(courseIn(), lesson) === undefined && progress.lessons[lesson] === undefined) {
      throw new Usage(`there is no lesson ${lesson}; see msg-playground lessons list`);
    }
    storeProgress(forget(progress, lesson));
    return GOOD;
  }
  if (flags.yes !== true && !(await isSure())) throw new Failed('nothing was forgotten; say --yes to do it');
  storeProgress(noProgress());
  return GOOD;
}

async function isSure(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await ask.question('Forget all lessons and facts? Type yes: ');
  ask.close();
  return answer.trim() === 'yes';
}
