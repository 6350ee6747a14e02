/**
 * Explanations must be true. Over random histories of SQS: for each refusal, and each answer in which something did
 * not happen, either the same call is answered otherwise exactly at the instant that the explanation names and not a
 * millisecond before, or it says that nothing changes by itself, and then nothing does.
 */
import { describe, expect, it } from 'vitest';
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { Random } from '../../src/engine/random.ts';
import { milliseconds } from '../../src/engine/units.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld } from '../support/worlds.ts';
import { again, answerAt, call, gist, urlOf } from './support.ts';

const FAR = 20 * 24 * 3_600_000;

interface Player {
  readonly session: WorldSession;
  readonly random: Random;
  readonly fifo: boolean;
  readonly handles: string[];
  made: number;
}

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random.below(items.length)]!;

function begin(seed: number, fifo: boolean, settings: Partial<AwsWorldSettings>): Player {
  const session = newWorld({ seed, ...settings });
  const suffix = fifo ? '.fifo' : '';
  const type = fifo ? { FifoQueue: 'true' } : {};
  call(session, 'CreateQueue', { QueueName: `dead${suffix}`, Attributes: type });
  const policy = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:dead${suffix}`,
    maxReceiveCount: 2,
  });
  const retention = { MessageRetentionPeriod: '60' };
  call(session, 'CreateQueue', {
    QueueName: `orders${suffix}`,
    Attributes: { ...type, ...retention, VisibilityTimeout: '4', RedrivePolicy: policy },
  });
  call(session, 'CreateQueue', {
    QueueName: `plain${suffix}`,
    Attributes: {
      ...type,
      ...retention,
      VisibilityTimeout: '80',
      DelaySeconds: '2',
      MaximumMessageSize: '1024',
    },
  });
  return { session, random: Random.of(seed, 'history'), fifo, handles: [], made: 0 };
}

function nextCall(player: Player): readonly [operation: string, input: Record<string, unknown>] {
  const { random, fifo, handles } = player;
  const name = pick(random, ['orders', 'orders', 'plain', 'dead']);
  const QueueUrl = urlOf(random.chance(1, 40) ? 'nobody' : `${name}${fifo ? '.fifo' : ''}`);
  const roll = random.below(100);
  if (roll < 25) {
    const MessageBody = random.chance(1, 15) ? 'x'.repeat(1_100) : `m${player.made++}`;
    const ids = fifo
      ? { MessageGroupId: `g${random.below(3)}`, MessageDeduplicationId: `d${random.below(60)}` }
      : random.chance(1, 3)
        ? { DelaySeconds: random.chance(1, 10) ? 901 : random.below(70) }
        : {};
    return ['SendMessage', { QueueUrl, MessageBody, ...ids }];
  }
  if (roll < 70) {
    const MaxNumberOfMessages = random.chance(1, 30) ? 11 : random.integer(1, 4);
    const timeout = random.chance(1, 2) ? { VisibilityTimeout: random.below(70) } : {};
    return ['ReceiveMessage', { QueueUrl, MaxNumberOfMessages, ...timeout }];
  }
  const ReceiptHandle =
    random.chance(1, 12) || handles.length === 0 ? 'garbage' : pick(random, handles.slice(-12));
  if (roll < 80) return ['DeleteMessage', { QueueUrl, ReceiptHandle }];
  if (roll < 92) {
    const VisibilityTimeout = pick(random, [0, 3, 9, 43_200, 43_201]);
    return ['ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout }];
  }
  if (roll < 95) return ['PurgeQueue', { QueueUrl }];
  if (roll < 97) return ['GetQueueAttributes', { QueueUrl, AttributeNames: ['Nonsense'] }];
  const spare = `spare${fifo ? '.fifo' : ''}`;
  if (roll < 98) return ['DeleteQueue', { QueueUrl: urlOf(spare) }];
  return ['CreateQueue', { QueueName: spare, Attributes: fifo ? { FifoQueue: 'true' } : {} }];
}

/** Which explanations were seen, by rule and by how they say that it changes. */
type Seen = Map<string, number>;

function check(session: WorldSession, sequence: number, seen: Seen): void {
  const { call: request, outcome } = answerAt(session, sequence);
  const nothing = !outcome.ok || gist(request.operation, outcome) === 'none';
  const answer = session.insight.whyAnswer(sequence);
  const place = { operation: request.operation, input: request.input, answer };
  if (nothing) expect({ explained: answer.ok, ...place }).toEqual({ explained: true, ...place });
  if (!answer.ok) return;
  const { found } = answer;
  const kind = `${found.rule.name} ${found.changes.by}`;
  seen.set(kind, (seen.get(kind) ?? 0) + 1);
  const then = gist(request.operation, outcome);
  if (found.changes.by === 'time') {
    const { at } = found.changes;
    expect(at).toBeGreaterThan(found.at);
    const told = { before: again(session, sequence, at - 1), changed: again(session, sequence, at) !== then };
    expect({ ...told, ...place }).toEqual({ before: then, changed: true, ...place });
  } else if (found.changes.by === 'act') {
    const told = {
      soon: again(session, sequence, found.at + 61_000),
      far: again(session, sequence, found.at + FAR),
    };
    expect({ ...told, ...place }).toEqual({ soon: then, far: then, ...place });
  }
}

function play(
  seed: number,
  fifo: boolean,
  calls: number,
  seen: Seen,
  settings: Partial<AwsWorldSettings> = {},
): void {
  const player = begin(seed, fifo, settings);
  const { session, random } = player;
  for (let count = 0; count < calls; count++) {
    if (random.chance(1, 2)) {
      const wait = random.below(random.chance(1, 12) ? 40_000 : 2_500);
      session.world.runUntil((session.now + milliseconds(wait)) as typeof session.now);
    }
    const sequence = call(session, ...nextCall(player));
    const { call: request, outcome } = answerAt(session, sequence);
    if (outcome.ok && request.operation === 'ReceiveMessage') {
      const { Messages = [] } = outcome.output as { Messages?: { ReceiptHandle: string }[] };
      player.handles.push(...Messages.map(({ ReceiptHandle }) => ReceiptHandle));
    }
    check(session, sequence, seen);
  }
}

describe.each([
  ['standard', false],
  ['FIFO', true],
] as const)('every explanation of a %s queue is true', (_type, fifo) => {
  const seen: Seen = new Map();

  it.each([1, 2, 3, 4])(
    'over a random history, seed %i',
    (seed) => {
      play(seed, fifo, 160, seen);
    },
    60_000,
  );

  it('and each kind was met', () => {
    const wanted = [
      'sqs/empty-queue act',
      'sqs/visibility-timeout time',
      'sqs/receipt-handles act',
      'sqs/parameters act',
      'sqs/queue-url act',
      'sqs/message-size act',
      'sqs/purge time',
      ...(fifo
        ? ['sqs/message-groups time', 'sqs/deduplication time', 'sqs/receipt-handles time']
        : ['sqs/delay time']),
    ];
    expect(wanted.filter((kind) => !seen.has(kind))).toEqual([]);
  });
});
