/** What changed between two readings of a course, and what is said of the new one. */
import { expect, it } from 'vitest';
import { reloadTrouble } from '../../src/cli/reloading.ts';
import { changedLessons } from '../../src/lessons/watching.ts';
import { courseWith, lessonWith, sendStep, worlds } from '../support/course.ts';

const course = (more: object = {}, lesson: object = lessonWith()) => courseWith(lesson, more);
const B = { 'sqs/02-b.json': lessonWith() };

it('are the lessons that are new or other than before, and those of a track whose files changed', () => {
  const before = course(B);
  const ids = (after: ReturnType<typeof course>, paths: string[] = []): string[] =>
    changedLessons(before, after, paths).map(({ id }) => id);
  expect(ids(course(B))).toEqual([]);
  expect(ids(course({ 'sqs/02-b.json': lessonWith({ title: 'Other' }) }))).toEqual(['sqs/b']);
  expect(ids(course({ ...B, 'sqs/03-c.json': lessonWith() }))).toEqual(['sqs/c']);
  expect(ids(course(B), ['sqs/files/policy.json'])).toEqual(['sqs/a-lesson', 'sqs/b']);
});

it('says what the linter says of a lesson that cannot be read, and that it goes on as it was', () => {
  const said = (lesson: object | string) =>
    reloadTrouble(courseWith(lesson as object), 'sqs/a-lesson', worlds.parse);
  expect(said(lessonWith())).toBeUndefined();
  expect(said('{ "a": 1, }')).toMatch(/at line 1, character 11.*mend the JSON there.*goes on as it was/su);
  const typed = said(lessonWith({ steps: [sendStep({ solution: ['aws sqs send-mesage'] })] }));
  expect(typed).toContain('mend the line');
  expect(typed).not.toContain('goes on as it was');
});
