/** `--output text`: tab-separated values, one line an object (`awscli/text.py`). */
import { CliFailure, GENERAL_EXIT } from '../cliFailure.ts';
import {
  byCodePoint,
  isPlainObject,
  type Plain,
  type PlainObject,
  pyStr,
  pyTypeName,
} from '../python/values.ts';

/** Each line with its newline; empty for an empty list. */
export function formatText(value: Plain): string {
  const lines: string[] = [];
  write(value, lines, undefined, undefined);
  return lines.join('');
}

function write(
  value: Plain,
  lines: string[],
  name: string | undefined,
  columns: readonly string[] | undefined,
): void {
  if (isPlainObject(value)) writeObject(value, lines, name, columns);
  else if (Array.isArray(value)) writeList(value, lines, name);
  else lines.push(`${pyStr(value)}\n`);
}

const isNested = (value: Plain | undefined): boolean => Array.isArray(value) || isPlainObject(value);

function writeList(list: readonly Plain[], lines: string[], name: string | undefined): void {
  if (list.length === 0) return;
  const objects = list.filter(isPlainObject);
  if (objects.length > 0) {
    const other = list.find((item) => !isPlainObject(item));
    if (other !== undefined) {
      throw new CliFailure(`'${pyTypeName(other)}' object has no attribute 'items'`, GENERAL_EXIT, {
        why: 'text output cannot show a list of objects and other values',
      });
    }
    const columns = scalarKeys(objects);
    for (const item of list) write(item, lines, name, columns);
    return;
  }
  const scalars = list.filter((item) => !isNested(item));
  if (scalars.length > 0) writeScalars(scalars, lines, name);
  for (const item of list) if (isNested(item)) write(item, lines, name, undefined);
}

function writeScalars(list: readonly Plain[], lines: string[], name: string | undefined): void {
  if (name === undefined) lines.push(`${list.map((item) => pyStr(item)).join('\t')}\n`);
  else for (const item of list) lines.push(`${name.toUpperCase()}\t${pyStr(item)}\n`);
}

function writeObject(
  object: PlainObject,
  lines: string[],
  name: string | undefined,
  columns: readonly string[] | undefined,
): void {
  const keys = sorted(Object.keys(object));
  const scalars = columns
    ? columns.map((key) => pyStr(Object.hasOwn(object, key) ? object[key] : ''))
    : keys.filter((key) => !isNested(object[key])).map((key) => pyStr(object[key]));
  if (scalars.length > 0)
    lines.push(`${[...(name === undefined ? [] : [name.toUpperCase()]), ...scalars].join('\t')}\n`);
  for (const key of keys) {
    const nested = columns ? !columns.includes(key) : isNested(object[key]);
    if (nested) write(object[key] ?? null, lines, key, undefined);
  }
}

function scalarKeys(objects: readonly PlainObject[]): string[] {
  const keys = new Set<string>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) if (!isNested(value)) keys.add(key);
  }
  return sorted([...keys]);
}

/** By code point, as Python sorts. */
export const sorted = (keys: readonly string[]): string[] => [...keys].sort(byCodePoint);
