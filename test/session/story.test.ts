/** The story of a message: from the log and from the past walked through again, to one end that the world agrees with. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { instant } from '../../src/engine/units.ts';
import { foldStory } from '../../src/projection/storyFold.ts';
import { ENDED, type Story } from '../../src/projection/storyTypes.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';
import { Stories } from '../../src/session/story.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const redrive = (to: string, after: number): string =>
  JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${to}`,
    maxReceiveCount: String(after),
  }).replaceAll('"', '\\"');

const queue = (name: string, timeout: number, after?: number): string =>
  `sqs create-queue --queue-name ${name} --attributes '{"VisibilityTimeout":"${timeout}"${after === undefined ? '' : `,"RedrivePolicy":"${redrive('dead', after)}"`}}'`;

/** A log that holds so many events, and checkpoints as close. */
const sessionWith = (seed: number, logCapacity: number): WorldSession =>
  createSession({
    catalog: CATALOG,
    settings: worldSettings({ seed, delivery: 'calm' }),
    timeline: { logCapacity, checkpointEvery: 400 },
  });

interface Play {
  readonly seed: number;
  readonly timeout: number;
  readonly after: number;
  readonly fail: number;
  readonly crash: number;
  readonly delay: number;
  readonly end: 'none' | 'purge' | 'delete' | 'move';
}

const plays = fc.record<Play>({
  seed: fc.integer({ min: 1, max: 9_999 }),
  timeout: fc.integer({ min: 1, max: 6 }),
  after: fc.integer({ min: 1, max: 4 }),
  fail: fc.integer({ min: 1, max: 6 }),
  crash: fc.integer({ min: 3, max: 30 }),
  delay: fc.constantFrom(0, 3),
  end: fc.constantFrom('none', 'purge', 'delete', 'move'),
});

function play(session: WorldSession, { timeout, after, fail, crash, delay, end }: Play): WorldSession {
  const ends = {
    none: 'sleep 1',
    purge: 'sqs purge-queue --queue-url orders',
    delete: 'sqs delete-queue --queue-url orders',
    move: 'sqs start-message-move-task --source-arn arn:aws:sqs:us-east-1:000000000000:dead',
  };
  return runLines(
    session,
    'sqs create-queue --queue-name dead',
    queue('orders', timeout, after),
    'app create-producer --name web --to queue/orders --rate 4/s --pattern poisson',
    `app create-consumer --name worker --from queue/orders --concurrency 3 --time 100ms..3s --fail "1 in ${fail}" --crash "1 in ${crash}"`,
    `sqs send-message --queue-url orders --message-body late --delay-seconds ${delay}`,
    'sleep 25',
    ends[end],
    'sleep 4',
  );
}

const sentIn = (session: WorldSession): string[] => {
  const ids = session
    .events(0, Number.MAX_SAFE_INTEGER)
    .filter(({ type }) => type === 'sqs/MessageSent')
    .map(({ fields }) => String(fields.messageId));
  return [...new Set(ids)];
};

const told = (session: WorldSession, id: string): Story => {
  const story = session.insight.story(id);
  if (story === undefined) throw new Error(`no story of ${id}`);
  return story;
};

describe('the story of a message', () => {
  it('is the same from the log as from the past walked through again', () => {
    fc.assert(
      fc.property(plays, (some) => {
        const whole = play(sessionWith(some.seed, 100_000), some);
        const forgetful = play(sessionWith(some.seed, 40), some);
        expect(forgetful.world.simulation.log.first).toBeGreaterThan(0);
        for (const id of sentIn(whole).filter((_, index) => index % 9 === 0)) {
          expect(told(forgetful, id)).toEqual(told(whole, id));
        }
      }),
      { numRuns: 8 },
    );
  });

  it('ends for every message in exactly one state, and together they agree with the counts of the queues', () => {
    fc.assert(
      fc.property(plays, (some) => {
        const session = play(sessionWith(some.seed, 100_000), some);
        const stories = sentIn(session).map((id) => told(session, id));
        const counted: Record<string, number> = {};
        for (const story of stories) {
          expect(story.missing).toBeUndefined();
          const living = story.copies.filter(({ state }) => !ENDED.has(state));
          expect(living.length).toBeLessThanOrEqual(1);
          const last = living[0] ?? story.copies.at(-1)!;
          const name = `${story.lanes[last.lane]!.name} ${last.state}`;
          counted[name] = (counted[name] ?? 0) + 1;
        }
        for (const { name, kind, stock, fields } of session.view().resources) {
          if (kind !== 'queue' || stock === undefined) continue;
          for (const [state, count] of Object.entries(stock)) {
            expect(`${name} ${state} ${counted[`${name} ${state}`] ?? 0}`).toBe(`${name} ${state} ${count}`);
          }
          expect(counted[`${name} deleted`] ?? 0).toBe(fields.deleted);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('tells who had it, why it came back, and where it went', () => {
    const session = runLines(
      newWorld({ seed: 3 }),
      'sqs create-queue --queue-name dead',
      queue('orders', 5, 2),
      'sqs send-message --queue-url orders --message-body poison',
      'app create-consumer --name worker --from queue/orders --time 1s --crash "1 in 1" --concurrency 2',
      'sleep 8',
      'app update --name worker --crash "1 in 1000000" --fail "1 in 1" --concurrency 3',
      'sleep 30',
    );
    const [row] = session.messages('queue/dead', 0, 1);
    const story = told(session, row!.messageId);
    const words = story.items.map((item) => item.words);
    expect(words[0]).toBe('sent');
    expect(words).toContain('received by worker-1');
    expect(words).toContain('worker-1 crashed with it');
    expect(words).toContain('back: worker-1 crashed');
    expect(words.at(-1)).toBe('dead after 2 receives');
    expect(story.copies).toMatchObject([{ state: 'visible', dead: true, receiveCount: 2 }]);
    expect(story.lanes[story.copies[0]!.lane]?.id).toBe('queue/dead');
    expect(story.next.map(({ how }) => how)).toContain('start-message-move-task');
  });

  it('goes on under the new id when a task moves the message, from whichever id one asks', () => {
    const session = runLines(
      newWorld({ seed: 3 }),
      'sqs create-queue --queue-name dead',
      queue('orders', 1, 1),
      'sqs send-message --queue-url orders --message-body poison',
      'sqs receive-message --queue-url orders',
      'sleep 2',
      'sqs receive-message --queue-url orders',
      'sqs start-message-move-task --source-arn arn:aws:sqs:us-east-1:000000000000:dead',
      'sleep 2',
    );
    const [back] = session.messages('queue/orders', 0, 1);
    const story = told(session, back!.messageId);
    expect(story.copies.map(({ state }) => state)).toEqual(['moved', 'visible']);
    expect(story.items[0]?.words).toBe('sent');
    const first = story.copies[0]!.messageId;
    expect(told(session, first).items).toEqual(story.items);
  });

  it('says what can still happen, at which instant', () => {
    const session = runLines(
      newWorld({ seed: 3 }),
      'sqs create-queue --queue-name dead',
      queue('orders', 30, 3),
      'sqs send-message --queue-url orders --message-body hello',
      'sqs receive-message --queue-url orders',
    );
    const [row] = session.messages('queue/orders', 0, 1);
    const { next } = told(session, row!.messageId);
    expect(next.find(({ what }) => what === 'it returns')?.at).toBe(row!.due);
    expect(next.map(({ what }) => what)).toContain('2 more receives, then dead');
    expect(next.find(({ what }) => what === 'it expires')?.at).toBe(row!.sent + 4 * 86_400_000);
  });

  it('tells, while one looks back, what is known to come apart from what was', () => {
    const session = runLines(
      newWorld({ seed: 3 }),
      queue('orders', 5),
      'sqs send-message --queue-url orders --message-body hello',
      'sleep 3',
      'sqs receive-message --queue-url orders',
      'sleep 10',
    );
    const [row] = session.messages('queue/orders', 0, 1);
    const whole = told(session, row!.messageId);
    session.goTo(instant(1_000));
    const past = told(session, row!.messageId);
    expect(past.items).toEqual(whole.items.slice(0, 1));
    expect([...past.items, ...past.later]).toEqual(whole.items);
    expect(past.copies[0]?.receiveCount).toBe(0);
  });

  it('goes no further than it may, and says how far it came', () => {
    const some: Play = { seed: 5, timeout: 3, after: 4, fail: 2, crash: 30, delay: 0, end: 'none' };
    const [id] = sentIn(play(sessionWith(5, 100_000), some));
    const session = play(sessionWith(5, 40), some);
    const place = { world: session.world, catalog: CATALOG };
    const { resources } = session.view();
    expect(new Stories(place, 10).story(id!, resources)?.missing).toContain('more than 10 events');
    const foreign = { ...place, foreignPast: { before: session.position, version: '0.0.1' } };
    expect(new Stories(foreign).story(id!, resources)?.missing).toContain('made by version 0.0.1');
    expect(new Stories(place).story(id!, resources)?.missing).toBeUndefined();
  });

  it('folds equal rounds into one line, and unfolds them', () => {
    const session = runLines(
      newWorld({ seed: 3 }),
      queue('orders', 5),
      'sqs send-message --queue-url orders --message-body hello',
      'app create-consumer --name worker --from queue/orders --time 1s --fail "1 in 1"',
      'sleep 60',
    );
    const [row] = session.messages('queue/orders', 0, 1);
    const { items } = told(session, row!.messageId);
    const rows = foldStory(items, new Set());
    const folds = rows.flatMap((one) => (one.type === 'fold' ? [one] : []));
    expect(folds).toHaveLength(1);
    expect(rows.length).toBeLessThan(items.length);
    expect(rows.flatMap((one) => (one.type === 'fold' ? one.items : [one.item]))).toEqual(items);
    expect(foldStory(items, new Set([folds[0]!.id]))).toHaveLength(items.length);
  });
});

describe('a message named by the first letters of its id', () => {
  const session = runLines(
    newWorld({ seed: 3 }),
    queue('orders', 5),
    'repeat 300 sqs send-message --queue-url orders --message-body {n}',
    'sqs purge-queue --queue-url orders',
  );
  const id = String(
    session.events(0, 2_000).find(({ type }) => type === 'sqs/MessageSent')?.fields.messageId,
  );

  it('is found also when it is gone, and by letters in capitals', () => {
    expect(session.insight.findMessage(id.slice(0, 8))).toEqual({ ok: true, messageId: id });
    expect(session.insight.findMessage(id.toUpperCase())).toEqual({ ok: true, messageId: id });
    expect(told(session, id).copies).toMatchObject([{ state: 'gone' }]);
  });

  it('is refused when too few are given, when none has them, and when they are no id', () => {
    const why = (prefix: string): string => {
      const found = session.insight.findMessage(prefix);
      return found.ok ? 'found' : found.why;
    };
    expect(why(id.slice(0, 3))).toContain('at least 4');
    expect(why(`${id.slice(0, 8)}-ffff-ffff`)).toContain('no message');
    expect(why('hello')).toContain('no message id');
  });

  it('prints at most 80 columns at the prompt, and as data on request', () => {
    const entry = session.enter(`story ${id.slice(0, 6)}`);
    session.drain();
    const output = session.entry(entry.id)?.result?.output ?? '';
    expect(output).toContain('gone: you purged the queue');
    for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const asJson = session.enter(`story ${id.slice(0, 6)} --output json`);
    session.drain();
    expect(JSON.parse(session.entry(asJson.id)?.result?.output ?? '')).toMatchObject({ messageId: id });
  });
});
