import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes, utf8Length, utf8Text } from '../../../src/contract/text.ts';
import type { Row } from '../../../src/engine/store/index.ts';
import { formatReceiptHandle, parseReceiptHandle } from '../../../src/services/sqs/rules/receiptHandle.ts';

const word = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const facts = fc
  .record({ row: word, generation: word, message: fc.integer({ min: 0, max: 2 ** 32 - 1 }) })
  .map(({ row, generation, message }) => ({ receipt: { row: row as Row, generation }, message }));
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ é';

describe('a receipt handle', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer(), word, facts, (seed, queue, given) => {
        const handle = formatReceiptHandle(seed, queue, given);
        expect(handle).toMatch(/^AQEB[A-Za-z0-9+/]{172}$/);
        expect(parseReceiptHandle(seed, queue, handle)).toEqual(given);
      }),
    );
  });

  it('is read the same when many others have been written since', () => {
    const facts = Array.from({ length: 3_000 }, (_, index) => ({
      receipt: { row: (index * 16) as Row, generation: index * 7_919 },
      message: index * 1_431_655,
    }));
    const handles = facts.map((given) => formatReceiptHandle(7, 3, given));
    expect(handles.map((handle) => parseReceiptHandle(7, 3, handle))).toEqual(facts);
    expect(handles.map((handle) => parseReceiptHandle(8, 3, handle))).toEqual(facts.map(() => undefined));
  });

  it('is refused when one letter of it is another, in any place', () => {
    fc.assert(
      fc.property(
        word,
        word,
        facts,
        fc.nat({ max: 175 }),
        fc.constantFrom(...LETTERS),
        (seed, queue, given, at, letter) => {
          const handle = formatReceiptHandle(seed, queue, given);
          fc.pre(handle[at] !== letter);
          const changed = handle.slice(0, at) + letter + handle.slice(at + 1);
          expect(parseReceiptHandle(seed, queue, changed)).toBeUndefined();
        },
      ),
    );
  });

  it('belongs to one queue of one world', () => {
    fc.assert(
      fc.property(word, word, facts, word, (seed, queue, given, other) => {
        const handle = formatReceiptHandle(seed, queue, given);
        if (other !== queue) expect(parseReceiptHandle(seed, other, handle)).toBeUndefined();
        if (other !== seed) expect(parseReceiptHandle(other, queue, handle)).toBeUndefined();
      }),
    );
  });
});

describe('UTF-8 without a platform', () => {
  it('has the length, the bytes and the text that the platform gives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(utf8Length(text)).toBe(bytes.length);
        expect(utf8Bytes(text)).toEqual(bytes);
        expect(utf8Text(bytes)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      }),
    );
  });
});
