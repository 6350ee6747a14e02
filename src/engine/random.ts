/**
 * Seeded, named streams of random integers (xoshiro128**, seeded through splitmix32 so that neighbouring seeds
 * give unrelated streams). Integers and ratios only: floating-point functions differ between engines.
 */
import type { Milliseconds } from './units.ts';

/** The four words of a stream: saved and restored as they are. */
export type RandomState = [number, number, number, number];

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** splitmix32: a word in, a well-mixed word out. */
function mix(word: number): number {
  let z = (word + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** FNV-1a of a text, as an unsigned word. */
export function hashText(text: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

export class Random {
  readonly state: RandomState;

  constructor(state: RandomState) {
    this.state = state;
  }

  /** The stream `name` of the world with `seed`. */
  static of(seed: number, name: string): Random {
    const low = mix(seed | 0);
    const high = mix((Math.floor(seed / 0x1_0000_0000) | 0) ^ low);
    const start = mix(hashText(name) ^ low) ^ high;
    const a = mix(start);
    const b = mix(a ^ low);
    const c = mix(b ^ high);
    return new Random([a, b, c, mix(c) | 1]);
  }

  /** An unsigned 32-bit word. */
  word(): number {
    const s = this.state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** An integer in `0 … bound - 1`; `bound` at most 2^32. */
  below(bound: number): number {
    return Math.floor((this.word() / 0x1_0000_0000) * bound);
  }

  /** An integer in `min … max`, both included. */
  integer(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** True in `numerator` of `denominator` draws. A chance of 0 or 1 draws nothing. */
  chance(numerator: number, denominator: number): boolean {
    if (numerator <= 0) return false;
    if (numerator >= denominator) return true;
    return this.below(denominator) < numerator;
  }

  /**
   * An exponentially distributed wait with the given mean, from an integer table: the gaps of a Poisson process.
   * Bounded at 12 times the mean.
   */
  exponential(mean: Milliseconds): Milliseconds {
    const word = this.word();
    const row = word >>> 24;
    const fraction = (word >>> 8) & 0xffff;
    const low = EXPONENTIAL[row]!;
    const high = EXPONENTIAL[row + 1]!;
    const thousandths = low + Math.floor(((high - low) * fraction) / 0x1_0000);
    return Math.round((mean * thousandths) / 1000) as Milliseconds;
  }
}

/** -ln(1 - i/256) × 1000 for i = 0 … 255, then the bound; made once with an integer logarithm. */
const EXPONENTIAL: readonly number[] = exponentialTable();

/** Natural logarithm of a ratio in thousandths, by integer halving and a series: the same on every engine. */
function exponentialTable(): number[] {
  const table: number[] = [];
  for (let index = 0; index < 256; index++) {
    // -ln(x) with x = (256 - index) / 256, by ln((1 + y) / (1 - y)) = 2 (y + y^3/3 + y^5/5 + …).
    const x = (256 - index) / 256;
    const y = (1 - x) / (1 + x);
    let term = y;
    let sum = 0;
    for (let power = 1; power < 2000 && term > 1e-12; power += 2) {
      sum += term / power;
      term *= y * y;
    }
    table.push(Math.round(2000 * sum));
  }
  table.push(12_000);
  return table;
}
