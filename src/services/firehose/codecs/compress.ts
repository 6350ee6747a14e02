/**
 * Compression of objects, by codecs in pure JavaScript whose output is the same everywhere; gzip and zip carry no
 * time of day.
 */
import { gunzipSync, gzipSync, zipSync } from 'fflate';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import type { Compression } from '../rules/destination.ts';

export const EXTENSION: Readonly<Record<Compression, string>> = {
  UNCOMPRESSED: '',
  GZIP: '.gz',
  ZIP: '.zip',
  Snappy: '.snappy',
  HADOOP_SNAPPY: '.hsnappy',
};

/** A time that a zip can name; local, as a zip writes it, so it is the same everywhere. */
const ZIP_EPOCH = '1980-01-01T12:00:00';

/** `name`: of the file inside a zip. */
export function compressed(format: Compression, data: Uint8Array, name: string): Uint8Array {
  switch (format) {
    case 'GZIP':
      return gzipSync(data, { mtime: 0 });
    case 'ZIP':
      return zipSync({ [name]: data }, { mtime: ZIP_EPOCH });
    case 'Snappy':
      return framed(data);
    case 'HADOOP_SNAPPY':
      return hadoop(data);
    default:
      return data;
  }
}

/** Undefined: it is no gzip. */
export function decompressed(data: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(data);
  } catch {
    return undefined;
  }
}

/** Snappy's framing format: blocks of 64 KB, each with a masked checksum. */
const BLOCK = 65_536;
const STREAM_IDENTIFIER = [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59];

function framed(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.from(STREAM_IDENTIFIER)];
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    const packed = snappyCompress(block);
    const small = packed.length < block.length;
    const body = small ? packed : block;
    const length = body.length + 4;
    const crc = masked(crc32c(block));
    parts.push(
      Uint8Array.from([small ? 0 : 1, length & 255, (length >> 8) & 255, (length >> 16) & 255]),
      Uint8Array.from([crc & 255, (crc >>> 8) & 255, (crc >>> 16) & 255, crc >>> 24]),
      body,
    );
  }
  return joined(parts);
}

const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

const CRC_TABLE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Hadoop's block format: for each block its length, the length compressed, and the block; lengths big-endian. */
const HADOOP_BLOCK = 262_144;

function hadoop(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += HADOOP_BLOCK) {
    const block = data.subarray(at, at + HADOOP_BLOCK);
    const packed = snappyCompress(block);
    parts.push(bigEndian(block.length), bigEndian(packed.length), packed);
  }
  return joined(parts);
}

const bigEndian = (value: number): Uint8Array =>
  Uint8Array.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);

/** Byte arrays in a row. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
