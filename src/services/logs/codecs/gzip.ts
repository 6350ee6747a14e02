/** Gzip in pure JavaScript, whose output is the same everywhere; it carries no time of day. */
import { gzipSync } from 'fflate';

export const gzip = (data: Uint8Array): Uint8Array => gzipSync(data, { mtime: 0 });
