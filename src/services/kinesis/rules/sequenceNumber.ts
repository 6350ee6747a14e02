/**
 * Sequence numbers, made when somebody asks: 47 hexadecimal digits written as 56 decimal ones. `2`, when the shard was
 * made (9, seconds), the last digit of the shard's number, the record's number in its shard (16), `00`, when the
 * record came (9, seconds), the shard's number (8), `2`.
 *
 * Kinesis promises less: unique in the stream, and growing in a shard. UNSURE: the form; it is that of open-source
 * copies of Kinesis.
 */
export interface SequenceParts {
  /** UTC seconds. */
  readonly shardCreated: number;
  readonly shard: number;
  /** 0: the shard's start; the first record is 1. */
  readonly number: number;
  /** UTC seconds. */
  readonly second: number;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const CLOSING = '7fffffffffffffff';

function text({ shardCreated, shard, second }: Omit<SequenceParts, 'number'>, number: string): string {
  const digits = `2${hex(shardCreated, 9)}${hex(shard & 15, 1)}${number}00${hex(second, 9)}${hex(shard, 8)}2`;
  return BigInt(`0x${digits}`).toString();
}

export const sequenceNumber = (parts: SequenceParts): string => text(parts, hex(parts.number, 16));

/** The last number of a closed shard, greater than any record's. */
export const closingNumber = (parts: Omit<SequenceParts, 'number'>): string => text(parts, CLOSING);

const DIGITS = 47;
/** UNSURE: below this, a number names a shard and nothing else. */
const SMALL = 1n << 124n;

export type Decoded =
  | { readonly type: 'full'; readonly parts: SequenceParts; readonly closing: boolean }
  | { readonly type: 'shard'; readonly shard: number }
  | { readonly type: 'none' };

/** `given` consists of digits. */
export function decode(given: string): Decoded {
  const value = BigInt(given);
  if (value < SMALL) return { type: 'shard', shard: Number(value & 0xffff_ffffn) };
  const digits = value.toString(16);
  if (digits.length !== DIGITS || digits[0] !== '2' || digits.at(-1) !== '2') return { type: 'none' };
  const part = (from: number, length: number): number =>
    Number.parseInt(digits.slice(from, from + length), 16);
  const closing = digits.slice(11, 27) === CLOSING;
  return {
    type: 'full',
    closing,
    parts: {
      shardCreated: part(1, 9),
      number: closing ? Number.MAX_SAFE_INTEGER : part(11, 16),
      second: part(29, 9),
      shard: part(38, 8),
    },
  };
}
