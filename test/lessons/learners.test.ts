/** What an instructor sees of many learners: solved is not skipped, from the played lesson to the table. */
import { expect, it } from 'vitest';
import {
  noProgress,
  type ProgressRecord,
  progressText,
  readProgress,
  record,
} from '../../src/lessons/progress.ts';
import { learnerRow, learnersText } from '../../src/lessons/progressTable.ts';
import type { LessonRunner } from '../../src/lessons/runner.ts';
import { courseWith, lessonWith, runnerOf, sendStep } from '../support/course.ts';

const course = courseWith(lessonWith({ steps: [sendStep({ shows: ['SQS-05'] })] }));

function played(act: (runner: LessonRunner) => void) {
  const { runner, records } = runnerOf(course);
  act(runner);
  runner.goOn();
  runner.answer([0]);
  runner.goOn();
  const progress = records.reduce((all, each: ProgressRecord) => record(all, each, 0), noProgress());
  const read = readProgress(progressText(progress));
  if (!read.ok) throw new Error(read.why);
  return { row: learnerRow('ana', course, read.progress), run: runner.view().summary?.run };
}
const solve = (runner: LessonRunner): unknown => runner.play(runner.current.step.solution ?? []);

it('a lesson that was solved counts, one that was skipped does not', () => {
  const solved = played(solve).row;
  expect(solved.tracks[0]).toMatchObject({ solved: 1, finished: 1, lessons: 1 });
  expect(solved).toMatchObject({
    steps: { done: 1, skipped: 0 },
    facts: { proved: 1 },
    answers: { right: 1 },
  });
  const skipped = played((runner) => runner.skip()).row;
  expect(skipped.tracks[0]).toMatchObject({ solved: 0, finished: 1 });
  expect(skipped).toMatchObject({ steps: { done: 0, skipped: 1 }, facts: { proved: 0 } });
  expect(
    learnersText([solved, { ...skipped, name: 'ben' }])
      .split('\n')
      .slice(0, 3),
  ).toEqual([
    'learner  sqs  steps  skipped  facts  right',
    'ana      1/1    1/1        0    1/2    1/1',
    'ben      0/1    0/1        1    0/2    1/1',
  ]);
});

it('the last page names the run: the same for the same commands, another for others', () => {
  const { run } = played(solve);
  expect(run).toMatch(/^sqs\/a-lesson [0-9a-f]{16}$/);
  expect(played(solve).run).toBe(run);
  const other = played((runner) => {
    runner.session.enter("aws sqs send-message --queue-url orders --message-body 'another'");
    runner.session.drain();
  });
  expect(other.run).not.toBe(run);
});
