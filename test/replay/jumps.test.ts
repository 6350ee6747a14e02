import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import type { Position } from '../../src/engine/journal.ts';
import { fromPlainJson, toPlainJson } from '../../src/engine/plainJson.ts';
import type { Caller } from '../../src/engine/service.ts';
import { Timeline } from '../../src/engine/timeline.ts';
import { loadTimeline, saveTimeline, type TimelineData } from '../../src/engine/timelineData.ts';
import { instant } from '../../src/engine/units.ts';
import { histories } from '../support/histories.ts';

const services = CATALOG.map(({ engine }) => engine);
const caller: Caller = { by: 'you', account: '000000000000', profile: 'default', secure: true };
const url = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;

type Command = readonly [service: string, operation: string, input: object];

const queue = fc.constantFrom('a', 'b.fifo', 'dead');
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(queue, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 30 })).map(
      ([name, group, delay]): Command => [
        'sqs',
        'SendMessage',
        {
          QueueUrl: url(name),
          MessageBody: `body ${group} ${delay}`,
          ...(name.endsWith('.fifo')
            ? { MessageGroupId: `g${group}`, MessageDeduplicationId: `d${delay}` }
            : { DelaySeconds: delay }),
        },
      ],
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(queue, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 20 })).map(
      ([name, max, wait]): Command => [
        'sqs',
        'ReceiveMessage',
        {
          QueueUrl: url(name),
          MaxNumberOfMessages: max,
          WaitTimeSeconds: wait,
          VisibilityTimeout: max * 2,
        },
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(queue, fc.integer({ min: 60, max: 200 }))
      .map(
        ([name, kept]): Command => [
          'sqs',
          'SetQueueAttributes',
          { QueueUrl: url(name), Attributes: { MessageRetentionPeriod: String(kept) } },
        ],
      ),
  },
  { weight: 1, arbitrary: queue.map((name): Command => ['sqs', 'PurgeQueue', { QueueUrl: url(name) }]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Command>(
      ['app', 'Start', { name: 'web' }],
      ['app', 'Stop', { name: 'web' }],
      ['app', 'Crash', { name: 'worker' }],
      ['app', 'Start', { name: 'worker' }],
    ),
  },
);

const SETUP: readonly Command[] = [
  ['sqs', 'CreateQueue', { QueueName: 'dead' }],
  [
    'sqs',
    'CreateQueue',
    {
      QueueName: 'a',
      Attributes: {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
          maxReceiveCount: 2,
        }),
      },
    },
  ],
  ['sqs', 'CreateQueue', { QueueName: 'b.fifo', Attributes: { FifoQueue: 'true' } }],
  ['app', 'CreateProducer', { name: 'web', to: 'queue/a', rate: '3/s', pattern: 'poisson' }],
  ['app', 'CreateConsumer', { name: 'worker', from: 'queue/a', time: '1s..4s', fail: '1 in 3' }],
];

function play(
  timeline: Timeline,
  commands: readonly Command[],
  waits: readonly number[],
): [Position, string][] {
  const notes: [Position, string][] = [];
  commands.forEach(([service, operation, input], index) => {
    timeline.submit({ service, operation, input, caller }, operation);
    notes.push([timeline.position, timeline.simulation.digest()]);
    timeline.runUntil(instant(timeline.simulation.now + waits[index % waits.length]!));
    notes.push([timeline.position, timeline.simulation.digest()]);
  });
  return notes;
}

const scenario = fc.record({
  commands: fc.array(command, { minLength: 5, maxLength: 50 }),
  waits: fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 7 }),
  jumps: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
  every: fc.integer({ min: 20, max: 400 }),
});

describe.each(['calm', 'rough'] as const)('a real world with %s queues', (delivery) => {
  it('has the same digest at every place, however one gets there', () => {
    fc.assert(
      fc.property(scenario, ({ commands, waits, jumps, every }) => {
        const timeline = new Timeline(services, worldSettings({ seed: 5, delivery }), {
          checkpointEvery: every,
        });
        const notes = play(timeline, [...SETUP, ...commands], waits);
        for (const jump of [...jumps, notes.length - 1]) {
          const [position, digest] = notes[jump % notes.length]!;
          timeline.goTo(position);
          expect(timeline.simulation.digest()).toBe(digest);
        }
      }),
      { numRuns: histories(25).count },
    );
  });

  it('comes back from its image and from its journal to the same digest, and goes on alike', () => {
    fc.assert(
      fc.property(scenario, ({ commands, waits }) => {
        const settings = worldSettings({ seed: 6, delivery });
        const timeline = new Timeline(services, settings);
        play(timeline, [...SETUP, ...commands], waits);
        for (const withImage of [true, false]) {
          const text = JSON.stringify(toPlainJson(saveTimeline(timeline, { withImage })));
          const data = fromPlainJson(JSON.parse(text)) as TimelineData;
          const again = loadTimeline(services, settings, data);
          expect(again.simulation.digest()).toBe(data.digest);
          const later = instant(timeline.simulation.now + 120_000);
          const copy = loadTimeline(services, settings, data);
          again.runUntil(later);
          copy.runUntil(later);
          expect(copy.simulation.digest()).toBe(again.simulation.digest());
        }
      }),
      { numRuns: histories(12).count },
    );
  });
});
