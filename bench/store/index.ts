/** The benches of the message store alone, with nothing of the services above it. */

import { instant, milliseconds } from '../../src/engine/units.ts';
import { measured } from '../commandTimes.ts';
import {
  atMost,
  type Bench,
  bestOfBoth,
  percentile,
  type Result,
  ratio,
  remark,
  timeOf,
  usedBytes,
} from '../measure.ts';
import { BareCore, bareCycles } from '../reference/bareCore.ts';
import { body, filledStore, NO_HOOKS, SLICE, storeCycles } from './cycle.ts';

const MILLION = 1_000_000;

function bareFilled(resident: number): BareCore {
  const core = new BareCore();
  for (let index = 0; index < resident; index++) core.send(body(index));
  return core;
}

const cycle: Bench = {
  name: 'B1-store',
  title: 'send, receive, delete',
  run() {
    const cycles = 500_000;
    const [mine, bare] = bestOfBoth(
      5,
      () => {
        const run = filledStore(10_000);
        return timeOf(() => storeCycles(run, cycles));
      },
      () => {
        const core = bareFilled(10_000);
        return timeOf(() => bareCycles(core, cycles, body));
      },
    );
    const each = (ms: number): string => `${((ms * 1e6) / cycles).toFixed(0)} ns`;
    return [
      remark(
        'cycle at 10,000 resident, store alone',
        `${(bare / mine).toFixed(2)}× (${each(mine)} / ${each(bare)})`,
      ),
    ];
  },
};

const scale: Bench = {
  name: 'B3-store',
  title: 'cost of a command does not depend on what waits',
  run() {
    const cycles = 300_000;
    const [small, large] = [filledStore(1_000), filledStore(MILLION)];
    const cost = (run: typeof small) => () => timeOf(() => storeCycles(run, cycles));
    const [few, many] = bestOfBoth(5, cost(small), cost(large));
    const look = (run: typeof small) => () =>
      timeOf(() => {
        let seen = 0;
        for (let frame = 0; frame < 10_000; frame++) {
          const rows = run.store.list(run.queue, 0, 30);
          for (const row of rows) seen += run.store.facts(row).receiveCount;
          seen += run.store.counts(run.queue).visible;
        }
        return seen;
      });
    const [fewLooks, manyLooks] = bestOfBoth(5, look(small), look(large));
    return [
      atMost('cycle, 1,000,000 resident against 1,000', many / few, 1.3, '×'),
      atMost('first rows and counts, the same', manyLooks / fewLooks, 1.3, '×'),
    ];
  },
};

const slowest: Bench = {
  name: 'B4-store',
  title: 'slowest operation at a million resident',
  async run() {
    const cycles = 300_000;
    const run = filledStore(MILLION);
    const mine = await measured(cycles, (index) => {
      storeCycles(run, 1);
      if (index % 100_000 === 50_000) run.store.checkpoint();
    });
    const core = bareFilled(MILLION);
    const bare = await measured(cycles, () => bareCycles(core, 1, body));
    const p99 = percentile(mine.commands, 0.99) / percentile(bare.commands, 0.99);
    const [pause, barePause] = [Math.max(0, ...mine.pauses), Math.max(0, ...bare.pauses)];
    return [
      atMost(
        'slowest cycle, full collections apart',
        mine.worst,
        33,
        'ms',
        ` (bare ${bare.worst.toFixed(1)} ms)`,
      ),
      atMost('p99 against bare p99', p99, 10, '×'),
      atMost('longest full collection', pause, Math.max(33, 2 * barePause), 'ms'),
    ];
  },
};

const memory: Bench = {
  name: 'B5-store',
  title: 'memory of a resident message without its body',
  run() {
    const shared = Object.freeze({ id: 0, body: 'hello' });
    const before = usedBytes();
    const empty = filledStore(0);
    const fixed = usedBytes() - before;
    const run = filledStore(MILLION, () => shared);
    const full = usedBytes() - before - fixed * 2;
    run.store.counts(run.queue);
    empty.store.counts(empty.queue);
    return [
      atMost('resident message without its body', full / MILLION, 200, 'B'),
      remark('fixed cost of a store', `${(fixed / 1_048_576).toFixed(2)} MiB`),
    ];
  },
};

/** A million messages, received one after another for one time; and at times all over the place. */
const expiry: Bench = {
  name: 'B8-store',
  title: 'a million visibility timers',
  run() {
    const [store, wheel] = expire((index) => 10_000 + Math.floor(index / 16));
    const [scattered, bare] = expire((index) => 10_000 + ((index * 7_919) % 60_000));
    return [
      ratio(
        'expiry of 1,000,000 visibility timers, store alone',
        wheel / store,
        0.2,
        ` (${store.toFixed(0)} ms)`,
      ),
      remark(
        'the same, neighbours in time far apart in memory',
        `${(bare / scattered).toFixed(2)}× (${scattered.toFixed(0)} ms)`,
      ),
      ...oneInstant(),
    ];
  },
};

/** Processor time of store and bare core. */
function expire(timeout: (index: number) => number): [number, number] {
  const mine = (): number => {
    const { store, queue } = filledStore(MILLION);
    let index = 0;
    for (let rows = store.receivable(queue, 10); rows.length > 0; rows = store.receivable(queue, 10)) {
      for (const row of rows) store.hide(row, instant(0), milliseconds(timeout(index++)), 0);
    }
    return timeOf(() => {
      while (!store.advance(instant(80_000), SLICE, NO_HOOKS));
    });
  };
  const bare = (): number => {
    const core = bareFilled(MILLION);
    for (let index = 0; index < MILLION; index++) core.receive(timeout(index));
    return timeOf(() => core.advance(80_000));
  };
  return bestOfBoth(4, mine, bare);
}

function oneInstant(): Result[] {
  const slices = (
    prepare: (run: ReturnType<typeof filledStore>) => void,
    until: number,
  ): [number, number] => {
    const run = filledStore(MILLION);
    prepare(run);
    let [total, worst] = [0, 0];
    for (let done = false; !done; ) {
      const took = timeOf(() => {
        done = run.store.advance(instant(until), SLICE, NO_HOOKS);
      });
      total += took;
      worst = Math.max(worst, took);
    }
    return [total, worst];
  };
  const hidden = slices(({ store, queue }) => {
    for (let rows = store.receivable(queue, 10); rows.length > 0; rows = store.receivable(queue, 10)) {
      for (const row of rows) store.hide(row, instant(0), milliseconds(30_000), 0);
    }
  }, 30_000);
  const aged = slices(() => undefined, 345_600_000);
  const purged = slices(({ store, queue }) => store.purge(queue), 1);
  return [
    atMost(
      '1,000,000 due at one instant: worst slice',
      hidden[1],
      33,
      'ms',
      ` (all ${hidden[0].toFixed(0)} ms)`,
    ),
    atMost('1,000,000 of one age: worst slice', aged[1], 33, 'ms', ` (all ${aged[0].toFixed(0)} ms)`),
    atMost('1,000,000 purged: worst slice', purged[1], 33, 'ms', ` (all ${purged[0].toFixed(0)} ms)`),
  ];
}

export const storeBenches: readonly Bench[] = [cycle, scale, slowest, memory, expiry];
