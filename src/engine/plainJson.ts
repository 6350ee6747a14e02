/**
 * World data as JSON and back, without loss: Maps, Sets and byte arrays become tagged objects. Only for save files
 * and journals; the tags' names cannot be mistaken for data, because a member that begins with `$` is escaped.
 */
import { OnDemand } from './onDemand.ts';

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

export function toPlainJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return { $integer: value.toString() };
  if (value instanceof Uint8Array) return { $bytes: base64(value) };
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (value instanceof Map) {
    return { $map: [...value].map(([key, item]) => [toPlainJson(key), toPlainJson(item)]) };
  }
  if (value instanceof Set) return { $set: [...value].map(toPlainJson) };
  if (value instanceof OnDemand) return toPlainJson(value.toJSON());
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be saved`);
  const result: { [member: string]: Json } = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) result[key.startsWith('$') ? `$${key}` : key] = toPlainJson(item);
  }
  return result;
}

export function fromPlainJson(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(fromPlainJson);
  const record = json as Record<string, unknown>;
  if (typeof record.$integer === 'string') return BigInt(record.$integer);
  if (typeof record.$bytes === 'string') return fromBase64(record.$bytes);
  if (Array.isArray(record.$map)) {
    const entries = record.$map as [unknown, unknown][];
    return new Map(entries.map(([key, item]) => [fromPlainJson(key), fromPlainJson(item)]));
  }
  if (Array.isArray(record.$set)) return new Set(record.$set.map(fromPlainJson));
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(record)) {
    // A file from elsewhere must not reach an object's prototype.
    if (key !== '__proto__') result[key.startsWith('$$') ? key.slice(1) : key] = fromPlainJson(item);
  }
  return result;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard base64 with padding. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const a = bytes[index]!;
    const b = bytes[index + 1];
    const c = bytes[index + 2];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(
      ALPHABET[word >> 18]! +
        ALPHABET[(word >> 12) & 63]! +
        (b === undefined ? '=' : ALPHABET[(word >> 6) & 63]!) +
        (c === undefined ? '=' : ALPHABET[word & 63]!),
    );
  }
  return parts.join('');
}

/** Undefined-free: characters outside the alphabet are skipped, as lenient decoders do. */
export function fromBase64(text: string): Uint8Array {
  const values: number[] = [];
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value >= 0) values.push(value);
  }
  const bytes = new Uint8Array(Math.floor((values.length * 6) / 8));
  for (let index = 0, at = 0; at < bytes.length; index += 4, at += 3) {
    const word =
      (values[index]! << 18) |
      ((values[index + 1] ?? 0) << 12) |
      ((values[index + 2] ?? 0) << 6) |
      (values[index + 3] ?? 0);
    bytes[at] = word >> 16;
    if (at + 1 < bytes.length) bytes[at + 1] = (word >> 8) & 255;
    if (at + 2 < bytes.length) bytes[at + 2] = word & 255;
  }
  return bytes;
}
