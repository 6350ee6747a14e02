/** B6: a producer of 3,000 messages a second and forty consumers. */
import { atMost, type Bench, bestOfBoth, ratio, timeOf, usedBytes } from '../measure.ts';
import { BareCore } from '../reference/bareCore.ts';
import { World } from './drive.ts';

const SECONDS = 20;
const RATE = 3_000;
const WORKERS = 40;
/** Ten messages are worked on in 10 × 10 ms: the fleet just keeps up with 3,000 a second and its answers' way. */
const WORK = 10;

function fleet(rate: number, seconds: number): World {
  const world = new World();
  world.queue('orders');
  world.call(
    'CreateConsumer',
    { name: 'worker', from: 'queue/orders', concurrency: WORKERS, batch: 10, time: `${WORK}ms` },
    'app',
  );
  world.call('CreateProducer', { name: 'web', to: 'queue/orders', rate: `${rate}/s`, batch: 10 }, 'app');
  world.pass(seconds * 1_000);
  return world;
}

/** The scenario as a bare loop: each millisecond sends its messages; a free worker takes ten, one after another. */
function bareFleet(seconds: number): number {
  const core = new BareCore();
  const free = new Float64Array(WORKERS);
  let [sent, done] = [0, 0];
  for (let now = 0; now < seconds * 1_000; now++) {
    core.advance(now);
    for (; sent < (now * RATE) / 1_000; sent++) core.send({ id: sent, body: `message ${sent}` });
    for (let worker = 0; worker < WORKERS; worker++) {
      if (free[worker]! > now) continue;
      for (let count = 0; count < 10; count++) {
        const node = core.receive(30_000);
        if (node === 0) break;
        core.delete(node, core.generation(node));
        free[worker] = now + (count + 1) * (WORK + 5);
        done++;
      }
    }
  }
  return done;
}

export const fleetAtWork: Bench = {
  name: 'B6',
  title: 'a producer of 3,000/s and 40 consumers',
  run() {
    const [mine, bare] = bestOfBoth(
      3,
      () => {
        const world = fleet(RATE, 1);
        return timeOf(() => world.pass(SECONDS * 1_000));
      },
      () => timeOf(() => bareFleet(SECONDS)),
    );
    // Memory at a tenth of the rate: what is kept must not grow with time.
    const world = fleet(RATE / 10, 600);
    const early = usedBytes();
    world.pass(3_000_000);
    const late = usedBytes();
    const speed = ((SECONDS * 1_000) / mine).toFixed(0);
    return [
      ratio('simulated seconds a second, against a bare loop', bare / mine, 0.3, ` (${speed} s/s)`),
      atMost(
        'memory after 1 h against 10 min, at 300/s',
        late / early,
        1.3,
        '×',
        ` (${(early / 1e6).toFixed(0)} MB)`,
      ),
    ];
  },
};
