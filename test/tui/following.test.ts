import { describe, expect, it } from 'vitest';
import { busySandbox } from '../support/screenDriver.ts';

describe('a message that is followed', () => {
  it('is the one under the cursor of the Messages pane; the stage says so', () => {
    const screen = busySandbox().press('esc', '2', 'down');
    const followed = screen.shell.store.get().followed;
    expect(followed).toBeDefined();
    expect(screen.frame()).toContain(`path of ${followed?.slice(0, 4)}`);
  });

  it('keeps the cursor while the list moves under it', () => {
    const screen = busySandbox().press('esc', '2', 'down', 'down');
    const { followed } = screen.shell.store.get();
    const id = followed?.slice(0, 4) ?? '';
    const cursorRow = (): string =>
      screen
        .frame()
        .replace(/\u001b\[[0-9;]*m/g, '')
        .split('\n')
        .find((row) => row.includes('▸')) ?? '';
    expect(cursorRow()).toContain(id);
    screen.pass(6_000);
    expect(screen.shell.store.get().followed).toBe(followed);
    expect(cursorRow()).toContain(id);
    screen.press('down', 'up');
    expect(screen.shell.store.get().followed).toBe(followed);
  });

  it('is let go with Esc, which then leaves the pane', () => {
    const screen = busySandbox().press('esc', '2', 'down', 'esc');
    expect(screen.shell.store.get().followed).toBeUndefined();
    expect(screen.shell.store.get().focus).toBe('messages');
    expect(screen.press('esc').shell.store.get().focus).toBe('prompt');
  });
});

describe('the depth of a queue', () => {
  it('stands beside the messages where there is room', () => {
    expect(busySandbox({ columns: 240, rows: 60 }).frame()).toContain('Depth');
    expect(busySandbox({ columns: 120, rows: 36 }).frame()).not.toContain('Depth');
  });
});
