import { OnDemand } from './onDemand.ts';

/**
 * Digests of plain data: two unsigned words mixed over a canonical walk, as 16 hexadecimal digits. Objects are
 * walked in key order of insertion, which the same run reproduces; Maps and Sets likewise.
 */
export class Hasher {
  #a = 0x811c9dc5;
  #b = 0x1b873593;

  word(value: number): this {
    this.#a = Math.imul(this.#a ^ value, 0x01000193);
    this.#b = Math.imul((this.#b << 13) | (this.#b >>> 19), 5) + (value ^ 0x52dce729);
    this.#b = Math.imul(this.#b ^ (this.#b >>> 15), 0x85ebca6b);
    return this;
  }

  number(value: number): this {
    if (Number.isInteger(value)) {
      return this.word(value | 0).word(Math.floor(value / 0x1_0000_0000) | 0);
    }
    return this.text(String(value));
  }

  text(value: string): this {
    this.word(value.length);
    for (let index = 0; index < value.length; index++) this.word(value.charCodeAt(index));
    return this;
  }

  value(value: unknown): this {
    switch (typeof value) {
      case 'number':
        return this.word(1).number(value);
      case 'string':
        return this.word(2).text(value);
      case 'boolean':
        return this.word(value ? 3 : 4);
      case 'undefined':
        return this.word(5);
      case 'bigint':
        return this.word(6).text(value.toString());
      case 'object':
        return this.#object(value);
      default:
        throw new TypeError(`a ${typeof value} has no place in a world's state`);
    }
  }

  #object(value: object | null): this {
    if (value === null) return this.word(7);
    if (value instanceof OnDemand) return this.#object(value.toJSON());
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const items = value as ArrayLike<unknown>;
      this.word(8).word(items.length);
      for (let index = 0; index < items.length; index++) this.value(items[index]);
      return this;
    }
    if (value instanceof Map) {
      this.word(9).word(value.size);
      for (const [key, item] of value) this.value(key).value(item);
      return this;
    }
    if (value instanceof Set) {
      this.word(10).word(value.size);
      for (const item of value) this.value(item);
      return this;
    }
    this.word(11);
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) this.text(key).value(item);
    }
    return this.word(12);
  }

  get hex(): string {
    const part = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return part(this.#a ^ (this.#a >>> 16)) + part(this.#b ^ (this.#b >>> 13));
  }
}

export const hashJson = (value: unknown): string => new Hasher().value(value).hex;
