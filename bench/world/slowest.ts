/** B4: the slowest command with a million messages resident. */
import { type Measured, measured } from '../commandTimes.ts';
import { atMost, type Bench, collectGarbage, percentile } from '../measure.ts';
import { BareCore, isKept, VISIBILITY } from '../reference/bareCore.ts';
import { World } from './drive.ts';

const MILLION = 1_000_000;
const CYCLES = 50_000;
const body = (index: number): string => `message ${index}`;

async function engine(): Promise<Measured> {
  const world = new World();
  const url = world.queue('orders');
  world.fill(url, MILLION, body);
  collectGarbage();
  const { timeline } = world;
  const handles: string[] = [];
  return measured(CYCLES * 3, (index) => {
    const cycle = Math.floor(index / 3);
    if (index % 3 === 0) world.submit('SendMessage', { QueueUrl: url, MessageBody: body(cycle) });
    else if (index % 3 === 1) world.submit('ReceiveMessage', { QueueUrl: url });
    else if (handles.length > 0 && !isKept(cycle)) {
      world.submit('DeleteMessage', { QueueUrl: url, ReceiptHandle: handles.shift()! });
    } else {
      world.pass(1);
      for (const { outcome } of timeline.takeAnswers()) {
        const { Messages } = (outcome as { output: { Messages?: { ReceiptHandle: string }[] } }).output;
        for (const { ReceiptHandle } of Messages ?? []) handles.push(ReceiptHandle);
      }
    }
  });
}

function bare(): Promise<Measured> {
  const core = new BareCore();
  for (let index = 0; index < MILLION; index++) core.send(body(index));
  collectGarbage();
  let node = 0;
  return measured(CYCLES * 3, (index) => {
    if (index % 3 === 0) core.send(body(index));
    else if (index % 3 === 1) node = core.receive(VISIBILITY);
    else if (!isKept(Math.floor(index / 3))) core.delete(node, core.generation(node));
    else core.advance(core.time + 5);
  });
}

export const slowest: Bench = {
  name: 'B4',
  title: 'the slowest command at a million resident',
  async run() {
    const [mine, reference] = [await engine(), await bare()];
    const worst = Math.max(0, ...mine.pauses);
    const bareWorst = Math.max(0, ...reference.pauses);
    const perMillion = (mine.pauses.length * MILLION) / mine.commands.length;
    const p99 = percentile(mine.commands, 0.99) / percentile(reference.commands, 0.99);
    return [
      atMost('slowest command, full collections apart', mine.worst, 33, 'ms'),
      atMost(
        'p99 against bare p99',
        p99,
        10,
        '×',
        ` (${(percentile(mine.commands, 0.99) * 1_000).toFixed(0)} µs)`,
      ),
      atMost('longest full collection', worst, Math.max(33, 2 * bareWorst), 'ms'),
      atMost('full collections in a million commands', perMillion, 3, ''),
    ];
  },
};
