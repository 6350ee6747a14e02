/**
 * Ids that look random and are not: derived from the world's seed and a number, when somebody asks. The same world
 * gives the same ids; another seed gives others.
 */

/** Mixes words into one unsigned word (murmur3's finaliser over a running hash). */
export function mixWords(a: number, b: number, c = 0, d = 0, e = 0): number {
  let hash = 0x9747b28c;
  hash = mixIn(hash, a);
  hash = mixIn(hash, b);
  hash = mixIn(hash, c);
  hash = mixIn(hash, d);
  hash = mixIn(hash, e);
  return avalanche(hash) >>> 0;
}

const mixIn = (hash: number, word: number): number =>
  (avalanche(hash ^ Math.imul(word | 0, 0xcc9e2d51)) + 0x6d2b79f5) | 0;

function avalanche(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const hex32 = (word: number): string =>
  HEX[word >>> 24]! + HEX[(word >>> 16) & 255]! + HEX[(word >>> 8) & 255]! + HEX[word & 255]!;
const hex16 = (word: number): string => HEX[(word >>> 8) & 255]! + HEX[word & 255]!;

/** The `sequence`-th UUID (version 4 in shape) of the world with `seed`; `kind` keeps families of ids apart. */
export function messageId(seed: number, sequence: number, kind = 0): string {
  const low = sequence | 0;
  const high = Math.floor(sequence / 0x1_0000_0000) ^ Math.imul(kind, 0x2545f491);
  const a = mixWords(seed, low, high);
  const b = mixWords(a, seed, low);
  const c = mixWords(b, high, low);
  const d = mixWords(c, a, seed);
  const version = 0x4000 | (b & 0x0fff);
  const variant = 0x8000 | (c & 0x3fff);
  return `${hex32(a)}-${hex16(b >>> 16)}-${hex16(version)}-${hex16(variant)}-${hex16(c >>> 16)}${hex32(d)}`;
}

/** An id that was given out, and how many of its family came before it. */
export interface MadeId {
  readonly id: string;
  readonly number: number;
}

/**
 * Which of the first `count` ids of a family begin with these letters, oldest first, at most `limit`. Of most ids only
 * the first word is made: a million take some 50 ms.
 */
export function idsWithPrefix(
  family: { readonly seed: number; readonly count: number; readonly kind?: number },
  prefix: string,
  limit: number,
): MadeId[] {
  const { seed, count, kind = 0 } = family;
  const digits = prefix.slice(0, 8);
  const found: MadeId[] = [];
  if (!/^[0-9a-f]+$/.test(digits)) return found;
  const shift = 32 - 4 * digits.length;
  const wanted = Number.parseInt(digits, 16);
  for (let number = 0; number < count && found.length < limit; number++) {
    const high = Math.floor(number / 0x1_0000_0000) ^ Math.imul(kind, 0x2545f491);
    if (mixWords(seed, number | 0, high) >>> shift !== wanted) continue;
    const id = messageId(seed, number, kind);
    if (id.startsWith(prefix)) found.push({ id, number });
  }
  return found;
}
