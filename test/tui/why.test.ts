import { describe, expect, it } from 'vitest';
import { stripAnsi, width } from '../../src/tui/paint/text.ts';
import { ScreenDriver, type Size } from '../support/screenDriver.ts';

const start = (size: Size = { columns: 120, rows: 36 }, ascii = false): ScreenDriver => {
  const settings = { theme: 'dark', fps: 0, ascii } as const;
  const driver = new ScreenDriver(size, { settings }).sandbox();
  driver.session.enterAll(
    [
      'aws sqs create-queue --queue-name orders',
      'aws sqs send-message --queue-url orders --message-body one',
      'aws sqs send-message --queue-url orders --message-body two --delay-seconds 15',
      'aws sqs receive-message --queue-url orders --visibility-timeout 9',
      'aws sqs receive-message --queue-url orders --wait-time-seconds 21 || true',
      'aws sqs receive-message --queue-url orders',
    ].join('\n'),
  );
  driver.session.drain();
  return driver;
};

const page = (driver: ScreenDriver): string => stripAnsi(driver.frame());

describe('why, in a pane', () => {
  it('explains the last answer in one sentence, with what was compared', () => {
    const text = page(start().press('esc', 'w'));
    expect(text).toContain('Why? your receive of orders came back empty');
    expect(text).toContain('orders holds 2 messages, and none is visible: 1 in flight, 1 delayed.');
    expect(text).toMatch(/message +state then +why not +can change/u);
    expect(text).toContain('When it changes');
    expect(text).toContain('What would help, and what would not');
  });

  it.each([
    [80, 24],
    [60, 16],
  ])('fits %i columns and %i rows, and can be read to its end', (columns, rows) => {
    const driver = start({ columns, rows }).press('esc', 'w');
    const lines = page(driver).split('\n');
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
    expect(page(driver)).toMatch(/\d+ rows more/u);
    for (let pages = 0; pages < 8; pages++) driver.press('pagedown');
    expect(page(driver)).toContain('more consumers');
    expect(page(driver)).not.toMatch(/\d+ rows more/u);
  });

  it('draws ASCII where that is wanted', () => {
    expect(page(start(undefined, true).press('esc', 'w'))).not.toMatch(/[^\x00-\x7f]/u);
  });

  it('explains the line of the Console that is chosen', () => {
    const driver = start().press('esc');
    driver.shell.store.update((state) => {
      state.focus = 'console';
      state.panes.console.selected = 1;
    });
    expect(page(driver.press('w'))).toContain('WaitTimeSeconds is 21. Must be >= 0 and <= 20, if provided.');
  });

  it('explains the message that is chosen, and goes on to its queue', () => {
    const driver = start().press('esc');
    driver.shell.store.update((state) => {
      state.focus = 'messages';
      state.panes.messages.selected = 1;
    });
    expect(page(driver.press('w'))).toMatch(/is delayed: it cannot be received for another/u);
    expect(page(driver.press('n'))).toContain('Why? what orders can hand out now');
  });

  it('goes to the instant at which it changes', () => {
    const driver = start().press('esc', 'w', 'enter');
    expect(driver.shell.store.get().popover).toBeUndefined();
    expect(driver.session.view().now).toBeGreaterThan(9_000);
    expect(driver.session.view().resources[0]!.stock).toMatchObject({ visible: 1 });
  });

  it('puts the line that helps into the prompt', () => {
    const driver = start().press('esc', 'w', 't');
    expect(driver.shell.store.get().line.text).toContain('--wait-time-seconds 20');
    expect(driver.shell.store.get().focus).toBe('prompt');
  });

  it('shows the story of the message in the row', () => {
    const driver = start().press('esc', 'w', 'down', 'm');
    expect(driver.shell.store.get()).toMatchObject({ focus: 'story', popover: undefined });
    expect(driver.shell.store.get().followed).toBe(
      driver.session.messages('queue/orders', 1, 1)[0]!.messageId,
    );
  });

  it('says what to ask where nothing is to be explained', () => {
    const driver = new ScreenDriver().sandbox().press('esc', 'w');
    expect(page(driver)).toContain('Nothing was refused, and nothing came back empty');
    expect(page(driver)).not.toContain('go to that instant');
  });

  it('explains the queue that is shown where nothing was refused', () => {
    const driver = new ScreenDriver().sandbox();
    driver.session.enterAll('aws sqs create-queue --queue-name letters');
    driver.session.drain();
    expect(page(driver.press('esc', 'w'))).toMatch(/Why\? .*letters/u);
  });

  it('scrolls no further than its end', () => {
    const driver = start({ columns: 80, rows: 24 }).press('esc', 'w');
    page(driver);
    for (let pages = 0; pages < 8; pages++) driver.press('pagedown');
    const end = page(driver);
    expect(page(driver.press('pageup'))).not.toBe(end);
    for (let pages = 0; pages < 8; pages++) driver.press('pageup');
    expect(page(driver)).toContain('Why? your receive of orders came back empty');
  });

  it('tells conditions that somebody asked', () => {
    const driver = start();
    const told: string[] = [];
    driver.session.you.listen(({ type, fields }) => told.push(`${type} ${fields.about}`));
    driver.press('esc', 'w');
    expect(told).toContain('you/AskedWhy sqs/visibility-timeout');
  });
});
