/** Base64 without the platform's help: bytes to text and back. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));
const VALUES = new Uint8Array(128);
for (let value = 0; value < 64; value++) VALUES[CODES[value]!] = value;

const PADDING = 61;
/** Bytes a piece: whole groups of three, and few enough for one call. */
const PIECE = 6_144;

export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE) {
    pieces.push(encodePiece(bytes.subarray(start, start + PIECE)));
  }
  return pieces.join('');
}

function encodePiece(bytes: Uint8Array): string {
  const { length } = bytes;
  const codes = new Uint8Array(Math.ceil(length / 3) * 4);
  let at = 0;
  for (let index = 0; index < length; index += 3) {
    const word = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    codes[at++] = CODES[word >>> 18]!;
    codes[at++] = CODES[(word >>> 12) & 63]!;
    codes[at++] = index + 1 < length ? CODES[(word >>> 6) & 63]! : PADDING;
    codes[at++] = index + 2 < length ? CODES[word & 63]! : PADDING;
  }
  return String.fromCharCode.apply(undefined, codes as unknown as number[]);
}

export function fromBase64(text: string): Uint8Array {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === PADDING) end--;
  const bytes = new Uint8Array((end * 3) >>> 2);
  let at = 0;
  for (let index = 0; index < end; index += 4) {
    const word =
      (VALUES[text.charCodeAt(index)]! << 18) |
      (VALUES[text.charCodeAt(index + 1)]! << 12) |
      ((index + 2 < end ? VALUES[text.charCodeAt(index + 2)]! : 0) << 6) |
      (index + 3 < end ? VALUES[text.charCodeAt(index + 3)]! : 0);
    bytes[at++] = word >>> 16;
    bytes[at++] = word >>> 8;
    bytes[at++] = word;
  }
  return bytes;
}
