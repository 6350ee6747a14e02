/** The arena: every requirement tells a good design from a wrong one, and scores are kept. */
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { judge } from '../../src/lessons/arena.ts';
import { judgementText, requirementText } from '../../src/lessons/arenaText.ts';
import { lintArena, lintJudgements } from '../../src/lessons/lintArena.ts';
import { merge, noProgress, progressText, readProgress, record } from '../../src/lessons/progress.ts';
import { arenaSchemaJson } from '../../src/lessons/schema.ts';
import { lessonWorlds } from '../../src/lessons/worlds.ts';
import { repositoryCourse } from '../support/screenHost.ts';

const worlds = lessonWorlds({ catalog: CATALOG });
const course = repositoryCourse();
const { arena, problems } = course;
const named = (id: string) => arena.find((each) => each.id === id)!.requirement;

describe('the arena of the course', () => {
  it('has at least twelve requirements, all readable', () => {
    expect(arena.length).toBeGreaterThanOrEqual(12);
    expect(problems.filter(({ file }) => file.startsWith('arena/'))).toEqual([]);
  });

  it.each(arena.map(({ id, requirement }) => ({ id, requirement })))(
    '$id: the reference scores high, the wrong design low',
    ({ requirement }) => {
      const right = judge({ worlds, requirement, design: requirement.reference.lines });
      const wrong = judge({ worlds, requirement, design: requirement.wrong.lines });
      expect(right).toMatchObject({ ok: true });
      expect(wrong).toMatchObject({ ok: true });
      expect(right.ok && right.total).toBeGreaterThanOrEqual(90);
      expect(wrong.ok && wrong.total).toBeLessThanOrEqual(50);
      const text = judgementText(wrong, right);
      expect(text).toContain('the reference design');
      expect(wrong.ok && wrong.figures.some(({ why }) => text.includes(why))).toBe(true);
    },
  );
});

describe('a judgement', () => {
  const requirement = named('long-jobs');

  it('gives nothing for a design that lets nothing arrive, however cheap it is', () => {
    const design = [
      'aws sqs create-queue --queue-name in',
      'app create-consumer --name cutter --from queue/in --stopped',
    ];
    expect(judge({ worlds, requirement, design })).toMatchObject({ ok: true, total: 0, arrived: 0 });
  });

  it('says which line was refused, which entry is missing, and who reads nothing', () => {
    const why = (design: string[]) => judge({ worlds, requirement, design });
    expect(why(['aws sqs create-queue'])).toMatchObject({
      ok: false,
      why: expect.stringContaining('--queue-name'),
    });
    expect(why(['aws sqs create-queue --queue-name other'])).toMatchObject({
      why: expect.stringContaining('make queue/in'),
    });
    expect(why(['aws sqs create-queue --queue-name in'])).toMatchObject({
      why: expect.stringContaining('app create-consumer --name cutter'),
    });
  });

  it('takes the work from the requirement, not from the design', () => {
    const quick = requirement.reference.lines.map((line) =>
      line.replace('--concurrency 4', '--concurrency 4 --time 1s'),
    );
    expect(judge({ worlds, requirement, design: quick })).toEqual(
      judge({ worlds, requirement, design: requirement.reference.lines }),
    );
  });

  it('is told with story, load and targets before it is tried', () => {
    const text = requirementText('long-jobs', requirement);
    expect(text).toContain('queue/in');
    expect(text).toContain('--time 60s');
  });
});

describe('a requirement that is checked', () => {
  const problemsWith = (change: object): string[] => {
    const asked = { ...course.arena[0]!, requirement: { ...course.arena[0]!.requirement, ...change } };
    const other = { ...course, arena: [asked] };
    return [...lintArena(other, worlds.parse), ...lintJudgements(other, worlds)].map(
      ({ member, found, todo }) => `${member}: ${found} → ${todo}`,
    );
  };
  const { reference, wrong, figures } = course.arena[0]!.requirement;

  it('agrees with its schema', async () => {
    await expect(arenaSchemaJson()).toMatchFileSnapshot('../../lessons/arena.schema.json');
  });

  it('is fine as ours are', () => {
    expect(problemsWith({})).toEqual([]);
  });

  it('has lines that can be read, figures that can be earned, words that fit', () => {
    expect(problemsWith({ given: ['aws sqs create-queu'] })[0]).toMatch(/^given\[0\]: .* → mend the line/);
    expect(problemsWith({ figures: { loss: { ...figures.loss, worst: 0 } } })[0]).toBe(
      'figures.loss.worst: 0, where 0 has full marks → write a number above 0: from there on it earns nothing',
    );
    expect(problemsWith({ figures: {} })[0]).toContain('no figure → add at least one of loss');
    expect(problemsWith({ story: 'Averylongwordthatnoscreencanshow.' })[0]).toContain('at most 28 columns');
  });

  it('has a reference and a wrong design that the judge tells apart', () => {
    expect(problemsWith({ reference: wrong })[0]).toMatch(
      /^reference\.lines: a design that scores \d+ → mend/,
    );
    expect(problemsWith({ wrong: reference })[0]).toMatch(/^wrong\.lines: a design that scores \d+ → weigh/);
    expect(problemsWith({ wrong: { about: 'none', lines: ['aws sqs list-queues'] } })[0]).toContain(
      'a design that is not judged → mend it: The load is sent',
    );
  });
});

describe('best scores', () => {
  const at = Date.UTC(2026, 0, 5);
  const scored = (score: number, when = at) =>
    record(noProgress(), { type: 'arena', requirement: 'clicks', score }, when);

  it('are kept, read again, and never made worse', () => {
    const better = record(scored(70), { type: 'arena', requirement: 'clicks', score: 40 }, at + 1);
    expect(better.arena?.clicks?.score).toBe(70);
    expect(readProgress(progressText(better))).toEqual({ ok: true, progress: better });
    expect(merge(scored(70), scored(90)).arena?.clicks?.score).toBe(90);
  });

  it('may be absent, as in older files, and are read strictly', () => {
    expect(readProgress(progressText(noProgress())).ok).toBe(true);
    const odd = JSON.stringify({
      ...noProgress(),
      arena: { clicks: { score: 101, when: '2026-01-05T00:00:00.000Z' } },
    });
    expect(readProgress(odd)).toMatchObject({
      ok: false,
      why: expect.stringContaining('arena.clicks.score'),
    });
  });
});
