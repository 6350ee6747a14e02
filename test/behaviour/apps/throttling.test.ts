/** What a producer does when a queue says "too fast": a FIFO queue takes 300 calls a second and no more. */
import { expect, test } from 'vitest';
import { worldSettings } from '../../../src/contract/world.ts';
import { Simulation } from '../../../src/engine/simulation.ts';
import { instant } from '../../../src/engine/units.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';

function run(input: object): Readonly<Record<string, number>> {
  const settings = worldSettings();
  const simulation = new Simulation([sqs.engine, apps.engine], settings);
  const caller = { by: 'you', account: settings.account, profile: 'default', secure: true };
  const queue = { QueueName: 'orders.fifo', Attributes: { FifoQueue: 'true' } };
  simulation.submit({ service: 'sqs', operation: 'CreateQueue', input: queue, caller });
  const given = { name: 'web', to: 'queue/orders.fifo', group: 'g{1..9}', ...input };
  simulation.submit({ service: 'app', operation: 'CreateProducer', input: given, caller });
  simulation.runUntil(instant(20_000));
  const [view] = apps.view(simulation.stateOf('app'), simulation.now, settings);
  return view!.fields as Readonly<Record<string, number>>;
}

test('a producer at 400/s that never tries again loses a hundred a second', () => {
  const web = run({ rate: '400/s', retries: 0 });
  expect(web.sentPerSecond).toBeCloseTo(300, -1);
  expect(web.throttledPerSecond).toBeCloseTo(100, -1);
  expect(web.lost).toBe(web.throttled);
});

test('what is throttled is tried again, and given up when it was refused too often', () => {
  const web = run({ rate: '400/s', retries: 2 });
  expect(web.lost).toBeGreaterThan(0);
  expect(web.throttled).toBeGreaterThan(2 * web.lost!);
  expect(web.sentPerSecond).toBeCloseTo(300, -1);
});

test('a short burst over the limit is all sent in the end', () => {
  const web = run({ rate: '350/s', count: 700, retries: 10 });
  expect(web).toMatchObject({ sent: 700, lost: 0, running: false });
  expect(web.throttled).toBeGreaterThan(50);
});

test('batches need a tenth of the calls', () => {
  const web = run({ rate: '2900/s', batch: 10, retries: 0 });
  expect(web.throttled).toBe(0);
  expect(web.sentPerSecond).toBeGreaterThan(2_850);
});
