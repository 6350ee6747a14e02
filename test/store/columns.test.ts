import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../src/engine/store/base64.ts';
import { fromColumns, toColumns } from '../../src/engine/store/contentColumns.ts';
import { packColumn, unpackColumn } from '../../src/engine/store/varints.ts';

const through = (contents: readonly object[]): object[] =>
  fromColumns(JSON.parse(JSON.stringify(toColumns(contents))) as never);

describe('columns of contents', () => {
  it('contents of several shapes come back in order', () => {
    const contents = [
      { id: 1, body: 'a' },
      { id: 2, body: 'b' },
      { body: 'other order', id: 3 },
      { id: 4, body: 'c', attributes: { color: { text: 'red' }, raw: new Uint8Array([255, 0]) } },
      {},
      { id: 5, body: '' },
    ];
    const back = through(contents);
    expect(back).toEqual(contents);
    expect(Object.keys(back[2]!)).toEqual(['body', 'id']);
    expect(back.every((content) => Object.isFrozen(content))).toBe(true);
  });

  it('values of every kind come back as they were', () => {
    const values = [
      0,
      -1,
      2_147_483_647,
      -2_147_483_648,
      4_294_967_295,
      0.5,
      1e300,
      true,
      false,
      null,
      'text',
    ];
    const contents = values.map((value) => ({ value }));
    expect(through(contents)).toEqual(contents);
    for (const value of values) expect(through([{ value }, { value }])).toEqual([{ value }, { value }]);
  });

  it('many texts of every script come back', () => {
    const contents = Array.from({ length: 5_000 }, (_, index) => ({
      text: ['plain', 'é', '雪', '🎈', '', '\u0000"\\', 'x'.repeat(index % 300)][index % 7]! + index,
    }));
    expect(through(contents)).toEqual(contents);
  });

  it('columns of words come back, in few bytes where they are regular', () => {
    const regular = Array.from({ length: 10_000 }, (_, index) => index * 16);
    const wild = Array.from({ length: 10_000 }, (_, index) => Math.imul(index, 0x9e3779b1));
    for (const words of [regular, wild, [], [5], [5, 5], [0, 0, 0, 7, 7, 7, -1]]) {
      const packed = packColumn(words.length, (index) => words[index]!);
      const back: number[] = [];
      unpackColumn(packed, words.length, (index, word) => {
        back[index] = word;
      });
      expect(back).toEqual(words);
    }
    expect(packColumn(10_000, (index) => regular[index]!).length).toBeLessThan(10);
  });

  it('base64 is the one that everybody reads', () => {
    for (let length = 0; length < 50; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }
    const long = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) & 255);
    expect(fromBase64(toBase64(long))).toEqual(long);
  });
});
