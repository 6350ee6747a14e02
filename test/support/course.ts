/** Courses for tests: the real one, and small ones made of objects. */
import { CATALOG } from '../../src/catalog.ts';
import { FILE_BYTES_MAX } from '../../src/lessons/lesson.ts';
import { type CheckReport, checkCourse } from '../../src/lessons/lint.ts';
import { type Course, type CourseFiles, lessonOf, loadCourse } from '../../src/lessons/load.ts';
import type { ProgressRecord } from '../../src/lessons/progress.ts';
import { LessonRunner } from '../../src/lessons/runner.ts';
import { lessonWorlds } from '../../src/lessons/worlds.ts';
import { fileTree } from '../../src/platform/tree.ts';

export const worlds = lessonWorlds({ catalog: CATALOG });

const FOLDER = new URL('../../lessons/', import.meta.url).pathname;
export const realFiles: CourseFiles = fileTree(FOLDER, FILE_BYTES_MAX);
export const realCourse = (): Course => loadCourse(realFiles);

/** Files given as text, or as objects that become JSON. */
export function filesOf(files: Readonly<Record<string, unknown>>): CourseFiles {
  return {
    list: () => Object.keys(files),
    read(path) {
      const content = files[path];
      if (content === undefined || content instanceof Uint8Array) return content as Uint8Array | undefined;
      return new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
    },
  };
}

const FACTS = {
  facts: [
    { id: 'SQS-01', service: 'sqs', kind: 'behaviour', statement: 'A queue is a buffer.' },
    { id: 'SQS-05', service: 'sqs', kind: 'behaviour', statement: 'A received message is hidden.' },
  ],
};

const COURSE = {
  formatVersion: 1,
  title: 'A small course',
  language: 'en',
  allowSkip: true,
  tracks: [{ id: 'sqs', title: 'SQS' }],
};

export const RIGHT = { text: 'yes', right: true, because: 'It is so.' };
export const WRONG = { text: 'no', because: 'It is not so.' };
export const REVIEW = [{ ask: 'Is it?', fact: 'SQS-05', choices: [RIGHT, WRONG] }];

/** A step that sends one message to `orders`. */
export const sendStep = (more: object = {}): object => ({
  id: 'send',
  text: 'Send a message.',
  goal: { event: 'sqs/MessageSent', where: { queue: 'orders', by: 'you' } },
  hints: ['It is send-message.'],
  solution: ["aws sqs send-message --queue-url orders --message-body 'a'"],
  ...more,
});

export const lessonWith = (more: object = {}): object => ({
  formatVersion: 1,
  title: 'A lesson',
  question: 'What is it?',
  minutes: 3,
  world: { seed: 1, pace: 'paused', setup: ['aws sqs create-queue --queue-name orders'] },
  steps: [sendStep()],
  takeaways: ['It is so.'],
  review: REVIEW,
  ...more,
});

export const courseWith = (lesson: object, more: object = {}, header: object = {}): Course =>
  loadCourse(
    filesOf({
      'course.json': { ...COURSE, ...header },
      'facts.json': FACTS,
      'sqs/01-a-lesson.json': lesson,
      ...more,
    }),
  );

export const check = (course: Course): CheckReport => checkCourse(course, { worlds, parse: worlds.parse });

export function runnerOf(
  course: Course,
  id = 'sqs/a-lesson',
): { runner: LessonRunner; records: ProgressRecord[] } {
  const records: ProgressRecord[] = [];
  const lesson = lessonOf(course, id);
  if (lesson === undefined) throw new Error(`no lesson ${id}: ${JSON.stringify(course.problems)}`);
  return {
    runner: new LessonRunner({ course, lesson, worlds, onRecord: (record) => records.push(record) }),
    records,
  };
}
