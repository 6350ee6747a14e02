import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../../src/contract/text.ts';
import type { ObjectView } from '../../src/contract/view.ts';
import type { Instant } from '../../src/engine/units.ts';
import { writeParquet } from '../../src/services/firehose/codecs/parquet.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { objectRows } from '../../src/tui/panes/objectRows.ts';
import { ScreenDriver } from '../support/screenDriver.ts';

const theme = makeTheme({ depth: 'none' });

const rowsOf = (body: Uint8Array): string => {
  const object: ObjectView = {
    key: 'a.txt',
    size: body.length,
    eTag: 'abc',
    modified: 1_000 as Instant,
    contentType: 'text/plain',
    metadata: { owner: 'ana' },
    body,
  };
  return objectRows(theme, object, 76).join('\n');
};

describe('an object, opened', () => {
  it('shows its metadata, and what would move the cursor as a mark', () => {
    const rows = rowsOf(utf8Bytes('one\u001b[2J\ntwo\n'));
    expect(rows).toContain('owner: ana');
    expect(rows).toContain('one␛[2J\ntwo');
  });

  it('shows bytes that are no text with their places', () => {
    expect(rowsOf(Uint8Array.of(0xff, 0x00, 0x41))).toMatch(/000000.*ff 00 41 .*\.\.A/u);
  });
});

describe('an object that Firehose wrote', () => {
  it('is unpacked when it is packed', () => {
    const rows = rowsOf(gzipSync(utf8Bytes('line 1\nline 2\n'), { mtime: 0 }));
    expect(rows).toContain('14 bytes when unpacked');
    expect(rows).toContain('line 1\nline 2');
  });

  it.each(['SNAPPY', 'GZIP', 'UNCOMPRESSED'] as const)(
    'is a table when it is a Parquet file, %s',
    (codec) => {
      const columns = [
        { name: 'customer', type: 'string' },
        { name: 'price', type: 'int' },
      ];
      const rows = [
        { customer: 'ann', price: 12 },
        { customer: 'bob', price: null },
      ];
      const drawn = rowsOf(writeParquet(columns, rows, codec));
      expect(drawn).toContain(`2 rows of 2 columns, packed with ${codec}`);
      expect(drawn).toMatch(/customer +price/u);
      expect(drawn).toMatch(/ann +12/u);
      expect(drawn).toMatch(/bob +null/u);
    },
  );

  it('stays bytes when it only begins like one', () => {
    expect(rowsOf(utf8Bytes('PAR1 is no file'))).toContain('PAR1 is no file');
    expect(rowsOf(Uint8Array.of(0x1f, 0x8b, ...Array(20).fill(7)))).toMatch(/1f 8b/u);
  });
});

describe('the Object pane', () => {
  const photos = (): ScreenDriver =>
    new ScreenDriver()
      .sandbox()
      .run('aws s3api create-bucket --bucket photos')
      .run('aws s3api put-object --bucket photos --key first')
      .run('sleep 5')
      .run('aws s3api put-object --bucket photos --key second');

  it('lists the newest first, and opens the chosen one over the whole pane', () => {
    const screen = photos().press('esc', 'O');
    expect(screen.frame()).toMatch(/▸second[\s\S]*first/u);
    screen.press('down', 'enter');
    expect(screen.frame()).not.toContain('second');
    expect(screen.frame()).toContain('it has no content');
    screen.press('esc');
    expect(screen.frame()).toMatch(/▸first/u);
  });

  it('finds keys that hold a text', () => {
    const screen = photos().press('esc', 'O', '/').type('irs').press('enter');
    expect(screen.frame()).toMatch(/▸first/u);
    expect(screen.frame()).not.toContain('▸second');
  });
});
