import { expect, it } from 'vitest';
import { Random } from '../../src/engine/random.ts';
import { playAll, type Steps } from '../support/histories.ts';
import { world } from '../support/world.ts';

/** A history whose model is wrong: it says that no queue ever holds more than two messages. */
function wrong(seed: number, steps: Steps): void {
  const random = Random.of(seed, 'wrong');
  const w = world({ seed });
  const url = w.queue();
  for (const step of steps.of(random, 40)) {
    if (random.chance(1, 3)) w.send(url, `message ${step}`);
    else w.attributes(url);
    expect(w.counts(url)[0]).toBeLessThanOrEqual(2);
  }
}

const failure = (): string => {
  try {
    playAll([1, 2], wrong);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing failed';
};

it('a history that fails is shrunk to the steps that matter, and told as a script', () => {
  const text = failure();
  expect(text).toMatch(/^seed 1: /);
  expect(text).toMatch(/Shrunk to 3 of \d+ steps/);
  expect(text).toContain('# msg-playground run --seed 1 FILE');
  expect(text.match(/^aws sqs send-message --cli-input-json /gm)).toHaveLength(3);
  expect(text).toContain(`aws sqs create-queue --cli-input-json '{"QueueName":"orders","Attributes":{}}'`);
});
