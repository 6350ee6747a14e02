/** The ways a picture can go in the drawing test, each as the lines that build it and send it. */
import type { DeliverySetting } from '../contract/world.ts';

export interface DrawingWay {
  readonly id: string;
  readonly title: string;
  /** One sentence before it is seen. */
  readonly about: string;
  /** What the counts come from. */
  readonly rule: string;
  readonly delivery: DeliverySetting;
  /** Who draws, in their order. */
  readonly readers: readonly string[];
  /** The readers share the lines: each line goes to one of them. */
  readonly shares: boolean;
  readonly setup: readonly string[];
  /** The line that sends line `n` of the picture, from 1; `file://line-N` holds its number and text. */
  readonly send: (n: number) => string;
  readonly stream?: true;
}

const READ = '--wait 0 --pause 200ms --batch 1';
const QUEUE_SETUP = 'aws sqs create-queue --queue-name drawing --attributes VisibilityTimeout=10';

const sendTo =
  (queue: string, more = '') =>
  (n: number): string =>
    `aws sqs send-message --queue-url ${queue} --message-body file://line-${n}${more}`;

const standard = (delivery: DeliverySetting, about: string, rule: string): DrawingWay => ({
  id: `queue-${delivery}`,
  title: `Standard queue, ${delivery}`,
  about,
  rule,
  delivery,
  readers: ['wall'],
  shares: false,
  setup: [QUEUE_SETUP],
  send: sendTo('drawing'),
});

const put = (n: number, key: string): string =>
  `aws kinesis put-record --stream-name drawing --partition-key ${key} --data file://line-${n} --cli-binary-format raw-in-base64-out`;

const KEYS = 4;

const stream = (id: string, title: string, about: string, rule: string, key: (n: number) => string) => ({
  id,
  title,
  about,
  rule,
  delivery: 'calm' as const,
  readers: ['wall'],
  shares: false,
  stream: true as const,
  setup: [
    'aws kinesis create-stream --stream-name drawing --shard-count 2',
    'aws kinesis wait stream-exists --stream-name drawing',
  ],
  send: (n: number): string => put(n, key(n)),
});

export const DRAWING_WAYS: readonly DrawingWay[] = [
  standard(
    'calm',
    'One queue, one consumer, on a day when all its storage hosts are asked.',
    'On a calm day a standard queue looks like a FIFO queue. It promises neither order nor one delivery, so do not build on it.',
  ),
  standard(
    'typical',
    'The same queue as it is on most days: a short poll asks some of the hosts.',
    'A standard queue keeps its messages on several hosts. A short poll asks some of them, so a line can be overtaken: best-effort order.',
  ),
  standard(
    'rough',
    'The same queue on a bad day: fewer hosts are asked, and some deletes miss a copy.',
    'At least once, and best-effort order: fewer hosts answer each poll, and a delete that misses a copy lets that line come again after the visibility timeout.',
  ),
  {
    id: 'fifo',
    title: 'FIFO queue',
    about: 'One message group for the whole picture.',
    rule: 'One message group is one line of people: the next line waits until the one before is deleted. Each is delivered once, in order.',
    delivery: 'rough',
    readers: ['wall'],
    shares: false,
    setup: [
      'aws sqs create-queue --queue-name drawing.fifo --attributes FifoQueue=true,ContentBasedDeduplication=true,VisibilityTimeout=10',
    ],
    send: sendTo('drawing.fifo', ' --message-group-id picture'),
  },
  {
    id: 'consumers',
    title: 'Competing consumers',
    about: 'One queue, three consumers that take from it.',
    rule: 'A message goes to one consumer. Three consumers share the work: each draws a part, and none has the picture.',
    delivery: 'calm',
    readers: ['wall-1', 'wall-2', 'wall-3'],
    shares: true,
    setup: [QUEUE_SETUP],
    send: sendTo('drawing'),
  },
  {
    id: 'topic',
    title: 'Topic with two queues',
    about: 'Each line is published once; two queues are subscribed.',
    rule: 'A topic gives each subscription its own copy, so both draw the whole picture. Each standard queue has its own order.',
    delivery: 'typical',
    readers: ['wall-1', 'wall-2'],
    shares: false,
    setup: [
      'aws sns create-topic --name drawing',
      ...['wall-1', 'wall-2'].flatMap((wall) => [
        `aws sqs create-queue --queue-name ${wall} --attributes VisibilityTimeout=10`,
        `aws sqs set-queue-attributes --queue-url ${wall} --attributes '{"Policy":"{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"sns.amazonaws.com\\"},\\"Action\\":\\"sqs:SendMessage\\",\\"Resource\\":\\"*\\"}]}"}'`,
        `aws sns subscribe --topic-arn drawing --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:${wall} --attributes RawMessageDelivery=true`,
      ]),
    ],
    send: (n) => `aws sns publish --topic-arn drawing --message file://line-${n}`,
  },
  stream(
    'stream-one-key',
    'Stream, one key',
    'Two shards; each line has the same partition key.',
    'One key is one shard, and a shard keeps its order. The other shard stands idle.',
    () => 'picture',
  ),
  stream(
    'stream-many-keys',
    'Stream, several keys',
    'Two shards; the lines take turns with four partition keys.',
    'Order holds inside a shard. The reader asks one shard after the other, so lines of different shards overtake each other. None is lost or doubled.',
    (n) => `part-${n % KEYS}`,
  ),
];

/** The lines that begin the reading, before the first line is sent. */
export function readLines({ id, readers, stream: isStream, shares }: DrawingWay): string[] {
  if (isStream === true)
    return readers.map(
      (name) => `app create-consumer --name ${name} --from stream/drawing --start trim-horizon --time 5ms`,
    );
  return readers.map((name) => {
    const queue = id === 'fifo' ? 'drawing.fifo' : readers.length > 1 && !shares ? name : 'drawing';
    const time = shares ? '50ms..600ms' : '90ms';
    return `app create-consumer --name ${name} --from queue/${queue} --time ${time} ${READ}`;
  });
}
