/**
 * Plays lessons as `lessons check` does, in a program whose rules may have been changed: prints JSON, what the first
 * lesson says that is no longer as it was. Arguments: lesson ids, or facts for the lessons that show them.
 */
import { CATALOG } from '../../src/catalog.ts';
import { FILE_BYTES_MAX } from '../../src/lessons/lesson.ts';
import { checkCourse } from '../../src/lessons/lint.ts';
import { type Course, loadCourse } from '../../src/lessons/load.ts';
import { LessonRunner } from '../../src/lessons/runner.ts';
import { lessonWorlds } from '../../src/lessons/worlds.ts';
import { fileTree } from '../../src/platform/tree.ts';

const [folder = '', ...asked] = process.argv.slice(2);
const course = loadCourse(fileTree(folder, FILE_BYTES_MAX));
const worlds = lessonWorlds({ catalog: CATALOG });
const lessons = course.lessons.filter(
  ({ id, lesson }) =>
    asked.includes(id) ||
    asked.includes('all') ||
    lesson.steps.some((step) => step.shows?.some((fact) => asked.includes(fact))),
);

/** The first step that its solution no longer solves. */
function failedStep(course: Course, lesson: Course['lessons'][number]): string | undefined {
  const runner = new LessonRunner({ course: { ...course, allowSkip: true }, lesson, worlds });
  for (const step of lesson.lesson.steps) {
    const at = `${lesson.id}#${step.id}`;
    if (runner.problem !== undefined) return `${at}: ${runner.problem}`;
    if (runner.current.met !== undefined) return `${at}: met at its start`;
    if (step.goal === undefined) runner.predict([0]);
    else if (!runner.play(step.solution ?? []).met) return `${at}: not solved`;
    runner.goOn();
  }
  runner.close();
  return undefined;
}

function firstFailure(): string | undefined {
  for (const lesson of lessons) {
    const failed = failedStep(course, lesson);
    if (failed !== undefined) return failed;
  }
  // What a goal does not need any more is no solved step either.
  const { problems } = checkCourse(course, {
    worlds,
    parse: worlds.parse,
    only: lessons.map(({ id }) => id),
  });
  const found = problems.find(({ severity, member }) => severity === 'error' && member.startsWith('steps.'));
  return found && `${found.file} ${found.member}: ${found.found}`;
}

let failure: string | undefined;
try {
  failure = firstFailure();
} catch (error) {
  failure = `the program stopped: ${error instanceof Error ? error.message : String(error)}`;
}
process.stdout.write(JSON.stringify({ lessons: lessons.map(({ id }) => id), failure }));
