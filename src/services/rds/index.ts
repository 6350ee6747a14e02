/** Amazon RDS: what happens to databases, and who is told. Wiring only; the databases themselves are apps. */
import type { DatabasesIn } from '../../contract/databases.ts';
import { type CatalogEntry, defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import { databaseOperations } from './operations/databases.ts';
import * as events from './operations/events.ts';
import { subscriptionOperations } from './operations/subscriptions.ts';
import { answered, delivered } from './timers.ts';
import { view } from './view.ts';
import { why } from './why.ts';

/** `databases`: reads the relational databases in the state of the apps; the catalog hands it over. */
export function rdsOf(databases: DatabasesIn): CatalogEntry {
  return defineService({
    name: 'rds',
    title: 'RDS',
    kind: 'aws',
    summary: 'Databases as AWS shows them, and who is told what happens to them.',
    operations: [
      ...subscriptionOperations(databases),
      ...Object.values(events),
      ...databaseOperations(databases),
    ],
    notModelled: NOT_MODELLED,
    instead: INSTEAD,
    create: createState,
    due: () => undefined,
    delivered,
    answered,
    latency: (random) => milliseconds(random.integer(30, 90)),
    access,
    view,
    why,
  });
}
