/**
 * Receipt handles: opaque base64 texts derived from the seed, the queue and the receipt, that can be read back and
 * checked. A handle of another world, another queue or of nobody's making is told apart from a stale one.
 *
 * Theory of operation. The first 34 letters carry a version and five words (a check word, then row, generation,
 * message and queue under a stream that the check word starts); the rest is that stream. Reading takes the words out, and a
 * handle is genuine when writing it anew gives the same text.
 */
import { mixWords } from '../../../contract/messageId.ts';
import type { Receipt, Row } from '../../../engine/store/index.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = Uint8Array.from(LETTERS, (letter) => letter.charCodeAt(0));
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) VALUES[CODES[value]!] = value;

/** The bytes 1, 1, 1: with these AWS's handles begin. */
const PREFIX = 'AQEB';
const LENGTH = 176;
/** Six letters carry a word: 36 bits, of which the first four are the stream's. */
const WORD_LETTERS = 6;
const WORDS = 5;
const letters = new Uint8Array(LENGTH);
for (let index = 0; index < PREFIX.length; index++) letters[index] = PREFIX.charCodeAt(index);

/** The next word of a handle's stream (a Weyl sequence, mixed). */
const streamWord = (start: number, index: number): number => {
  let word = (start + Math.imul(index + 1, 0x9e3779b9)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return (word ^ (word >>> 15)) >>> 0;
};

function writeWord(at: number, word: number, high: number): void {
  letters[at] = CODES[((high & 15) << 2) | (word >>> 30)]!;
  letters[at + 1] = CODES[(word >>> 24) & 63]!;
  letters[at + 2] = CODES[(word >>> 18) & 63]!;
  letters[at + 3] = CODES[(word >>> 12) & 63]!;
  letters[at + 4] = CODES[(word >>> 6) & 63]!;
  letters[at + 5] = CODES[word & 63]!;
}

function readWord(text: string, at: number): number | undefined {
  let word = 0;
  for (let index = at; index < at + WORD_LETTERS; index++) {
    const value = VALUES[text.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    word = (word << 6) | value;
  }
  return word >>> 0;
}

/** What a handle says: one handing-out of one message of one queue. */
export interface HandleFacts {
  readonly receipt: Receipt;
  /** The message's number in the world. */
  readonly message: number;
}

/** `queue` is the queue's order of creation. */
export function formatReceiptHandle(seed: number, queue: number, { receipt, message }: HandleFacts): string {
  const { row, generation } = receipt;
  const check = mixWords(seed, queue, row, generation, message);
  const words = [check, row, generation, message, queue];
  let at = PREFIX.length;
  for (let index = 0; index < WORDS; index++, at += WORD_LETTERS) {
    const mask = index === 0 ? 0 : streamWord(check, index);
    writeWord(at, (words[index]! ^ mask) >>> 0, streamWord(check, index + 32));
  }
  for (let index = WORDS; at < LENGTH; index++) {
    const word = streamWord(check, index);
    for (let bits = 0; bits < 30 && at < LENGTH; bits += 6) letters[at++] = CODES[(word >>> bits) & 63]!;
  }
  return String.fromCharCode.apply(undefined, letters as unknown as number[]);
}

/** Undefined: not a handle that `queue` of this world gave out. */
export function parseReceiptHandle(seed: number, queue: number, handle: string): HandleFacts | undefined {
  if (handle.length !== LENGTH || !handle.startsWith(PREFIX)) return undefined;
  const words: number[] = [];
  for (let index = 0; index < WORDS; index++) {
    const word = readWord(handle, PREFIX.length + index * WORD_LETTERS);
    if (word === undefined) return undefined;
    words.push(index === 0 ? word : word ^ streamWord(words[0]!, index));
  }
  const [, row, generation, message] = words as [number, number, number, number, number];
  const facts: HandleFacts = { receipt: { row: row as Row, generation }, message: message >>> 0 };
  return formatReceiptHandle(seed, queue, facts) === handle ? facts : undefined;
}
