/** The table of changed rules fits the sources; that lessons notice them is proved by `npm run mutants`. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lessonOf } from '../../src/lessons/load.ts';
import { MUTANTS } from '../mutants/table.mjs';
import { realCourse } from '../support/course.ts';

const course = realCourse();
const pathOf = (file: string): URL => new URL(`../../${file}`, import.meta.url);
const sourceOf = (file: string): string => readFileSync(pathOf(file), 'utf8');

it.each(MUTANTS.map((mutant) => ({ ...mutant, at: mutant.fact ?? mutant.lessons?.join() ?? mutant.test })))(
  '$at: $name, changes texts that stand once in the sources',
  ({ edits }) => {
    for (const [file, find, replace] of edits) {
      expect([file, find, sourceOf(file).split(find).length - 1]).toEqual([file, find, 1]);
      expect(replace).not.toBe(find);
    }
  },
);

it.each(['SQS-', 'SNS-', 'KDS-', 'FH-', 'MQ-', 'NB-', 'CMP-'])(
  'has a mutant for each fact of %s that says how the service behaves',
  (service) => {
    const kinds = ['behaviour', 'limit', 'security'];
    const facts = course.facts.filter(({ id, kind }) => id.startsWith(service) && kinds.includes(kind));
    const known = new Set(MUTANTS.map(({ fact }) => fact));
    expect(facts.filter(({ id }) => !known.has(id))).toEqual([]);
  },
);

it('names lessons and tests that are there, and facts that a lesson shows', () => {
  const shown = new Set(
    course.lessons.flatMap(({ lesson }) => lesson.steps.flatMap(({ shows = [] }) => shows)),
  );
  for (const { fact, lessons = [], test } of MUTANTS) {
    expect(fact ?? lessons[0] ?? test).toBeDefined();
    if (test !== undefined) expect([test, existsSync(pathOf(test))]).toEqual([test, true]);
    if (fact !== undefined) expect(shown).toContain(fact);
    for (const id of lessons) expect(lessonOf(course, id)).toBeDefined();
  }
});
