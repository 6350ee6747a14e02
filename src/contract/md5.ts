/** Digests that AWS answers with, as lower-case hexadecimal text: pure JavaScript, the same on every engine. */
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { utf8Bytes } from './text.ts';

const bytesOf = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? utf8Bytes(value) : value;

export const md5Hex = (value: string | Uint8Array): string => bytesToHex(md5(bytesOf(value)));

export const sha256Hex = (value: string | Uint8Array): string => bytesToHex(sha256(bytesOf(value)));
