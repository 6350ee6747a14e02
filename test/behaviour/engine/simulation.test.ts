import { describe, expect, it } from 'vitest';
import { Simulation } from '../../../src/engine/simulation.ts';
import { instant } from '../../../src/engine/units.ts';
import { toyRequest, toyService } from '../../support/toyService.ts';

const world = (seed = 1): Simulation => new Simulation([toyService as never], { seed });
const seen = (simulation: Simulation): number[] => (simulation.stateOf('toy') as { seen: number[] }).seen;

describe('the kernel', () => {
  it('answers a call after its latency, not before', () => {
    const simulation = world();
    const call = simulation.submit(toyRequest('Add'));
    expect(simulation.takeAnswers()).toEqual([]);
    simulation.runUntil(instant(1));
    expect(simulation.takeAnswers()).toEqual([]);
    simulation.runUntil(instant(9));
    const [answer] = simulation.takeAnswers();
    expect(answer).toMatchObject({ call, outcome: { ok: true, output: { total: 1 } } });
    expect(answer!.at).toBeGreaterThanOrEqual(2);
  });

  it('runs a timer at its instant before a call that is submitted at that instant', () => {
    const simulation = world();
    simulation.submit(toyRequest('Remind', { by: 100 }));
    simulation.runUntil(instant(99));
    expect(seen(simulation)).toEqual([]);
    simulation.runUntil(instant(100));
    expect(seen(simulation)).toEqual([100]);
  });

  it('takes timers of one instant in the order in which they were scheduled', () => {
    const simulation = world();
    simulation.submit(toyRequest('Remind', { by: 50 }));
    simulation.runUntil(instant(20));
    simulation.submit(toyRequest('Remind', { by: 30 }));
    simulation.submit(toyRequest('Remind', { by: 10 }));
    simulation.runUntil(instant(60));
    expect(seen(simulation)).toEqual([30, 50, 50]);
  });

  it('parks a call until its service completes it', () => {
    const simulation = world();
    simulation.submit(toyRequest('Wait', { by: 1000 }));
    simulation.runUntil(instant(1000));
    expect(simulation.takeAnswers()).toEqual([]);
    simulation.runUntil(instant(1009));
    expect(simulation.takeAnswers()).toMatchObject([{ outcome: { ok: true, output: { waited: true } } }]);
  });

  it('never answers a call that was given up', () => {
    const simulation = world();
    const call = simulation.submit(toyRequest('Wait', { by: 10 }));
    simulation.abandon(call);
    simulation.runUntil(instant(10_000));
    expect(simulation.takeAnswers()).toEqual([]);
  });

  it('brings the answer of a call that a service made back to that service', () => {
    const simulation = world();
    simulation.submit(toyRequest('Ask', { by: 7 }));
    simulation.runUntil(instant(20));
    expect(seen(simulation)).toEqual([-7]);
  });

  it('gives a refusal as an answer and changes nothing', () => {
    const simulation = world();
    simulation.submit(toyRequest('Nonsense'));
    simulation.runUntil(instant(20));
    expect(simulation.takeAnswers()).toMatchObject([{ outcome: { ok: false, refusal: { code: 'No' } } }]);
    expect(simulation.stateOf('toy')).toEqual({ total: 0, waiting: [], seen: [] });
  });

  it('gives the same digest for the same calls, another for another seed', () => {
    const run = (seed: number): string => {
      const simulation = world(seed);
      for (let at = 0; at < 500; at += 7) {
        simulation.runUntil(instant(at));
        simulation.submit(toyRequest(at % 3 === 0 ? 'Draw' : 'Remind', { by: at }));
      }
      return simulation.digest();
    };
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });

  it('goes on from a checkpoint as if nothing had happened', () => {
    const simulation = world();
    simulation.submit(toyRequest('Wait', { by: 100 }));
    simulation.submit(toyRequest('Remind', { by: 40 }));
    simulation.runUntil(instant(20));
    const image = simulation.checkpoint();
    simulation.submit(toyRequest('Draw'));
    simulation.runUntil(instant(200));
    const first = simulation.digest();
    simulation.restore(image);
    simulation.submit(toyRequest('Draw'));
    simulation.runUntil(instant(200));
    expect(simulation.digest()).toBe(first);
  });
});
