/** The practice exam: what is drawn, how a paper runs, what comes back, and what the progress file keeps of it. */
import { describe, expect, it } from 'vitest';
import { type ExamQuestion, examQuestions } from '../../src/lessons/examBank.ts';
import { ExamDesk } from '../../src/lessons/examDesk.ts';
import { drawQuestions } from '../../src/lessons/examDraw.ts';
import { readAnswers } from '../../src/lessons/examGrade.ts';
import { resultOf } from '../../src/lessons/examResult.ts';
import { TIMED } from '../../src/lessons/examRun.ts';
import { repetitionOf } from '../../src/lessons/examSchedule.ts';
import { paperText } from '../../src/lessons/examText.ts';
import { factSheet } from '../../src/lessons/factSheet.ts';
import {
  merge,
  noProgress,
  type Progress,
  progressText,
  readProgress,
  record,
} from '../../src/lessons/progress.ts';
import { shuffled } from '../../src/lessons/questions.ts';
import { realCourse } from '../support/course.ts';

const course = realCourse();
const bank = examQuestions(course);
const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const rightOf = ({ question }: ExamQuestion): number[] =>
  question.choices.flatMap(({ right }, place) => (right === true ? [place] : []));
const wrongOf = ({ question }: ExamQuestion): number[] =>
  question.choices
    .flatMap(({ right }, place) => (right === true ? [] : [place]))
    .slice(0, rightOf({ question } as ExamQuestion).length);

/** A learner at the desk, with clocks set by hand. */
function learner(start: Progress = noProgress()) {
  const clock = { wall: 0, today: NOON };
  const kept = { progress: start };
  const deskOf = (): ExamDesk =>
    new ExamDesk({
      course,
      progress: () => kept.progress,
      onRecord: (entry) => {
        kept.progress = record(kept.progress, entry, clock.today);
      },
      wall: () => clock.wall,
      today: () => clock.today,
      newSeed: () => 11,
    });
  const desk = deskOf();
  const current = () => desk.run!.questions[desk.run!.view().index]!;
  return { desk, clock, kept, deskOf, current };
}

describe('a paper that is drawn', () => {
  it('is the same for one seed, and another for another', () => {
    const names = (seed: number) => drawQuestions(bank, { seed, count: 20 }).map(({ name }) => name);
    expect(names(4)).toEqual(names(4));
    expect(names(4)).not.toEqual(names(5));
  });

  it('has 65 different facts, and each service by its share', () => {
    const paper = drawQuestions(bank, { seed: 1, count: TIMED.questions });
    expect(new Set(paper.map(({ question }) => question.fact)).size).toBe(65);
    const share = (service: string) => paper.filter((each) => each.service === service).length;
    expect(share('SQS')).toBeGreaterThanOrEqual(16);
    expect(share('SQS')).toBeLessThanOrEqual(18);
    expect(share('Around')).toBeGreaterThanOrEqual(4);
    for (const service of ['SNS', 'Kinesis', 'Firehose', 'MQ'])
      expect(share(service)).toBeGreaterThanOrEqual(5);
  });

  it('asks no question twice, and a fact twice only when each has been asked once', () => {
    const all = drawQuestions(bank, { seed: 1, count: 200 });
    expect(all).toHaveLength(bank.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(bank.length);
    const mq = drawQuestions(bank, { seed: 1, count: 11, service: 'mq' });
    expect(new Set(mq.map(({ question }) => question.fact)).size).toBe(11);
  });

  it('begins with what is due, asks it in other words where there are some, and then what was never asked', () => {
    const missed = bank.filter(({ question }) => question.fact === 'SQS-05');
    let progress = noProgress();
    const first = missed[0]!;
    progress = record(progress, { type: 'asked', fact: 'SQS-05', question: first.name, right: false }, NOON);
    progress = record(progress, { type: 'asked', fact: 'SQS-01', question: 'q', right: true }, NOON);
    const draw = (now: number) =>
      drawQuestions(bank, { seed: 2, count: 30, service: 'SQS' }, { progress, now });
    const later = draw(NOON + 11 * MINUTE);
    const again = later.find(({ question }) => question.fact === 'SQS-05');
    expect(again?.name).not.toBe(first.name);
    expect(later.some(({ question }) => question.fact === 'SQS-01')).toBe(false);
    const one = drawQuestions(bank, { seed: 2, count: 1 }, { progress, now: NOON + 11 * MINUTE });
    expect(one.map(({ question }) => question.fact)).toEqual(['SQS-05']);
    const tooEarly = drawQuestions(bank, { seed: 2, count: 1 }, { progress, now: NOON + MINUTE });
    expect(tooEarly.map(({ question }) => question.fact)).not.toEqual(['SQS-05']);
  });
});

describe('what was missed', () => {
  const asked = (...answers: readonly (readonly [boolean, number])[]) =>
    answers.map(([right, at]) => ({ question: 'q', right, when: new Date(NOON + at).toISOString() }));

  it('comes back after ten minutes, then after days that grow, and is known at last', () => {
    expect(repetitionOf(asked([true, 0]))).toBeUndefined();
    expect(repetitionOf(asked([false, 0]))).toEqual({ box: 0, due: NOON + 10 * MINUTE });
    const steps: (readonly [boolean, number])[] = [[false, 0]];
    const waits = [];
    let at = 0;
    for (;;) {
      const now = repetitionOf(asked(...steps));
      if (now === undefined) break;
      waits.push((now.due - NOON - at) / DAY);
      at = now.due - NOON;
      steps.push([true, at]);
    }
    expect(waits.slice(1)).toEqual([1, 3, 7, 16]);
  });

  it('does not move away by a right answer before its time, and begins anew when it is missed again', () => {
    expect(repetitionOf(asked([false, 0], [true, MINUTE]))?.box).toBe(0);
    expect(repetitionOf(asked([false, 0], [true, 20 * MINUTE], [false, 2 * DAY]))).toEqual({
      box: 0,
      due: NOON + 2 * DAY + 10 * MINUTE,
    });
  });

  it('counts where it was asked: a lesson’s question makes a fact due in the exam too', () => {
    const { desk, kept, clock } = learner();
    kept.progress = record(
      kept.progress,
      { type: 'asked', fact: 'FH-03', question: 'firehose/a#review-1', right: false },
      NOON,
    );
    clock.today += 11 * MINUTE;
    expect(desk.view()).toMatchObject({ due: 1, missed: 1 });
    expect(desk.begin({ mode: 'practice', missed: true })).toEqual({ ok: true });
    expect(desk.run?.questions.map(({ question }) => question.fact)).toEqual(
      expect.arrayContaining(['FH-03']),
    );
  });

  it('is nothing for who missed nothing, which is said', () => {
    const told = learner().desk.begin({ mode: 'practice', missed: true });
    expect(told).toEqual({ ok: false, why: 'Nothing was missed that is not known by now.' });
  });
});

describe('a practice paper', () => {
  it('shows the reasons at once, takes one answer only, and tells the facts', () => {
    const { desk, kept, current } = learner();
    desk.begin({ mode: 'practice', count: 3 });
    const run = desk.run!;
    expect(run.view().question.choices.every(({ because }) => because === undefined)).toBe(true);
    const each = current();
    expect(run.answer(wrongOf(each))).toEqual({ ok: true });
    expect(run.view().question.right).toBe(false);
    expect(run.view().question.choices.every(({ because }) => because !== undefined)).toBe(true);
    expect(run.answer(rightOf(each)).ok).toBe(false);
    expect(kept.progress.facts[each.question.fact]?.asked).toMatchObject([
      { question: each.name, right: false },
    ]);
    const sheet = factSheet(course, kept.progress).flatMap(({ facts }) => facts);
    expect(sheet.find(({ id }) => id === each.question.fact)).toMatchObject({
      asked: 1,
      missed: 1,
      missedLast: true,
    });
  });

  it('counts what was answered, by service and by fact', () => {
    const { desk, current } = learner();
    desk.begin({ mode: 'practice', count: 4, service: 'SNS' });
    const run = desk.run!;
    run.answer(rightOf(current()));
    run.move(1);
    const missed = current();
    run.answer(wrongOf(missed));
    const result = run.handIn();
    expect(result).toMatchObject({
      right: 1,
      of: 2,
      passed: false,
      services: [{ service: 'SNS', right: 1, of: 2 }],
    });
    expect(result.missed).toEqual([{ fact: missed.question.fact, right: 0, of: 1 }]);
    expect(desk.view().results).toMatchObject([{ mode: 'practice', right: 1, of: 2 }]);
  });

  it('is put aside and taken up where it was, by another program with the same file', () => {
    const { desk, current, kept, clock, deskOf } = learner();
    desk.begin({ mode: 'practice', count: 5 });
    desk.run!.answer(rightOf(current()));
    desk.run!.move(1);
    clock.wall += 30_000;
    desk.leave();
    const read = readProgress(progressText(kept.progress));
    expect(read.ok && read.progress).toEqual(kept.progress);
    const other = deskOf();
    expect(other.view().aside).toMatchObject({ mode: 'practice', answered: 1, of: 5, usedMs: 30_000 });
    other.resume();
    expect(other.run?.view()).toMatchObject({ index: 1, answered: 1, usedMs: 30_000 });
    expect(other.run?.view().places.map(({ state }) => state)).toEqual([
      'right',
      'open',
      'open',
      'open',
      'open',
    ]);
  });
});

describe('a timed paper', () => {
  const begun = () => {
    const all = learner();
    all.desk.begin({ mode: 'timed' });
    return { ...all, run: all.desk.run! };
  };

  it('has 65 questions and 130 minutes, and gives no reason before its end', () => {
    const { run, current } = begun();
    expect(run.view()).toMatchObject({ of: 65, leftMs: 130 * MINUTE });
    run.answer(wrongOf(current()));
    const { question, places } = run.view();
    expect(question.right).toBeUndefined();
    expect(
      question.choices.every((choice) => choice.because === undefined && choice.right === undefined),
    ).toBe(true);
    expect(places[0]?.state).toBe('answered');
  });

  it('lets an answer be changed and taken away until it is handed in', () => {
    const { run, current, kept } = begun();
    run.answer(wrongOf(current()));
    run.answer(rightOf(current()));
    expect(kept.progress.facts).toEqual({});
    expect(run.view().answered).toBe(1);
    run.answer([]);
    expect(run.view().answered).toBe(0);
    run.answer(rightOf(current()));
    expect(run.handIn()).toMatchObject({ right: 1, of: 65, answered: 1 });
    expect(run.answer(rightOf(current())).ok).toBe(false);
    expect(run.view().question.choices.every(({ because }) => because !== undefined)).toBe(true);
  });

  it('ends by itself when the time has run out, and tells only facts that were answered', () => {
    const { run, clock, current, kept } = begun();
    const each = current();
    run.answer(wrongOf(each));
    clock.wall += 130 * MINUTE - 1;
    expect(run.tick()).toBe(false);
    clock.wall += 1;
    expect(run.tick()).toBe(true);
    expect(run.view()).toMatchObject({ timeIsOver: true, leftMs: 0 });
    expect(Object.keys(kept.progress.facts).sort()).toEqual(
      [each.question.fact, ...(each.question.also ?? [])].sort(),
    );
    expect(kept.progress.exam?.results).toMatchObject([
      { mode: 'timed', of: 65, right: 0, usedMs: 130 * MINUTE },
    ]);
    expect(kept.progress.exam?.sitting).toBeUndefined();
  });

  it('takes no answer after the last second, even before anybody looked at the clock', () => {
    const { run, clock, current } = begun();
    clock.wall += 131 * MINUTE;
    expect(run.answer(rightOf(current())).ok).toBe(false);
    expect(run.finished).toBe(true);
  });

  it('stands still while it is put aside', () => {
    const { desk, run, clock } = begun();
    clock.wall += 10 * MINUTE;
    desk.leave();
    clock.wall += 500 * MINUTE;
    desk.resume();
    clock.wall += MINUTE;
    expect(run.view().leftMs).toBe(119 * MINUTE);
  });

  it('does not look at what was missed', () => {
    const missed = record(
      noProgress(),
      { type: 'asked', fact: 'MQ-01', question: 'q', right: false },
      NOON - DAY,
    );
    const names = (progress: Progress) => {
      const { desk } = learner(progress);
      desk.begin({ mode: 'timed', seed: 3 });
      return desk.run?.questions.map(({ name }) => name);
    };
    expect(names(missed)).toEqual(names(noProgress()));
  });

  it('walks to flagged and open questions', () => {
    const { run, current } = begun();
    run.mark();
    run.answer(rightOf(current()));
    expect(run.view()).toMatchObject({ marked: true, index: 0 });
    expect(run.move(-1)).toEqual({ ok: false, why: 'This is the first question.' });
    run.goTo(64);
    run.answer(rightOf(current()));
    run.nextOpen();
    expect(run.view().index).toBe(1);
    run.goTo(0);
    run.mark();
    expect(run.view().marked).toBe(false);
  });
});

describe('the result', () => {
  const paper = drawQuestions(bank, { seed: 9, count: 25 });
  const answered = (right: number) =>
    Object.fromEntries(
      paper.map((each, index) => [each.name, index < right ? rightOf(each) : wrongOf(each)]),
    );

  it('passes from 72 in a hundred on', () => {
    expect(resultOf(paper, { answers: answered(18) })).toMatchObject({ right: 18, passed: true });
    expect(resultOf(paper, { answers: answered(17) })).toMatchObject({ right: 17, passed: false });
  });

  it('wants all right choices, and no other', () => {
    const two = bank.find((each) => rightOf(each).length === 2)!;
    const right = rightOf(two);
    const count = (chosen: number[]) => resultOf([two], { answers: { [two.name]: chosen } }).right;
    expect([count(right), count(right.slice(0, 1)), count([...right, ...wrongOf(two)])]).toEqual([1, 0, 0]);
  });
});

describe('answers written down for a printed paper', () => {
  const paper = drawQuestions(bank, { seed: 6, count: 8 });
  const letters = (each: ExamQuestion): string => {
    const order = shuffled(each.question.choices.length, 6, each.name);
    return rightOf(each)
      .map((place) => String.fromCharCode(97 + order.indexOf(place)))
      .join(' ');
  };
  const read = (text: string) => readAnswers(text, paper, 6);

  it('are read by number and letter, in the order in which the paper shows the choices', () => {
    const text = paper.map((each, index) => `${index + 1}. ${letters(each)}`).join('\n');
    const answers = read(`# my answers\n\n${text.toUpperCase()}\n`);
    expect(answers.ok && resultOf(paper, answers)).toMatchObject({ right: 8, of: 8, passed: true });
    const [first] = paper;
    const shown = paperText(paper, 6).split('\n').slice(0, 8);
    const text0 = first!.question.choices[rightOf(first!)[0]!]!.text;
    expect(
      shown
        .find((line) => line.endsWith(text0))
        ?.trim()[0]
        ?.toLowerCase(),
    ).toBe(letters(first!)[0]);
  });

  it('are refused with the line and what to write', () => {
    expect(read('1 a\nsecond b')).toMatchObject({
      ok: false,
      line: 2,
      why: expect.stringContaining('3 b d'),
    });
    expect(read('9 a')).toMatchObject({ ok: false, why: 'there is no question 9: the paper has 8' });
    expect(read('1 a\n1 b')).toMatchObject({ ok: false, line: 2, why: 'question 1 has an answer already' });
    expect(read('1 f')).toMatchObject({ ok: false, why: expect.stringContaining('has the answers A to') });
  });
});

describe('the progress file', () => {
  it('is read as before where the exam was never opened', () => {
    expect(readProgress('{"formatVersion":1,"lessons":{},"facts":{}}')).toEqual({
      ok: true,
      progress: noProgress(),
    });
  });

  it('is read strictly', () => {
    const text = (exam: object) => JSON.stringify({ ...noProgress(), exam });
    expect(readProgress(text({ results: [] })).ok).toBe(true);
    expect(readProgress(text({}))).toEqual({
      ok: false,
      why: 'exam.results: found nothing; add it: a list [ … ].',
    });
    expect(readProgress(text({ results: [], mode: 1 })).ok).toBe(false);
  });

  it('keeps one open paper and every result when two files are put together', () => {
    const one = learner();
    one.desk.begin({ mode: 'practice', count: 2 });
    one.desk.run!.answer(rightOf(one.current()));
    one.desk.run!.handIn();
    const two = learner(one.kept.progress);
    two.clock.today += DAY;
    two.desk.begin({ mode: 'practice', count: 3 });
    const both = merge(one.kept.progress, two.kept.progress);
    expect(both.exam?.results).toHaveLength(1);
    expect(both.exam?.sitting?.questions).toHaveLength(3);
    expect(merge(both, both)).toEqual(both);
    expect(merge(noProgress(), one.kept.progress).exam).toEqual(one.kept.progress.exam);
  });

  it('loses no paper when the course has lost some of its questions', () => {
    const { desk, kept, clock } = learner();
    desk.begin({ mode: 'practice', count: 4 });
    desk.leave();
    const sitting = kept.progress.exam!.sitting!;
    const gone = { ...sitting, questions: ['exam/sqs#gone', ...sitting.questions], at: 4 };
    const again = learner(record(kept.progress, { type: 'sitting', sitting: gone }, clock.today));
    expect(again.desk.resume()).toEqual({ ok: true });
    expect(again.desk.run?.view()).toMatchObject({ of: 4, index: 3 });
  });
});
