import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../../src/contract/text.ts';
import type { ObjectView } from '../../src/contract/view.ts';
import type { Instant } from '../../src/engine/units.ts';
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
