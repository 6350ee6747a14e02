/** B16: what a frame of the screen reads. */
import { CATALOG } from '../../src/catalog.ts';
import { publishEvent, publishMessages, publishWorld } from '../../src/projection/publish.ts';
import { atMost, type Bench, bestOf } from '../measure.ts';
import { machineFactor } from '../reference/loop.ts';
import { World } from './drive.ts';

const FRAMES = 500;

export const viewModel: Bench = {
  name: 'B16',
  title: 'the view model of 20 queues and 200 log lines',
  run() {
    const world = new World();
    const urls = Array.from({ length: 20 }, (_, index) => world.queue(`q${index}`));
    for (const url of urls) world.fill(url, 5_000, (index) => `message ${index}`);
    for (const url of urls) world.cycles(url, 50, (index) => `again ${index}`);
    const { simulation } = world.timeline;
    const took = bestOf(5, () => {
      let seen = 0;
      for (let count = 0; count < FRAMES; count++) {
        seen += publishWorld(simulation, CATALOG, world.settings, 'default').resources.length;
        seen += publishMessages(simulation, CATALOG, 'queue/q3', 0, 30).length;
        for (const event of simulation.log.since(0, 200)) seen += publishEvent(simulation, event).sequence;
      }
      return seen;
    });
    return [
      atMost('a frame: 20 queues, 30 messages, 200 log lines', took / FRAMES / machineFactor(), 1, 'ms'),
    ];
  },
};
