import { describe, expect, it } from 'vitest';
import { depthSamples } from '../../src/tui/panes/depthSamples.ts';
import { busySandbox } from '../support/screenDriver.ts';

describe('the depth read back from the log', () => {
  it('begins with nothing and ends with what the queue holds', () => {
    const { session } = busySandbox();
    const { now, eventCount, resources } = session.view();
    const queue = resources.find((resource) => resource.name === 'orders')!;
    const samples = depthSamples(queue, session.events(0, eventCount), now, 0);
    expect(samples[0]).toMatchObject({ at: 0, visible: 0, inFlight: 0 });
    expect(samples.at(-1)).toMatchObject({
      at: now,
      visible: queue.stock!.visible,
      inFlight: queue.stock!.inFlight,
    });
    const times = samples.map((sample) => sample.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('is never below nothing, and never jumps by more than one message', () => {
    const { session } = busySandbox();
    const { now, eventCount, resources } = session.view();
    const queue = resources.find((resource) => resource.name === 'orders')!;
    const samples = depthSamples(queue, session.events(0, eventCount), now, 0);
    samples.forEach((sample, index) => {
      const before = samples[index - 1] ?? sample;
      expect(Math.abs(sample.visible - before.visible)).toBeLessThanOrEqual(1);
      expect(Math.min(sample.visible, sample.inFlight)).toBeGreaterThanOrEqual(0);
    });
  });
});
