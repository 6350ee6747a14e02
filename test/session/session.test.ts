import { beforeEach, describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { instant, milliseconds } from '../../src/engine/units.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';

let session: WorldSession;
beforeEach(() => {
  session = createSession({ catalog: CATALOG, settings: worldSettings({ seed: 7 }) });
});

/** Enters lines and lets time leap until they are answered. */
function run(...lines: string[]): string[] {
  const entries = session.enterAll(lines.join('\n'));
  session.drain();
  return entries.map(({ id }) => {
    const result = session.entry(id)?.result;
    return result?.error?.text ?? result?.output ?? '(not run)';
  });
}

describe('a session', () => {
  it('answers a line on a paused clock, and time stands still again at its answer', () => {
    run('aws sqs create-queue --queue-name orders');
    const { now } = session;
    expect(now).toBeGreaterThanOrEqual(2);
    expect(now).toBeLessThanOrEqual(9);
    session.advance(milliseconds(60_000));
    expect(session.now).toBe(now);
  });

  it('lets a long poll take as long as it lasts, and no longer', () => {
    run('aws sqs create-queue --queue-name orders');
    const before = session.now;
    const [output] = run('aws sqs receive-message --queue-url orders --wait-time-seconds 20');
    expect(output).toBe('');
    expect(session.now - before).toBeGreaterThanOrEqual(20_002);
    expect(session.now - before).toBeLessThanOrEqual(20_009);
  });

  it('gives the next line at the instant of the answer', () => {
    run('sleep 1', 'sleep 2', 'sleep 0.5');
    expect(session.now).toBe(3_500);
  });

  it('stops a script at a refusal, unless || true expects it', () => {
    const stopped = run('aws sqs get-queue-url --queue-name nope', 'sleep 1');
    expect(stopped[0]).toContain('NonExistentQueue');
    expect(stopped[1]).toBe('(not run)');
    expect(run('aws sqs get-queue-url --queue-name nope || true', 'sleep 1')[1]).toBe('');
  });

  it('gives the lines behind a refusal back without a result', () => {
    const entries = session.enterAll('expect queue/none visible=1\nsleep 1');
    expect(entries.map(({ line, result }) => [line, result === undefined])).toEqual([
      ['expect queue/none visible=1', false],
      ['sleep 1', true],
    ]);
  });

  it('passes wall time to a running clock, in whole virtual milliseconds', () => {
    session.resume();
    session.advance(milliseconds(1_234));
    expect(session.now).toBe(1_234);
  });

  it('gives a waiting long poll up, and its answer never comes', () => {
    run('aws sqs create-queue --queue-name orders');
    session.enter('aws sqs receive-message --queue-url orders --wait-time-seconds 20');
    session.advance(milliseconds(5_000));
    expect(session.running?.until).toBeDefined();
    session.interrupt();
    expect(session.running).toBeUndefined();
    run('aws sqs send-message --queue-url orders --message-body x');
    expect(session.view().resources[0]?.stock).toMatchObject({ visible: 1, inFlight: 0 });
  });

  it('waits until a condition is met, at the very instant', () => {
    run(
      'aws sqs create-queue --queue-name orders',
      'app create-producer --name web --to queue/orders --rate 2/s',
    );
    run('time until queue/orders visible>=3');
    expect(session.view().resources[0]?.stock?.visible).toBe(3);
  });

  it('says that an expectation is not met', () => {
    run('aws sqs create-queue --queue-name orders');
    const before = session.now;
    const entry = session.enter('expect queue/orders visible=1');
    expect(entry.result?.error?.why).toContain('visible is 0');
    expect(session.now).toBe(before);
  });

  it('lets conditions see what a service has cost', () => {
    run('aws sqs create-queue --queue-name orders');
    const before = session.now;
    const { result } = session.enter('expect cost/sqs requests=1 usd>0 usd<0.000001');
    expect(result?.error).toBeUndefined();
    expect(session.now).toBe(before);
  });

  it('stops time at the instant at which a watcher says so', () => {
    run('aws sqs create-queue --queue-name orders');
    run('app create-producer --name web --to queue/orders --rate 1/s --stopped', 'app start --name web');
    const before = session.events(0, 1_000).length;
    session.watch({
      observe: (events) => (events.some(({ type }) => type === 'sqs/MessageSent') ? 'hold' : undefined),
    });
    session.resume();
    session.advance(milliseconds(60_000));
    const sent = session.events(before, 1_000).filter(({ type }) => type === 'sqs/MessageSent');
    expect(sent).toHaveLength(1);
    expect(session.now).toBe(sent[0]!.at);
    session.release();
    session.advance(milliseconds(100));
    expect(session.now).toBe(sent[0]!.at + 100);
  });

  it('looks back without changing anything, and forks when a command is given there', () => {
    run(
      'aws sqs create-queue --queue-name orders',
      'sleep 10',
      'aws sqs send-message --queue-url orders --message-body x',
    );
    const head = session.now;
    session.goTo(instant(5_000));
    expect(session.timeline()).toMatchObject({ past: true, now: 5_000, head });
    expect(session.view().resources[0]?.stock?.visible).toBe(0);
    session.toHead();
    expect(session.view().resources[0]?.stock?.visible).toBe(1);
    session.goTo(instant(5_000));
    run('aws sqs send-message --queue-url orders --message-body y');
    expect(session.timeline().branches).toHaveLength(2);
    expect(session.timeline().past).toBe(false);
  });

  it('tells a watcher what no longer counts after a fork', () => {
    run('aws sqs create-queue --queue-name orders', 'sleep 10', 'sleep 1');
    const counts: number[] = [];
    session.watch({ observe: () => undefined, rewound: (count) => counts.push(count) });
    session.goTo(instant(0));
    run('aws sqs create-queue --queue-name other');
    expect(counts).toEqual([expect.any(Number)]);
  });

  it('undoes the last command of mine', () => {
    run('aws sqs create-queue --queue-name orders', 'aws sqs create-queue --queue-name wrong');
    expect(session.undo()).toEqual({ ok: true });
    expect(session.view().resources.map(({ name }) => name)).toEqual(['orders']);
    expect(session.undo()).toEqual({ ok: true });
    expect(session.undo()).toMatchObject({ ok: false });
  });

  it('gives what was asked in the past an answer that says why not', () => {
    expect(session.goTo(instant(1_000))).toMatchObject({
      ok: false,
      why: expect.stringContaining('not happened'),
    });
    expect(session.step()).toMatchObject({ ok: false });
  });

  it('steps from event to event', () => {
    run(
      'aws sqs create-queue --queue-name orders',
      'aws sqs send-message --queue-url orders --message-body x --delay-seconds 5',
    );
    const before = session.events(0, 100).length;
    expect(session.step()).toEqual({ ok: true });
    expect(session.events(0, 100).length).toBeGreaterThan(before);
    expect(session.now).toBeGreaterThanOrEqual(5_000);
  });
});

describe('what the person does with time', () => {
  it('is told to conditions, once each, and only what was done', () => {
    const did: string[] = [];
    session.you.listen((_event, what) => did.push(what));
    session.pause();
    expect(did).toEqual([]);
    session.resume();
    session.pause();
    expect(did).toEqual(['Paused']);
    run('aws sqs create-queue --queue-name orders', 'aws sqs create-queue --queue-name others');
    did.length = 0;
    session.goTo(instant(0));
    session.toHead();
    session.back();
    expect(did).toEqual(['LookedBack', 'LookedBack']);
    // An act in the past forks.
    run('aws sqs create-queue --queue-name third');
    expect(did).toEqual(['LookedBack', 'LookedBack', 'Forked']);
    session.undo();
    expect(did.at(-1)).toBe('Forked');
    did.length = 0;
    expect(session.goTo(instant(999_999)).ok).toBe(false);
    expect(did).toEqual([]);
  });

  it('ends a wait for it', () => {
    session.enter('time until you/LookedBack within 60s');
    session.resume();
    session.advance(milliseconds(1_000));
    expect(session.running).toBeDefined();
    session.you.tell('LookedBack');
    session.drain();
    expect(session.running).toBeUndefined();
    expect(session.console().at(-1)?.result?.error).toBeUndefined();
    expect(session.now).toBeLessThan(2_000);
  });
});
