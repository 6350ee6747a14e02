/** Columns of a Glue table, and the value of each in a record. AWS Glue, types of columns as Hive names them. */
import type { Conversion } from './conversionSettings.ts';

export interface Column {
  readonly name: string;
  /** `string`, `bigint`, `double`, `timestamp`, `decimal(10,2)`, `array<string>` … */
  readonly type: string;
}

export type Cell = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** A text: why the record cannot be a row. */
export function rowOf(
  value: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
  { caseInsensitive, dots, mappings }: Pick<Conversion, 'caseInsensitive' | 'dots' | 'mappings'>,
): Row | string {
  const byName = new Map<string, unknown>();
  for (const [name, item] of Object.entries(value)) {
    const plain = dots ? name.replaceAll('.', '_') : name;
    byName.set(caseInsensitive ? plain.toLowerCase() : plain, item);
  }
  const row: Record<string, Cell> = {};
  for (const { name, type } of columns) {
    const key = mappings[name] ?? name;
    const cell = cellOf(byName.get(caseInsensitive ? key.toLowerCase() : key), type);
    if (cell === undefined) return `Column ${name} is ${type}: ${JSON.stringify(value[key])} is none.`;
    row[name] = cell;
  }
  return row;
}

const RANGE: Readonly<Record<string, number>> = { tinyint: 7, smallint: 15, int: 31, integer: 31 };

/** Undefined: the value does not fit the type. A value that is not there is null. */
function cellOf(value: unknown, type: string): Cell | undefined {
  if (value === undefined || value === null) return null;
  const base = type.toLowerCase().replace(/[(<].*$/u, '');
  switch (base) {
    case 'boolean':
      return typeof value === 'boolean'
        ? value
        : value === 'true'
          ? true
          : value === 'false'
            ? false
            : undefined;
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'integer': {
      const whole = numberOf(value);
      const limit = 2147483648 / 2 ** (31 - RANGE[base]!);
      return whole !== undefined && Number.isInteger(whole) && whole >= -limit && whole < limit
        ? whole
        : undefined;
    }
    case 'bigint': {
      const whole = numberOf(value);
      return whole !== undefined && Number.isSafeInteger(whole) ? BigInt(whole) : undefined;
    }
    case 'float':
    case 'double':
    case 'decimal':
      return numberOf(value);
    case 'timestamp':
    case 'date':
      return instantOf(value);
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(value)
    ? Number(value)
    : undefined;
}

/** Milliseconds: of a number as it is, of `2026-01-05 09:00:00` and ISO 8601 in UTC. */
function instantOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(\.\d{1,3})?Z?)?$/u.exec(value);
  if (match === null) return undefined;
  const [, day, time = '00:00:00', fraction = ''] = match;
  const utc = Date.parse(`${day}T${time}${fraction === '' ? '' : fraction.padEnd(4, '0')}Z`);
  return Number.isNaN(utc) ? undefined : utc;
}
