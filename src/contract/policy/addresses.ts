/** IP addresses and their blocks, as IpAddress compares them. */

/** 4 or 16 bytes; undefined when the text is no address. */
function bytesOf(text: string): number[] | undefined {
  return text.includes(':') ? v6(text) : v4(text);
}

function v4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/u.test(part) && Number(part) < 256))
    return undefined;
  return parts.map(Number);
}

function v6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before, behind] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before!.length - (behind?.length ?? 0);
  if (behind === undefined ? missing !== 0 : missing < 1) return undefined;
  const words = [...before!, ...Array<string>(behind ? missing : 0).fill('0'), ...(behind ?? [])];
  if (!words.every((word) => /^[\da-f]{1,4}$/iu.test(word))) return undefined;
  return words.flatMap((word) => {
    const value = Number.parseInt(word, 16);
    return [value >> 8, value & 255];
  });
}

interface Block {
  readonly bytes: readonly number[];
  readonly bits: number;
}

function blockOf(text: string): Block | undefined {
  const [address = '', length] = text.split('/');
  const bytes = bytesOf(address);
  if (bytes === undefined || (length !== undefined && !/^\d{1,3}$/u.test(length))) return undefined;
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined;
}

export const isAddressBlock = (text: string): boolean => blockOf(text) !== undefined;

/** Does the address lie in the block? `203.0.113.0/24`, `2001:db8::/32`, or one address. */
export function isInBlock(block: string, address: string): boolean {
  const wanted = blockOf(block);
  const actual = bytesOf(address);
  if (wanted === undefined || actual === undefined || actual.length !== wanted.bytes.length) return false;
  for (let bit = 0; bit < wanted.bits; bit++) {
    const mask = 128 >> (bit & 7);
    if ((actual[bit >> 3]! & mask) !== (wanted.bytes[bit >> 3]! & mask)) return false;
  }
  return true;
}
