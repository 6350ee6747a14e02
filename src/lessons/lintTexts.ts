/** Proofs about what is written: ids, facts, requirements, names in conditions, words that fit, hints. */
import stringWidth from 'string-width';
import { conditionProblems } from '../projection/conditionProblems.ts';
import type { Condition } from '../projection/conditionTypes.ts';
import { nearest } from '../projection/nearest.ts';
import type { ReadFile } from '../session/surroundings.ts';
import type { Step } from './lesson.ts';
import { labProblems } from './lintLab.ts';
import type { Course, CourseLesson } from './load.ts';
import { consoleLines, parseMarkdown, type Span, withoutControls } from './markdown.ts';
import { errorIn, type Problem } from './problem.ts';
import { shownTexts } from './translation.ts';

/** The narrowest column in which a lesson is read. */
export const WORD_COLUMNS_MAX = 28;
export const WORD_REMEDY = `keep words to at most ${WORD_COLUMNS_MAX} columns: put this one in \`code\`, or break it`;

/** Why a line of the prompt cannot be read; undefined when it can. */
export type ParseLine = (line: string, readFile: ReadFile) => string | undefined;

export function lintTexts(course: Course, lesson: CourseLesson, parse: ParseLine): Problem[] {
  return [
    ...factProblems(course, lesson),
    ...requiresProblems(course, lesson),
    ...labProblems(lesson),
    ...textProblems(lesson),
    ...stepProblems(lesson),
    ...lineProblems(course, lesson, parse),
    ...lesson.lesson.steps.flatMap((step) => hintProblems(lesson.file, step)),
  ];
}

const didYouMean = (word: string, known: readonly string[], otherwise: string): string => {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `write ${near} if you mean that; else ${otherwise}`;
};

function factProblems(course: Course, { file, lesson }: CourseLesson): Problem[] {
  const known = course.facts.map((fact) => fact.id);
  const places: (readonly [string, string])[] = [];
  for (const step of lesson.steps) {
    for (const [index, fact] of (step.shows ?? []).entries())
      places.push([`steps.${step.id}.shows[${index}]`, fact]);
  }
  for (const [index, question] of lesson.review.entries())
    places.push([`review[${index}].fact`, question.fact]);
  return places
    .filter(([, fact]) => !known.includes(fact))
    .map(([member, fact]) =>
      errorIn(
        file,
        member,
        `${fact}, a fact that facts.json does not have`,
        didYouMean(fact, known, 'add it to facts.json, or name another'),
      ),
    );
}

function requiresProblems(course: Course, { id, file, lesson }: CourseLesson): Problem[] {
  const ids = course.lessons.map((each) => each.id);
  const problems = (lesson.requires ?? [])
    .filter((required) => !ids.includes(required))
    .map((required) =>
      errorIn(
        file,
        'requires',
        `${required}, a lesson that is not there`,
        didYouMean(required, ids, 'remove it, or add the lesson'),
      ),
    );
  const circle = circleFrom(course, id);
  if (circle === undefined) return problems;
  return [
    ...problems,
    errorIn(file, 'requires', `a circle: ${circle.join(' → ')}`, 'remove one of these requirements'),
  ];
}

function circleFrom(course: Course, start: string): readonly string[] | undefined {
  const requires = new Map(course.lessons.map((each) => [each.id, each.lesson.requires ?? []]));
  const seen = new Set<string>();
  const search = (id: string, path: readonly string[]): readonly string[] | undefined => {
    for (const next of requires.get(id) ?? []) {
      if (next === start) return [...path, start];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = search(next, [...path, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(start, [start]);
}

function textProblems({ file, lesson }: CourseLesson): Problem[] {
  const problems: Problem[] = [];
  for (const [place, source] of shownTexts(lesson)) {
    if (withoutControls(source) !== source) {
      problems.push(errorIn(file, place, 'a control character', 'remove it: plain text and line ends only'));
    }
    const word = longWord(source);
    if (word !== undefined) {
      const found = `a word of ${stringWidth(word)} columns: ${word}`;
      problems.push(errorIn(file, place, found, WORD_REMEDY));
    }
  }
  return problems;
}

/** The first word that does not fit, outside code. */
export function longWord(source: string): string | undefined {
  const spans = parseMarkdown(source).flatMap((block): readonly Span[] => {
    if (block.type === 'fence') return [];
    return block.type === 'list' ? block.items.flat() : block.spans;
  });
  return spans
    .filter((span) => span.style !== 'code')
    .flatMap((span) => span.text.split(/\s+/))
    .find((word) => stringWidth(word) > WORD_COLUMNS_MAX);
}

function stepProblems({ file, lesson }: CourseLesson): Problem[] {
  const places = ['lesson'];
  return lesson.steps.flatMap((step) => {
    const check = (condition: Condition, member: string): Problem[] =>
      conditionProblems(condition, member, places).map((problem) => ({
        severity: 'error',
        file,
        ...problem,
      }));
    const goal = step.goal === undefined ? [] : check(step.goal, `steps.${step.id}.goal`);
    const never = (step.never ?? []).flatMap((each, index) =>
      check(each, `steps.${step.id}.never[${index}]`),
    );
    places.push(step.id);
    return [...goal, ...never];
  });
}

function lineProblems(course: Course, { file, track, lesson }: CourseLesson, parse: ParseLine): Problem[] {
  const readFile: ReadFile = (name) => course.fileOf(track, name);
  const groups: (readonly [string, readonly string[]])[] = [['world.setup', lesson.world.setup ?? []]];
  for (const step of lesson.steps) {
    const at = `steps.${step.id}`;
    groups.push([`${at}.enter`, step.enter ?? []], [`${at}.solution`, step.solution ?? []]);
    groups.push([`${at}.text (console)`, consoleLines(step.text)]);
    for (const [index, lines] of (step.otherSolutions ?? []).entries()) {
      groups.push([`${at}.otherSolutions[${index}]`, lines]);
    }
  }
  return groups.flatMap(([member, lines]) =>
    lines.flatMap((line, index) => {
      const why = parse(line, readFile);
      if (why === undefined) return [];
      return [errorIn(file, `${member}[${index}]`, line, `mend the line, as the prompt says: ${why}`)];
    }),
  );
}

/** `receive-message` of `aws sqs receive-message …`; `app start` of the playground's own commands. */
const CALL = /(?:^|\$\(|\brepeat\s+\d+\s+|[;&|]\s*)\s*(?:(aws)\s+)?([a-z][a-z0-9]*)\s+([a-z][a-z-]+)/g;
const PLAIN = new Set(['sleep', 'repeat', 'expect']);

export function operationsOf(line: string): string[] {
  return [...line.matchAll(CALL)]
    .filter(([, , group]) => !PLAIN.has(group!))
    .map(([, , group, verb]) =>
      ['app', 'time', 'world', 'fault'].includes(group!) ? `${group} ${verb}` : verb!,
    );
}

const WHOLE_COMMAND = /\b(?:aws\s+[a-z]+|app|time|fault)\s+[a-z-]+\s+--[a-z]/;

function hintProblems(file: string, step: Step): Problem[] {
  if (step.hints === undefined || step.solution === undefined) return [];
  const problems: Problem[] = [];
  const last = step.hints.at(-1)!;
  const member = `steps.${step.id}.hints`;
  for (const operation of new Set(step.solution.flatMap(operationsOf))) {
    if (last.includes(operation)) continue;
    const found = `${operation} of the solution is not named`;
    problems.push(
      errorIn(file, `${member}[${step.hints.length - 1}]`, found, 'name it there: the last hint is exact'),
    );
  }
  for (const [index, hint] of step.hints.slice(0, -1).entries()) {
    if (!WHOLE_COMMAND.test(hint) && !step.solution.some((line) => hint.includes(line))) continue;
    problems.push(
      errorIn(file, `${member}[${index}]`, 'a whole command', 'move it to the last hint, and be vaguer here'),
    );
  }
  return problems;
}
