/**
 * Is this CBOR that a reader may be given? RFC 8949, 3: the length of everything must lie within the bytes. The SDK's
 * reader rounds a length of 8 bytes and complains about it on the console, and writes decimal fractions out in full,
 * however long; AWS's shapes hold no decimal fractions.
 */
const DEPTH_MAX = 100;
const BREAK = 0xff;
const INDEFINITE = 31;
/** RFC 8949, 3.4.4: decimal fractions and bigfloats. */
const FRACTIONS: ReadonlySet<number> = new Set([4, 5]);
const BIGNUMS: ReadonlySet<number> = new Set([2, 3]);

export const isReadableCbor = (bytes: Uint8Array): boolean => new Walk(bytes).item(0, 0) !== undefined;

/** Undefined: not well formed, or nothing that we read. */
type Next = number | undefined;

class Walk {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The place after the item that begins here. */
  item(at: number, depth: number): Next {
    const first = this.#bytes[at];
    if (first === undefined || depth > DEPTH_MAX) return undefined;
    const major = first >> 5;
    const info = first & 31;
    const size = info < 24 ? 0 : info < 28 ? 1 << (info - 24) : info === INDEFINITE ? 0 : undefined;
    if (size === undefined || at + 1 + size > this.#bytes.length) return undefined;
    const next = at + 1 + size;
    // Whole numbers of any size, and what is simple.
    if (major < 2) return info === INDEFINITE ? undefined : next;
    if (major === 7) return first === BREAK ? undefined : next;
    if (info === INDEFINITE) return this.#untilBreak(next, major, depth);
    return this.#counted(next, major, this.#argument(at, info), depth);
  }

  #argument(at: number, info: number): number {
    const view = this.#view;
    if (info < 24) return info;
    if (info === 24) return view.getUint8(at + 1);
    if (info === 25) return view.getUint16(at + 1);
    if (info === 26) return view.getUint32(at + 1);
    return view.getUint32(at + 1) * 2 ** 32 + view.getUint32(at + 5);
  }

  #counted(at: number, major: number, count: number, depth: number): Next {
    if (major === 6) return this.#tagged(at, count, depth);
    // Each item takes a byte at least.
    if (count > this.#bytes.length - at) return undefined;
    if (major < 4) return at + count;
    let next: Next = at;
    for (let left = major === 5 ? 2 * count : count; left > 0 && next !== undefined; left--) {
      next = this.item(next, depth + 1);
    }
    return next;
  }

  #tagged(at: number, tag: number, depth: number): Next {
    if (FRACTIONS.has(tag) || tag > 0xffff_ffff) return undefined;
    // RFC 8949, 3.4.3: a bignum is bytes of a known length.
    const first = this.#bytes[at] ?? BREAK;
    if (BIGNUMS.has(tag) && (first >> 5 !== 2 || (first & 31) === INDEFINITE)) return undefined;
    return this.item(at, depth + 1);
  }

  #untilBreak(at: number, major: number, depth: number): Next {
    if (major === 6) return undefined;
    let next: Next = at;
    while (next !== undefined && this.#bytes[next] !== BREAK) {
      // The parts of a text are texts, with their lengths.
      const part: number = this.#bytes[next] ?? BREAK;
      if (major < 4 && (part >> 5 !== major || (part & 31) === INDEFINITE)) return undefined;
      next = this.item(next, depth + 1);
      if (major === 5 && next !== undefined) next = this.item(next, depth + 1);
    }
    return next === undefined ? undefined : next + 1;
  }
}
