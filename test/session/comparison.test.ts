/** Two forks compared: the first difference is the first there is, and the figures are those of equal instants. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import type { Instant } from '../../src/engine/units.ts';
import type { Comparison } from '../../src/projection/comparison.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';
import { runLines } from '../support/worlds.ts';

const session = (seed: number, checkpointEvery = 300): WorldSession =>
  runLines(
    createSession({
      catalog: CATALOG,
      settings: worldSettings({ seed }),
      timeline: { logCapacity: 100_000, checkpointEvery },
    }),
    'sqs create-queue --queue-name orders',
    'app create-producer --name web --to queue/orders --rate 5/s --pattern poisson',
    'app create-consumer --name worker --from queue/orders --concurrency 2 --time 100ms..1s --fail "1 in 5"',
    'sleep 10',
  );

const LINES = [
  'sleep 3',
  'sleep 1',
  'sqs send-message --queue-url orders --message-body more',
  'sqs set-queue-attributes --queue-url orders --attributes VisibilityTimeout=3',
  'sqs receive-message --queue-url orders',
  'app update --name worker --concurrency 4',
] as const;

const lines = fc.array(fc.constantFrom(...LINES), { minLength: 0, maxLength: 6 });

const compared = (world: WorldSession, a?: string, b?: string): Comparison => {
  const found = world.insight.compare(a, b);
  if (!found.ok) throw new Error(found.why);
  return found.comparison;
};

/** All that happens up to an instant in a world of its own in which these lines are run, an event a line. */
const eventsOf = (seed: number, given: readonly string[], until: Instant): string[] =>
  runLines(session(seed), ...given)
    .events(0, Number.MAX_SAFE_INTEGER)
    .filter(({ at }) => at <= until)
    .map((event) => JSON.stringify(event));

const figuresAt = (world: WorldSession, branch: number, at: Instant): readonly unknown[] => {
  world.switchTo(branch);
  world.goTo(at);
  const view = world.view();
  return [
    ...view.resources.flatMap(({ id, fields }) =>
      ['visible', 'sent', 'received', 'processed'].map((name) => `${id} ${name} ${fields[name]}`),
    ),
    `requests ${view.requests}`,
    `usd ${view.usd}`,
  ];
};

describe('two forks compared', () => {
  it('part at the first event that differs, or not at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), lines, lines, (seed, one, other) => {
        const world = session(seed);
        world.fork();
        runLines(world, ...other);
        world.switchTo(0);
        runLines(world, ...one);
        const { at, first, unsearched } = compared(world, 'main', 'fork A');
        const a = eventsOf(seed, one, at);
        const b = eventsOf(seed, other, at);
        const length = Math.max(a.length, b.length);
        const parted = Array.from({ length }, (_, index) => index).find((index) => a[index] !== b[index]);
        expect(unsearched).toBeUndefined();
        expect(first?.sequence).toBe(parted);
      }),
      { numRuns: 12 },
    );
  });

  it('stand beside each other with the figures of one instant, the earlier head', () => {
    const world = session(7);
    world.fork();
    runLines(world, LINES[3], 'sleep 20');
    world.switchTo(0);
    runLines(world, LINES[5], 'sleep 12');
    const comparison = compared(world);
    expect(comparison.at).toBe(world.timeline().branches[0]?.head);
    const sideOf = (side: 'a' | 'b'): string[] =>
      comparison.figures
        .filter(({ field }) =>
          ['visible', 'sent', 'received', 'processed', 'requests', 'usd'].includes(field),
        )
        .map(
          (figure) =>
            `${figure.resource === undefined ? '' : `${figure.resource} `}${figure.field} ${figure[side]}`,
        );
    const [main, fork] = [figuresAt(world, 0, comparison.at), figuresAt(world, 1, comparison.at)];
    expect(main).toEqual(expect.arrayContaining(sideOf('a').filter((line) => !line.endsWith(' 0'))));
    expect(fork).toEqual(expect.arrayContaining(sideOf('b').filter((line) => !line.endsWith(' 0'))));
    expect(comparison.figures.find(({ field }) => field === 'requests')).toBeDefined();
  });

  it('do not differ from themselves, nor from a fork in which nothing was done', () => {
    const world = session(7);
    const itself = compared(world, 'main', 'main');
    expect(itself.first).toBeUndefined();
    expect(itself.figures.filter(({ a, b }) => a !== b)).toEqual([]);
    world.fork('copy');
    runLines(world, 'sleep 5');
    const copy = compared(world);
    expect([copy.a, copy.b, copy.first, copy.cause]).toEqual([
      'main',
      'copy',
      undefined,
      { a: undefined, b: undefined },
    ]);
  });

  it('name the command that made them part, and who is better off', () => {
    const world = session(7);
    world.fork();
    runLines(world, 'app update --name worker --concurrency 20', 'sleep 30');
    world.switchTo(0);
    runLines(world, 'sleep 30');
    const { cause, figures, summary } = compared(world, 'main', 'a');
    expect(cause.a).toBeUndefined();
    expect(cause.b?.line).toContain('app update --name worker --concurrency 20');
    expect(figures.find(({ field }) => field === 'processed')?.better).toBe('b');
    expect(summary.join(' ')).toMatch(/fork A is better in: .*processed/);
  });

  it('are told at the prompt within 80 columns, and a lesson hears of it', () => {
    const world = session(7);
    const heard: string[] = [];
    const print = (line: string): string => {
      const entry = world.enter(line);
      world.drain();
      const result = world.entry(entry.id)?.result;
      return result?.error?.text ?? result?.output ?? '';
    };
    expect(print('world compare')).toContain('one course of events only');
    world.fork();
    world.you.listen((event) => heard.push(`${event.type} ${event.fields.about}`));
    runLines(world, LINES[3], 'sleep 5');
    const text = print('world compare');
    expect(text).toContain('main against fork A');
    expect(text).toContain('orders: attributes changed by you');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(JSON.parse(print('world compare main a --output json'))).toMatchObject({ a: 'main', b: 'fork A' });
    expect(print('world compare nobody')).toContain('there are main, fork A');
    expect(heard).toEqual(['you/Compared main and fork A', 'you/Compared main and fork A']);
  });
});
