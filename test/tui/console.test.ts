import { describe, expect, it } from 'vitest';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { completionList } from '../../src/tui/panes/completionRows.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

const SMALL = { columns: 80, rows: 24 };
const rowsOf = (frame: string): string[] => frame.replace(/\u001b\[[0-9;]*m/g, '').split('\n');

describe('the Console', () => {
  it('shows the beginning of an answer of ours where it has few rows', () => {
    const screen = busySandbox(SMALL).run('why queue/orders');
    const rows = rowsOf(screen.frame());
    const echo = rows.findIndex((row) => row.includes('$ why queue/orders'));
    expect(echo).toBeGreaterThan(0);
    expect(rows.slice(echo + 1, echo + 6).join(' ')).toMatch(/\+\d+ lines/);
  });

  it('shows what was meant below a long usage text, also where it has four rows', () => {
    const frame = busySandbox(SMALL).run('aws sqs send-mesage --queue-url orders').frame();
    expect(frame).toContain('did you mean send-message');
    expect(frame).toContain("Invalid choice: 'send-mesage'");
    expect(frame).toContain('lines ⏎');
  });

  it('opens the whole usage text with Enter', () => {
    const screen = busySandbox({ columns: 120, rows: 70 }).run('aws sqs send-mesage --queue-url orders');
    expect(screen.frame()).not.toContain('untag-queue');
    expect(screen.press('enter').frame()).toContain('untag-queue');
  });

  it('folds a typed line of many rows until it is opened', () => {
    const screen = busySandbox({ columns: 80, rows: 60 });
    screen.run(`aws sqs send-message --queue-url orders --message-body ${'AQEB'.repeat(120)}`);
    const long = (): number => rowsOf(screen.frame()).filter((row) => row.includes('AQEBAQEB')).length;
    expect(long()).toBeLessThanOrEqual(3);
    screen.press('enter');
    expect(long()).toBeGreaterThan(5);
  });

  it('gives a long handle one row while the answer is folded', () => {
    const screen = busySandbox({ columns: 80, rows: 60 }).run('aws sqs receive-message --queue-url orders');
    const rows = rowsOf(screen.frame());
    const at = rows.findIndex((row) => row.includes('"ReceiptHandle": "AQEB'));
    expect(at).toBeGreaterThan(0);
    expect(rows[at + 1]).toContain('"MD5OfBody"');
  });

  it('keeps its right border beside a typed line with line breaks', () => {
    const screen = new ScreenDriver().sandbox();
    screen.session.enter("aws sqs create-queue --queue-name orders --attributes '{\n}'");
    screen.session.drain();
    const rows = rowsOf(screen.frame());
    const echoed = rows.filter((row) => row.includes('create-queue') || row.includes("}'"));
    expect(echoed.some((row) => row.includes('␊'))).toBe(false);
    expect(rows.filter((row) => row.includes("}'")).every((row) => row.trimEnd().endsWith('│'))).toBe(true);
  });
});

describe('the list of what may come next', () => {
  it('names flags kept for old programs last', () => {
    const screen = busySandbox(SMALL).type('aws sqs receive-message --queue-url orders --');
    const items = screen.shell.completion().items.map(({ text }) => text);
    const old = items.indexOf('--attribute-names');
    expect(old).toBeGreaterThan(items.indexOf('--message-system-attribute-names'));
    expect(old).toBeGreaterThan(items.indexOf('--wait-time-seconds'));
  });

  it('leaves room for the purpose at 80 columns', () => {
    const frame = busySandbox(SMALL).type('aws sqs receive-message --queue-url orders --').frame();
    expect(frame).not.toContain('older name of…');
    expect(frame).toContain('how many at most');
    expect(frame).not.toMatch(/1–128 cha/);
  });

  it('shows the label of a long value', () => {
    const item = { text: 'AQEB'.repeat(50), label: 'a1f3 hello #1', kind: 'value' };
    const { lines } = completionList(
      makeTheme({}),
      { from: 0, to: 0, items: [item], ghost: '', status: '', complete: false, title: 'handles' },
      0,
      { tokenColumn: 2, promptRow: 20, columns: 80 },
    );
    expect(lines.join('\n')).toContain('a1f3 hello #1');
    expect(lines.join('\n')).not.toContain('AQEBAQEB');
  });
});

describe('the header', () => {
  it('names the limits where they are not those of today', () => {
    for (const columns of [80, 120]) {
      const guide = new ScreenDriver({ columns, rows: 24 }).lesson('sqs/size-limit').frame();
      expect(rowsOf(guide)[0]).toContain('study-guide');
      expect(rowsOf(busySandbox({ columns, rows: 24 }).frame())[0]).not.toContain('current');
    }
  });
});
