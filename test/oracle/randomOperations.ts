/** Random operations on the queues of the naive model: mostly sensible, some wrong. */
import type { Random } from '../../src/engine/random.ts';
import type { NaiveSqs } from './naiveSqs.ts';

export type OperationName =
  | 'SendMessage'
  | 'ReceiveMessage'
  | 'DeleteMessage'
  | 'ChangeMessageVisibility'
  | 'SetQueueAttributes'
  | 'PurgeQueue'
  | 'GetQueueAttributes';

export interface Operation {
  readonly name: OperationName;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Tally = Record<OperationName, { accepted: number; refused: number }>;

export const newTally = (): Tally => ({
  SendMessage: { accepted: 0, refused: 0 },
  ReceiveMessage: { accepted: 0, refused: 0 },
  DeleteMessage: { accepted: 0, refused: 0 },
  ChangeMessageVisibility: { accepted: 0, refused: 0 },
  SetQueueAttributes: { accepted: 0, refused: 0 },
  PurgeQueue: { accepted: 0, refused: 0 },
  GetQueueAttributes: { accepted: 0, refused: 0 },
});

export function nextOperation(random: Random, naive: NaiveSqs): Operation {
  const wrong = random.chance(1, 25);
  const QueueName = pick(random, naive.queues).name;
  const roll = random.below(100);
  if (roll < 36) return send(random, naive, QueueName, wrong);
  if (roll < 66) return receive(random, QueueName, wrong);
  if (roll < 80)
    return { name: 'DeleteMessage', input: { QueueName, ReceiptHandle: handle(random, naive, wrong) } };
  if (roll < 90) {
    const VisibilityTimeout = wrong && random.chance(1, 2) ? 43_201 : random.below(6);
    const ReceiptHandle = handle(random, naive, wrong);
    return { name: 'ChangeMessageVisibility', input: { QueueName, ReceiptHandle, VisibilityTimeout } };
  }
  if (roll < 94) return change(random, QueueName, wrong);
  if (roll < 95) return { name: 'PurgeQueue', input: { QueueName } };
  return {
    name: 'GetQueueAttributes',
    input: { QueueName, AttributeNames: [wrong ? 'Nonsense' : 'All'] },
  };
}

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random.below(items.length)]!;

function send(random: Random, naive: NaiveSqs, QueueName: string, wrong: boolean): Operation {
  const body = wrong ? '' : `m${naive.made++}`;
  if (!naive.fifo) {
    const delay = random.chance(1, 4) ? { DelaySeconds: random.below(5) } : {};
    return { name: 'SendMessage', input: { QueueName, MessageBody: body, ...delay } };
  }
  const ids = { MessageGroupId: `g${random.below(4)}`, MessageDeduplicationId: `d${random.below(400)}` };
  return { name: 'SendMessage', input: { QueueName, MessageBody: body, ...ids } };
}

function receive(random: Random, QueueName: string, wrong: boolean): Operation {
  const timeout = random.chance(2, 3) ? { VisibilityTimeout: random.below(6) } : {};
  return {
    name: 'ReceiveMessage',
    input: {
      QueueName,
      MaxNumberOfMessages: wrong ? 11 : random.integer(1, 10),
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      ...timeout,
    },
  };
}

/** A handle is named by body and receive count; the model knows all that were given out. */
function handle(random: Random, naive: NaiveSqs, wrong: boolean): string {
  if (wrong || naive.handles.length === 0) return 'garbage';
  const recent = Math.min(naive.handles.length, random.chance(1, 5) ? 200 : 12);
  return naive.handles[naive.handles.length - 1 - random.below(recent)]!;
}

function change(random: Random, QueueName: string, wrong: boolean): Operation {
  const Attributes = pick(random, [
    { VisibilityTimeout: String(wrong ? 43_201 : random.integer(1, 8)) },
    { MessageRetentionPeriod: String(wrong ? 59 : random.integer(60, 120)) },
    { DelaySeconds: String(wrong ? 901 : random.below(3)) },
  ]);
  return { name: 'SetQueueAttributes', input: { QueueName, Attributes } };
}
