/** Bytes that are no CBOR are refused before the SDK's reader sees them, which talks to the console. */
import { cbor } from '@smithy/core/cbor';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WireRefusal } from '../../src/endpoint/exchange.ts';
import { cborValue } from '../../src/endpoint/wire/cbor.ts';

afterEach(() => vi.restoreAllMocks());
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('a body of CBOR', () => {
  it('is read', () => {
    const value = {
      StreamName: 'clicks',
      Data: new Uint8Array([1, 2, 255]),
      Records: [{ PartitionKey: 'a'.repeat(300), Number: -7 }, {}, []],
      Big: 2n ** 60n,
      Half: 0.5,
      Nothing: null,
      Yes: true,
      At: { tag: 1, value: 1_000 },
    };
    expect(cborValue(cbor.serialize(value))).toMatchObject({
      StreamName: 'clicks',
      Records: value.Records,
      Big: value.Big,
    });
  });

  it('is read with lengths left open', () => {
    // {_ "a": [_ 1, 2], "b": (_ "x", "y")}
    expect(cborValue(bytes('bf61619f0102ff61627f61786179ffff'))).toEqual({ a: [1, 2], b: 'xy' });
  });

  it.each([
    ['a map of more than there can be', 'bbffffffffffffffff'],
    ['a text of more than there can be', '7bffffffffffffffff'],
    ['a list of more than there is', '9a0000ffff01'],
    ['a tag of 8 bytes', 'dbffffffffffffffff01'],
    ['a decimal fraction of a quarter of a billion digits', 'c4821a0fffffff01'],
    ['lists within lists without end', '81'.repeat(5_000)],
    ['a text that is left open and never closed', '7f6178'],
    ['nothing but a break', 'ff'],
    ['a reserved length', '1c'],
  ])('is refused where it is %s, without a word on the console', (_what, hex) => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(() => cborValue(bytes(hex))).toThrow(WireRefusal);
    expect(warned).not.toHaveBeenCalled();
  });

  it('never makes the reader warn, whatever the bytes', () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    let state = 12_345;
    const next = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    };
    for (let round = 0; round < 20_000; round++) {
      const random = Uint8Array.from({ length: 1 + (next() % 24) }, next);
      // Long lengths are rare by chance.
      if (round % 2 === 0) random[0] = [0xbb, 0x9b, 0x7b, 0x5b, 0xdb, 0xc2, 0xbf, 0x9f][next() % 8]!;
      try {
        cborValue(random);
      } catch (error) {
        expect(error).toBeInstanceOf(WireRefusal);
      }
    }
    expect(warned).not.toHaveBeenCalled();
  });
});
