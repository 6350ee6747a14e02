/**
 * Columns of 32-bit words as bytes: the differences of neighbours, small numbers in few bytes. A difference that
 * comes twice is followed by how often it comes again.
 */

/** A growing run of bytes. */
class ByteWriter {
  #bytes = new Uint8Array(1_024);
  #length = 0;

  varint(value: number): void {
    if (this.#length + 5 > this.#bytes.length) this.#grow();
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Word `index` of the column is `read(index)`. */
export function packColumn(length: number, read: (index: number) => number): Uint8Array {
  const writer = new ByteWriter();
  let last = 0;
  let difference = 0;
  let repeats = -1;
  for (let index = 0; index < length; index++) {
    const value = read(index);
    const next = (value - last) | 0;
    last = value;
    if (index > 0 && next === difference) {
      if (repeats < 0) writer.varint(zigzag(next));
      repeats++;
      continue;
    }
    if (repeats >= 0) writer.varint(repeats);
    repeats = -1;
    difference = next;
    writer.varint(zigzag(next));
  }
  if (repeats >= 0) writer.varint(repeats);
  return writer.written;
}

/** Calls `write` with every word of the column. Damaged bytes give wrong words, never an endless loop. */
export function unpackColumn(
  bytes: Uint8Array,
  length: number,
  write: (index: number, value: number) => void,
): void {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  let value = 0;
  let difference = 0;
  let index = 0;
  while (index < length) {
    const code = varint();
    const next = (code >>> 1) ^ -(code & 1);
    const again = index > 0 && next === difference ? varint() >>> 0 : 0;
    difference = next;
    for (let count = 0; count <= again && index < length; count++) {
      value = (value + difference) | 0;
      write(index++, value);
    }
  }
}

const zigzag = (value: number): number => (value << 1) ^ (value >> 31);
