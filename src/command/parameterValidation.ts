/** What botocore checks before it sends (`botocore/validate.py`): types, required and unknown members, all at once. */
import type { Shape, StructureShape } from '../contract/shape.ts';
import { fromBase64 } from './base64.ts';
import { CliFailure, GENERAL_EXIT } from './cliFailure.ts';
import { membersInOrder } from './outputShape.ts';
import { isPlainObject, type Plain, pyStr, pyType } from './python/values.ts';

/** Throws CliFailure: `Parameter validation failed: …`. `ordered`: members that Python holds as OrderedDicts. */
export function validateParameters(input: Plain, shape: StructureShape, ordered: ReadonlySet<string>): void {
  const report: string[] = [];
  checkStructure(input, shape, '', report, (name) => ordered.has(name), false);
  if (report.length > 0) throw new CliFailure(`Parameter validation failed:\n${report.join('\n')}`);
}

type IsOrdered = (member: string) => boolean;

function checkStructure(
  value: Plain,
  shape: StructureShape,
  name: string,
  report: string[],
  isOrdered: IsOrdered,
  ordered: boolean,
): void {
  if (!isPlainObject(value)) {
    wrongType(value, name, ["<class 'dict'>"], report, ordered);
    return;
  }
  const shownName = name === '' ? 'input' : name.slice(1);
  for (const member of membersInOrder(shape)) {
    if (member.required && !Object.hasOwn(value, member.name)) {
      report.push(`Missing required parameter in ${shownName}: "${member.name}"`);
    }
  }
  const known: [string, Shape][] = [];
  for (const key of Object.keys(value)) {
    const member = shape.members.find((candidate) => candidate.name === key);
    if (member) {
      known.push([key, member.shape()]);
    } else {
      const names = membersInOrder(shape).map((candidate) => candidate.name);
      report.push(`Unknown parameter in ${shownName}: "${key}", must be one of: ${names.join(', ')}`);
    }
  }
  for (const [key, memberShape] of known) {
    const inner = value[key];
    if (inner !== undefined) check(inner, memberShape, `${name}.${key}`, report, ordered || isOrdered(key));
  }
}

const never: IsOrdered = () => false;

function check(value: Plain, shape: Shape, name: string, report: string[], ordered: boolean): void {
  switch (shape.type) {
    case 'structure':
      checkStructure(value, shape, name, report, never, ordered);
      return;
    case 'list':
      if (!Array.isArray(value))
        wrongType(value, name, ["<class 'list'>", "<class 'tuple'>"], report, ordered);
      else
        for (const [index, item] of value.entries())
          check(item, shape.member, `${name}[${index}]`, report, ordered);
      return;
    case 'map':
      if (!isPlainObject(value)) {
        wrongType(value, name, ["<class 'dict'>"], report, ordered);
        return;
      }
      for (const [key, item] of Object.entries(value))
        check(item, shape.value, `${name}.${key}`, report, ordered);
      return;
    case 'document':
      return;
    default:
      checkScalar(value, shape.type, name, report, ordered);
  }
}

function checkScalar(
  value: Plain,
  type: Shape['type'],
  name: string,
  report: string[],
  ordered: boolean,
): void {
  const valid = {
    string: typeof value === 'string' || ["<class 'str'>"],
    boolean: typeof value === 'boolean' || ["<class 'bool'>"],
    // Python's True is an int, too.
    integer: Number.isInteger(value) || typeof value === 'boolean' || ["<class 'int'>"],
    long: Number.isInteger(value) || typeof value === 'boolean' || ["<class 'int'>"],
    double: typeof value === 'number' ||
      typeof value === 'boolean' || ["<class 'float'>", "<class 'decimal.Decimal'>", "<class 'int'>"],
    blob: typeof value === 'string' ||
      value instanceof Uint8Array || ["<class 'bytes'>", "<class 'bytearray'>", 'file-like object'],
    timestamp: (typeof value === 'string' && !Number.isNaN(parseTimestamp(value))) ||
      typeof value === 'number' || ["<class 'datetime.datetime'>", 'timestamp-string'],
  }[type as 'string'];
  if (valid !== true && valid) wrongType(value, name, valid, report, ordered);
}

function wrongType(
  value: Plain,
  name: string,
  types: readonly string[],
  report: string[],
  ordered: boolean,
): void {
  report.push(
    `Invalid type for parameter ${name === '' ? 'input' : name.slice(1)}, value: ${pyStr(value, ordered)}, ` +
      `type: ${pyType(value, ordered)}, valid types: ${types.join(', ')}`,
  );
}

/** UTC milliseconds of an ISO 8601 time or of a number of seconds; NaN for anything else. */
function parseTimestamp(text: string): number {
  if (/^[+-]?\d+(\.\d+)?$/.test(text.trim())) return Math.round(Number(text) * 1000);
  const dateOnly = /^\d{4}-\d{2}-\d{2}$/.test(text.trim());
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text.trim());
  return Date.parse(dateOnly || zoned ? text.trim() : `${text.trim()}Z`);
}

/**
 * Texts as the service wants them: blobs as bytes (from base64, or as typed when `raw`), times in milliseconds.
 * Throws CliFailure: `Invalid base64: …`.
 */
export function decoded(value: Plain, shape: Shape, raw: boolean): Plain {
  if (shape.type === 'blob' && typeof value === 'string') {
    const bytes = raw ? new TextEncoder().encode(value) : fromBase64(value);
    if (bytes === undefined) throw new CliFailure(`Invalid base64: "${value}"`, GENERAL_EXIT);
    return bytes;
  }
  if (shape.type === 'timestamp' && typeof value === 'string') {
    const time = parseTimestamp(value);
    return Number.isNaN(time) ? value : time;
  }
  if (shape.type === 'list' && Array.isArray(value))
    return value.map((item) => decoded(item, shape.member, raw));
  if (shape.type === 'map' && isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, decoded(item, shape.value, raw)]),
    );
  }
  if (shape.type === 'structure' && isPlainObject(value)) {
    const members = new Map(shape.members.map((member) => [member.name, member]));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const member = members.get(key);
        return [key, member ? decoded(item, member.shape(), raw) : item];
      }),
    );
  }
  return value;
}
