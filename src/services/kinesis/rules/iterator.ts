/**
 * Shard iterators: opaque texts that hold all of what they mean, so that nothing is kept for them. Kinesis API
 * Reference, GetShardIterator: "expires 5 minutes after it is returned".
 */
import { mixWords } from '../../../contract/messageId.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import type { Instant } from '../../../engine/units.ts';

export interface ShardIterator {
  readonly issued: Instant;
  /** `account/name`, and which one of that name. */
  readonly stream: string;
  readonly order: number;
  readonly shard: number;
  /** The number of the next record. */
  readonly position: number;
}

const VERSION = [0, 0, 0, 0, 0, 0, 0, 1];
const HEAD = VERSION.length;
const CHECK = 4;

/** Hides the text from eyes only. */
function masked(bytes: Uint8Array, seed: number, salt: number): Uint8Array {
  return bytes.map((byte, index) => byte ^ (mixWords(seed, salt, index) & 255));
}

function checkOf(bytes: Uint8Array, seed: number): number {
  let word = seed | 0;
  for (const byte of bytes) word = mixWords(word, byte);
  return word;
}

export function iteratorText(
  seed: number,
  { issued, stream, order, shard, position }: ShardIterator,
): string {
  const plain = utf8Bytes(JSON.stringify([issued, stream, order, shard, position]));
  const check = checkOf(plain, seed);
  const all = new Uint8Array(HEAD + CHECK + plain.length);
  all.set(VERSION);
  for (let index = 0; index < CHECK; index++) all[HEAD + index] = check >>> (8 * index);
  all.set(masked(plain, seed, check), HEAD + CHECK);
  return base64(all);
}

/** Undefined: it is none of this world's. */
export function readIterator(seed: number, text: string): ShardIterator | undefined {
  const all = fromBase64(text);
  if (all.length <= HEAD + CHECK || base64(all) !== text) return undefined;
  if (VERSION.some((byte, index) => all[index] !== byte)) return undefined;
  let check = 0;
  for (let index = CHECK - 1; index >= 0; index--) check = (check << 8) | all[HEAD + index]!;
  const plain = masked(all.subarray(HEAD + CHECK), seed, check >>> 0);
  if (checkOf(plain, seed) >>> 0 !== check >>> 0) return undefined;
  const [issued, stream, order, shard, position] = JSON.parse(utf8Text(plain) ?? '[]') as [
    Instant,
    string,
    number,
    number,
    number,
  ];
  return { issued, stream, order, shard, position };
}
