/**
 * JSON as AWS's services read and write it. Reading is strict, and says what is wrong in the words of AWS's own
 * framework (they were recorded from Kinesis; UNSURE: that all services use the same).
 */
import { fromBase64, toBase64 } from '@smithy/core/serde';
import { WireRefusal } from '../exchange.ts';
import type { TimeFormat, WireShape } from './shape.ts';
import { timeOfText, timeText } from './time.ts';

/** What differs between the protocols that carry JSON. */
export interface JsonStyle {
  /** `jsonName` counts: REST JSON. */
  readonly names: 'model' | 'json';
  readonly time: TimeFormat;
}

export const RPC_JSON: JsonStyle = { names: 'model', time: 'epoch' };
export const REST_JSON: JsonStyle = { names: 'json', time: 'epoch' };
/** Deeper than any input of AWS's. */
const DEPTH_MAX = 60;

export const serialization = (message: string): WireRefusal =>
  new WireRefusal('SerializationException', message);

/** The input of an operation; members that AWS does not know are passed over, as AWS does. Throws WireRefusal. */
export function readJson(value: unknown, shape: WireShape, style: JsonStyle, depth = 0): unknown {
  if (value === null || value === undefined) return undefined;
  if (depth > DEPTH_MAX) throw serialization('The input is nested too deeply');
  switch (shape.type) {
    case 'structure':
      return readStructure(value, shape, style, depth);
    case 'list': {
      if (!Array.isArray(value))
        throw serialization(isObject(value) ? STRUCTURE_HERE : 'Expected list or null');
      return value
        .map((item) => readJson(item, shape.item, style, depth + 1))
        .filter((item) => item !== undefined);
    }
    case 'map': {
      if (Array.isArray(value)) throw serialization(LIST_HERE);
      if (!isObject(value)) throw serialization('Expected map or null');
      const entries = Object.entries(value)
        .map(([key, item]) => [key, readJson(item, shape.item, style, depth + 1)] as const)
        .filter(([, item]) => item !== undefined);
      return fromEntries(entries);
    }
    case 'document':
      return value;
    default:
      return readScalar(value, shape, style);
  }
}

const STRUCTURE_HERE = 'Start of structure or map found where not expected.';
const LIST_HERE = 'Start of list found where not expected';

function readStructure(value: unknown, shape: WireShape, style: JsonStyle, depth: number): object {
  if (Array.isArray(value)) throw serialization(LIST_HERE);
  if (!isObject(value)) throw serialization('Expected null');
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const key = style.names === 'json' ? member.jsonName : member.name;
    if (!Object.hasOwn(value, key)) continue;
    const read = readJson(value[key], member.shape, style, depth + 1);
    if (read !== undefined) result[member.name] = read;
  }
  return result;
}

function readScalar(value: unknown, shape: WireShape, style: JsonStyle): unknown {
  if (Array.isArray(value)) throw serialization(LIST_HERE);
  if (isObject(value)) throw serialization(STRUCTURE_HERE);
  switch (shape.type) {
    case 'string':
      if (typeof value === 'string') return value;
      throw cannotBe(value, 'an String');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (typeof value === 'string') throw serialization(`'${value}' can not be converted to an Boolean`);
      throw cannotBe(value, 'an Boolean');
    case 'number':
      if (typeof value === 'number') return value;
      throw cannotBe(value, 'an Integer');
    case 'timestamp':
      if (typeof value === 'number') return Math.round(value * 1_000);
      if (typeof value === 'string') {
        const time = timeOfText(value, shape.time ?? style.time);
        if (!Number.isNaN(time)) return time;
      }
      throw cannotBe(value, 'a Date');
    default:
      if (typeof value === 'string') return blobOf(value);
      throw cannotBe(value, 'a Blob');
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  string: 'java.lang.String',
  boolean: 'java.lang.Boolean',
  number: 'com.amazon.coral.value.json.numbers.TruncatingBigNumber',
};

const cannotBe = (value: unknown, what: string): WireRefusal =>
  serialization(`class ${CLASSES[typeof value] ?? 'java.lang.Object'} can not be converted to ${what}`);

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/u;

function blobOf(text: string): Uint8Array {
  if (text.length % 4 !== 0) {
    throw serialization(
      `'${text}' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`,
    );
  }
  if (!BASE64.test(text)) {
    const bad = /[^A-Za-z0-9+/]/u.exec(text)?.[0] ?? '=';
    throw serialization(`'${text}' can not be converted to a Blob: Invalid Base64 character: '${bad}'`);
  }
  // A Buffer would be one, but the world keeps plain bytes.
  return Uint8Array.from(fromBase64(text));
}

/** An output of an operation as JSON text. */
export function jsonText(value: object, shape: WireShape, style: JsonStyle): string {
  return JSON.stringify(writeJson(value, shape, style) ?? {});
}

export function writeJson(value: unknown, shape: WireShape, style: JsonStyle): unknown {
  if (value === null || value === undefined) return undefined;
  switch (shape.type) {
    case 'structure': {
      const object = value as Readonly<Record<string, unknown>>;
      const result: Record<string, unknown> = {};
      for (const { name, jsonName, shape: inner, place } of shape.members) {
        const item = object[name];
        if (item === undefined || item === null || (style.names === 'json' && place.in !== 'body')) continue;
        result[style.names === 'json' ? jsonName : name] = writeJson(item, inner, style);
      }
      return result;
    }
    case 'list':
      return (value as readonly unknown[]).map((item) => writeJson(item, shape.item, style));
    case 'map':
      return fromEntries(
        Object.entries(value as object).map(([key, item]) => [key, writeJson(item, shape.item, style)]),
      );
    case 'blob':
      return typeof value === 'string' ? value : toBase64(value as Uint8Array);
    case 'timestamp': {
      const format = shape.time ?? style.time;
      return format === 'epoch' ? (value as number) / 1_000 : timeText(value as number, format);
    }
    default:
      return value;
  }
}

/** A key may be `__proto__`. */
function fromEntries(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(entries);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
