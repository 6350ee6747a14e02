import { afterAll, describe, expect, it } from 'vitest';
import { checkFailed } from '../../src/lessons/lint.ts';
import { operationsOf } from '../../src/lessons/lintTexts.ts';
import { check, courseWith, lessonWith, REVIEW, RIGHT, sendStep, WRONG } from '../support/course.ts';

/** All problems of a lesson, as "member: found → to do". */
const problemsOf = (lesson: object, more: object = {}): string[] =>
  check(courseWith(lesson, more)).problems.map(({ severity, member, found, todo }) => {
    said.push(todo);
    return `${severity} ${member}: ${found} → ${todo}`;
  });

/** What to do, of all problems that this file has met. */
const said: string[] = [];
const VERB =
  /^(add|ask|change|choose|copy|give|keep|make|mark|mend|move|name|nest|remove|report|save|shorten|split|weigh|write|leave|narrow) /;

afterAll(() => {
  expect(said.length).toBeGreaterThan(40);
  expect(said.filter((todo) => !VERB.test(todo))).toEqual([]);
});

const withStep = (more: object): object => lessonWith({ steps: [sendStep(more)] });

describe('a good lesson', () => {
  it('has no problems', () => {
    expect(problemsOf(lessonWith())).toEqual([]);
  });
});

describe('the form', () => {
  it('names a member it does not know, and what was meant', () => {
    expect(problemsOf(withStep({ hint: ['x'] }))).toEqual([
      'error steps[0].hint: a member that the format does not know → remove it, or name it hints if you mean that',
    ]);
  });

  it('names what is missing', () => {
    const { question: _question, ...lesson } = lessonWith() as { question: string };
    expect(problemsOf(lesson)).toEqual(['error question: nothing → add it: a text in quotes']);
  });

  it('counts lengths', () => {
    expect(problemsOf(lessonWith({ title: 'x'.repeat(41) }))).toEqual([
      'error title: 41 characters → shorten it to at most 40 characters',
    ]);
  });

  it('wants hints and a solution for a goal', () => {
    const { hints: _hints, ...step } = sendStep() as { hints: unknown };
    expect(problemsOf(lessonWith({ steps: [step] }))[0]).toContain(
      'a goal without hints or solution → add both',
    );
  });

  it('wants a right choice', () => {
    const predict = { ask: 'What?', choices: [WRONG, WRONG] };
    expect(problemsOf(withStep({ predict }))[0]).toContain(
      'no choice that is right → mark at least one with "right": true',
    );
  });

  it('wants a goal in every second step', () => {
    const ask = (id: string): object => ({
      id,
      text: 'Think.',
      predict: { ask: 'What?', choices: [RIGHT, WRONG] },
    });
    expect(problemsOf(lessonWith({ steps: [ask('a'), ask('b')] }))[0]).toContain(
      'two steps in a row without a goal → give at least every second step',
    );
  });

  it('says that a condition is none, and what it lacks', () => {
    const goal = { event: 'sqs/MessageSent', count: {} };
    expect(problemsOf(withStep({ goal }))[0]).toMatch(/^error steps\[0\]\.goal\.count: .*tests nothing/);
    expect(problemsOf(withStep({ goal: { happened: 'x' } }))[0]).toContain(
      'it needs exactly one of state, event',
    );
  });

  it('explains a file that is no JSON, with the line where it stops being that, and one that is no UTF-8', () => {
    const json = (text: string): string | undefined => problemsOf(lessonWith(), { 'sqs/02-b.json': text })[0];
    expect(json('{ "a": ')).toContain('an end that comes too early → mend the JSON there');
    expect(json('{\n "a": 1,\n "b" 2\n}')).toMatch(/ at line 3, character 6 → mend the JSON there/);
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    expect(problemsOf(lessonWith(), { 'sqs/02-b.json': bytes })[0]).toContain('save the file as UTF-8');
  });

  it('refuses a file that is too large, and a name no lesson has', () => {
    const large = `{"a":"${'x'.repeat(262_144)}"}`;
    expect(problemsOf(lessonWith(), { 'sqs/02-b.json': large })[0]).toContain(
      'it may have at most 262144 bytes',
    );
    expect(problemsOf(lessonWith(), { 'sqs/second.json': {} })[0]).toContain(
      'name a lesson TRACK/NN-some-words.json',
    );
  });

  it('refuses a second lesson of the same id, and an unknown track', () => {
    expect(problemsOf(lessonWith(), { 'sqs/02-a-lesson.json': lessonWith() })[0]).toContain(
      'a second lesson sqs/a-lesson',
    );
    expect(problemsOf(lessonWith(), { 'sns/01-b.json': lessonWith() })[0]).toContain(
      'add the track to course.json',
    );
  });
});

describe('what is written', () => {
  it('names unknown facts and lessons', () => {
    expect(problemsOf(withStep({ shows: ['SQS-55'] }))[0]).toContain(
      'a fact that facts.json does not have → write SQS-05 if you mean that; else add it to facts.json, or name another',
    );
    expect(problemsOf(lessonWith({ requires: ['sqs/a-lessen'] }))[0]).toContain(
      'write sqs/a-lesson if you mean that; else remove it, or add the lesson',
    );
  });

  it('finds circles of requirements', () => {
    const found = problemsOf(lessonWith({ requires: ['sqs/b'] }), {
      'sqs/02-b.json': lessonWith({ requires: ['sqs/a-lesson'] }),
    });
    expect(found[0]).toContain('a circle: sqs/a-lesson → sqs/b → sqs/a-lesson');
  });

  it('asks for a question about each fact that is shown', () => {
    expect(problemsOf(withStep({ shows: ['SQS-01'] }))).toEqual([
      'error steps.send.shows: SQS-01 is shown, and nothing asks about it → add a question with this fact to review',
    ]);
    expect(problemsOf(withStep({ shows: ['SQS-05'] }))).toEqual([]);
  });

  it('finds words that do not fit, outside code', () => {
    const long = 'ReceiveMessageWaitTimeSecondsX';
    expect(problemsOf(withStep({ text: `Set ${long}.` }))[0]).toContain('at most 28 columns');
    expect(problemsOf(withStep({ text: `Set \`${long}\`.` }))).toEqual([]);
  });

  it('finds control characters', () => {
    expect(problemsOf(withStep({ text: 'red \u001b[31m' }))[0]).toContain('a control character');
  });

  it('finds names that the vocabulary does not have', () => {
    const goal = (condition: object): string => problemsOf(withStep({ goal: condition }))[0]!;
    expect(goal({ event: 'sqs/MessageSend' })).toContain(
      'write sqs/MessageSent if you mean that; else choose one that',
    );
    expect(goal({ event: 'sqs/MessageSent', where: { quue: 'x' } })).toContain(
      'write queue if you mean that',
    );
    expect(goal({ state: 'qeue/orders', exists: true })).toContain('write queue if you mean that');
    expect(goal({ state: 'queue/orders', is: { inflight: 1 } })).toContain('write inFlight if you mean that');
    expect(goal({ state: 'queue/orders' })).toContain('neither is nor exists');
    expect(goal({ state: 'queue/orders', is: { inFlight: 'one' } })).toContain('write a number');
    expect(goal({ event: 'sqs/ReceiveEmpty', where: { reason: 'inflight' } })).toContain(
      'write inFlight if you mean that',
    );
    expect(goal({ event: 'sqs/MessageSent', since: 'later' })).toContain('write one of lesson');
    expect(goal({ query: 'length(', is: 1 })).toContain('mend the JMESPath');
    expect(
      goal({ sequence: [{ event: 'sqs/MessageSent' }, { event: 'sqs/ReceiveEmpty' }], same: ['messageId'] }),
    ).toContain('a field that sqs/ReceiveEmpty does not have');
  });

  it('finds lines that cannot be read', () => {
    const solution = ['aws sqs send-mesage --queue-url orders'];
    expect(problemsOf(withStep({ solution, hints: ['send-mesage'] }))[0]).toMatch(
      /steps\.send\.solution\[0\]: .*mend the line/,
    );
    const text = 'Do:\n```console\naws sqs send-message --queue-url\n```';
    expect(problemsOf(withStep({ text }))[0]).toContain('steps.send.text (console)[0]');
  });

  it('wants the last hint exact and the others vague', () => {
    expect(problemsOf(withStep({ hints: ['Send something.'] }))[0]).toContain(
      'send-message of the solution is not named',
    );
    const hints = ["aws sqs send-message --queue-url orders --message-body 'a'", 'It is send-message.'];
    expect(problemsOf(withStep({ hints }))[0]).toContain('a whole command → move it to the last hint');
  });

  it('finds the operations of a line', () => {
    expect(operationsOf('H=$(aws sqs receive-message --queue-url q)')).toEqual(['receive-message']);
    expect(operationsOf('app start --name web')).toEqual(['app start']);
    expect(operationsOf('repeat 20 aws sqs send-message --queue-url q')).toEqual(['send-message']);
    expect(operationsOf('sleep 30')).toEqual([]);
  });
});

describe('what is played', () => {
  it('finds a setup line that is refused', () => {
    const world = { seed: 1, setup: ['aws sqs send-message --queue-url nowhere --message-body a'] };
    expect(problemsOf(lessonWith({ world }))[0]).toContain('world.setup or steps.send.enter');
  });

  it('finds a goal that is met from the start', () => {
    expect(problemsOf(withStep({ goal: { state: 'queue/orders', exists: true } }))[0]).toContain(
      'met when the step begins',
    );
  });

  it('finds a goal that time alone meets', () => {
    const world = {
      seed: 1,
      pace: 'paused',
      setup: [
        'aws sqs create-queue --queue-name orders',
        "aws sqs send-message --queue-url orders --message-body 'a' --delay-seconds 5",
      ],
    };
    const goal = { state: 'queue/orders', is: { visible: { atLeast: 1 } } };
    expect(problemsOf(lessonWith({ world, steps: [sendStep({ goal })] }))[0]).toMatch(
      /met after [45]\S* s without the learner/,
    );
  });

  it('finds a solution that does not work, and says what is left to do', () => {
    const goal = { event: 'sqs/MessageSent', count: { atLeast: 2 } };
    expect(problemsOf(withStep({ goal }))[0]).toContain(
      'the goal is not met: sqs/MessageSent: 1 so far, wanted at least 2',
    );
  });

  it('finds a line that the solution does not need', () => {
    const solution = [
      "aws sqs send-message --queue-url orders --message-body 'a'",
      "aws sqs send-message --queue-url orders --message-body 'b'",
    ];
    expect(problemsOf(withStep({ solution }))[0]).toContain('the goal is met without it');
  });

  it('finds a solution that is refused, also among the others', () => {
    const refused = ['aws sqs send-message --queue-url nowhere --message-body a'];
    expect(problemsOf(withStep({ otherSolutions: [refused] }))[0]).toMatch(
      /^error steps\.send\.otherSolutions\[0\]: refused: .*QueueDoesNotExist|NonExistentQueue/,
    );
  });

  it('finds a solution that spoils the step', () => {
    const never = [{ event: 'sqs/MessageSent', where: { body: 'a' }, else: 'Not this one.' }];
    expect(problemsOf(withStep({ never }))[0]).toContain('it spoils the step: Not this one.');
  });

  it('warns of a leaf that checks nothing', () => {
    const goal = { all: [{ event: 'sqs/MessageSent' }, { state: 'queue/orders', exists: true }] };
    expect(problemsOf(withStep({ goal }))).toEqual([
      'warning steps.send.goal.all[1]: never unmet while the step was played → ask for what changes in this step, or remove it: it checks nothing',
    ]);
  });

  it('plays a step that has only a question', () => {
    const think = { id: 'think', text: 'Think.', predict: { ask: 'What?', choices: [RIGHT, WRONG] } };
    expect(problemsOf(lessonWith({ steps: [think, sendStep()] }))).toEqual([]);
  });
});

describe('lessons check', () => {
  it('reports every fact of the course', () => {
    const report = check(courseWith(withStep({ shows: ['SQS-05'] })));
    expect(Object.keys(report)).toEqual(['lessons', 'problems', 'facts']);
    expect(report.facts).toEqual({
      'SQS-01': { shownBy: [], askedBy: [] },
      'SQS-05': { shownBy: ['sqs/a-lesson#send'], askedBy: ['sqs/a-lesson#review-1'] },
    });
  });

  it('fails on an error, not on a warning', () => {
    expect(checkFailed(check(courseWith(withStep({ hints: ['x'] }))))).toBe(true);
    const goal = { all: [{ event: 'sqs/MessageSent' }, { state: 'queue/orders', exists: true }] };
    const warned = check(courseWith(withStep({ goal })));
    expect(warned.problems).toHaveLength(1);
    expect(checkFailed(warned)).toBe(false);
  });

  it('finds a schema file of another version', () => {
    expect(problemsOf(lessonWith(), { 'lesson.schema.json': {} })).toEqual([
      'error (the whole file): not the schema of this version of the format → copy the one that comes with the program, or remove it',
    ]);
  });

  it('names questions about facts that are not there', () => {
    const review = [{ ...REVIEW[0], fact: 'SQS-50' }];
    expect(problemsOf(lessonWith({ review }))[0]).toContain('review[0].fact: SQS-50');
  });
});
