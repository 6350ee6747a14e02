/** Rows as a Parquet file, by a library in pure JavaScript: the same rows give the same bytes. */
import { gzipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer/src/write.js';
import type { Cell, Column, Row } from '../rules/columns.ts';
import type { Conversion } from '../rules/conversionSettings.ts';

type Basic = 'BOOLEAN' | 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'STRING' | 'TIMESTAMP';

const TYPES: Readonly<Record<string, Basic>> = {
  boolean: 'BOOLEAN',
  tinyint: 'INT32',
  smallint: 'INT32',
  int: 'INT32',
  integer: 'INT32',
  bigint: 'INT64',
  float: 'FLOAT',
  double: 'DOUBLE',
  decimal: 'DOUBLE',
  timestamp: 'TIMESTAMP',
  date: 'TIMESTAMP',
};

const basicType = (type: string): Basic => TYPES[type.toLowerCase().replace(/[(<].*$/u, '')] ?? 'STRING';

export function writeParquet(
  columns: readonly Column[],
  rows: readonly Row[],
  compression: Conversion['compression'],
): Uint8Array {
  const columnData = columns.map(({ name, type }) => {
    const basic = basicType(type);
    return { name, type: basic, nullable: true, data: rows.map((row) => stored(row[name] ?? null, basic)) };
  });
  const buffer = parquetWriteBuffer({
    columnData,
    codec: compression,
    compressors: { GZIP: (bytes: Uint8Array) => gzipSync(bytes, { mtime: 0 }) },
  });
  return new Uint8Array(buffer);
}

const stored = (cell: Cell, type: Basic): Cell | Date =>
  type === 'TIMESTAMP' && typeof cell === 'number' ? new Date(cell) : cell;
