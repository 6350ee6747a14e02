/** `lessons list|vocabulary`. */
import type { GlobalFlags } from '../flags.ts';
import { listJson, listText } from '../lessons/list.ts';
import { VOCABULARY, vocabularyText } from '../projection/vocabulary.ts';
import { courseFor, loadProgress, progressPath } from './course.ts';
import { type Exit, GOOD, print, printJson } from './exit.ts';

interface ListFlags extends GlobalFlags {
  readonly json?: boolean;
}

export async function list(flags: ListFlags): Promise<Exit> {
  const course = courseFor(flags);
  const { progress } = loadProgress(progressPath(flags, course));
  if (flags.json === true) printJson(listJson(course, progress));
  else print(listText(course, progress));
  return GOOD;
}

export async function vocabulary(flags: ListFlags): Promise<Exit> {
  if (flags.json === true) printJson(VOCABULARY);
  else print(vocabularyText());
  return GOOD;
}
