import { describe, expect, it } from 'vitest';
import { START } from '../../src/engine/units.ts';
import { lambda } from '../../src/services/lambda/index.ts';
import { fn, functions, mapped } from '../support/functions.ts';
import type { World } from '../support/world.ts';

const ask = (w: World) =>
  lambda.why!(
    {
      state: w.simulation.stateOf('lambda'),
      now: w.now,
      settings: w.settings,
      lately: () => [],
      decide: () => [],
    },
    { type: 'resource', id: 'function/work' },
  );

describe('why a function does nothing', () => {
  it('names the instant at which a call finds room, and not before', () => {
    const w = functions();
    fn(w, 'work', 'slow', { Timeout: 20 });
    w.call('PutFunctionConcurrency', { FunctionName: 'work', ReservedConcurrentExecutions: 1 }, 'lambda');
    w.start('Invoke', { FunctionName: 'work' }, 'lambda');
    const changes = ask(w)?.changes;
    const at = changes?.by === 'time' ? changes.at : START;
    w.afterMs((at - w.now - 1) as never);
    expect(w.refusal('Invoke', { FunctionName: 'work' }, 'lambda').code).toBe('TooManyRequestsException');
    w.afterMs(1 as never);
    const call = w.start('Invoke', { FunctionName: 'work' }, 'lambda');
    expect(w.answer(call)).toBeUndefined();
  });

  it('names a mapping that is disabled', () => {
    const w = functions();
    w.queue('orders');
    fn(w, 'work', 'ok');
    const UUID = mapped(w, 'orders', 'work');
    w.call('UpdateEventSourceMapping', { UUID, Enabled: false }, 'lambda');
    w.afterMs(6_000 as never);
    expect(ask(w)).toMatchObject({ answer: 'Its mapping is Disabled, so it reads nothing now.' });
  });
});
