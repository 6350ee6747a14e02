/**
 * The MD5 of a partition key, for streams that take a hundred thousand records a second: one block, written out for
 * keys of up to 55 letters of ASCII; others go the common way (contract/md5.ts). RFC 1321.
 */
import { md5Hex } from '../../../contract/md5.ts';

const SHIFTS: readonly number[] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
/** RFC 1321, the table T: 2^32 × |sin i|, whole, as text so that no sine is computed. */
const TABLE = `
d76aa478 e8c7b756 242070db c1bdceee f57c0faf 4787c62a a8304613 fd469501
698098d8 8b44f7af ffff5bb1 895cd7be 6b901122 fd987193 a679438e 49b40821
f61e2562 c040b340 265e5a51 e9b6c7aa d62f105d 02441453 d8a1e681 e7d3fbc8
21e1cde6 c33707d6 f4d50d87 455a14ed a9e3e905 fcefa3f8 676f02d9 8d2a4c8a
fffa3942 8771f681 6d9d6122 fde5380c a4beea44 4bdecfa9 f6bb4b60 bebfbc70
289b7ec6 eaa127fa d4ef3085 04881d05 d9d4d039 e6db99e5 1fa27cf8 c4ac5665
f4292244 432aff97 ab9423a7 fc93a039 655b59c3 8f0ccc92 ffeff47d 85845dd1
6fa87e4f fe2ce6e0 a3014314 4e0811a1 f7537e82 bd3af235 2ad7d2bb eb86d391`;
const T = Int32Array.from(TABLE.trim().split(/\s+/u), (word) => Number.parseInt(word, 16) | 0);
const LENGTH_MAX = 55;
/** Written anew for each key. */
const block = new Int32Array(16);

/** 32 hexadecimal digits. */
export function keyHash(key: string): string {
  const { length } = key;
  if (length > LENGTH_MAX) return md5Hex(key);
  block.fill(0);
  for (let index = 0; index < length; index++) {
    const code = key.charCodeAt(index);
    if (code >= 0x80) return md5Hex(key);
    block[index >> 2]! |= code << ((index & 3) * 8);
  }
  block[length >> 2]! |= 0x80 << ((length & 3) * 8);
  block[14] = length * 8;
  return digestOfBlock();
}

function digestOfBlock(): string {
  let a = 0x67452301;
  let b = 0xefcdab89 | 0;
  let c = 0x98badcfe | 0;
  let d = 0x10325476;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    let mixed: number;
    let word: number;
    if (round === 0) {
      mixed = (b & c) | (~b & d);
      word = step;
    } else if (round === 1) {
      mixed = (d & b) | (~d & c);
      word = (5 * step + 1) & 15;
    } else if (round === 2) {
      mixed = b ^ c ^ d;
      word = (3 * step + 5) & 15;
    } else {
      mixed = c ^ (b | ~d);
      word = (7 * step) & 15;
    }
    const sum = (a + mixed + T[step]! + block[word]!) | 0;
    const shift = SHIFTS[round * 4 + (step & 3)]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  return (
    words((a + 0x67452301) | 0) +
    words((b + 0xefcdab89) | 0) +
    words((c + 0x98badcfe) | 0) +
    words((d + 0x10325476) | 0)
  );
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const words = (word: number): string =>
  HEX[word & 255]! + HEX[(word >>> 8) & 255]! + HEX[(word >>> 16) & 255]! + HEX[word >>> 24]!;
