/** The failure lab: each case is broken until somebody mends it, and there is more than one way to. */
import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/engine/units.ts';
import { realCourse, runnerOf } from '../support/course.ts';

const course = realCourse();
const cases = course.lessons.filter(({ track }) => track === 'lab');

/** Words that give the cause away; nobody reads them before the case is solved. */
const CAUSES: Readonly<Record<string, RegExp>> = {
  'lab/angry-customers': /idempotent|at.least.once|cop(?:y|ies)|fifo|standard/i,
  'lab/a-parcel-that-never-leaves': /poison|dead.letter|redrive|nowhere/i,
  'lab/the-last-reports': /visib|timeout|hidden|receipt/i,
  'lab/ana-waits': /dead.letter|poison|express|first message|block/i,
  'lab/an-empty-box': /retention|expire|too old|first send/i,
  'lab/the-silent-desk': /attribute|scope|filter|body/i,
  'lab/the-new-warehouse': /polic|permission|denied|refus/i,
  'lab/the-longest-minute': /dead.letter|retr|20 seconds|delivery policy/i,
  'lab/two-who-complain': /hot|shard|hash|split/i,
  'lab/every-twelve-minutes': /expire|five minutes|checkpoint|too old/i,
  'lab/the-evening-sum': /buffer|interval|hint|128|900/i,
  'lab/sixty-alarms': /persist|durab|memory|journal|disk|lost/i,
  'lab/the-idle-packer': /prefetch|in turn|ahead|one-by-one|unacknowledged/i,
};

it('has its cases', () => {
  expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(CAUSES)));
});

describe.each(cases.map(({ id, lesson }) => ({ id, lesson })))('$id', ({ id, lesson }) => {
  const steps = lesson.steps.filter((step) => step.goal !== undefined);

  it('is solved by each of its ways, and there are two at least', () => {
    for (const step of steps) {
      const ways = [step.solution!, ...(step.otherSolutions ?? [])];
      expect(ways.length).toBeGreaterThanOrEqual(2);
      for (const lines of ways) {
        const { runner } = runnerOf(course, id);
        runner.jump(step.id);
        expect([lines[0], runner.play(lines)]).toEqual([lines[0], { met: true }]);
        expect(runner.current.spoiled).toBeUndefined();
        runner.close();
      }
    }
  });

  it('stays broken for an hour if nothing is done', () => {
    const { runner } = runnerOf(course, id);
    runner.session.skip(milliseconds(3_600_000));
    expect(runner.current.met).toBeUndefined();
    expect(runner.session.now - runner.current.start.at).toBe(3_600_000);
    runner.close();
  });

  it('tells symptoms, and not the cause, until it is solved', () => {
    const cause = CAUSES[id];
    if (cause === undefined) return;
    const told = [
      lesson.title,
      lesson.question,
      ...lesson.steps.flatMap(({ id: step, text }) => [step, text]),
    ];
    for (const words of [id, ...told]) expect(words).not.toMatch(cause);
  });

  it('ends with a debrief: the cause, the rule, and what would have told', () => {
    expect(lesson.takeaways.map((line) => line.split(':')[0])).toEqual([
      'Cause',
      'Rule',
      'What would have told',
    ]);
  });
});

describe('a mend that is none', () => {
  const tried = (id: string, lines: readonly string[]): { met: boolean; spoiled: string | undefined } => {
    const { runner } = runnerOf(course, id);
    const { met } = runner.play(lines);
    const spoiled = runner.current.spoiled?.text;
    runner.close();
    return { met, spoiled };
  };

  it('spoils the case where it throws the work away', () => {
    const purge = tried('lab/ana-waits', ['aws sqs purge-queue --queue-url orders.fifo']);
    expect(purge).toMatchObject({ met: false, spoiled: expect.stringContaining('thrown away') });
    const again = tried('lab/angry-customers', ['app start --name evening', 'sleep 5m']);
    expect(again).toMatchObject({ met: false, spoiled: expect.stringContaining('charged twice again') });
  });

  it('does not help where it only makes a buffer smaller that is never full', () => {
    const update =
      'aws firehose update-destination --delivery-stream-name sales --current-delivery-stream-version-id 1 --destination-id destinationId-000000000001 --extended-s3-destination-update';
    const hints = "'BufferingHints={SizeInMBs=1,IntervalInSeconds=900}'";
    expect(tried('lab/the-evening-sum', [`${update} ${hints}`, 'sleep 1h']).met).toBe(false);
    const gone = tried('lab/the-evening-sum', [
      'aws firehose delete-delivery-stream --delivery-stream-name sales',
      'sleep 1m',
    ]);
    expect(gone.spoiled).toContain('lost');
  });

  it('does not help where it repeats what was lost, or wakes the guard', () => {
    const night = [
      'app start --name gauge-2',
      'sleep 40',
      'fault inject --kind crash --on broker/harbour --for 1m',
      'sleep 30',
      'app start --name guard',
      'sleep 20',
    ];
    expect(tried('lab/sixty-alarms', night).spoiled).toContain('lost again');
    const awake = tried('lab/sixty-alarms', ['app start --name guard', ...night.slice(0, 4)]);
    expect(awake.spoiled).toContain('guard was awake');
  });

  it('does not help where the parcels are handed out as before', () => {
    expect(tried('lab/the-idle-packer', ['app start --name evening', 'sleep 5m']).spoiled).toContain(
      'his share',
    );
    const more = ['app update --name cem --concurrency 10', 'app start --name evening', 'sleep 5m'];
    expect(tried('lab/the-idle-packer', more).met).toBe(false);
  });

  it('does not help where it only adds workers', () => {
    expect(tried('lab/the-last-reports', ['app update --name writer --concurrency 20', 'sleep 5m']).met).toBe(
      false,
    );
    expect(tried('lab/ana-waits', ['app update --name shipper --concurrency 20', 'sleep 5m']).met).toBe(
      false,
    );
  });
});
