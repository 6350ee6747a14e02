/**
 * Contents as JSON and back: plain objects, and bytes, which JSON lacks: `{ "$bytes": BASE64 }`.
 */
import { fromBase64, toBase64 } from './base64.ts';

/** The value itself where it holds no bytes: nothing is copied. */
export function toJSONValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (Array.isArray(value)) return value.map(toJSONValue);
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    const json = toJSONValue(item);
    if (json === item) continue;
    copy ??= { ...value };
    copy[key] = json;
  }
  return copy ?? value;
}

/** The value as it was, frozen all the way down (bytes cannot be: nobody writes to them). */
export function fromJSONValue(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return Object.freeze(json.map(fromJSONValue));
  const record = json as Record<string, unknown>;
  if (typeof record.$bytes === 'string') return fromBase64(record.$bytes);
  for (const key in record) {
    const item = record[key];
    if (typeof item === 'object' && item !== null) record[key] = fromJSONValue(item);
  }
  return Object.freeze(record);
}
