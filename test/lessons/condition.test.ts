import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceId } from '../../src/contract/view.ts';
import { instant } from '../../src/engine/units.ts';
import { createJudge } from '../../src/projection/condition.ts';
import type { Condition, SequenceCondition } from '../../src/projection/conditionTypes.ts';
import type { EventView, WorldView } from '../../src/projection/snapshot.ts';

const START = { at: instant(0) };

function world(now: number, states: Readonly<Record<string, Readonly<Record<string, unknown>>>>): WorldView {
  const resources = Object.entries(states).map(([id, fields], order) => ({
    id: id as ResourceId,
    kind: id.split('/')[0]!,
    name: id.split('/')[1]!,
    title: 'SQS',
    role: 'resource' as const,
    order,
    fields,
    links: [],
  }));
  return { now: instant(now), resources, usd: 0, requests: 0, eventCount: 0 };
}

function event(
  sequence: number,
  type: string,
  fields: Readonly<Record<string, unknown>>,
  at = sequence,
): EventView {
  return { sequence, at: instant(at), type, by: String(fields.by ?? 'you'), fields };
}

const unmet = (condition: Condition, view: WorldView): string | undefined =>
  createJudge(condition, START).judge(view).unmet[0]?.text;

describe('a condition on a state', () => {
  it('is met when every path matches, and says what it wants when one does not', () => {
    const condition: Condition = { state: 'queue/orders', is: { visible: 0, inFlight: { atLeast: 1 } } };
    const judge = createJudge(condition, START);
    expect(judge.judge(world(0, { 'queue/orders': { visible: 0, inFlight: 2 } })).met).toBe(true);
    expect(unmet(condition, world(0, { 'queue/orders': { visible: 0, inFlight: 0 } }))).toBe(
      'queue orders: inFlight is 0, wanted at least 1',
    );
    expect(unmet(condition, world(0, {}))).toBe('queue orders does not exist');
  });

  it('shows the sentence of its author while it is unmet', () => {
    expect(unmet({ state: 'queue/orders', exists: true, else: 'Make the queue.' }, world(0, {}))).toBe(
      'Make the queue.',
    );
  });

  it('can ask that a resource is gone', () => {
    const condition: Condition = { state: 'queue/orders', exists: false };
    expect(createJudge(condition, START).met(world(0, {}))).toBe(true);
    expect(unmet(condition, world(0, { 'queue/orders': {} }))).toBe('queue orders still exists');
  });

  it('reads durations on paths of milliseconds, and knows when an age will be reached', () => {
    const condition: Condition = { state: 'queue/orders', is: { oldestAgeMs: { atLeast: '20s' } } };
    const judge = createJudge(condition, START);
    const verdict = judge.judge(world(5_000, { 'queue/orders': { oldestAgeMs: 4_000 } }));
    expect(verdict.unmet).toEqual([
      { met: false, path: '', text: 'queue orders: oldestAgeMs is 4s, wanted at least 20s', until: 21_000 },
    ]);
    expect(judge.needsTimeAt(instant(5_000))).toBe(21_000);
    expect(judge.met(world(21_000, { 'queue/orders': { oldestAgeMs: 20_000 } }))).toBe(true);
  });

  it('wakes each second for a rate, and not for one that is 0: only what happens makes that grow', () => {
    const judge = createJudge({ state: 'app/web', is: { sentPerSecond: { atMost: 2 } }, for: '1h' }, START);
    const wake = (perSecond: number) => {
      judge.met(world(1_500, { 'app/web': { sentPerSecond: perSecond } }));
      return judge.needsTimeAt(instant(1_500));
    };
    expect(wake(1.5)).toBe(2_000);
    expect(wake(0)).toBe(3_601_500);
  });

  it('with for, must hold that long without a break', () => {
    const judge = createJudge({ state: 'app/web', is: { failed: 0 }, for: '30s' }, START);
    const at = (now: number, failed: number): boolean => judge.met(world(now, { 'app/web': { failed } }));
    expect(at(0, 0)).toBe(false);
    expect(judge.needsTimeAt(instant(0))).toBe(30_000);
    expect(at(29_999, 0)).toBe(false);
    expect(at(29_999, 1)).toBe(false);
    expect(at(40_000, 0)).toBe(false);
    expect(at(70_000, 0)).toBe(true);
    expect(at(70_001, 1)).toBe(false);
  });

  it('with ever, stays met once it was', () => {
    const judge = createJudge({ state: 'queue/orders', is: { inFlight: 1 }, ever: true }, START);
    expect(judge.met(world(0, { 'queue/orders': { inFlight: 1 } }))).toBe(true);
    expect(judge.met(world(1, { 'queue/orders': { inFlight: 0 } }))).toBe(true);
    judge.rewind(instant(0), 0);
    expect(judge.met(world(2, { 'queue/orders': { inFlight: 0 } }))).toBe(false);
  });

  it('remembers in a part of a whole that is not met yet', () => {
    const judge = createJudge(
      { all: [{ event: 'sqs/QueueCreated' }, { state: 'queue/orders', is: { inFlight: 1 }, ever: true }] },
      START,
    );
    expect(judge.met(world(0, { 'queue/orders': { inFlight: 1 } }))).toBe(false);
    judge.observe(event(0, 'sqs/QueueCreated', {}));
    expect(judge.met(world(1, { 'queue/orders': { inFlight: 0 } }))).toBe(true);
  });
});

describe('matchers', () => {
  const fits = (matcher: Condition extends never ? never : unknown, value: unknown): boolean =>
    createJudge({ state: 'queue/orders', is: { 'a.b[0]': matcher as never } }, START).met(
      world(0, { 'queue/orders': { a: { b: [value] }, other: 'x' } }),
    );

  it.each([
    [5, 5, 4],
    ['30', 30, 31],
    [{ atLeast: 2, atMost: 3 }, 3, 4],
    [{ moreThan: 2 }, 3, 2],
    [{ lessThan: 2 }, 1, 2],
    [{ not: 1 }, 2, 1],
    [{ not: { in: [1, 2] } }, 3, 2],
    [{ in: ['a', 'b'] }, 'b', 'c'],
    [{ contains: 'ell' }, 'hello', 'help'],
    [{ contains: 'x' }, ['x', 'y'], ['y']],
    [{ startsWith: 'he' }, 'hello', 'oh he'],
    [{ exists: true }, 0, undefined],
    [{ exists: false }, undefined, 0],
    [null, undefined, 0],
    [{ sameAs: 'other' }, 'x', 'y'],
  ])('%j fits %j and not %j', (matcher, good, bad) => {
    expect(fits(matcher, good)).toBe(true);
    expect(fits(matcher, bad)).toBe(false);
  });

  it('see own members only', () => {
    const condition: Condition = { state: 'queue/orders', is: { 'constructor.name': { exists: true } } };
    expect(createJudge(condition, START).met(world(0, { 'queue/orders': {} }))).toBe(false);
  });
});

describe('a condition on an event', () => {
  it('counts, and stays met', () => {
    const judge = createJudge(
      { event: 'sqs/MessageSent', where: { queue: 'orders' }, count: { atLeast: 2 } },
      START,
    );
    judge.observe(event(0, 'sqs/MessageSent', { queue: 'orders' }));
    judge.observe(event(1, 'sqs/MessageSent', { queue: 'bills' }));
    expect(judge.judge(world(1, {})).unmet[0]?.text).toBe(
      'sqs/MessageSent (queue orders): 1 so far, wanted at least 2',
    );
    judge.observe(event(2, 'sqs/MessageSent', { queue: 'orders' }));
    expect(judge.met(world(2, {}))).toBe(true);
    judge.rewind(instant(2), 2);
    expect(judge.met(world(2, {}))).toBe(false);
  });

  it('with an upper count, must hold when it is judged', () => {
    const judge = createJudge({ event: 'sqs/MessageSent', count: { atLeast: 1, atMost: 1 } }, START);
    judge.observe(event(0, 'sqs/MessageSent', {}));
    expect(judge.met(world(0, {}))).toBe(true);
    judge.observe(event(1, 'sqs/MessageSent', {}));
    expect(judge.met(world(1, {}))).toBe(false);
  });

  it('with within, counts only what came so soon', () => {
    const judge = createJudge({ event: 'sqs/MessageSent', within: '1s' }, START);
    judge.observe(event(0, 'sqs/MessageSent', {}, 1_001));
    expect(judge.met(world(1_001, {}))).toBe(false);
  });

  it('with since, counts what came before the step', () => {
    const earlier = { at: instant(0), events: [event(0, 'sqs/MessageSent', {})] };
    const start = { at: instant(50), since: (place: string) => (place === 'lesson' ? earlier : undefined) };
    expect(createJudge({ event: 'sqs/MessageSent', since: 'lesson' }, start).met(world(50, {}))).toBe(true);
    expect(createJudge({ event: 'sqs/MessageSent' }, start).met(world(50, {}))).toBe(false);
  });
});

describe('a sequence', () => {
  const item = (type: string) => ({ event: type });
  const run = (condition: SequenceCondition, types: readonly (readonly [string, object])[]): boolean => {
    const judge = createJudge(condition, START);
    types.forEach(([type, fields], index) => {
      judge.observe(event(index, type, fields as Record<string, unknown>));
    });
    return judge.met(world(types.length, {}));
  };

  it('needs no neighbours, only the order', () => {
    const condition = { sequence: [item('a'), item('b')] };
    expect(
      run(condition, [
        ['a', {}],
        ['x', {}],
        ['b', {}],
      ]),
    ).toBe(true);
    expect(
      run(condition, [
        ['b', {}],
        ['a', {}],
      ]),
    ).toBe(false);
    expect(run({ sequence: [item('a'), item('a')] }, [['a', {}]])).toBe(false);
  });

  it('does not stick to the first event that fits', () => {
    const condition = { sequence: [item('a'), item('b')], same: ['id'] };
    expect(
      run(condition, [
        ['a', { id: 1 }],
        ['a', { id: 2 }],
        ['b', { id: 2 }],
      ]),
    ).toBe(true);
    const apart = { sequence: [item('a'), item('b'), item('c')], differ: ['id'] };
    expect(
      run(apart, [
        ['a', { id: 1 }],
        ['a', { id: 3 }],
        ['b', { id: 2 }],
        ['c', { id: 1 }],
      ]),
    ).toBe(true);
  });

  it('with within, takes the newest event that is near enough', () => {
    const judge = createJudge({ sequence: [item('a'), { event: 'b', within: '10s' }] }, START);
    judge.observe(event(0, 'a', {}, 0));
    judge.observe(event(1, 'a', {}, 15_000));
    judge.observe(event(2, 'b', {}, 20_000));
    expect(judge.met(world(20_000, {}))).toBe(true);
  });

  it('goes back with the world', () => {
    const judge = createJudge({ sequence: [item('a'), item('b')] }, START);
    judge.observe(event(0, 'a', {}));
    judge.observe(event(1, 'b', {}));
    judge.rewind(instant(1), 1);
    expect(judge.met(world(1, {}))).toBe(false);
    judge.observe(event(1, 'b', {}));
    expect(judge.met(world(1, {}))).toBe(true);
  });

  it('finds a choice exactly when trying all choices finds one', () => {
    const events = fc.array(
      fc.record({
        type: fc.constantFrom('a', 'b', 'c'),
        id: fc.integer({ min: 0, max: 3 }),
        gap: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 12 },
    );
    const items = fc.array(
      fc.record({ event: fc.constantFrom('a', 'b', 'c'), within: fc.constantFrom(undefined, '5ms', '12ms') }),
      { minLength: 2, maxLength: 4 },
    );
    const mode = fc.constantFrom('none', 'same', 'differ');
    fc.assert(
      fc.property(events, items, mode, (given, pattern, how) => {
        let at = 0;
        const list = given.map((each, index) => {
          at += each.gap;
          return event(index, each.type, { id: each.id }, at);
        });
        const condition: SequenceCondition = {
          sequence: pattern.map((each) => ({
            event: each.event,
            ...(each.within && { within: each.within }),
          })),
          ...(how === 'same' && { same: ['id'] }),
          ...(how === 'differ' && { differ: ['id'] }),
        };
        const judge = createJudge(condition, START);
        for (const each of list) judge.observe(each);
        expect(judge.met(world(at, {}))).toBe(tryAll(condition, list, []));
      }),
      { numRuns: 3_000 },
    );
  });

  it('stays quick with thousands of messages under way', () => {
    const judge = createJudge({ sequence: [item('a'), item('b'), item('c')], differ: ['id'] }, START);
    for (let index = 0; index < 5_000; index++)
      judge.observe(event(index, index % 2 ? 'a' : 'b', { id: index }));
    expect(judge.met(world(0, {}))).toBe(false);
    judge.observe(event(5_000, 'c', { id: 5_000 }));
    expect(judge.met(world(0, {}))).toBe(true);
  });
});

function tryAll(
  condition: SequenceCondition,
  list: readonly EventView[],
  chosen: readonly EventView[],
): boolean {
  if (chosen.length === condition.sequence.length) return true;
  const wanted = condition.sequence[chosen.length]!;
  const last = chosen.at(-1);
  return list.some((each) => {
    if (each.type !== wanted.event || (last && each.sequence <= last.sequence)) return false;
    if (last && wanted.within && each.at - last.at > Number.parseInt(wanted.within, 10)) return false;
    if (condition.same && chosen.some((other) => other.fields.id !== each.fields.id)) return false;
    if (condition.differ && chosen.some((other) => other.fields.id === each.fields.id)) return false;
    return tryAll(condition, list, [...chosen, each]);
  });
}

describe('queries and groups', () => {
  it('a query sees all states by kind and name', () => {
    const condition: Condition = { query: 'length(keys(queue))', is: 2 };
    expect(createJudge(condition, START).met(world(0, { 'queue/a': {}, 'queue/b': {} }))).toBe(true);
    expect(unmet(condition, world(0, { 'queue/a': {} }))).toBe('length(keys(queue)) is 1, wanted 2');
  });

  it('a query that does not fit the world yet is unmet, not an error', () => {
    expect(createJudge({ query: 'length(keys(queue))', is: 2 }, START).met(world(0, {}))).toBe(false);
  });

  it('any of several is one sentence', () => {
    const condition: Condition = {
      any: [
        { state: 'queue/a', exists: true },
        { state: 'queue/b', exists: true },
      ],
    };
    expect(unmet(condition, world(0, {}))).toBe('queue a does not exist, or queue b does not exist');
  });

  it('all lists what is missing, with its place', () => {
    const verdict = createJudge(
      {
        all: [
          { state: 'queue/a', exists: true },
          { any: [{ event: 'x' }, { event: 'y' }], else: 'Do x or y.' },
        ],
      },
      START,
    ).judge(world(0, { 'queue/a': {} }));
    expect(verdict.unmet).toEqual([{ met: false, path: 'all[1]', text: 'Do x or y.' }]);
    expect(verdict.leaves.map((leaf) => [leaf.path, leaf.met])).toEqual([
      ['all[0]', true],
      ['all[1].any[0]', false],
      ['all[1].any[1]', false],
    ]);
  });
});
