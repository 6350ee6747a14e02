/** B7 and B9: quiet time, and the kernel alone. */
import { Random } from '../../src/engine/random.ts';
import type { Context, Service } from '../../src/engine/service.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { after, type Instant, instant, milliseconds } from '../../src/engine/units.ts';
import { atMost, type Bench, bestOfBoth, ratio, timeOf, waitFor } from '../measure.ts';
import { machineFactor } from '../reference/loop.ts';
import { World } from './drive.ts';

const DAYS_14 = 1_209_600_000;

export const quiet: Bench = {
  name: 'B7',
  title: 'fourteen quiet days with one timer due',
  run() {
    const world = new World();
    const url = world.queue('orders', { MessageRetentionPeriod: '1209600' });
    let took = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 5; run++) {
      world.call('SendMessage', { QueueUrl: url, MessageBody: 'the only one' });
      // The retention timer falls into the span.
      took = Math.min(
        took,
        waitFor(() => world.pass(DAYS_14)),
      );
    }
    return [atMost('14 days with one timer due', took / machineFactor(), 1, 'ms')];
  },
};

const ARRIVAL = milliseconds(100);
const SERVICE = milliseconds(80);
const EVENTS = 1_000_000;

interface LineState {
  waiting: number;
  served: number;
}

/** One counter and its line: arrivals and departures at random. */
const line: Service<LineState> = {
  name: 'line',
  create: () => ({ waiting: 0, served: 0 }),
  serve(context) {
    context.schedule(context.now, { type: 'line/ArrivalDue' });
    return {};
  },
  due(context, { type }) {
    if (type === 'line/ArrivalDue') {
      context.schedule(after(context.now, context.random('arrivals').exponential(ARRIVAL)), { type });
      if (context.state.waiting++ === 0) depart(context);
    } else {
      context.state.served++;
      if (--context.state.waiting > 0) depart(context);
    }
  },
  latency: () => milliseconds(0),
  checkpoint: (state) => ({ ...state }),
  restore: (image) => ({ ...(image as LineState) }),
  digest: (state) => `${state.waiting} ${state.served}`,
};

const depart = (context: Context<LineState>): void =>
  context.schedule(after(context.now, context.random('services').exponential(SERVICE)), {
    type: 'line/DepartureDue',
  });

/** How many events the kernel and the loop by hand do until this instant. */
const UNTIL = instant((EVENTS / 2) * ARRIVAL);

function kernel(): number {
  const simulation = new Simulation([line], { seed: 5 });
  const caller = { by: 'you', account: '0', profile: 'default', secure: true };
  simulation.submit({ service: 'line', operation: 'Open', input: {}, caller });
  return timeOf(() => simulation.runUntil(UNTIL));
}

interface Entry {
  readonly at: Instant;
  readonly sequence: number;
  readonly arrives: boolean;
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

/** The same line, with a heap written for it alone. */
function byHand(): number {
  const arrivals = Random.of(5, 'line/arrivals');
  const services = Random.of(5, 'line/services');
  const heap: Entry[] = [];
  let sequence = 0;
  const put = (at: Instant, arrives: boolean): void => {
    const entry = { at, sequence: sequence++, arrives };
    let place = heap.length;
    heap.push(entry);
    for (; place > 0 && isBefore(entry, heap[(place - 1) >> 1]!); place = (place - 1) >> 1) {
      heap[place] = heap[(place - 1) >> 1]!;
    }
    heap[place] = entry;
  };
  const take = (): Entry => {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
    return first;
  };
  return timeOf(() => {
    let waiting = 0;
    let served = 0;
    put(instant(0), true);
    while (heap[0]!.at <= UNTIL) {
      const { at, arrives } = take();
      if (arrives) {
        put(after(at, arrivals.exponential(ARRIVAL)), true);
        if (waiting++ === 0) put(after(at, services.exponential(SERVICE)), false);
      } else {
        served++;
        if (--waiting > 0) put(after(at, services.exponential(SERVICE)), false);
      }
    }
    return served;
  });
}

export const kernelAlone: Bench = {
  name: 'B9',
  title: 'the kernel alone, M/M/1, a million events',
  run() {
    const [mine, bare] = bestOfBoth(5, kernel, byHand);
    return [
      ratio(
        'M/M/1 of 1,000,000 events against a heap loop',
        bare / mine,
        0.5,
        ` (${mine.toFixed(0)} / ${bare.toFixed(0)} ms)`,
      ),
    ];
  },
};
