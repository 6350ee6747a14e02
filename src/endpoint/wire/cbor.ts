/** CBOR: of Kinesis (older SDKs; times in milliseconds) and of rpc-v2 (CloudWatch; times in seconds). */
import { cbor, tag } from '@smithy/core/cbor';
import { isReadableCbor } from './cborForm.ts';
import { serialization } from './json.ts';
import type { WireShape } from './shape.ts';

/** How many milliseconds the number of a time stands for. */
export type CborTime = 1 | 1_000;
const DEPTH_MAX = 60;

/** The value in the bytes. Throws WireRefusal. */
export function cborValue(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return {};
  if (!isReadableCbor(bytes)) throw serialization('The body is no CBOR');
  try {
    return cbor.deserialize(bytes);
  } catch {
    throw serialization('The body is no CBOR');
  }
}

/** Throws WireRefusal. */
export function readCbor(value: unknown, shape: WireShape, time: CborTime, depth = 0): unknown {
  if (value === null || value === undefined) return undefined;
  if (depth > DEPTH_MAX) throw serialization('The input is nested too deeply');
  const wrong = (): Error =>
    serialization(`Expected ${shape.type}, got ${Array.isArray(value) ? 'list' : typeof value}`);
  switch (shape.type) {
    case 'structure': {
      if (!isRecord(value)) throw wrong();
      const result: Record<string, unknown> = {};
      for (const { name, shape: inner } of shape.members) {
        const read = Object.hasOwn(value, name) ? readCbor(value[name], inner, time, depth + 1) : undefined;
        if (read !== undefined) result[name] = read;
      }
      return result;
    }
    case 'list':
      if (!Array.isArray(value)) throw wrong();
      return value
        .map((item) => readCbor(item, shape.item, time, depth + 1))
        .filter((item) => item !== undefined);
    case 'map':
      if (!isRecord(value)) throw wrong();
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, readCbor(item, shape.item, time, depth + 1)]),
      );
    case 'blob':
      if (!(value instanceof Uint8Array)) throw wrong();
      return Uint8Array.from(value);
    case 'timestamp': {
      const number = value instanceof Date ? value.getTime() : numberOf(untagged(value));
      if (number === undefined) throw wrong();
      return value instanceof Date ? number : Math.round(number * time);
    }
    case 'number': {
      const number = numberOf(value);
      if (number === undefined) throw wrong();
      return number;
    }
    case 'document':
      return value;
    default:
      if (typeof value !== shape.type) throw wrong();
      return value;
  }
}

export const cborBytes = (value: object, shape: WireShape, time: CborTime): Uint8Array =>
  cbor.serialize(writeCbor(value, shape, time) ?? {});

export const cborOfPlain = (value: object): Uint8Array => cbor.serialize(value);

function writeCbor(value: unknown, shape: WireShape, time: CborTime): unknown {
  if (value === null || value === undefined) return undefined;
  switch (shape.type) {
    case 'structure': {
      const result: Record<string, unknown> = {};
      for (const { name, shape: inner } of shape.members) {
        const item = (value as Readonly<Record<string, unknown>>)[name];
        if (item !== undefined && item !== null) result[name] = writeCbor(item, inner, time);
      }
      return result;
    }
    case 'list':
      return (value as readonly unknown[]).map((item) => writeCbor(item, shape.item, time));
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [key, writeCbor(item, shape.item, time)]),
      );
    case 'timestamp':
      return tag({ tag: 1, value: (value as number) / time });
    default:
      return value;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const untagged = (value: unknown): unknown => (isRecord(value) && 'tag' in value ? value.value : value);

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}
