/** Failure cases: what the linter asks of them, and what lists tell before one is solved. */
import { describe, expect, it } from 'vitest';
import { listLesson, listText } from '../../src/lessons/list.ts';
import { lessonOf, loadCourse } from '../../src/lessons/load.ts';
import { outlineOf } from '../../src/lessons/outline.ts';
import { noProgress, record } from '../../src/lessons/progress.ts';
import { homeView } from '../../src/tui/homeView.ts';
import { check, courseWith, filesOf, lessonWith, runnerOf, sendStep } from '../support/course.ts';

const SEND = "aws sqs send-message --queue-url orders --message-body 'a'";
const BATCH = "aws sqs send-message-batch --queue-url orders --entries 'Id=a,MessageBody=a'";
const mended = (more: object = {}): object =>
  sendStep({
    hints: ['It is send-message, or send-message-batch.'],
    otherSolutions: [[BATCH]],
    shows: ['SQS-05'],
    ...more,
  });
const labWith = (step: object, more: object = {}): object =>
  lessonWith({ kind: 'lab', steps: [step], ...more });
const courseOf = (lab: object): ReturnType<typeof courseWith> =>
  courseWith(lessonWith(), { 'lab/01-silent.json': lab });
const problemsOf = (lab: object): string[] =>
  check(courseOf(lab)).problems.map(({ file, member, found }) => `${file} ${member}: ${found}`);

describe('a failure case', () => {
  it('with two ways to mend it has no problems', () => {
    expect(problemsOf(labWith(mended()))).toEqual([]);
  });

  it('needs another way to mend it, and a really other one', () => {
    expect(problemsOf(labWith(sendStep()))).toEqual([
      'lab/01-silent.json steps.send.otherSolutions: nothing',
    ]);
    expect(problemsOf(labWith(mended({ otherSolutions: [[SEND]] })))).toEqual([
      'lab/01-silent.json steps.send.otherSolutions: the same lines twice',
    ]);
  });

  it('says that it is one', () => {
    expect(problemsOf(lessonWith({ steps: [mended()] }))).toEqual([
      'lab/01-silent.json kind: a lesson in the folder lab',
    ]);
  });

  it('must not mend itself, not even in ten minutes', () => {
    const enter = ['app create-producer --name web --to queue/orders --rate 1/min --stopped'];
    const later = { event: 'sqs/MessageSent', where: { queue: 'orders' } };
    const setup = [
      'aws sqs create-queue --queue-name orders',
      "aws sqs send-message --queue-url orders --message-body 'a' --delay-seconds 500",
    ];
    const visible = { state: 'queue/orders', is: { visible: { atLeast: 1 } } };
    const world = { seed: 1, pace: 'paused', setup };
    expect(problemsOf(labWith(mended({ goal: visible }), { world }))).toEqual([
      expect.stringMatching(/steps\.send\.goal: met after 499\.\d+ s without the learner/),
    ]);
    expect(problemsOf(labWith(mended({ goal: later, enter })))).toEqual([]);
  });

  it('is solved by each of its ways, and played like a lesson to its debrief', () => {
    for (const line of [SEND, BATCH]) {
      const { runner } = runnerOf(courseOf(labWith(mended())), 'lab/silent');
      expect(runner.play([line]).met).toBe(true);
      runner.goOn();
      runner.answer([0]);
      runner.goOn();
      expect(runner.view()).toMatchObject({ phase: 'summary', takeaways: [expect.anything()] });
      runner.close();
    }
  });
});

describe('the failure lab', () => {
  const files = filesOf({
    'course.json': {
      formatVersion: 1,
      title: 'A course',
      language: 'en',
      tracks: [{ id: 'sqs', title: 'SQS' }],
    },
    'facts.json': {
      facts: [{ id: 'SQS-05', service: 'sqs', kind: 'behaviour', statement: 'It is hidden.' }],
    },
    'lab/01-silent.json': labWith(mended()),
  });

  it('is a track of every course that has cases, in lists and at home', () => {
    expect(listText(loadCourse(files), noProgress())).toContain('Failure lab\n  [ ] lab/silent');
    const home = homeView({ course: outlineOf(files), progress: noProgress(), saves: [], now: 0 });
    expect(home.tracks.map(({ id, lessons }) => [id, lessons.map((each) => each.id)])).toEqual([
      ['lab', ['lab/silent']],
    ]);
    expect(courseWith(lessonWith()).tracks.map(({ id }) => id)).toEqual(['sqs']);
  });

  it('keeps to itself what a case shows until it is finished', () => {
    const silent = lessonOf(loadCourse(files), 'lab/silent')!;
    expect(listLesson(silent, noProgress()).shows).toEqual([]);
    const finished = record(noProgress(), { type: 'finished', lesson: 'lab/silent' }, 0);
    expect(listLesson(silent, finished).shows).toEqual(['SQS-05']);
  });
});
