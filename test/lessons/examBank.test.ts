/** The question banks of the course, and what the linter says of banks that are not like that. */
import { describe, expect, it } from 'vitest';
import { examQuestions, showOf } from '../../src/lessons/examBank.ts';
import { factsOf } from '../../src/lessons/lint.ts';
import { lintBanks, SHOW_PANES, stem } from '../../src/lessons/lintBanks.ts';
import { loadCourse } from '../../src/lessons/load.ts';
import { noProgress, record } from '../../src/lessons/progress.ts';
import { rightCount } from '../../src/lessons/questions.ts';
import { examSchemaJson } from '../../src/lessons/schema.ts';
import { panesOf } from '../../src/tui/panesOf.ts';
import {
  courseWith,
  filesOf,
  lessonWith,
  REVIEW,
  RIGHT,
  realCourse,
  realFiles,
  sendStep,
  WRONG,
} from '../support/course.ts';

const course = realCourse();
const bank = examQuestions(course);
const gallery = new Set(
  (await import('node:fs'))
    .readdirSync(new URL('../../saves/', import.meta.url))
    .map((name) => name.split('.')[0]),
);

describe('the exam of the course', () => {
  it('has at least 160 questions, and at least one of its own for each of the 128 facts', () => {
    expect(bank.length).toBeGreaterThanOrEqual(160);
    const asked = new Set(bank.map(({ question }) => question.fact));
    expect(course.facts.filter(({ id }) => !asked.has(id))).toEqual([]);
    expect(Object.values(factsOf(course)).every(({ askedBy }) => askedBy.length > 0)).toBe(true);
  });

  it('asks as the real one does: one of four, or two of five, and both kinds often', () => {
    const shapes = bank.map(({ question }) => `${rightCount(question)} of ${question.choices.length}`);
    expect(new Set(shapes)).toEqual(new Set(['1 of 4', '2 of 5']));
    expect(shapes.filter((shape) => shape === '2 of 5').length).toBeGreaterThanOrEqual(10);
  });

  it('gives each choice a reason of its own', () => {
    for (const { name, question } of bank) {
      const reasons = question.choices.map(({ because }) => stem(because));
      expect([name, new Set(reasons).size]).toEqual([name, question.choices.length]);
    }
  });

  it('is not passed by who always takes the longest choice', () => {
    const longest = bank.filter(({ question }) => {
      const [first] = [...question.choices].sort((a, b) => b.text.length - a.text.length);
      return first?.right === true;
    });
    expect(longest.length / bank.length).toBeLessThan(0.4);
  });

  it('passes the checks of the linter', () => {
    expect(course.problems).toEqual([]);
    expect(lintBanks(course, (name) => gallery.has(name))).toEqual([]);
  });

  it('says what the exam wants wherever the guide has another figure than today', () => {
    const differing = bank.filter(({ question }) => question.differs !== undefined);
    expect(differing.map(({ question }) => question.fact)).toEqual(
      expect.arrayContaining(['SQS-03', 'SNS-17', 'SNS-18', 'KDS-05']),
    );
  });

  it('has the schema that the format generates, and keeps to one voice', async () => {
    await expect(examSchemaJson()).toMatchFileSnapshot('../../lessons/exam.schema.json');
    for (const { name, question } of bank) {
      const words = [question.ask, ...question.choices.flatMap(({ text, because }) => [text, because])].join(
        ' ',
      );
      expect([name, /!|\bsimply\b|\boops\b/iu.test(words)]).toEqual([name, false]);
    }
  });

  it('shows the answer in a step of a lesson wherever one shows the fact', () => {
    const shown = factsOf(course);
    for (const each of bank) {
      const isShown = [each.question.fact].some((fact) =>
        (shown[fact]?.shownBy ?? []).some((place) => !place.startsWith('lab/')),
      );
      if (isShown)
        expect([each.name, showOf(course, noProgress(), each)]).toEqual([each.name, expect.anything()]);
    }
    expect(SHOW_PANES.filter((pane) => !(panesOf(false) as readonly string[]).includes(pane))).toEqual([]);
  });
});

const QUESTION = { id: 'hidden', ask: 'What is hidden?', fact: 'SQS-05', choices: [RIGHT, WRONG] };
const withBank = (...questions: readonly object[]) =>
  courseWith(lessonWith({ steps: [sendStep({ shows: ['SQS-05'] })] }), {
    'exam/sqs.json': { formatVersion: 1, questions },
  });
const problemsOf = (...questions: readonly object[]) =>
  lintBanks(withBank(...questions), (name) => name === 'flash-sale').map(({ member, found, todo }) => [
    member,
    found,
    todo,
  ]);

describe('a bank that is checked', () => {
  it('is fine with a question on a fact of the course', () => {
    expect(withBank(QUESTION).problems).toEqual([]);
    expect(problemsOf(QUESTION)).toEqual([]);
  });

  it('is told of facts, steps, worlds and panes that are not there', () => {
    expect(problemsOf({ ...QUESTION, fact: 'SQS-99', also: ['SQS-98'] })).toEqual([
      [
        'hidden.fact',
        'SQS-99, a fact that facts.json does not have',
        'add it to facts.json, or name another',
      ],
      [
        'hidden.also',
        'SQS-98, a fact that facts.json does not have',
        'add it to facts.json, or name another',
      ],
    ]);
    expect(problemsOf({ ...QUESTION, show: 'sqs/a-lesson#sent' })[0]?.[0]).toBe('hidden.show');
    expect(problemsOf({ ...QUESTION, show: 'sqs/a-lesson#send' })).toEqual([]);
    expect(problemsOf({ ...QUESTION, show: 'world/flash-sale#metrics' })).toEqual([]);
    expect(problemsOf({ ...QUESTION, show: 'world/flash-sail#metrics' })[0]?.[2]).toContain('saves list');
    expect(problemsOf({ ...QUESTION, show: 'world/flash-sale#metric' })[0]?.[2]).toContain('metrics');
  });

  it('may not ask about a fact twice in the same words, also not in the words of a lesson', () => {
    const again = { ...QUESTION, id: 'again', ask: 'What is  HIDDEN' };
    expect(problemsOf(QUESTION, again)).toEqual([
      [
        'again.ask',
        'the words of exam/sqs#hidden',
        'ask about SQS-05 in other words, or remove one of the two',
      ],
    ]);
    expect(problemsOf(QUESTION, { ...again, fact: 'SQS-01' })).toEqual([]);
    expect(problemsOf({ ...QUESTION, ask: REVIEW[0]?.ask })[0]?.[1]).toBe(
      'the words of sqs/a-lesson#review-1',
    );
  });

  it('may not offer the same choice twice, nor use an id twice', () => {
    expect(problemsOf({ ...QUESTION, choices: [RIGHT, WRONG, { ...WRONG, text: 'No.' }] })[0]?.[1]).toBe(
      'the same choice twice',
    );
    const [problem] = withBank(QUESTION, { ...QUESTION, ask: 'Other?' }).problems;
    expect(`${problem?.found} ${problem?.todo}`).toContain('two questions with the same id');
  });

  it('is warned where the fact has another figure today and the question does not say so', () => {
    const facts = {
      facts: [
        {
          id: 'SQS-05',
          service: 'sqs',
          kind: 'limit',
          statement: 'So.',
          figures: { max_kb: 256, current_max_kib: 1024 },
        },
      ],
    };
    const questions = (more: object) =>
      courseWith(lessonWith(), {
        'facts.json': facts,
        'exam/sqs.json': { formatVersion: 1, questions: [{ ...QUESTION, ...more }] },
      });
    expect(lintBanks(questions({})).map(({ severity, member }) => `${severity} ${member}`)).toEqual([
      'warning hidden.differs',
    ]);
    expect(lintBanks(questions({ differs: { guide: '256 KB.', today: '1 MiB.', exam: 'guide' } }))).toEqual(
      [],
    );
  });

  it('reads only what the format has', () => {
    expect(withBank({ ...QUESTION, hint: 'no' }).problems[0]?.member).toContain('hint');
    const empty = loadCourse(filesOf({ 'exam/a.json': { formatVersion: 1, questions: [] } }));
    expect(empty.problems.some(({ file }) => file === 'exam/a.json')).toBe(true);
    expect(realFiles.list().filter((path) => path.startsWith('exam/')).length).toBeGreaterThanOrEqual(6);
  });
});

describe('show me', () => {
  const each = (course: ReturnType<typeof withBank>) => examQuestions(course)[0]!;

  it('goes to the step that the question names, else to the first that shows its fact', () => {
    const named = withBank({ ...QUESTION, show: 'sqs/a-lesson#send', fact: 'SQS-01' });
    expect(showOf(named, noProgress(), each(named))).toMatchObject({
      type: 'step',
      lesson: 'sqs/a-lesson',
      index: 0,
    });
    const byFact = withBank(QUESTION);
    expect(showOf(byFact, noProgress(), each(byFact))).toMatchObject({ lesson: 'sqs/a-lesson' });
    const none = withBank({ ...QUESTION, fact: 'SQS-01' });
    expect(showOf(none, noProgress(), each(none))).toBeUndefined();
    const byOther = withBank({ ...QUESTION, fact: 'SQS-01', also: ['SQS-05'] });
    expect(showOf(byOther, noProgress(), each(byOther))).toMatchObject({ lesson: 'sqs/a-lesson' });
  });

  it('goes to a world of the gallery', () => {
    const world = withBank({ ...QUESTION, show: 'world/flash-sale#metrics' });
    expect(showOf(world, noProgress(), each(world))).toEqual({
      type: 'world',
      world: 'flash-sale',
      pane: 'metrics',
    });
  });

  it('keeps the cause of a failure case to itself until the case is solved', () => {
    const lab = courseWith(lessonWith({ steps: [sendStep()] }), {
      'lab/01-a-case.json': { ...lessonWith({ steps: [sendStep({ shows: ['SQS-05'] })] }), kind: 'lab' },
      'exam/sqs.json': { formatVersion: 1, questions: [QUESTION] },
    });
    expect(showOf(lab, noProgress(), each(lab))).toBeUndefined();
    const solved = record(noProgress(), { type: 'finished', lesson: 'lab/a-case' }, 0);
    expect(showOf(lab, solved, each(lab))).toMatchObject({ lesson: 'lab/a-case' });
  });
});
