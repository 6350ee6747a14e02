/** B10 and B11: saving a million messages, and going to any instant of a run. */
import { deserialize, serialize } from 'node:v8';
import { imageBytes } from '../../src/engine/checkpoints.ts';
import { Random } from '../../src/engine/random.ts';
import { loadTimeline, saveTimeline } from '../../src/engine/timelineData.ts';
import { instant } from '../../src/engine/units.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { atMost, type Bench, bestOf, percentile, type Result, remark, timeOf } from '../measure.ts';
import { machineFactor } from '../reference/loop.ts';
import { SERVICES, timesOf, World } from './drive.ts';

const MILLION = 1_000_000;
/** About 100 characters, no two alike. */
const body = (index: number): string =>
  `{"order":${index},"customer":"c${(index * 7_919) % 65_536}","article":"book","city":"Nîmes","price":${index % 500}.90}`;

export const saving: Bench = {
  name: 'B10',
  title: 'saving and loading a million messages',
  run() {
    const world = new World();
    world.fill(world.queue('orders'), MILLION, body);
    // The journal is text of its own; what is saved here is the moment.
    const { simulation, settings } = world.timeline;
    let packed = '';
    const save = bestOf(3, () => {
      const { image } = saveTimeline(world.timeline, { withImage: true });
      packed = gzip.pack(JSON.stringify(image));
    });
    const plain = Array.from({ length: MILLION }, (_, index) => ({
      content: {
        seed: 7,
        sequence: index,
        body: body(index),
        home: '000000000000/orders',
        senderAccount: '000000000000',
      },
      state: 'visible',
      sent: index,
      receiveCount: 0,
    }));
    let bytes: Buffer = Buffer.alloc(0);
    const serialized = bestOf(3, () => {
      bytes = serialize(plain);
    });
    const data = { branches: [], current: 0, position: world.timeline.position, digest: '' };
    const branches = [{ ...world.timeline.branches[0]!, journal: [] }];
    let opened = world.timeline;
    const load = bestOf(3, () => {
      const image: unknown = JSON.parse(gzip.unpack(packed, 2 ** 31));
      opened = loadTimeline(SERVICES, settings, { ...data, branches, image });
    });
    const deserialized = bestOf(3, () => deserialize(bytes));
    const same = opened.simulation.digest() === simulation.digest();
    const size = (packed.length * 3) / 4;
    return [
      atMost(
        'save against v8.serialize',
        save / serialized,
        1.5,
        '×',
        ` (${save.toFixed(0)} / ${serialized.toFixed(0)} ms)`,
      ),
      atMost('its size, the same', size / bytes.length, 0.2, '×', ` (${(size / 1e6).toFixed(0)} MB)`),
      atMost(
        'load against v8.deserialize',
        load / deserialized,
        0.5,
        '×',
        ` (${load.toFixed(0)} / ${deserialized.toFixed(0)} ms)`,
      ),
      { what: 'the world opened is the world saved', figure: same ? 'yes' : 'no', budget: 'yes', held: same },
    ];
  },
};

interface Run {
  readonly what: string;
  readonly seconds: number;
  readonly megabytes: number;
  play(world: World): void;
}

const RUNS: readonly Run[] = [
  {
    what: 'standard queue',
    seconds: 0.25,
    megabytes: 64,
    play(world) {
      const url = world.queue('orders');
      world.fill(url, 10_000, body);
      untilWork(world, () => world.cycles(url, 500, body));
    },
  },
  {
    what: 'FIFO, groups and deduplication',
    seconds: 0.4,
    megabytes: 64,
    play(world) {
      const QueueUrl = world.queue('orders.fifo', { FifoQueue: 'true' });
      let sent = 0;
      untilWork(world, () => {
        for (let call = 0; call < 20; call++, sent++) {
          world.submit('SendMessage', {
            QueueUrl,
            MessageBody: body(sent),
            MessageGroupId: `group${(sent * 31) % 5_000}`,
            MessageDeduplicationId: `d${sent}`,
          });
          world.submit('ReceiveMessage', { QueueUrl });
          world.pass(20);
          world.deleteReceived(QueueUrl);
        }
      });
    },
  },
  {
    what: 'mixed world, 20 queues, 100,000 resident',
    seconds: 1.5,
    megabytes: 64,
    play(world) {
      const urls = Array.from({ length: 20 }, (_, index) =>
        world.queue(`q${index}`, { VisibilityTimeout: '45' }),
      );
      for (const url of urls) world.fill(url, 5_000, body);
      const random = Random.of(3, 'mixed');
      untilWork(world, () => {
        for (let call = 0; call < 20; call++) world.cycles(urls[random.below(20)]!, 10, body);
      });
    },
  },
];

/** Plays on until the run has a million steps. */
function untilWork(world: World, play: () => void): void {
  while (world.timeline.simulation.work < MILLION) play();
}

export const jumping: Bench = {
  name: 'B11',
  title: 'to any instant of a run of a million steps',
  run() {
    return RUNS.flatMap(jumps);
  },
};

function jumps({ what, seconds, megabytes, play }: Run): Result[] {
  const world = new World();
  const { timeline } = world;
  const took = timeOf(() => play(world));
  const head = timeline.position;
  const digest = timeline.simulation.digest();
  const { list } = timeline.current.checkpoints;
  const memory = list.reduce((sum, { image }) => sum + imageBytes(image), 0) / 1_048_576;
  const random = Random.of(11, 'jumps');
  const times = timesOf(40, () => timeline.goToInstant(instant(random.below(head.at))));
  timeline.goTo(head);
  const same = timeline.simulation.digest() === digest;
  // Once without the present kept: the whole way from the last checkpoint.
  timeline.goToInstant(instant(head.at - 1));
  const p95 = percentile(times, 0.95) / 1_000 / machineFactor();
  const half = percentile(times, 0.5).toFixed(0);
  return [
    atMost(
      `${what}: p95 of 40 jumps`,
      p95,
      seconds,
      's',
      ` (p50 ${half} ms; the run ${(took / 1_000).toFixed(1)} s)`,
    ),
    atMost(`${what}: all checkpoints`, memory, megabytes, 'MB', ` (${list.length})`),
    { what: `${what}: digest at the head`, figure: same ? 'equal' : 'differs', budget: 'equal', held: same },
    remark(`${what}: work`, `${timeline.simulation.work}`),
  ];
}
