import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/tui/paint/plain.ts';
import {
  cut,
  cutMiddle,
  padEnd,
  padStart,
  spread,
  stripAnsi,
  width,
  wrap,
} from '../../../src/tui/paint/text.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';

const theme = makeTheme();

describe('width and cut', () => {
  it('colours count as nothing and wide letters as two', () => {
    expect(width(theme.visible('●●◐'))).toBe(3);
    expect(width('日本')).toBe(4);
    expect(width('🙂')).toBe(2);
  });

  it('agrees with the measure the terminal library uses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(width(text)).toBe(stringWidth(text));
      }),
    );
  });

  it('cuts the middle out of a name, whose end tells it from others', () => {
    expect(cutMiddle('2026/01/01/00/clicks-1-abc', 13)).toBe('2026/0…-1-abc');
    expect(cutMiddle('日本語日本語', 9)).toBe('日本…本語');
    expect(cutMiddle('short', 13)).toBe('short');
    expect(cutMiddle(theme.strong('2026/01/01/00/clicks'), 9)).toBe(theme.strong('2026…icks'));
  });

  it('cuts to the columns asked and closes its colours', () => {
    const text = theme.bad(`full ${theme.strong('very')} much`);
    const short = cut(text, 7);
    expect(stripAnsi(short)).toBe('full v…');
    expect(short.endsWith('\u001b[39m')).toBe(true);
    expect(cut('日本語', 4)).toBe('日…');
  });

  it('never exceeds the columns, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.integer({ min: 0, max: 20 }),
        (text, columns) => {
          expect(width(cut(text, columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  it('pads by display width on either side', () => {
    expect(padEnd('日', 4)).toBe('日  ');
    expect(padStart('12', 4)).toBe('  12');
    expect(spread('left', 'right', 12)).toBe('left   right');
    expect(spread('a long left text', 'right', 12)).toBe('a lon… right');
  });

  it('wraps between words and carries a colour over the break', () => {
    const lines = wrap(`one ${theme.bad('two three')} four`, 7);
    expect(lines.map(stripAnsi)).toEqual(['one two', 'three', 'four']);
    expect(lines[1]?.startsWith(theme.codes('bad', false))).toBe(true);
    expect(wrap('a\n\n  b c', 10)).toEqual(['a', '', '  b c']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });
});

describe('plain', () => {
  it('shows what would act instead of letting it act', () => {
    expect(plain('\u001b[31mred\u0000\n')).toBe('␛[31mred␀␊');
    expect(plain('a\u202eb\u200bc\ufeffd')).toBe('a·b·c·d');
    expect(plain('\u009b31m')).toBe('\\x9b31m');
    expect(plain('é', { ascii: true })).toBe('\\u{e9}');
    expect(plain('a'.repeat(30), { limit: 10 })).toBe(`${'a'.repeat(10)}…`);
    expect(plain('\ud800')).toBe('\ufffd');
  });

  it('leaves nothing a terminal would obey, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(plain(text)).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
        );
      }),
    );
  });
});
