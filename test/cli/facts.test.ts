import { describe, expect, it } from 'vitest';
import { chooseFacts, factSheet, factsText } from '../../src/lessons/factSheet.ts';
import { noProgress, record } from '../../src/lessons/progress.ts';
import { repositoryCourse } from '../support/screenHost.ts';

const course = repositoryCourse();
const WHEN = Date.UTC(2026, 0, 5);

const progress = () => {
  const proved = record(
    noProgress(),
    { type: 'proved', fact: 'SQS-03', step: 'sqs/size-limit#one-small-label' },
    WHEN,
  );
  return record(proved, { type: 'asked', fact: 'SQS-03', question: 'q', right: false }, WHEN);
};

describe('the list of facts', () => {
  it('has every fact of the course once, under its service', () => {
    const groups = factSheet(course, noProgress());
    expect(groups.map(({ service }) => service)).toEqual([
      'SQS',
      'SNS',
      'Kinesis',
      'Firehose',
      'MQ',
      'Around',
    ]);
    const ids = groups.flatMap(({ facts }) => facts.map(({ id }) => id));
    expect([...ids].sort()).toEqual(course.facts.map(({ id }) => id).sort());
  });

  it('puts today’s figure beside the guide’s, also where the unit is another', () => {
    const facts = factSheet(course, noProgress()).flatMap((group) => group.facts);
    const figures = (id: string) => facts.find((fact) => fact.id === id)?.figures;
    expect(figures('SQS-03')).toEqual([{ name: 'max', guide: '256 KB', today: '1,024 KiB' }]);
    expect(figures('SNS-18')).toEqual([{ name: '', guide: '300 a second', today: '3,000 a second' }]);
    expect(figures('KDS-02')).toEqual([
      { name: 'min', guide: '1 day', today: undefined },
      { name: 'max', guide: '365 days', today: undefined },
    ]);
    expect(figures('SNS-02')).toEqual([{ name: 'max', guide: '12,500,000', today: undefined }]);
  });

  it('knows where a fact was seen, and that its last question was missed', () => {
    const [only, ...others] = chooseFacts(factSheet(course, progress()), { missed: true });
    expect(others).toEqual([]);
    expect(only?.facts).toMatchObject([
      { id: 'SQS-03', seen: { step: { lesson: 'sqs/size-limit' } }, asked: 1, missed: 1, missedLast: true },
    ]);
  });

  it('says each in a line, with its figures below', () => {
    const text = factsText(chooseFacts(factSheet(course, progress()), { service: 'sqs' }));
    expect(text).toContain('SQS: 1 of 34 seen');
    expect(text).toMatch(/\[!\] SQS-03 {2}A message is at most 256 KB.* \(seen, asked 1×, missed 1×\)/);
    expect(text).toContain('      max: 256 KB in the guide, 1,024 KiB today');
    expect(factsText([])).toBe('No fact is like that.');
  });

  it('hides what a failure case shows until it is solved', () => {
    const labs = course.lessons.filter(({ lesson }) => lesson.kind === 'lab');
    const shown = factSheet(course, noProgress()).flatMap((group) =>
      group.facts.flatMap((fact) => fact.steps),
    );
    for (const { id } of labs) expect(shown.some((step) => step.lesson === id)).toBe(false);
  });
});
