/**
 * Receipt handles: opaque base64 texts derived from the seed, the queue and the receipt, that can be read back and
 * checked. A handle of another world, another queue or of nobody's making is told apart from a stale one.
 *
 * Theory of operation. The first 34 letters carry a version and five words (a check word, then row, generation,
 * message and queue under a mask that the check word starts). The rest only looks like more: a stretch of the
 * world's noise, at a place that the check word names. Reading takes the words out, and a handle is genuine when
 * every letter of it is the one that writing would give.
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
/** Six letters carry a word: 36 bits, of which the first four are filler. */
const WORD_LETTERS = 6;
const WORDS = 5;
const HEAD_LENGTH = PREFIX.length + WORDS * WORD_LETTERS;
const TAIL_LENGTH = LENGTH - HEAD_LENGTH;
const TAIL_PLACES = 8_192;

/** What a handle says: one handing-out of one message of one queue. */
export interface HandleFacts {
  readonly receipt: Receipt;
  /** The message's number in the world. */
  readonly message: number;
}

/** `queue` is the queue's order of creation. */
export function formatReceiptHandle(seed: number, queue: number, facts: HandleFacts): string {
  const { receipt, message } = facts;
  const { row, generation } = receipt;
  const check = checkWord(seed, queue, row, generation, message);
  writeWord(0, check, mask(check, 5));
  writeWord(1, row ^ mask(check, 1), mask(check, 6));
  writeWord(2, generation ^ mask(check, 2), mask(check, 7));
  writeWord(3, message ^ mask(check, 3), mask(check, 8));
  writeWord(4, queue ^ mask(check, 4), mask(check, 9));
  const handle = String.fromCharCode.apply(null, head) + tail(seed, check);
  written[check & (WRITTEN - 1)] = { handle, seed, queue, facts };
  return handle;
}

/** Handles that were written lately, by their check words: what is the same text need not be read letter by letter. */
const WRITTEN = 1_024;
interface Written {
  readonly handle: string;
  readonly seed: number;
  readonly queue: number;
  readonly facts: HandleFacts;
}
const written = new Array<Written | undefined>(WRITTEN).fill(undefined);

/** The codes of a handle's first letters while it is written: one text is made of them, not one of each word. */
const head: number[] = Array.from({ length: HEAD_LENGTH }, (_, at) => PREFIX.charCodeAt(at) || 0);

function writeWord(place: number, word: number, filler: number): void {
  const at = PREFIX.length + place * WORD_LETTERS;
  head[at] = CODES[((filler & 15) << 2) | (word >>> 30)]!;
  for (let letter = 1; letter < WORD_LETTERS; letter++) {
    head[at + letter] = CODES[(word >>> (30 - 6 * letter)) & 63]!;
  }
}

/** Undefined: not a handle that `queue` of this world gave out. */
export function parseReceiptHandle(seed: number, queue: number, handle: string): HandleFacts | undefined {
  if (handle.length !== LENGTH) return undefined;
  const check = readWord(handle, 0);
  const known = written[check & (WRITTEN - 1)];
  if (known?.handle === handle && known.seed === seed && known.queue === queue) return known.facts;
  if (!handle.startsWith(PREFIX) || !hasWords(handle)) return undefined;
  const row = readWord(handle, 1) ^ mask(check, 1);
  const generation = readWord(handle, 2) ^ mask(check, 2);
  const message = (readWord(handle, 3) ^ mask(check, 3)) >>> 0;
  const isGenuine =
    check === (checkWord(seed, queue, row, generation, message) | 0) &&
    (readWord(handle, 4) ^ mask(check, 4)) === queue &&
    hasFillers(handle, check) &&
    handle.endsWith(tail(seed, check));
  return isGenuine ? { receipt: { row: row as Row, generation }, message } : undefined;
}

const checkWord = (seed: number, queue: number, row: number, generation: number, message: number): number =>
  mixWords(mixWords(seed, queue), row, generation, message);

/** The masks of a handle (a Weyl sequence, mixed). */
function mask(check: number, index: number): number {
  let word = (check + Math.imul(index, 0x9e3779b9)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return word ^ (word >>> 15);
}

const wordLetters = (word: number, filler: number): string =>
  String.fromCharCode(
    CODES[((filler & 15) << 2) | (word >>> 30)]!,
    CODES[(word >>> 24) & 63]!,
    CODES[(word >>> 18) & 63]!,
    CODES[(word >>> 12) & 63]!,
    CODES[(word >>> 6) & 63]!,
    CODES[word & 63]!,
  );

const valueAt = (text: string, at: number): number => VALUES[text.charCodeAt(at)] ?? -1;

/** Are all letters that carry words letters of base64? */
function hasWords(text: string): boolean {
  for (let at = PREFIX.length; at < HEAD_LENGTH; at++) if (valueAt(text, at) < 0) return false;
  return true;
}

function readWord(text: string, place: number): number {
  const at = PREFIX.length + place * WORD_LETTERS;
  let word = 0;
  for (let index = at; index < at + WORD_LETTERS; index++) word = (word << 6) | valueAt(text, index);
  return word;
}

function hasFillers(text: string, check: number): boolean {
  for (let place = 0; place < WORDS; place++) {
    const filler = valueAt(text, PREFIX.length + place * WORD_LETTERS) >> 2;
    if (filler !== (mask(check, 5 + place) & 15)) return false;
  }
  return true;
}

/** The noise of the world that asked last: made again from its seed when another asks. */
let noise = { seed: Number.NaN, text: '' };

function tail(seed: number, check: number): string {
  if (noise.seed !== seed) noise = { seed, text: makeNoise(seed) };
  const at = mask(check, 10) & (TAIL_PLACES - 1);
  return noise.text.slice(at, at + TAIL_LENGTH);
}

function makeNoise(seed: number): string {
  let text = '';
  for (let index = 0; text.length < TAIL_PLACES + TAIL_LENGTH; index++) {
    text += wordLetters(mixWords(seed, index), mixWords(index, seed));
  }
  return text;
}
