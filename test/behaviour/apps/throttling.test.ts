/** What a producer does when the service says "too fast": here a service that takes 300 calls a second and no more. */
import { expect, test } from 'vitest';
import { ServiceError } from '../../../src/contract/errors.ts';
import { defineService } from '../../../src/contract/service.ts';
import { worldSettings } from '../../../src/contract/world.ts';
import { Simulation } from '../../../src/engine/simulation.ts';
import { instant, milliseconds } from '../../../src/engine/units.ts';
import { apps } from '../../../src/services/apps/index.ts';

interface Meter {
  second: number;
  calls: number;
}

const shape = { type: 'structure', name: 'Any', members: [] } as const;

const metered = defineService<Meter>({
  name: 'sqs',
  title: 'Metered',
  kind: 'aws',
  summary: 'Takes 300 calls a second.',
  operations: ['SendMessage', 'SendMessageBatch'].map((name) => ({
    name,
    service: 'sqs',
    input: shape,
    output: shape,
    summary: 'Takes a message.',
    members: {},
    handle({ state, now }) {
      const second = Math.floor(now / 1_000);
      if (second !== state.second) Object.assign(state, { second, calls: 0 });
      if (state.calls >= 300) throw new ServiceError('RequestThrottled', 'Rate exceeded');
      state.calls++;
      return {};
    },
  })),
  create: () => ({ second: 0, calls: 0 }),
  due() {},
  latency: () => milliseconds(5),
  view: () => [],
});

function run(input: object): Readonly<Record<string, number>> {
  const settings = worldSettings();
  const simulation = new Simulation([metered.engine, apps.engine], settings);
  const caller = { by: 'you', account: settings.account, profile: 'default', secure: true };
  const given = { name: 'web', to: 'queue/orders', ...input };
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
