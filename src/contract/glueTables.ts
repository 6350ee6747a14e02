/** The tables of the Glue Data Catalog, as far as others read them: columns of a table, by name. */
import type { Context } from '../engine/service.ts';

export interface TableColumn {
  readonly name: string;
  /** As Hive names types: `string`, `bigint`, `double`, `timestamp` … */
  readonly type: string;
}

/** What others read of the state that keeps them. */
export interface TableBook {
  /** By `account/database/table`. */
  readonly tables: ReadonlyMap<string, { readonly columns: readonly TableColumn[] }>;
}

export interface TableName {
  readonly account: string;
  readonly database: string;
  readonly table: string;
}

export const tableKey = ({ account, database, table }: TableName): string =>
  `${account}/${database}/${table}`;

/** Undefined: there is no such table. */
export const tableIn = (
  { peek }: Pick<Context<unknown>, 'peek'>,
  name: TableName,
): readonly TableColumn[] | undefined =>
  (peek('glue') as TableBook | undefined)?.tables.get(tableKey(name))?.columns;
