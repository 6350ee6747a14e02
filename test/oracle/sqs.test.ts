/**
 * SQS against a naive model of it (arrays, and a look at the clock) under random operations: every answer must be
 * the same. A failing seed is printed, and becomes a test.
 */
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/engine/random.ts';
import { milliseconds } from '../../src/engine/units.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { histories, playAll, Steps } from '../support/histories.ts';
import { type World, world } from '../support/world.ts';
import { type NaiveAnswer, NaiveSqs } from './naiveSqs.ts';
import { newTally, nextOperation, type Operation, type Tally } from './randomOperations.ts';

/** What both must agree on: bodies, counts, whether it was refused and in which words. Ids are each one's own. */
function engineAnswer(w: World, operation: Operation, handles: Map<string, string>): NaiveAnswer {
  const input = { ...operation.input } as Record<string, unknown>;
  if (typeof input.ReceiptHandle === 'string') {
    input.ReceiptHandle = handles.get(input.ReceiptHandle) ?? input.ReceiptHandle;
  }
  const outcome = w.outcome(operation.name, input);
  if (!outcome.ok) return { refused: outcome.refusal.code };
  const output = outcome.output as { Messages?: Received[]; Attributes?: Record<string, string> };
  if (operation.name === 'ReceiveMessage') {
    return {
      messages: (output.Messages ?? []).map(({ Body, ReceiptHandle, Attributes }) => {
        const name = `${Body} ${Attributes.ApproximateReceiveCount}`;
        handles.set(name, ReceiptHandle);
        return { name, sent: Number(Attributes.SentTimestamp) - w.settings.epoch };
      }),
    };
  }
  if (operation.name === 'GetQueueAttributes') {
    const { Attributes = {} } = output;
    return {
      counts: [
        Number(Attributes.ApproximateNumberOfMessages),
        Number(Attributes.ApproximateNumberOfMessagesNotVisible),
        Number(Attributes.ApproximateNumberOfMessagesDelayed),
      ],
    };
  }
  return {};
}

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

interface Played {
  readonly tally: Tally;
  readonly digest: string;
}

/** Runs `least` operations on both; `everyNow` and then something else may be done to the world. */
function play(
  seed: number,
  fifo: boolean,
  least: number,
  everyNow: (w: World) => void = () => undefined,
  steps = new Steps(),
): Played {
  const random = Random.of(seed, 'oracle');
  const w = world({ seed });
  const naive = new NaiveSqs(fifo);
  const handles = new Map<string, string>();
  const tally = newTally();
  const suffix = fifo ? '.fifo' : '';
  for (const { name, attributes } of naive.queues) w.queue(`${name}${suffix}`, attributes);
  const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}${suffix}`;
  for (const count of steps.of(random, least)) {
    if (random.chance(1, 2)) w.afterMs(milliseconds(random.below(random.chance(1, 50) ? 90_000 : 1_500)));
    naive.passTo(w.now);
    const operation = nextOperation(random, naive);
    const { QueueName, ...rest } = operation.input as { QueueName: string };
    const expected = naive.perform(operation);
    const actual = engineAnswer(w, { ...operation, input: { QueueUrl: url(QueueName), ...rest } }, handles);
    expect({ count, at: w.now, operation, ...actual }).toEqual({ count, at: w.now, operation, ...expected });
    if (count % 50 === 49) everyNow(w);
    const kind = tally[operation.name];
    if (expected.refused === undefined) kind.accepted++;
    else kind.refused++;
  }
  return { tally, digest: w.simulation.digest() };
}

/** The SQS state as a save file brings it back. */
const throughJson = (image: unknown): unknown =>
  sqs.engine.fromJSON!(JSON.parse(JSON.stringify(sqs.engine.toJSON!(image))));

const SEEDS = [1, 2, 3, 4, 5, 6];
const { count: HISTORIES, seeds, timeout } = histories(40);

describe.each([
  ['standard', false],
  ['FIFO', true],
] as const)('a %s queue answers as the naive model does', (_name, fifo) => {
  const sum = newTally();
  it.each(SEEDS)('under random operations, seed %i', (seed) => {
    const { tally } = play(seed, fifo, 3_000);
    for (const name of Object.keys(sum) as (keyof Tally)[]) {
      sum[name].accepted += tally[name].accepted;
      sum[name].refused += tally[name].refused;
    }
  });

  it(`under random operations, in ${HISTORIES} short histories`, { timeout }, () => {
    playAll(seeds, (seed, steps) => void play(seed, fifo, 100, () => undefined, steps));
  });

  it('also when it goes through checkpoints and saves on the way, to the same digest', () => {
    const straight = play(7, fifo, 1_000).digest;
    const travelled = play(7, fifo, 1_000, (w) => {
      const image = w.simulation.checkpoint();
      const services = image.services.map(([name, state]) => [name, throughJson(state)] as const);
      w.simulation.restore({ ...image, services });
    }).digest;
    expect(travelled).toBe(straight);
  });

  it('in which each kind of operation was accepted and refused', () => {
    for (const [name, { accepted, refused }] of Object.entries(sum)) {
      expect({ name, accepted: accepted > 50, refused: refused > 5 }).toEqual({
        name,
        accepted: true,
        refused: true,
      });
    }
  });
});
