import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/engine/units.ts';
import { courseWith, lessonWith, RIGHT, runnerOf, sendStep, WRONG } from '../support/course.ts';

const SEND = "aws sqs send-message --queue-url orders --message-body 'a'";
const RECEIVE = 'aws sqs receive-message --queue-url orders';

const receiveStep = (more: object = {}): object => ({
  id: 'take-it',
  text: 'Receive **it**.',
  goal: { state: 'queue/orders', is: { inFlight: 1 } },
  hints: ['Ask for it.', 'It is receive-message.'],
  solution: [RECEIVE],
  // biome-ignore lint/suspicious/noThenProperty: the format's own word
  then: 'It is *in flight*.',
  shows: ['SQS-05'],
  ...more,
});

const twoSteps = (more: object = {}): object => lessonWith({ steps: [sendStep(), receiveStep()], ...more });

function type(runner: ReturnType<typeof runnerOf>['runner'], ...lines: readonly string[]): void {
  for (const line of lines) {
    runner.session.enter(line);
    runner.session.drain();
  }
}

describe('a step', () => {
  it('shows its text, what is to do, and hints one at a time', () => {
    const { runner } = runnerOf(courseWith(lessonWith({ steps: [receiveStep()] })));
    const { step } = runner.view();
    expect(step.text).toEqual([
      { type: 'paragraph', spans: [{ text: 'Receive ' }, { text: 'it', style: 'bold' }, { text: '.' }] },
    ]);
    expect(step.toDo.map((each) => each.text)).toEqual(['queue orders: inFlight is 0, wanted 1']);
    expect(step.hints).toEqual({ shown: [], total: 2 });
    runner.hint();
    runner.hint();
    expect(runner.hint().ok).toBe(false);
    expect(runner.view().step.hints.shown).toHaveLength(2);
    expect(step.solution).toBeUndefined();
    runner.showSolution();
    expect(runner.view().step.solution).toEqual([RECEIVE]);
  });

  it('is met by any route, explains, and goes on', () => {
    const { runner, records } = runnerOf(courseWith(twoSteps()));
    expect(runner.goOn().ok).toBe(false);
    type(runner, 'aws sqs send-message-batch --queue-url orders --entries Id=1,MessageBody=x');
    expect(runner.view().step.status).toBe('met');
    expect(runner.goOn().ok).toBe(true);
    type(runner, RECEIVE);
    const { step, steps } = runner.view();
    expect(step.afterwards).toEqual([
      {
        type: 'paragraph',
        spans: [{ text: 'It is ' }, { text: 'in flight', style: 'italic' }, { text: '.' }],
      },
    ]);
    expect(step.proved).toEqual([{ id: 'SQS-05', statement: 'A received message is hidden.' }]);
    expect(steps.map(({ label, status }) => `${label} ${status}`)).toEqual(['Send done', 'Take it done']);
    expect(records).toContainEqual({ type: 'proved', fact: 'SQS-05', step: 'sqs/a-lesson#take-it' });
  });

  it('stops the clock when it is met, and a sleep that runs', () => {
    const goal = { state: 'queue/orders', is: { visible: 1 } };
    const world = { seed: 1, pace: 'x10', setup: ['aws sqs create-queue --queue-name orders'] };
    const { runner } = runnerOf(
      courseWith(lessonWith({ world, steps: [sendStep({ goal }), receiveStep()] })),
    );
    expect([runner.session.paused, runner.session.speed]).toEqual([false, 10]);
    runner.session.enter(`${SEND} --delay-seconds 5`);
    runner.session.enter('sleep 60');
    runner.session.advance(milliseconds(120_000));
    expect(runner.session.view().now).toBeLessThan(5_100);
    expect(runner.session.paused).toBe(true);
    expect(runner.session.running).toBeUndefined();
    runner.session.advance(milliseconds(10_000));
    expect(runner.session.view().now).toBeLessThan(5_100);
    runner.goOn();
    expect([runner.session.paused, runner.session.speed]).toEqual([false, 10]);
  });

  it('is judged at the very instant of a command, on a paused clock too', () => {
    const goal = { state: 'app/web', is: { running: false } };
    const world = {
      seed: 1,
      pace: 'paused',
      setup: ['aws sqs create-queue --queue-name orders', 'app create-producer --name web --to queue/orders'],
    };
    const { runner } = runnerOf(courseWith(lessonWith({ world, steps: [sendStep({ goal })] })));
    const { now } = runner.session.view();
    type(runner, 'app stop --name web');
    expect(runner.view().step.status).toBe('met');
    expect(runner.session.view().now).toBe(now);
  });

  it('lets the call that met the goal come to its answer', () => {
    const { runner } = runnerOf(courseWith(twoSteps()));
    type(runner, SEND);
    expect(runner.session.console().at(-1)?.result?.output).toContain('MessageId');
  });

  it('leaves the prompt at work after it is met', () => {
    const { runner } = runnerOf(courseWith(twoSteps()));
    type(runner, SEND, 'aws sqs list-queues');
    expect(runner.session.console().at(-1)?.result?.output).toContain('orders');
  });

  it('is spoiled by what must never happen, until it is reset', () => {
    const never = [{ event: 'sqs/QueueDeleted', else: 'The queue is gone.' }];
    const { runner } = runnerOf(courseWith(lessonWith({ steps: [sendStep({ never })] })));
    type(runner, 'aws sqs delete-queue --queue-url orders');
    expect(runner.view().step).toMatchObject({ status: 'spoiled', spoiled: 'The queue is gone.' });
    expect(runner.goOn()).toEqual({ ok: false, why: 'reset the step first' });
    runner.resetStep();
    expect(runner.view().step.status).toBe('doing');
    type(runner, SEND);
    expect(runner.view().step.status).toBe('met');
  });

  it('is reset to the instant after enter, with the variables of that instant', () => {
    const { runner } = runnerOf(courseWith(twoSteps()));
    const { now } = runner.session.view();
    type(runner, 'X=1', RECEIVE, 'sleep 10');
    runner.resetStep();
    expect(runner.session.view().now).toBe(now);
    expect([...runner.session.consoleState.variables]).toEqual([]);
    type(runner, SEND);
    expect(runner.view().step.status).toBe('met');
  });

  it('counts what happened since the lesson began, where it says so', () => {
    const since = {
      id: 'again',
      text: 'Again.',
      goal: {
        since: 'lesson',
        same: ['body'],
        sequence: [{ event: 'sqs/MessageSent' }, { event: 'sqs/MessageSent' }],
      },
      hints: ['send-message'],
      solution: [SEND],
    };
    const { runner } = runnerOf(courseWith(lessonWith({ steps: [sendStep(), since] })));
    type(runner, SEND);
    runner.goOn();
    expect(runner.view().step.status).toBe('doing');
    type(runner, SEND);
    expect(runner.view().step.status).toBe('met');
  });
});

describe('a prediction', () => {
  const predict = { ask: 'What happens?', choices: [RIGHT, WRONG] };

  it('is asked first; its reasons come with the goal', () => {
    const { runner } = runnerOf(courseWith(lessonWith({ steps: [sendStep({ predict })] })));
    expect(runner.view().step.status).toBe('predict');
    runner.predict([1]);
    expect(runner.view().step.status).toBe('doing');
    expect(runner.view().step.predict?.choices[0]).not.toHaveProperty('because');
    type(runner, SEND);
    const asked = runner.view().step.predict;
    expect(asked).toMatchObject({ answered: true, right: false });
    expect(asked?.choices.map((choice) => choice.because).sort()).toEqual(['It is not so.', 'It is so.']);
    expect(runner.predict([0]).ok).toBe(false);
  });

  it('holds time until it is answered, also for the step after it', () => {
    const world = { seed: 1, pace: 'x5', setup: ['aws sqs create-queue --queue-name orders'] };
    const think = { id: 'think', text: 'Think.', predict };
    const { runner } = runnerOf(courseWith(lessonWith({ world, steps: [think, sendStep({ predict })] })));
    expect(runner.session.paused).toBe(true);
    runner.predict([0]);
    runner.goOn();
    expect(runner.session.paused).toBe(true);
    runner.predict([0]);
    expect([runner.session.paused, runner.session.speed]).toEqual([false, 5]);
  });

  it('has its reasons at once in a step without a goal', () => {
    const think = { id: 'think', text: 'Think.', predict };
    const { runner } = runnerOf(courseWith(lessonWith({ steps: [think, sendStep()] })));
    runner.predict([0]);
    expect(runner.view().step.predict).toMatchObject({ right: true });
    expect(runner.goOn().ok).toBe(true);
  });
});

describe('finding one’s way', () => {
  it('skip runs the solution, marks the step skipped and proves nothing', () => {
    const { runner, records } = runnerOf(
      courseWith(lessonWith({ steps: [sendStep({ shows: ['SQS-05'] }), receiveStep()] })),
    );
    type(runner, 'aws sqs purge-queue --queue-url orders');
    runner.skip();
    expect(runner.session.view().resources[0]?.fields.visible).toBe(1);
    expect(runner.view().step).toMatchObject({ status: 'met', skipped: true, proved: [] });
    expect(records).toContainEqual({ type: 'step', lesson: 'sqs/a-lesson', step: 'send', status: 'skipped' });
    expect(records.some((record) => record.type === 'proved')).toBe(false);
    expect(records.some((record) => record.type === 'step' && record.status === 'done')).toBe(false);
  });

  it('is not allowed to skip where the course says so, unless the step was done before', () => {
    const course = courseWith(twoSteps(), {}, { allowSkip: false });
    expect(runnerOf(course).runner.skip().ok).toBe(false);
  });

  it('jump plays what lies between, and goes back to where a step began', () => {
    const { runner } = runnerOf(courseWith(twoSteps()));
    expect(runner.jump('take-it').ok).toBe(true);
    expect(runner.view().steps.map((step) => step.status)).toEqual(['skipped', 'current']);
    type(runner, RECEIVE);
    runner.jump('send');
    expect(runner.view().steps.map((step) => step.status)).toEqual(['current', 'open']);
    expect(runner.session.view().resources[0]?.fields.sent).toBe(0);
  });

  it('reset of the lesson begins a new world', () => {
    const { runner } = runnerOf(courseWith(twoSteps()));
    type(runner, SEND);
    runner.goOn();
    runner.resetLesson();
    expect(runner.view().step.id).toBe('send');
    expect(runner.session.view().resources[0]?.fields.sent).toBe(0);
  });

  it('free play keeps or restores the world', () => {
    const { runner } = runnerOf(courseWith(twoSteps()));
    runner.freePlay();
    type(runner, SEND);
    expect(runner.view()).toMatchObject({ freePlay: true });
    expect(runner.session.paused).toBe(true);
    runner.endFreePlay('restore');
    expect(runner.session.view().resources[0]?.fields.sent).toBe(0);
    expect(runner.view().step.status).toBe('doing');
    runner.freePlay();
    type(runner, SEND);
    runner.endFreePlay('keep');
    expect(runner.session.view().resources[0]?.fields.sent).toBe(1);
    expect(runner.view().step.status).toBe('met');
  });

  it('what came later no longer counts after a fork', () => {
    const goal = { event: 'sqs/MessageSent', count: { atLeast: 2 } };
    const { runner } = runnerOf(courseWith(lessonWith({ steps: [sendStep({ goal })] })));
    type(runner, SEND, 'sleep 10');
    runner.session.undo();
    type(runner, SEND);
    expect(runner.view().step.status).toBe('doing');
    type(runner, SEND);
    expect(runner.view().step.status).toBe('met');
  });

  it('tells what a learner does with time', () => {
    const you = (did: string): object => ({
      id: did.toLowerCase(),
      text: did,
      goal: { event: `you/${did}` },
      hints: ['x'],
      solution: ['time step'],
    });
    const { runner } = runnerOf(
      courseWith(lessonWith({ steps: ['Stepped', 'Paused', 'LookedBack', 'Forked'].map(you) })),
    );
    const expectMet = (act: () => void): void => {
      expect(runner.view().step.status).toBe('doing');
      act();
      expect(runner.view().step.status).toBe('met');
      runner.goOn();
    };
    type(runner, `${SEND} --delay-seconds 5`);
    expectMet(() => runner.session.step());
    expectMet(() => {
      runner.session.resume();
      runner.session.pause();
    });
    type(runner, 'sleep 1');
    expectMet(() => runner.session.goTo((runner.session.view().now - 500) as never));
    expectMet(() => type(runner, SEND));
  });

  it('begins the next step in the present, also for who looks back', () => {
    const enter = ['aws sqs create-queue --queue-name more'];
    const { runner } = runnerOf(courseWith(lessonWith({ steps: [sendStep(), receiveStep({ enter })] })));
    type(runner, SEND, 'sleep 5');
    const { now } = runner.session.view();
    runner.session.goTo((now - 1_000) as never);
    runner.goOn();
    expect(runner.session.view().now).toBeGreaterThanOrEqual(now);
    expect(runner.session.timeline().branches).toHaveLength(1);
  });

  it('says which line of the lesson was refused', () => {
    const world = { seed: 1, setup: [RECEIVE] };
    const { runner } = runnerOf(courseWith(lessonWith({ world })));
    expect(runner.view().problem).toContain(RECEIVE);
  });
});

describe('the end of a lesson', () => {
  it('asks the review questions, and sums up', () => {
    const { runner, records } = runnerOf(courseWith(twoSteps()));
    type(runner, SEND);
    runner.goOn();
    runner.hint();
    type(runner, RECEIVE);
    runner.goOn();
    expect(runner.view()).toMatchObject({ phase: 'review', review: { index: 0, of: 1 } });
    expect(runner.goOn().ok).toBe(false);
    runner.answer([0]);
    expect(runner.view().review?.question).toMatchObject({ answered: true, right: true });
    runner.goOn();
    expect(runner.view().summary).toMatchObject({
      review: { right: 1, of: 1 },
      hints: 1,
      proved: [{ id: 'SQS-05' }],
      steps: [
        { label: 'Send', status: 'done' },
        { label: 'Take it', status: 'done' },
      ],
    });
    expect(records.at(-1)).toEqual({ type: 'finished', lesson: 'sqs/a-lesson' });
    expect(records).toContainEqual({
      type: 'asked',
      fact: 'SQS-05',
      question: 'sqs/a-lesson#review-1',
      right: true,
    });
  });
});
