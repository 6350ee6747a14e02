/**
 * Ciphertexts: version, key id, a nonce, the text under a stream made from them, a check.
 *
 * SIMPLER THAN AWS: this hides nothing from anybody who reads this file; it only behaves as encryption does.
 */
import { mixWords } from '../../../contract/messageId.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { hashText, type Random } from '../../../engine/random.ts';
import { invalidCiphertext } from '../errors.ts';

const VERSION = 1;
const ID_AT = 1;
const NONCE_AT = ID_AT + 36;
const TEXT_AT = NONCE_AT + 8;
const CHECK_BYTES = 8;

export type EncryptionContext = Readonly<Record<string, string>>;

/** The order of the names does not count. */
const contextHash = (context: EncryptionContext): number =>
  hashText(
    JSON.stringify(
      Object.keys(context)
        .sort()
        .map((name) => [name, context[name]]),
    ),
  );

export function seal(
  keyId: string,
  plain: Uint8Array,
  context: EncryptionContext,
  random: Random,
): Uint8Array {
  const sealed = new Uint8Array(TEXT_AT + plain.length + CHECK_BYTES);
  sealed[0] = VERSION;
  sealed.set(utf8Bytes(keyId), ID_AT);
  for (let index = NONCE_AT; index < TEXT_AT; index++) sealed[index] = random.below(256);
  const start = streamStart(keyId, sealed, context);
  for (let index = 0; index < plain.length; index++) {
    sealed[TEXT_AT + index] = plain[index]! ^ (mixWords(start, index) & 255);
  }
  sealed.set(checkOf(start, plain), TEXT_AT + plain.length);
  return sealed;
}

function streamStart(keyId: string, sealed: Uint8Array, context: EncryptionContext): number {
  return mixWords(hashText(keyId), contextHash(context), ...sealed.subarray(NONCE_AT, TEXT_AT));
}

function checkOf(start: number, plain: Uint8Array): Uint8Array {
  let low = start;
  let high = mixWords(start, plain.length);
  for (const byte of plain) {
    low = mixWords(low, byte);
    high = mixWords(high, byte, low);
  }
  const check = new Uint8Array(CHECK_BYTES);
  for (let index = 0; index < 4; index++) {
    check[index] = low >>> (8 * index);
    check[index + 4] = high >>> (8 * index);
  }
  return check;
}

/** The key that sealed it; undefined when this is no ciphertext of ours. */
export function keyIdOf(sealed: Uint8Array): string | undefined {
  if (sealed.length < TEXT_AT + CHECK_BYTES || sealed[0] !== VERSION) return undefined;
  return utf8Text(sealed.subarray(ID_AT, NONCE_AT));
}

export function open(keyId: string, sealed: Uint8Array, context: EncryptionContext): Uint8Array {
  const start = streamStart(keyId, sealed, context);
  const end = sealed.length - CHECK_BYTES;
  const plain = sealed.slice(TEXT_AT, end).map((byte, index) => byte ^ (mixWords(start, index) & 255));
  const check = checkOf(start, plain);
  if (check.some((byte, index) => byte !== sealed[end + index])) {
    throw invalidCiphertext(
      'The encryption context is another than at encryption, or the bytes were changed.',
    );
  }
  return plain;
}
