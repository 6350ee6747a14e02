/**
 * The Kinesis Producer Library's aggregated record: many user records in one. KPL, Aggregated Record Format: the magic
 * number F3 89 9A C2, a protobuf message (partition key table, explicit hash key table, records), and its MD5.
 */
import { md5Hex } from '../../contract/md5.ts';
import { utf8Bytes, utf8Text } from '../../contract/text.ts';

export interface UserRecord {
  readonly key: string;
  readonly data: Uint8Array;
}

const MAGIC = [0xf3, 0x89, 0x9a, 0xc2] as const;
const MD5_BYTES = 16;

/** AggregationMaxSize of the KPL, in bytes. */
export const AGGREGATE_BYTES_MAX = 51_200;

/** What a user record adds at most, beyond its key and data. */
export const RECORD_OVERHEAD = 24;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** Field `number` with bytes. */
const field = (number: number, bytes: ArrayLike<number>): ArrayLike<number>[] => [
  [(number << 3) | 2, ...varint(bytes.length)],
  bytes,
];

function joined(parts: readonly ArrayLike<number>[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const md5Bytes = (data: Uint8Array): Uint8Array =>
  Uint8Array.from(md5Hex(data).match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));

export function aggregate(records: readonly UserRecord[]): Uint8Array {
  const keys = [...new Set(records.map(({ key }) => key))];
  const index = new Map(keys.map((key, place) => [key, place]));
  const message = joined([
    ...keys.flatMap((key) => field(1, utf8Bytes(key))),
    ...records.flatMap(({ key, data }) =>
      field(3, joined([[1 << 3, ...varint(index.get(key)!)], ...field(3, data)])),
    ),
  ]);
  return joined([MAGIC, message, md5Bytes(message)]);
}

/** The user records inside; undefined: it is no aggregated record. */
export function opened(data: Uint8Array): readonly UserRecord[] | undefined {
  if (data.length < MAGIC.length + MD5_BYTES || MAGIC.some((byte, at) => data[at] !== byte)) return undefined;
  const message = data.subarray(MAGIC.length, data.length - MD5_BYTES);
  const sum = md5Bytes(message);
  if (sum.some((byte, at) => data[data.length - MD5_BYTES + at] !== byte)) return undefined;
  const keys: string[] = [];
  const records: UserRecord[] = [];
  for (const [number, value] of fieldsOf(message)) {
    if (number === 1 && typeof value !== 'number') keys.push(utf8Text(value) ?? '');
    if (number !== 3 || typeof value === 'number') continue;
    let key = '';
    let body: Uint8Array = new Uint8Array();
    for (const [inner, part] of fieldsOf(value)) {
      if (inner === 1 && typeof part === 'number') key = keys[part] ?? '';
      if (inner === 3 && typeof part !== 'number') body = part;
    }
    records.push({ key, data: body });
  }
  return records;
}

/** Fields with a number or with bytes; others end the reading. */
function* fieldsOf(message: Uint8Array): Iterable<readonly [number, number | Uint8Array]> {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; at < message.length; shift += 7) {
      const byte = message[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    return value >>> 0;
  };
  while (at < message.length) {
    const tag = number();
    const type = tag & 7;
    const value = number();
    if (type === 0) yield [tag >>> 3, value];
    else if (type === 2) {
      yield [tag >>> 3, message.subarray(at, at + value)];
      at += value;
    } else return;
  }
}
