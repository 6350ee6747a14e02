/**
 * Answers whose texts (ids, digests, handles) are made when somebody reads them: most are never read. An object of
 * such a class never changes; its members are read like those of plain data, and `toJSON` gives it as plain data,
 * which is what digests, saves and everything beyond the kernel see.
 *
 * Getters stand on the class, because an object literal with getters costs two hundred plain ones.
 */
export abstract class OnDemand {
  abstract toJSON(): object;
}

/** The value as plain data, all texts made; the value itself where it is plain already. */
export function spelled<Value extends object>(value: Value): Value {
  return spell(value) as Value;
}

function spell(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof OnDemand) return spell(value.toJSON());
  if (Array.isArray(value)) {
    const items = value.map(spell);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (ArrayBuffer.isView(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const plain = spell(item);
    if (plain === item) continue;
    copy ??= { ...value };
    copy[key] = plain;
  }
  return copy ?? value;
}
