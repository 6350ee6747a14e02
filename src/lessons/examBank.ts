/** The questions of a course's banks by their names, and where the answer of each can be seen. */
import type { FactStep } from './factSheet.ts';
import type { BankQuestion } from './lesson.ts';
import { serviceOf, splitShow, WORLD } from './lintBanks.ts';
import type { Course } from './load.ts';
import type { Progress } from './progress.ts';
import { labelOf } from './runnerView.ts';

export interface ExamQuestion {
  /** `exam/sqs#visibility-timeout`. */
  readonly name: string;
  /** Of its fact, as facts are listed: `SQS`. */
  readonly service: string;
  readonly question: BankQuestion;
}

export function examQuestions(course: Course): readonly ExamQuestion[] {
  return course.banks.flatMap(({ file, bank }) =>
    bank.questions.map((question) => ({
      name: `${file.replace(/\.json$/u, '')}#${question.id}`,
      service: serviceOf(course, question.fact),
      question,
    })),
  );
}

/** A step of a lesson, or a pane of a gallery world. */
export type ShowPlace =
  | ({ readonly type: 'step' } & FactStep)
  | { readonly type: 'world'; readonly world: string; readonly pane: string };

/**
 * The place the question names; else the first step that shows its fact, or one of the others that the answer needs.
 * Steps of failure cases that are not solved yet give nothing away. Undefined: nothing shows it yet.
 */
export function showOf(
  course: Course,
  progress: Progress,
  { question }: ExamQuestion,
): ShowPlace | undefined {
  const { show, fact, also = [] } = question;
  if (show !== undefined) {
    const { track, name, place } = splitShow(show);
    if (track === WORLD) return { type: 'world', world: name, pane: place };
    const named = stepNamed(course, `${track}/${name}`, place);
    if (named !== undefined) return named;
  }
  for (const each of [fact, ...also]) {
    const step = stepShowing(course, progress, each);
    if (step !== undefined) return step;
  }
  return undefined;
}

const stepOf = (id: string, lessonTitle: string, index: number, step: string): ShowPlace => ({
  type: 'step',
  lesson: id,
  lessonTitle,
  index,
  title: labelOf(step),
});

function stepNamed({ lessons }: Course, lesson: string, step: string): ShowPlace | undefined {
  const found = lessons.find(({ id }) => id === lesson);
  const index = found?.lesson.steps.findIndex(({ id }) => id === step) ?? -1;
  return found === undefined || index < 0 ? undefined : stepOf(found.id, found.lesson.title, index, step);
}

function stepShowing({ lessons }: Course, progress: Progress, fact: string): ShowPlace | undefined {
  for (const { id, lesson } of lessons) {
    if (lesson.kind === 'lab' && progress.lessons[id]?.finished === undefined) continue;
    const index = lesson.steps.findIndex(({ shows }) => shows?.includes(fact) === true);
    if (index >= 0) return stepOf(id, lesson.title, index, lesson.steps[index]!.id);
  }
  return undefined;
}

/** `How large a message may be, step 2`, `the world flash-sale, pane metrics`. */
export const placeWords = (place: ShowPlace): string =>
  place.type === 'step'
    ? `${place.lessonTitle}, step ${place.index + 1}`
    : `the world ${place.world}, pane ${place.pane}`;

/** A command line of the shell that opens it. */
export const placeCommand = (place: ShowPlace): string =>
  place.type === 'step' ? `msg-playground lesson ${place.lesson}` : `msg-playground sandbox ${place.world}`;
