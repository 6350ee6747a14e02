/**
 * JSON records become rows of a Parquet file. Firehose Developer Guide, Convert input data format.
 *
 * SIMPLER THAN AWS: nested columns (struct, array, map) are written as JSON text; ORC is not written: its object is
 * a line that says so, and the rows as lines of JSON.
 */
import { tableIn } from '../../../contract/glueTables.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { BILLED_STEP, roundedUp } from '../../../contract/usage.ts';
import type { Context } from '../../../engine/service.ts';
import { writeParquet } from '../codecs/parquet.ts';
import { countStream } from '../metrics.ts';
import { type Buffer, type DeliveryStream, type FirehoseRecord, type FirehoseState, use } from '../model.ts';
import type { Converted } from './bucket.ts';
import type { Sender } from './buffering.ts';
import { type Column, type Row, rowOf } from './columns.ts';
import type { Conversion } from './conversionSettings.ts';
import { fail, type Problem } from './failing.ts';
import { jsonValues } from './jsonValues.ts';
import { dataBytes } from './settling.ts';

type Ctx = Context<FirehoseState>;

/** The file; undefined: no record could be converted. */
export function converted(
  context: Ctx,
  stream: DeliveryStream,
  conversion: Conversion,
  { records }: Buffer,
  send: Sender,
): Converted | undefined {
  const { state, now } = context;
  const { database, table, catalog } = conversion;
  const columns = tableIn(context, { account: catalog ?? stream.account, database, table });
  const rows: Row[] = [];
  const good: FirehoseRecord[] = [];
  const bad = new Map<FirehoseRecord, string>();
  for (const record of records) {
    const made = columns === undefined ? NO_TABLE : rowsOf(record, columns, conversion);
    if (typeof made === 'string') bad.set(record, made);
    else {
      good.push(record);
      rows.push(...made);
      use(state, 'firehose/format-conversion', roundedUp(record.data.length, BILLED_STEP.firehoseRecord));
    }
  }
  countStream(state, stream, now, 'SucceedConversion.Records', good.length);
  countStream(state, stream, now, 'SucceedConversion.Bytes', dataBytes(good));
  countStream(state, stream, now, 'FailedConversion.Records', bad.size);
  const problemOf = (record: FirehoseRecord): Problem => ({
    code: columns === undefined ? 'DataFormatConversion.EntityNotFound' : 'DataFormatConversion.ParseError',
    message: bad.get(record)!,
    attempts: 1,
  });
  fail(context, stream, [...bad.keys()], 'format-conversion-failed', problemOf, send);
  if (good.length === 0) return undefined;
  const { format, compression } = conversion;
  const body = format === 'parquet' ? writeParquet(columns!, rows, compression) : orcInWords(rows);
  return { body, extension: `.${format}`, records: good };
}

const NO_TABLE = 'The table of SchemaConfiguration does not exist.';

function rowsOf(
  { data }: FirehoseRecord,
  columns: readonly Column[],
  conversion: Conversion,
): readonly Row[] | string {
  const values = jsonValues(utf8Text(data) ?? '');
  if (values === undefined) return 'Error parsing JSON.';
  const rows: Row[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return 'A record is one JSON object, or several in a row; a JSON array is none.';
    }
    const row = rowOf(value as Readonly<Record<string, unknown>>, columns, conversion);
    if (typeof row === 'string') return row;
    rows.push(row);
  }
  return rows;
}

function orcInWords(rows: readonly Row[]): Uint8Array {
  const text = rows.map((row) =>
    JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)),
  );
  return utf8Bytes(
    `msg-playground: not a real ORC file; its rows as lines of JSON follow\n${text.join('\n')}\n`,
  );
}
