/** Whatever a learner does in whatever order: the lesson never breaks, and every step can still be solved. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, milliseconds } from '../../src/engine/units.ts';
import type { LessonRunner } from '../../src/lessons/runner.ts';
import { realCourse, runnerOf } from '../support/course.ts';
import { histories } from '../support/histories.ts';

const course = realCourse();

type Act = (runner: LessonRunner, number: number) => void;
const LINES = [
  'aws sqs list-queues',
  'aws sqs receive-message --queue-url orders --wait-time-seconds 3',
  'aws sqs send-message --queue-url orders --message-body x',
  'aws sqs delete-queue --queue-url orders',
  'app list',
  'time step',
  'time back --by 5s',
  'sleep 20',
  'nonsense',
];

const ACTS: Readonly<Record<string, Act>> = {
  predict: (runner, number) => runner.predict([number % 2]),
  hint: (runner) => runner.hint(),
  solution: (runner) => runner.showSolution(),
  goOn: (runner) => runner.goOn(),
  answer: (runner) => runner.answer([0]),
  resetStep: (runner) => runner.resetStep(),
  skip: (runner) => runner.skip(),
  jump: (runner, number) => {
    const { steps } = runner.lesson.lesson;
    runner.jump(steps[number % steps.length]!.id);
  },
  freePlay: (runner) => runner.freePlay(),
  endFreePlay: (runner, number) => runner.endFreePlay(number % 2 === 0 ? 'keep' : 'restore'),
  play: (runner) => runner.play(runner.current.step.solution ?? []),
  line: (runner, number) => runner.session.enter(LINES[number % LINES.length]!),
  drain: (runner) => runner.session.drain(),
  advance: (runner, number) => runner.session.advance(milliseconds((number + 1) * 700)),
  timeSkip: (runner, number) => runner.session.skip(milliseconds((number + 1) * 3_000)),
  resume: (runner) => runner.session.resume(),
  pause: (runner) => runner.session.pause(),
  step: (runner) => runner.session.step(),
  back: (runner) => runner.session.back(),
  goTo: (runner, number) => runner.session.goTo(instant(number * 1_000)),
  toHead: (runner) => runner.session.toHead(),
  fork: (runner) => runner.session.fork(),
  undo: (runner) => runner.session.undo(),
  switchTo: (runner, number) => runner.session.switchTo(number % 4),
};

const acts = fc.array(
  fc.record({ act: fc.constantFrom(...Object.keys(ACTS)), number: fc.integer({ min: 0, max: 40 }) }),
  { maxLength: 25 },
);
const lessons = fc.constantFrom('start/time', 'sqs/visibility-timeout', 'sqs/first-queue', 'sqs/delay');

/** On the branch that is left the step has begun; on the new one it never does. */
const LEFT_BEFORE_THE_STEP = [
  { act: 'back', number: 0 },
  { act: 'line', number: 0 },
  { act: 'undo', number: 0 },
  { act: 'jump', number: 0 },
];

describe('a lesson', () => {
  it(
    'survives any order of acts, and can be finished after a reset',
    () => {
      fc.assert(
        fc.property(lessons, acts, (id, list) => {
          const { runner } = runnerOf(course, id);
          for (const { act, number } of list) {
            ACTS[act]!(runner, number);
            const view = runner.view();
            expect(view.steps.filter((step) => step.status === 'current').length).toBeLessThanOrEqual(1);
            expect(view.problem).toBeUndefined();
          }
          runner.resetLesson();
          for (const step of runner.lesson.lesson.steps) {
            expect(runner.play(step.solution ?? []).met).toBe(true);
            runner.goOn();
          }
          expect(runner.phase).toBe('review');
          runner.close();
        }),
        { numRuns: histories(40).count, examples: [['start/time', LEFT_BEFORE_THE_STEP]] },
      );
    },
    histories(40).timeout,
  );
});
