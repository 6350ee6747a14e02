/** A course that does not allow to skip, on the screen. */
import { expect, it } from 'vitest';
import { courseWith, lessonWith, sendStep } from '../support/course.ts';
import { ScreenDriver } from '../support/screenDriver.ts';

const lesson = lessonWith({ steps: [sendStep(), sendStep({ id: 'again' })] });
const SIZE = { columns: 120, rows: 36 };
const screenOf = (allowSkip: boolean): ScreenDriver =>
  new ScreenDriver(SIZE, { course: courseWith(lesson, {}, { allowSkip }) }).lesson('sqs/a-lesson');
const stepOf = (screen: ScreenDriver) => screen.shell.world()?.play?.view();

it('says so, and stays at the step', () => {
  const screen = screenOf(false).press('tab', 'x');
  expect(screen.frame()).toContain('This course does not allow to skip');
  expect(stepOf(screen)).toMatchObject({ stepIndex: 0, phase: 'doing' });
});

it('lets nobody jump past a step that is not solved', () => {
  const screen = screenOf(false).press('esc', '1', 'j', 'down', 'enter');
  expect(screen.frame()).toContain('This course does not allow to skip');
  expect(stepOf(screen)?.stepIndex).toBe(0);
});

it('lets a solved step be passed as ever', () => {
  const screen = screenOf(false)
    .run("aws sqs send-message --queue-url orders --message-body 'a'")
    .press('enter');
  expect(stepOf(screen)).toMatchObject({ stepIndex: 1, steps: [{ state: 'done' }, { state: 'now' }] });
});

it('is another thing where the course allows it', () => {
  expect(stepOf(screenOf(true).press('tab', 'x'))?.steps[0]?.state).toBe('skipped');
});
