/** `facts`: the facts of the study guide, and what has been seen, asked and missed of them. */
import type { ControlAnswer } from '../command/console.ts';
import type { GlobalFlags } from '../flags.ts';
import {
  chooseFacts,
  FACT_SERVICES,
  type FactChoice,
  type FactGroup,
  factSheet,
  factsText,
} from '../lessons/factSheet.ts';
import { courseFor, courseIn, loadProgress, progressPath } from './course.ts';
import { type Exit, GOOD, print, printJson, Usage } from './exit.ts';

interface FactsFlags extends GlobalFlags {
  readonly service?: string;
  readonly missed?: boolean;
  readonly json?: boolean;
}

export async function facts(flags: FactsFlags): Promise<Exit> {
  const { service, missed } = flags;
  const known = FACT_SERVICES.some((name) => name.toLowerCase() === service?.toLowerCase());
  if (service !== undefined && !known) {
    throw new Usage(`--service ${service}: there are ${FACT_SERVICES.join(', ').toLowerCase()}`);
  }
  const course = courseFor(flags);
  const { progress, note } = loadProgress(progressPath(flags, course));
  const groups = chooseFacts(factSheet(course, progress), { service, missed });
  if (flags.json === true) {
    printJson({ facts: groups.flatMap((group) => group.facts) });
    return GOOD;
  }
  if (note !== undefined) print(note);
  print(factsText(groups));
  return GOOD;
}

/** The prompt's `facts` where there is no screen: the list. */
export const factsAnswer = (sheet: readonly FactGroup[], choice: FactChoice): ControlAnswer => ({
  ok: true,
  text: factsText(chooseFacts(sheet, choice)),
});

/** Of a script. Undefined: another verb. */
export const factsVerb = (group: string, input: object): ControlAnswer | undefined =>
  group === 'facts' ? factsAnswer(factSheet(courseIn(), loadProgress().progress), input) : undefined;
