import { expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import { Simulation } from '../../../src/engine/simulation.ts';
import { instant } from '../../../src/engine/units.ts';
import { fields, grouped } from './support.ts';

it('a world with a group, a fleet, a database and faults goes on from a checkpoint as it would have', () => {
  const w = grouped();
  w.queue('orders');
  w.call('CreateDatabase', { name: 'books', engine: 'rds', writeCapacity: '5/s' }, 'app');
  const crew = { name: 'crew', group: 'workers', from: 'queue/orders', writes: 'database/books' };
  w.call('CreateFleet', { ...crew, time: '2s', heartbeat: '1s' }, 'app');
  w.call('CreateWebsite', { name: 'shop', to: 'queue/orders', rate: '3/s' }, 'app');
  w.call('Inject', { kind: 'slow', on: 'app/crew', from: '100s', for: '2m', times: 3 }, 'fault');
  w.at(150);
  const image = w.simulation.checkpoint();
  w.at(400);
  expect(fields(w).inService).toBe(2);
  const other = new Simulation(
    CATALOG.map(({ engine }) => ({ ...engine, latency: () => 0 as never })),
    w.settings,
  );
  other.restore(image);
  other.runUntil(instant(400_000));
  expect(other.digest()).toBe(w.simulation.digest());
});
