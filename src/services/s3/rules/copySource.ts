/** From where a copy is made. */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { invalidArgument } from '../errors.ts';

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** `bucket/key`, with or without a slash before it, percent signs read. Undefined: neither. */
export function copySource(whole: string): CopySource | undefined {
  const [text = '', versionId] = whole.split(/\?versionId=(?=[^?]*$)/u);
  const match = /^\/?([^/]+)\/(.+)$/su.exec(text);
  if (match === null) return undefined;
  const bytes: number[] = [];
  const raw = utf8Bytes(match[2]!);
  for (let at = 0; at < raw.length; at++) {
    const hex = raw[at] === 0x25 ? String.fromCharCode(raw[at + 1] ?? 0, raw[at + 2] ?? 0) : '';
    if (/^[\da-fA-F]{2}$/u.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(raw[at]!);
  }
  const key = utf8Text(Uint8Array.from(bytes));
  if (key === undefined) return undefined;
  return { bucket: match[1]!, key, ...(versionId !== undefined && { versionId }) };
}

/** Throws InvalidArgument. */
export function readCopySource(text: string): CopySource {
  const source = copySource(text);
  if (source !== undefined) return source;
  throw invalidArgument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
}
