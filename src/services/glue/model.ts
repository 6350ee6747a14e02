/** The Glue Data Catalog: databases and their tables, as far as format conversion needs them. Plain data. */
import type { TableBook, TableColumn } from '../../contract/glueTables.ts';
import type { Instant } from '../../engine/units.ts';

interface Database {
  readonly name: string;
  readonly account: string;
  readonly created: Instant;
  readonly description: string | undefined;
}

/** Frozen. */
export interface Table {
  readonly name: string;
  readonly database: string;
  readonly account: string;
  readonly created: Instant;
  readonly order: number;
  readonly columns: readonly TableColumn[];
  /** TableInput as it was given. */
  readonly input: object;
}

export interface GlueState extends TableBook {
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By `account/name`. */
  readonly databases: Map<string, Database>;
  /** By `account/database/name`. */
  readonly tables: Map<string, Table>;
  tablesMade: number;
}
