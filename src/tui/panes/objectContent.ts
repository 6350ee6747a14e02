/** What is inside of an object: a packed one is unpacked, a Parquet file becomes a table, all else stays bytes. */
import { gunzipSync } from 'fflate';
import type { ColumnMetaData, SchemaTree } from 'hyparquet';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js';
import { getTreePath } from 'hyparquet/src/schema.js';

/** Larger ones are not opened. */
const OPENED_BYTES_MAX = 8_388_608;
const ROWS_MAX = 200;

export interface TableContent {
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  /** The first of them. */
  readonly rows: readonly (readonly string[])[];
  readonly rowCount: number;
  /** How its columns are packed: SNAPPY. */
  readonly codec: string;
}

export interface ObjectContent {
  /** Unpacked. */
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
  readonly table: TableContent | undefined;
}

const opened = new WeakMap<Uint8Array, ObjectContent>();

/** The same body is opened once. A file that is broken stays bytes. */
export function contentOf(body: Uint8Array): ObjectContent {
  const known = opened.get(body);
  if (known !== undefined) return known;
  const unpacked = unpack(body);
  const content = {
    bytes: unpacked ?? body,
    isPacked: unpacked !== undefined,
    table: unpacked === undefined ? tableIn(body) : undefined,
  };
  opened.set(body, content);
  return content;
}

function unpack(body: Uint8Array): Uint8Array | undefined {
  if (body.length < 18 || body[0] !== 0x1f || body[1] !== 0x8b) return undefined;
  // Its last four bytes say how much there will be.
  const size = new DataView(body.buffer, body.byteOffset).getUint32(body.length - 4, true);
  if (size > OPENED_BYTES_MAX) return undefined;
  try {
    return gunzipSync(body);
  } catch {
    return undefined;
  }
}

const MAGIC = [0x50, 0x41, 0x52, 0x31];

function tableIn(body: Uint8Array): TableContent | undefined {
  if (body.length > OPENED_BYTES_MAX || !MAGIC.every((byte, at) => body[at] === byte)) return undefined;
  try {
    return readTable(body.slice().buffer);
  } catch {
    return undefined;
  }
}

/** The first group of rows; nested columns are not taken apart. */
function readTable(file: ArrayBuffer): TableContent {
  const metadata = parquetMetadata(file);
  const tree = parquetSchema(metadata);
  const [group] = metadata.row_groups;
  const count = Math.min(Number(group?.num_rows ?? 0), ROWS_MAX);
  const columns = (group?.columns ?? []).flatMap(({ meta_data }) =>
    meta_data === undefined ? [] : [meta_data],
  );
  const values = columns.map((column) => valuesOf(file, column, tree, Number(group!.num_rows)));
  return {
    columns: columns.map((column, at) => ({
      name: column.path_in_schema.join('.'),
      isNumber: values[at]!.every(
        (value) => value === null || typeof value === 'number' || typeof value === 'bigint',
      ),
    })),
    rows: Array.from({ length: count }, (_row, row) => values.map((column) => words(column[row]))),
    rowCount: Number(metadata.num_rows),
    codec: columns[0]?.codec ?? 'UNCOMPRESSED',
  };
}

function valuesOf(file: ArrayBuffer, column: ColumnMetaData, tree: SchemaTree, rows: number): unknown[] {
  const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
  const view = new DataView(file, start, Number(column.total_compressed_size));
  const schemaPath = getTreePath(tree, column.path_in_schema);
  const decoder = {
    ...column,
    pathInSchema: column.path_in_schema,
    element: schemaPath.at(-1)!.element,
    schemaPath,
    parsers: DEFAULT_PARSERS,
    compressors: { GZIP: (bytes: Uint8Array) => gunzipSync(bytes) },
  };
  const select = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
  const { data } = readColumn({ view, offset: 0 }, select, decoder);
  return data.flatMap((chunk) => Array.from(chunk as ArrayLike<unknown>));
}

const words = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : value instanceof Date
      ? value.toISOString()
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
