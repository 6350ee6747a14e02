/** Addresses and networks of IP, versions 4 and 6. */
import { FilterFault } from './jsonText.ts';

/** The bytes of an address: 4 or 16; undefined when it is none. */
export function addressOf(text: string): readonly number[] | undefined {
  return text.includes(':') ? version6(text) : version4(text);
}

function version4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/u.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.map(Number);
}

function version6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...new Array<string>(missing).fill('0'), ...right];
  if (!groups.every((group) => /^[\da-fA-F]{1,4}$/u.test(group))) return undefined;
  return groups.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

/** `10.0.0.0/24`. These faults carry no place. */
export function readCidr(text: string): { readonly network: readonly number[]; readonly bits: number } {
  const [address = '', mask, ...more] = text.split('/');
  if (mask === undefined || more.length > 0) throw new FilterFault("Malformed CIDR, one '/' required");
  if (!/^\d+$/u.test(mask)) throw new FilterFault('Malformed CIDR, mask bits must be an integer');
  const network = addressOf(address);
  if (network === undefined) throw new FilterFault(`Nonstandard IP address: ${address}`);
  const bits = Number(mask);
  if (bits > network.length * 8) {
    // UNSURE: the sentence.
    throw new FilterFault(`Malformed CIDR, mask bits must be at most ${network.length * 8}`);
  }
  return { network, bits };
}
