/**
 * The codec of checkpoints in save files. Its output never enters a world's state, so it may differ between versions
 * of Node.
 */
import { gunzipSync, gzipSync } from 'node:zlib';

export interface Codec {
  readonly name: string;
  pack(text: string): string;
  /** Throws when `packed` is damaged or larger than `max` bytes. */
  unpack(packed: string, max: number): string;
}

export const gzip: Codec = {
  name: 'gzip',
  pack: (text) => gzipSync(Buffer.from(text), { level: 1 }).toString('base64'),
  unpack: (packed, max) => gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: max }).toString(),
};
