import { describe, expect, it } from 'vitest';
import { messageId } from '../../../src/contract/messageId.ts';
import { worldSettings } from '../../../src/contract/world.ts';
import { fromPlainJson, toPlainJson } from '../../../src/engine/plainJson.ts';
import { Simulation } from '../../../src/engine/simulation.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { idMemory, remember, remembers } from '../../../src/services/apps/memory.ts';
import type { AppsState } from '../../../src/services/apps/model.ts';
import { sqs } from '../../../src/services/sqs/index.ts';

const COUNT = 20_000;
const id = (number: number): string => messageId(7, number);

describe('what a consumer remembers', () => {
  it('is each id once, over many generations, and no other id', () => {
    const memory = idMemory();
    for (let number = 0; number < COUNT; number++) expect(remember(memory, id(number))).toBe(true);
    for (let number = 0; number < COUNT; number += 7) {
      expect(remember(memory, id(number))).toBe(false);
      expect(remembers(memory, id(number))).toBe(true);
      expect(remembers(memory, id(COUNT + number))).toBe(false);
    }
  });

  it('comes back from a checkpoint and from a file in the order in which it was learnt', () => {
    const { engine } = apps;
    const settings = worldSettings();
    const simulation = new Simulation([engine, sqs.engine], settings);
    const caller = { by: 'you', account: settings.account, profile: 'default', secure: true };
    const input = { name: 'worker', from: 'queue/orders' };
    simulation.submit({ service: 'app', operation: 'CreateConsumer', input, caller });
    const state = simulation.stateOf('app') as AppsState;
    const worker = state.apps.get('worker')!;
    if (worker.kind !== 'consumer') throw new Error('a consumer was made');
    for (let number = 0; number < 5_000; number++) remember(worker.memory, id(number));

    const image = engine.checkpoint(state);
    const json: unknown = JSON.parse(JSON.stringify(toPlainJson(engine.toJSON!(image))));
    remember(worker.memory, id(5_000));
    for (const back of [
      engine.restore(image, settings),
      engine.restore(engine.fromJSON!(fromPlainJson(json)), settings),
    ]) {
      expect(engine.digest(back)).not.toBe(engine.digest(state));
      const again = (back as AppsState).apps.get('worker')!;
      if (again.kind !== 'consumer') throw new Error('a consumer came back');
      remember(again.memory, id(5_000));
      expect(engine.digest(back)).toBe(engine.digest(state));
    }
  });
});
