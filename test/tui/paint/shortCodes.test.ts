/** Short codes paint the same cells as the codes they stand for. */
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortCodes } from '../../../src/tui/paint/shortCodes.ts';

async function cells(text: string): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: 200, rows: 4, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const line = terminal.buffer.active.getLine(0);
  return Array.from({ length: 200 }, (_, x) => {
    const cell = line?.getCell(x);
    return [
      cell?.getChars(),
      `${cell?.getFgColorMode()} ${cell?.getFgColor()} ${cell?.getBgColorMode()} ${cell?.getBgColor()}`,
      `${cell?.isBold()} ${cell?.isDim()} ${cell?.isItalic()} ${cell?.isUnderline()} ${cell?.isInverse()}`,
      `${cell?.isStrikethrough()}`,
    ].join(' ');
  });
}

const code = fc
  .constantFrom('0', '1', '2', '22', '3', '23', '4', '24', '7', '27', '9', '29', '31', '39', '95', '44', '49')
  .chain((one) => fc.constantFrom(one, '38;2;1;2;3', '38;5;9', '48;2;9;8;7', '48;5;3', '1;31', '53'))
  .map((numbers) => `\x1b[${numbers}m`);
const piece = fc.oneof(
  { weight: 4, arbitrary: code },
  { weight: 1, arbitrary: fc.constantFrom('a', 'b ', '│') },
);

it('paints the same cells, whatever the codes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const text = `${pieces.join('')}z`;
      expect(await cells(shortCodes(text))).toEqual(await cells(text));
    }),
    { numRuns: 60 },
  );
});

it('leaves out what is overruled before a letter is painted', () => {
  expect(shortCodes('\x1b[38;2;1;2;3m\x1b[39m\x1b[1m\x1b[31mx')).toBe('\x1b[31;1mx');
  expect(shortCodes('\x1b[1m\x1b[22m\x1b[2mx')).toBe('\x1b[22;2mx');
});
