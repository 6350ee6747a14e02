/** Bodies of requests, and what is checked of them. */
import { md5Hex } from '../../../contract/md5.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import { fromBase64 } from '../../../engine/plainJson.ts';
import { badDigest, invalidArgument } from '../errors.ts';

/** Services hand a body over as text or bytes. */
export function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return utf8Bytes(body);
  throw invalidArgument('not modelled: a body that is a stream', { why: 'A body here is text or bytes.' });
}

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** `md5`: in base64. Throws BadDigest. */
export function checkDigest(body: Uint8Array, md5: string | undefined): void {
  if (md5 !== undefined && hexOf(fromBase64(md5)) !== md5Hex(body)) throw badDigest();
}

export const quoted = (eTag: string): string => `"${eTag}"`;
