/** `aws-chunked`: a body in chunks that are signed, with headers behind it. S3 API, Signature calculations: streaming. */

import type { Incoming } from '../exchange.ts';
import { WireRefusal } from '../exchange.ts';

export const isChunked = ({ headers }: Incoming): boolean =>
  (headers['content-encoding'] ?? '').includes('aws-chunked') ||
  (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

const NEWLINE = 10;

/** The content alone; signatures and trailers are not looked at. Throws WireRefusal. */
export function unchunked(body: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  let total = 0;
  for (;;) {
    const end = body.indexOf(NEWLINE, at);
    if (end < 0) throw incomplete();
    const header = LATIN.decode(body.subarray(at, end));
    const size = Number.parseInt(header, 16);
    if (!/^[0-9a-f]+[;\r]/iu.test(`${header}\r`) || !Number.isSafeInteger(size)) throw incomplete();
    at = end + 1;
    if (size === 0) break;
    if (at + size > body.length) throw incomplete();
    parts.push(body.subarray(at, at + size));
    total += size;
    at += size + 2;
  }
  const whole = new Uint8Array(total);
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

const LATIN = new TextDecoder('latin1');
const incomplete = (): WireRefusal =>
  new WireRefusal(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
