/** AWS Glue: tables of the Data Catalog, whose columns Firehose converts to. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import type { GlueState } from './model.ts';
import * as operations from './operations.ts';

export const glue = defineService<GlueState>({
  name: 'glue',
  title: 'Glue',
  kind: 'aws',
  summary: 'Tables with columns, for the format conversion of Firehose. All else of Glue is not here.',
  operations: Object.values(operations),
  create: ({ epoch, region, account }) => ({
    epoch,
    region,
    account,
    databases: new Map(),
    tables: new Map(),
    tablesMade: 0,
  }),
  due() {
    // Nothing falls due.
  },
  latency: (random) => milliseconds(random.integer(10, 40)),
  view: (state) =>
    [...state.tables.values()].map(({ name, database, order, columns }) => ({
      id: `gluetable/${database}/${name}` as const,
      kind: 'gluetable',
      name: `${database}.${name}`,
      title: 'Glue',
      role: 'resource' as const,
      order,
      fields: { columns: columns.map((column) => ({ ...column })) },
      links: [],
      offStage: true as const,
    })),
});
