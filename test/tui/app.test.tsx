import { render } from 'ink-testing-library';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../src/tui/app.tsx';
import { stripAnsi } from '../../src/tui/paint/text.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

const theme = makeTheme();
let mounted: ReturnType<typeof render> | undefined;
afterEach(() => mounted?.unmount());

/** Mounts the program on what a driver has opened; gives what to write keys with, and what to wait for. */
function mount(driver: ScreenDriver) {
  const app = render(<App shell={driver.shell} themeOf={() => theme} />);
  mounted = app;
  return {
    write: (text: string) => app.stdin.write(text),
    shows: (text: string) =>
      vi.waitFor(() => expect(stripAnsi(app.lastFrame() ?? '')).toContain(text), { timeout: 10_000 }),
  };
}

const SIZE = { columns: 100, rows: 24 };

describe('the program on a terminal', () => {
  it('takes keys, runs lines and shows the answer', async () => {
    const screen = mount(new ScreenDriver(SIZE).sandbox());
    await screen.shows('This world is empty');
    screen.write('aws sqs create-queue --queue-name parcels');
    await screen.shows('$ aws sqs create-queue --queue-name parcels');
    screen.write('\r');
    await screen.shows('under way');
  });

  it('runs a paste of several lines one after the other, and keeps the rest in the prompt', async () => {
    const driver = new ScreenDriver(SIZE).sandbox();
    const screen = mount(driver);
    await screen.shows('This world is empty');
    screen.write(
      '\u001b[200~aws sqs create-queue --queue-name a\naws sqs create-queue --queue-name b\naws sqs li\u001b[201~',
    );
    await screen.shows('$ aws sqs li');
    driver.session.drain();
    expect(driver.session.view().resources.map((resource) => resource.name)).toEqual(['a', 'b']);
  });

  it('stops a paste at a refusal', async () => {
    const driver = new ScreenDriver(SIZE).sandbox();
    const screen = mount(driver);
    await screen.shows('This world is empty');
    screen.write(
      '\u001b[200~aws sqs purge-queue --queue-url nothing\naws sqs create-queue --queue-name b\n\u001b[201~',
    );
    await vi.waitFor(() => expect(driver.session.console().length).toBeGreaterThan(0));
    driver.session.drain();
    expect(driver.session.view().resources).toEqual([]);
  });

  it('opens help with F1 and closes it with Esc', async () => {
    const screen = mount(busySandbox(SIZE));
    await screen.shows('SQS orders');
    screen.write('\u001bOP');
    await screen.shows('Help: the keys of the prompt');
    screen.write('\u001b');
    await screen.shows('type a command');
  });
});
