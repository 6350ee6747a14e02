/** `lessons check`: proves that a course can be learned from (lesson format, section 9). */
import { lintArena } from './lintArena.ts';
import { lintBanks } from './lintBanks.ts';
import { lintPlay } from './lintPlay.ts';
import { lintTexts, type ParseLine } from './lintTexts.ts';
import { lintTranslation } from './lintTranslations.ts';
import { type Course, type CourseLesson, SCHEMA_FILE } from './load.ts';
import { errorIn, type Problem, problemText } from './problem.ts';
import { lessonSchemaJson } from './schema.ts';
import type { LessonWorlds } from './worlds.ts';

interface CheckedLesson {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly steps: number;
  /** Virtual time of the solutions together. */
  readonly tookMs: number;
  readonly errors: number;
  readonly warnings: number;
}

export interface FactUse {
  readonly shownBy: readonly string[];
  readonly askedBy: readonly string[];
}

/** The form of `lessons check --json`. */
export interface CheckReport {
  readonly lessons: readonly CheckedLesson[];
  readonly problems: readonly Problem[];
  readonly facts: Readonly<Record<string, FactUse>>;
}

/** What the check of one lesson found. Plain data: another process may have found it. */
export interface LessonFindings {
  readonly lesson: CheckedLesson;
  readonly problems: readonly Problem[];
}

export interface CheckOptions {
  readonly worlds: LessonWorlds;
  readonly parse: ParseLine;
  /** Only these lessons; all if left out. */
  readonly only?: readonly string[];
}

export function checkCourse(course: Course, options: CheckOptions): CheckReport {
  const findings = chosenLessons(course, options.only).map((lesson) => checkLesson(course, lesson, options));
  return checkReport(course, findings, options.worlds.hasWorld, lintArena(course, options.parse));
}

/** The lessons of these ids in the order of the course; all if left out. */
export const chosenLessons = (course: Course, only?: readonly string[]): readonly CourseLesson[] =>
  only === undefined ? course.lessons : course.lessons.filter(({ id }) => only.includes(id));

/** Reads and plays one lesson: all that can be said of it without the others. */
export function checkLesson(
  course: Course,
  lesson: CourseLesson,
  { worlds, parse }: Pick<CheckOptions, 'worlds' | 'parse'>,
): LessonFindings {
  const found = [...lintTexts(course, lesson, parse)];
  const playable = found.every(
    (problem) => problem.severity !== 'error' || !/goal|never/.test(problem.member),
  );
  const played = playable ? lintPlay(course, lesson, worlds) : { problems: [], tookMs: 0 };
  found.push(...played.problems);
  return {
    lesson: {
      id: lesson.id,
      file: lesson.file,
      title: lesson.lesson.title,
      steps: lesson.lesson.steps.length,
      tookMs: played.tookMs,
      errors: found.filter((problem) => problem.severity === 'error').length,
      warnings: found.filter((problem) => problem.severity === 'warning').length,
    },
    problems: found,
  };
}

/** The whole report: the course's own problems around what was found in its lessons. */
export function checkReport(
  course: Course,
  findings: readonly LessonFindings[],
  hasWorld?: (name: string) => boolean,
  /** What else was found, of the arena. */
  more: readonly Problem[] = [],
): CheckReport {
  const facts = factsOf(course);
  const translations = course.translations();
  const problems = [
    ...course.problems,
    ...findings.flatMap((found) => found.problems),
    ...schemaProblems(course),
    ...lintBanks(course, hasWorld),
    ...more,
    ...unaskedFacts(course, facts),
    ...translations.problems,
    ...translations.files.flatMap(lintTranslation),
  ];
  return { lessons: findings.map(({ lesson }) => lesson), problems, facts };
}

/** Where each fact of the course is shown and asked about. */
export function factsOf(course: Course): Readonly<Record<string, FactUse>> {
  const uses = new Map<string, { shownBy: string[]; askedBy: string[] }>();
  for (const fact of course.facts) uses.set(fact.id, { shownBy: [], askedBy: [] });
  for (const { id, lesson } of course.lessons) {
    for (const step of lesson.steps) {
      for (const fact of step.shows ?? []) uses.get(fact)?.shownBy.push(`${id}#${step.id}`);
    }
    for (const [index, question] of lesson.review.entries()) {
      uses.get(question.fact)?.askedBy.push(`${id}#review-${index + 1}`);
    }
  }
  for (const { file, bank } of course.banks) {
    const name = file.replace(/\.json$/, '');
    for (const { id, fact, also = [] } of bank.questions) {
      for (const each of [fact, ...also]) uses.get(each)?.askedBy.push(`${name}#${id}`);
    }
  }
  return Object.fromEntries(uses);
}

function unaskedFacts(course: Course, facts: CheckReport['facts']): Problem[] {
  return course.lessons.flatMap(({ file, lesson }) =>
    lesson.steps.flatMap((step) =>
      (step.shows ?? [])
        .filter((fact) => facts[fact] !== undefined && facts[fact].askedBy.length === 0)
        .map((fact) =>
          errorIn(
            file,
            `steps.${step.id}.shows`,
            `${fact} is shown, and nothing asks about it`,
            'add a question with this fact to review',
          ),
        ),
    ),
  );
}

function schemaProblems({ schema }: Course): Problem[] {
  if (schema === undefined || JSON.stringify(schema) === JSON.stringify(JSON.parse(lessonSchemaJson())))
    return [];
  const todo = 'copy the one that comes with the program, or remove it';
  return [errorIn(SCHEMA_FILE, '(the whole file)', 'not the schema of this version of the format', todo)];
}

export const checkFailed = (report: CheckReport): boolean =>
  report.problems.some((problem) => problem.severity === 'error');

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export function checkText(report: CheckReport): string {
  const lines = report.lessons.map((lesson) => {
    const mark = lesson.errors > 0 ? '✗' : lesson.warnings > 0 ? '!' : '✓';
    return `${mark} ${lesson.id}  ${many(lesson.steps, 'step')}, ${Math.round(lesson.tookMs / 1_000)} s of virtual time`;
  });
  if (report.problems.length > 0) lines.push('', ...report.problems.map(problemText));
  const uses = Object.values(report.facts);
  const shown = uses.filter((use) => use.shownBy.length > 0).length;
  const asked = uses.filter((use) => use.askedBy.length > 0).length;
  const errors = report.problems.filter((problem) => problem.severity === 'error').length;
  const warnings = report.problems.length - errors;
  lines.push(
    '',
    [many(report.lessons.length, 'lesson'), many(errors, 'error'), many(warnings, 'warning')].join(', '),
    `${many(uses.length, 'fact')}: ${shown} shown, ${asked} asked about`,
  );
  return lines.join('\n');
}
