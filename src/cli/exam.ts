/** `exam`: the practice exam on the screen, in lines, or as papers for print and scripts. */
import type { GlobalFlags } from '../flags.ts';
import { type ExamQuestion, examQuestions, placeCommand, placeWords, showOf } from '../lessons/examBank.ts';
import { ExamDesk, type PaperOptions, PRACTICE_COUNT } from '../lessons/examDesk.ts';
import { drawQuestions } from '../lessons/examDraw.ts';
import { readAnswers } from '../lessons/examGrade.ts';
import { resultOf } from '../lessons/examResult.ts';
import { TIMED } from '../lessons/examRun.ts';
import { keyText, letterOf, paperText, resultText } from '../lessons/examText.ts';
import { FACT_SERVICES } from '../lessons/factSheet.ts';
import type { Course } from '../lessons/load.ts';
import { record } from '../lessons/progress.ts';
import { questionView } from '../lessons/questions.ts';
import { today, wall } from '../platform/clock.ts';
import { exists, readText } from '../platform/files.ts';
import { readInput } from '../platform/process.ts';
import { someSeed } from '../platform/seed.ts';
import { courseFor, loadProgress, progressPath, storeProgress } from './course.ts';
import { type Exit, FAILED, GOOD, print, printJson, Usage } from './exit.ts';

interface ExamFlags extends GlobalFlags {
  readonly practice?: boolean;
  readonly timed?: boolean;
  readonly missed?: boolean;
  readonly service?: string;
  readonly count?: number;
  readonly paper?: boolean;
  readonly key?: boolean;
  readonly grade?: string;
  readonly json?: boolean;
}

const ANSWERS_MAX = 100_000;

export async function exam(flags: ExamFlags): Promise<Exit> {
  checkFlags(flags);
  if (flags.grade !== undefined) return grade(flags, flags.grade);
  if (flags.paper === true || flags.key === true) return paper(flags);
  if (flags.json === true) {
    printJson(examDesk(flags).view());
    return GOOD;
  }
  const begun = flags.practice === true || flags.timed === true || flags.missed === true;
  const chosen = begun || flags.service !== undefined || flags.count !== undefined;
  const { examOnScreen } = await import('./play.ts');
  return examOnScreen(flags, chosen ? paperOptions(flags) : undefined);
}

function checkFlags({ practice, timed, service, missed, paper: printed, key, grade: file }: ExamFlags): void {
  if (practice === true && timed === true) throw new Usage('choose one of --practice and --timed');
  const known = FACT_SERVICES.some((name) => name.toLowerCase() === service?.toLowerCase());
  if (service !== undefined && !known) {
    throw new Usage(`--service ${service}: there are ${FACT_SERVICES.join(', ').toLowerCase()}`);
  }
  if (missed === true && (printed === true || key === true || file !== undefined)) {
    throw new Usage('--missed draws by your progress; a printed paper is drawn by its seed alone');
  }
}

const paperOptions = ({ timed, service, missed, count, seed }: ExamFlags): PaperOptions => ({
  mode: timed === true ? 'timed' : 'practice',
  service,
  missed,
  count,
  seed,
});

/** The desk of this player, for lines and scripts; the screen has its own. */
export function examDesk(flags: GlobalFlags): ExamDesk {
  const course = courseFor(flags);
  const path = progressPath(flags, course);
  let { progress } = loadProgress(path);
  return new ExamDesk({
    course,
    progress: () => progress,
    onRecord: (entry) => {
      progress = record(progress, entry, today());
      storeProgress(progress, path);
    },
    wall,
    today,
    newSeed: someSeed,
  });
}

interface Drawn {
  readonly course: Course;
  readonly seed: number;
  readonly questions: readonly ExamQuestion[];
}

/** A paper by its seed alone: the same for everybody who has this course. */
function drawn(flags: ExamFlags, seed: number): Drawn {
  const course = courseFor(flags);
  const { timed, service, count = timed === true ? TIMED.questions : PRACTICE_COUNT } = flags;
  return { course, seed, questions: drawQuestions(examQuestions(course), { seed, count, service }) };
}

function paper(flags: ExamFlags): Exit {
  const { course, seed, questions } = drawn(flags, flags.seed ?? someSeed());
  const { progress } = loadProgress(progressPath(flags, course));
  const place = (each: ExamQuestion) => showOf(course, progress, each);
  if (flags.json === true) {
    printJson({
      seed,
      questions: questions.map((each) => questionJson(each, seed, flags.key === true, place(each))),
    });
    return GOOD;
  }
  print(`# ${questions.length} questions, seed ${seed}\n\n`);
  if (flags.paper === true) print(paperText(questions, seed));
  if (flags.paper === true && flags.key === true) print('\n# Answers\n\n');
  if (flags.key === true) print(keyText(questions, seed, place));
  return GOOD;
}

function questionJson(
  { name, service, question }: ExamQuestion,
  seed: number,
  key: boolean,
  place: ReturnType<typeof showOf>,
): object {
  const view = questionView(question, name, seed, key ? [] : undefined, key);
  return {
    name,
    service,
    facts: [question.fact, ...(question.also ?? [])],
    ask: view.ask,
    choose: view.choose,
    choices: view.choices.map(({ text, right, because }, row) => ({
      letter: letterOf(row),
      text,
      ...(key ? { right, because } : {}),
    })),
    ...(key && question.differs !== undefined ? { differs: question.differs } : {}),
    ...(key && place !== undefined ? { show: placeWords(place), open: placeCommand(place) } : {}),
  };
}

async function grade(flags: ExamFlags, file: string): Promise<Exit> {
  if (flags.seed === undefined)
    throw new Usage('--grade needs the --seed of the paper; its first line names it');
  if (file !== '-' && !exists(file)) throw new Usage(`--grade ${file}: there is no such file`);
  const text = file === '-' ? await readInput(ANSWERS_MAX) : readText(file, ANSWERS_MAX);
  const { course, seed, questions } = drawn(flags, flags.seed);
  const read = readAnswers(text, questions, seed);
  if (!read.ok) throw new Usage(`${file}, line ${read.line}: ${read.why}`);
  const result = resultOf(questions, read);
  if (flags.json === true) printJson(result);
  else print(resultText(result, course.facts));
  return result.passed ? GOOD : FAILED;
}
