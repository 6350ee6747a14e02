import { describe, expect, it } from 'vitest';
import { listText } from '../../src/lessons/list.ts';
import {
  forget,
  merge,
  noProgress,
  type Progress,
  type ProgressRecord,
  progressText,
  readProgress,
  record,
} from '../../src/lessons/progress.ts';
import { courseWith, lessonWith } from '../support/course.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const done: ProgressRecord = { type: 'step', lesson: 'sqs/a', step: 'send', status: 'done' };
const skipped: ProgressRecord = { ...done, status: 'skipped' };
const asked = (right: boolean): ProgressRecord => ({
  type: 'asked',
  fact: 'SQS-05',
  question: 'sqs/a#review-1',
  right,
});

const having = (...records: readonly ProgressRecord[]): Progress =>
  records.reduce((progress, each, index) => record(progress, each, NOON + index * 1_000), noProgress());

describe('progress', () => {
  it('remembers the first time a step was done; a later skip changes nothing', () => {
    const progress = having(skipped, done, skipped, done);
    expect(progress.lessons['sqs/a']?.steps.send).toEqual({
      status: 'done',
      when: '2026-01-05T12:00:01.000Z',
    });
  });

  it('remembers what was proved and asked', () => {
    const progress = having(
      { type: 'proved', fact: 'SQS-05', step: 'sqs/a#send' },
      asked(false),
      asked(true),
    );
    expect(progress.facts['SQS-05']?.proved).toEqual({
      step: 'sqs/a#send',
      when: '2026-01-05T12:00:00.000Z',
    });
    expect(progress.facts['SQS-05']?.asked.map((each) => each.right)).toEqual([false, true]);
  });

  it('keeps the newest hundred answers', () => {
    let progress = noProgress();
    for (let index = 0; index < 150; index++) progress = record(progress, asked(index > 100), NOON + index);
    expect(progress.facts['SQS-05']?.asked).toHaveLength(100);
    expect(progress.facts['SQS-05']?.asked.at(-1)?.right).toBe(true);
  });

  it('comes back from its own text', () => {
    const progress = having(done, asked(true), { type: 'finished', lesson: 'sqs/a' });
    expect(readProgress(progressText(progress))).toEqual({ ok: true, progress });
  });

  it('explains a file that it cannot read', () => {
    expect(readProgress('{')).toMatchObject({ ok: false, why: expect.stringContaining('It is no JSON') });
    expect(readProgress('{"formatVersion":9}')).toMatchObject({
      ok: false,
      why: expect.stringContaining('newer version'),
    });
    expect(readProgress('{"formatVersion":1,"lessons":{},"facts":{"SQS-05":{}}}')).toEqual({
      ok: false,
      why: 'facts.SQS-05.asked: found nothing; add it: a list [ … ].',
    });
  });

  it('merges two files: done beats skipped, the earlier time counts, no answer twice', () => {
    const here = having(skipped, asked(true));
    const there = record(record(here, done, NOON + 9_000), asked(false), NOON + 8_000);
    const both = merge(here, there);
    expect(both.lessons['sqs/a']?.steps.send?.status).toBe('done');
    expect(both.facts['SQS-05']?.asked).toHaveLength(2);
    expect(merge(there, here)).toEqual(both);
    expect(merge(both, both)).toEqual(both);
  });

  it('forgets one lesson, or everything', () => {
    const progress = having(done, asked(true));
    expect(forget(progress, 'sqs/a')).toEqual({ ...progress, lessons: {} });
    expect(forget(progress)).toEqual(noProgress());
  });

  it('shows in the list of lessons', () => {
    const progress = record(noProgress(), { type: 'at', lesson: 'sqs/a-lesson', step: 'send' }, NOON);
    const course = courseWith(lessonWith());
    expect(listText(course, noProgress())).toContain('[ ] sqs/a-lesson  A lesson (3 min)');
    expect(listText(course, progress)).toContain('[~] sqs/a-lesson');
  });
});
