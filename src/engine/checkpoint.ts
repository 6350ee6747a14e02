import { OnDemand } from './onDemand.ts';

/**
 * Copies what can change and shares what cannot: frozen values and byte arrays never change once made, so a
 * checkpoint and its copies may hold the same object.
 */
export function copyMutable<Value>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.isFrozen(value) || ArrayBuffer.isView(value) || value instanceof OnDemand) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Map) {
    const result = new Map<unknown, unknown>();
    for (const [key, item] of value) result.set(key, copy(item));
    return result;
  }
  if (value instanceof Set) return new Set(value);
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) result[key] = copy((value as Record<string, unknown>)[key]);
  return result;
}
