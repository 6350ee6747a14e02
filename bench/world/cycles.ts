/** B1, B2, B3, B5, B8: what commands cost, through the public interface. */

import { CATALOG } from '../../src/catalog.ts';
import { Journal } from '../../src/engine/journal.ts';
import { publishMessages, publishWorld } from '../../src/projection/publish.ts';
import { atMost, type Bench, bestOfBoth, collectGarbage, ratio, timeOf, usedBytes } from '../measure.ts';
import { BareCore, bareCycles } from '../reference/bareCore.ts';
import { World } from './drive.ts';

const RESIDENT = 10_000;
const CYCLES = 60_000;
const body = (index: number): string => `message ${index}`;

function filled(resident: number): { world: World; url: string } {
  const world = new World();
  const url = world.queue('orders');
  world.fill(url, resident, body);
  return { world, url };
}

function bareFilled(resident: number): BareCore {
  const core = new BareCore();
  for (let index = 0; index < resident; index++) core.send(body(index));
  return core;
}

/** Nanoseconds a cycle, engine and bare core. */
function cycleCosts(prepare: (world: World) => void): [number, number] {
  const [mine, bare] = bestOfBoth(
    5,
    () => {
      const { world, url } = filled(RESIDENT);
      prepare(world);
      world.cycles(url, 5_000, body);
      collectGarbage();
      return timeOf(() => world.cycles(url, CYCLES, body));
    },
    () => {
      const core = bareFilled(RESIDENT);
      bareCycles(core, 5_000, body);
      collectGarbage();
      return timeOf(() => bareCycles(core, CYCLES, body));
    },
  );
  return [(mine * 1e6) / CYCLES, (bare * 1e6) / CYCLES];
}

const note = (mine: number, bare: number): string => ` (${mine.toFixed(0)} / ${bare.toFixed(0)} ns)`;

export const throughput: Bench = {
  name: 'B1',
  title: 'send, receive, delete through the command interface',
  run() {
    const [mine, bare] = cycleCosts(() => undefined);
    return [ratio('send + receive + delete, 10,000 resident', bare / mine, 0.2, note(mine, bare))];
  },
};

export const throughputWithTexts: Bench = {
  name: 'B2',
  title: 'the same, every text and event made',
  run() {
    let seen = 0;
    const [mine, bare] = cycleCosts((world) => {
      let told = world.timeline.simulation.log.count;
      world.reading((output) => {
        seen += JSON.stringify(output).length;
        const { simulation } = world.timeline;
        for (const { event } of simulation.log.since(told))
          seen += Object.keys(simulation.tell(event)).length;
        told = simulation.log.count;
      });
    });
    return [
      ratio(
        'the same, all texts and events made',
        bare / mine,
        0.08,
        `${note(mine, bare)}${seen === 0 ? '?' : ''}`,
      ),
    ];
  },
};

/** What one frame of the screen asks for. */
function frame(world: World): number {
  const { simulation } = world.timeline;
  const view = publishWorld(simulation, CATALOG, world.settings, 'default');
  const rows = publishMessages(simulation, CATALOG, 'queue/orders', 0, 30);
  return view.resources.length + rows.length;
}

export const scale: Bench = {
  name: 'B3',
  title: 'the cost of a command does not depend on what waits',
  run() {
    const [small, large] = [filled(1_000), filled(1_000_000)];
    const cost =
      ({ world, url }: typeof small) =>
      (): number => {
        collectGarbage();
        return timeOf(() => world.cycles(url, 20_000, body));
      };
    const look =
      ({ world }: typeof small) =>
      (): number =>
        timeOf(() => {
          let seen = 0;
          for (let count = 0; count < 3_000; count++) seen += frame(world);
          return seen;
        });
    const list =
      ({ world, url }: typeof small) =>
      (): number =>
        timeOf(() => {
          for (let count = 0; count < 500; count++) {
            world.call('ListQueues', {});
            world.call('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });
          }
        });
    const results = [];
    for (const [what, work] of [
      ['a cycle, 1,000,000 resident against 1,000', cost],
      ['view of one screen frame, the same', look],
      ['ListQueues and GetQueueAttributes, the same', list],
    ] as const) {
      const [few, many] = bestOfBoth(5, work(small), work(large));
      results.push(atMost(what, many / few, 1.3, '×'));
    }
    return results;
  },
};

export const memory: Bench = {
  name: 'B5',
  title: 'memory of a resident message without its body',
  run() {
    const count = 500_000;
    const shared = 'the one body of all messages';
    const world = new World();
    const url = world.queue('orders');
    const before = usedBytes();
    world.fill(url, count, () => shared);
    const journal = usedBytesOfJournal(world);
    const each = (usedBytes() - before - journal) / count;
    return [
      atMost(
        'resident message without its body, texts on demand',
        each,
        200,
        'B',
        ` (journal ${(journal / count).toFixed(0)} B more)`,
      ),
    ];
  },
};

/** The journal and its commands are the caller's own objects: measured by letting go of them. */
function usedBytesOfJournal(world: World): number {
  const before = usedBytes();
  Object.assign(world.timeline.current, { journal: new Journal() });
  return before - usedBytes();
}

export const expiry: Bench = {
  name: 'B8',
  title: 'a million visibility timers, with events and checkpoints',
  run() {
    // A queue has at most 120,000 messages in flight: ten queues of 100,000.
    const [queues, each] = [10, 100_000];
    const mine = (): number => {
      const world = new World();
      for (let queue = 0; queue < queues; queue++) {
        const QueueUrl = world.queue(`q${queue}`, { VisibilityTimeout: '600' });
        world.fill(QueueUrl, each, body);
        for (let taken = 0; taken < each; taken += 10) {
          world.submit('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
          if (taken % 1_000 === 0) world.pass(10);
        }
        world.timeline.takeAnswers();
      }
      collectGarbage();
      return timeOf(() => world.pass(700_000));
    };
    const bare = (): number => {
      const core = bareFilled(queues * each);
      for (let index = 0; index < queues * each; index++) core.receive(600_000 + Math.floor(index / 100));
      collectGarbage();
      return timeOf(() => core.advance(700_000));
    };
    const [engine, wheel] = bestOfBoth(3, mine, bare);
    return [
      ratio(
        '1,000,000 visibility timers with events',
        wheel / engine,
        0.1,
        ` (${engine.toFixed(0)} / ${wheel.toFixed(0)} ms)`,
      ),
    ];
  },
};
