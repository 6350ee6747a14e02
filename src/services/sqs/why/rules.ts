/** The rules that SQS's explanations name. */
import type { WhyRule } from '../../../contract/why.ts';

const guide = (page: string): string => `Amazon SQS Developer Guide: ${page}`;
const reference = (page: string): string => `Amazon SQS API Reference: ${page}`;

const rules = <Names extends string>(
  table: Readonly<Record<Names, readonly [says: string, page: string]>>,
): Readonly<Record<Names, WhyRule>> => {
  const made: Record<string, WhyRule> = {};
  for (const [name, [says, page]] of Object.entries<readonly [string, string]>(table)) {
    const kebab = name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
    made[name] = Object.freeze({ name: `sqs/${kebab}`, says, page });
  }
  return made as Readonly<Record<Names, WhyRule>>;
};

export const RULES = rules({
  emptyQueue: [
    'A receive hands out visible messages; where there are none it answers without any.',
    reference('ReceiveMessage'),
  ],
  visibilityTimeout: [
    'A received message stays in the queue, hidden, until it is deleted or its visibility timeout ends.',
    guide('Amazon SQS visibility timeout'),
  ],
  delay: [
    'A delayed message is in the queue, and cannot be received before its delay has passed.',
    guide('Amazon SQS delay queues'),
  ],
  messageGroups: [
    'A FIFO queue keeps the order inside a message group: one message in flight holds back those behind it.',
    guide('FIFO queue delivery logic in Amazon SQS'),
  ],
  shortPolling: [
    'A short poll asks some of the storage hosts, not all: what lies on the others is not found.',
    guide('Amazon SQS short and long polling'),
  ],
  inFlight: [
    'A queue has a largest number of messages in flight. At it, a short poll of a standard queue is refused, and other receives find nothing.',
    guide('Amazon SQS message quotas'),
  ],
  deadLetters: [
    'A message that was received maxReceiveCount times goes to the dead-letter queue at the next receive, not by time.',
    guide('Using dead-letter queues in Amazon SQS'),
  ],
  retention: [
    'A message that nobody deleted is dropped when it is older than MessageRetentionPeriod, counted from its sending.',
    guide('Amazon SQS message quotas'),
  ],
  deduplication: [
    'A FIFO queue accepts the same deduplication id within 5 minutes, and stores nothing new.',
    guide('Exactly-once processing in Amazon SQS'),
  ],
  receiptHandles: [
    'Each receive gives a new receipt handle. Only the newest one of a message does anything.',
    reference('DeleteMessage'),
  ],
  visibilityMax: [
    'From its receive on, a message can be hidden for 12 hours in all.',
    reference('ChangeMessageVisibility'),
  ],
  purge: ['A queue can be purged once in 60 seconds.', reference('PurgeQueue')],
  nameReuse: ['A name is free again 60 seconds after its queue was deleted.', reference('DeleteQueue')],
  sameName: [
    'CreateQueue with a name that exists answers its URL only if each attribute that is given has the same value.',
    reference('CreateQueue'),
  ],
  queueUrl: ['A call names its queue by URL: Region, account and name.', reference('GetQueueUrl')],
  throughput: [
    'A FIFO queue takes so many calls of one action a second. A refused call does not count.',
    guide('Amazon SQS message quotas'),
  ],
  messageSize: [
    'Body and message attributes (names, types, values) together count; system attributes do not.',
    guide('Amazon SQS message quotas'),
  ],
  moveTasks: [
    'A move task takes the visible messages of a dead-letter queue one by one; one task at a time for a source.',
    reference('StartMessageMoveTask'),
  ],
  parameters: [
    'Each parameter has its range and its form; the first that does not fit is refused.',
    reference('Common Errors'),
  ],
});
