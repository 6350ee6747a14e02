/** Databases and tables. Glue Web API Reference, Databases API; Tables API. */
import {
  type Column,
  CreateDatabase$,
  type CreateDatabaseRequest,
  CreateTable$,
  type CreateTableRequest,
  DeleteTable$,
  type DeleteTableRequest,
  GetTable$,
  type GetTableRequest,
} from '@aws-sdk/client-glue';
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import { type TableName, tableKey } from '../../contract/glueTables.ts';
import type { Operation } from '../../contract/operation.ts';
import type { Context } from '../../engine/service.ts';
import { alreadyExists, invalidInput, missing, notFound } from './errors.ts';
import type { GlueState, Table } from './model.ts';

const glueOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<GlueState, Input>,
): Operation<GlueState, Input> => checkedOperation(schema, words, missing);

const CATALOG = { purpose: 'whose catalog, by account; the caller’s if left out' } as const;
const DATABASE = { purpose: 'the database' } as const;
const TABLE = { purpose: 'the table' } as const;
const without = (purpose: string, notModelled: string) => ({ purpose, notModelled });
const TRANSACTION = without('a transaction', 'governed tables');

type Ground = Pick<Context<GlueState>, 'caller'>;

/** SIMPLER THAN AWS: only the caller's own catalog. */
function catalogOf({ caller }: Ground, CatalogId: string | undefined): string {
  if (CatalogId !== undefined && CatalogId !== caller.account) {
    throw invalidInput(`not modelled: the catalog of another account, ${CatalogId}`);
  }
  return caller.account;
}

export const createDatabase = glueOperation<CreateDatabaseRequest>(CreateDatabase$, {
  summary: 'Makes a database: a folder of tables.',
  members: {
    CatalogId: CATALOG,
    DatabaseInput: { purpose: 'its name and description, Name=…' },
    Tags: without('labels', 'labels of databases'),
  },
  handle(context, { CatalogId, DatabaseInput }) {
    const { state, now } = context;
    const account = catalogOf(context, CatalogId);
    const { Name = '', Description } = DatabaseInput!;
    if (Name === '') throw missing('DatabaseInput.Name');
    const key = `${account}/${Name.toLowerCase()}`;
    if (state.databases.has(key)) throw alreadyExists('Database');
    state.databases.set(
      key,
      Object.freeze({ name: Name.toLowerCase(), account, created: now, description: Description }),
    );
    return {};
  },
});

const TYPE =
  /^(?:boolean|tinyint|smallint|int|integer|bigint|float|double|date|timestamp|string|binary|(?:decimal|char|varchar)(?:\([\d, ]+\))?|(?:array|map|struct)<.+>)$/iu;

function columnsOf(columns: readonly Column[] = []): { readonly name: string; readonly type: string }[] {
  return columns.map(({ Name = '', Type = 'string' }) => {
    if (!TYPE.test(Type))
      throw invalidInput(
        `Type ${Type} of column ${Name} is not known. Expected is a type of Hive: string, bigint, double …`,
      );
    return Object.freeze({ name: Name.toLowerCase(), type: Type });
  });
}

export const createTable = glueOperation<CreateTableRequest>(CreateTable$, {
  summary: 'Makes a table: names and types of columns, for format conversion.',
  members: {
    CatalogId: CATALOG,
    DatabaseName: DATABASE,
    Name: without('of Iceberg tables', 'Iceberg tables; the name stands in TableInput'),
    TableInput: { purpose: 'its name and columns, as JSON' },
    PartitionIndexes: without('indexes of partitions', 'partitions of tables'),
    TransactionId: TRANSACTION,
    OpenTableFormatInput: without('an Iceberg table', 'Iceberg tables'),
  },
  handle(context, { CatalogId, DatabaseName = '', TableInput }) {
    const { state, now } = context;
    const account = catalogOf(context, CatalogId);
    const database = DatabaseName.toLowerCase();
    if (!state.databases.has(`${account}/${database}`)) throw notFound('Database', DatabaseName);
    const name = TableInput?.Name?.toLowerCase();
    if (TableInput === undefined || name === undefined) throw missing('TableInput.Name');
    const columns = Object.freeze(columnsOf(TableInput.StorageDescriptor?.Columns));
    if (columns.length === 0)
      throw invalidInput(
        'A table without columns describes nothing: StorageDescriptor={Columns=[{Name=…,Type=…}]}.',
      );
    const key = tableKey({ account, database, table: name });
    if (state.tables.has(key)) throw alreadyExists('Table');
    const order = ++state.tablesMade;
    const table: Table = { name, database, account, created: now, order, columns, input: TableInput };
    state.tables.set(key, Object.freeze(table));
    return {};
  },
});

function tableNamed(state: GlueState, place: TableName, shown: string): Table {
  if (!state.databases.has(`${place.account}/${place.database}`)) throw notFound('Database', place.database);
  const table = state.tables.get(tableKey(place));
  if (table === undefined) throw notFound('Table', shown);
  return table;
}

const placeOf = (
  context: Ground,
  catalog: string | undefined,
  database: string,
  table: string,
): TableName => ({
  account: catalogOf(context, catalog),
  database: database.toLowerCase(),
  table: table.toLowerCase(),
});

export const getTable = glueOperation<GetTableRequest>(GetTable$, {
  summary: 'Tells the columns of a table.',
  members: {
    CatalogId: CATALOG,
    DatabaseName: DATABASE,
    Name: TABLE,
    TransactionId: TRANSACTION,
    QueryAsOfTime: without('as it was then', 'versions of tables'),
    AuditContext: without('for an audit', 'Lake Formation'),
    IncludeStatusDetails: without('states of views', 'views'),
    AttributesToGet: without('only these attributes', 'parts of a table: it is told whole'),
  },
  handle(context, { CatalogId, DatabaseName = '', Name = '' }) {
    const { state } = context;
    const table = tableNamed(state, placeOf(context, CatalogId, DatabaseName, Name), Name);
    return {
      Table: {
        ...table.input,
        Name: table.name,
        DatabaseName: table.database,
        CreateTime: new Date(state.epoch + table.created),
        CatalogId: table.account,
        VersionId: '0',
      },
    };
  },
});

export const deleteTable = glueOperation<DeleteTableRequest>(DeleteTable$, {
  summary: 'Deletes a table.',
  members: { CatalogId: CATALOG, DatabaseName: DATABASE, Name: TABLE, TransactionId: TRANSACTION },
  handle(context, { CatalogId, DatabaseName = '', Name = '' }) {
    const { state } = context;
    const place = placeOf(context, CatalogId, DatabaseName, Name);
    tableNamed(state, place, Name);
    state.tables.delete(tableKey(place));
    return {};
  },
});
