import { describe, expect, it } from 'vitest';
import { keyTable } from '../../src/tui/keymap.ts';
import { paletteEntries } from '../../src/tui/palette.ts';
import {
  kindOfPane,
  PANE_LETTERS,
  PANE_TITLES,
  type PaneId,
  paneKey,
  panesOf,
} from '../../src/tui/panesOf.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

const firstLine = (screen: ScreenDriver): string => screen.frame().split('\n')[1] ?? '';
const focus = (screen: ScreenDriver): string => screen.shell.store.get().focus;

describe('the panes', () => {
  it('keep their digits up to nine, and have a letter from the tenth on', () => {
    expect(panesOf(false).map((pane) => paneKey(pane, false))).toEqual([...'123456789dFSKBMO']);
    expect(panesOf(true).map((pane) => paneKey(pane, true))).toEqual([...'123456789cdFSKBMO']);
  });

  it('are opened over the whole body by their letters, and put back with Esc', () => {
    for (const [pane, letter] of Object.entries(PANE_LETTERS)) {
      if (kindOfPane(pane as PaneId) !== undefined) continue;
      const screen = busySandbox().press('esc', letter);
      expect(focus(screen)).toBe(pane);
      expect(firstLine(screen)).toContain(`${PANE_TITLES[pane as PaneId]}├`);
      screen.press('esc');
      expect(screen.frame()).toContain(' Stage ');
    }
  });

  it('of a kind of resource open where there is one', () => {
    const screen = busySandbox().press('esc', 'S');
    expect(focus(screen)).toBe('stage');
    screen.shell.world()!.session.enter('aws sns create-topic --name news');
    screen.shell.world()!.session.drain();
    expect(focus(screen.press('S'))).toBe('subscriptions');
  });

  it('have letters that mean nothing else in all panes, a lesson or a sandbox', () => {
    const letters: readonly string[] = [...Object.values(PANE_LETTERS), 'w', 't'];
    const scopes = /^(pane|lessonKeys|sandboxKeys)$/;
    for (const letter of letters) {
      const takers = keyTable().filter(({ scope, keys }) => scopes.test(scope) && keys.includes(letter));
      expect(takers.length, letter).toBe(1);
    }
  });

  it('each have an entry in the palette, with the key that opens them', () => {
    const screen = busySandbox();
    const entries = paletteEntries(screen.shell, keyTable());
    for (const pane of panesOf(false)) {
      const entry = entries.find(({ title }) => title === `pane ${PANE_TITLES[pane]}`);
      expect(entry?.key).toBe(paneKey(pane, false));
    }
  });

  it('say what will be there, and by which key, as long as they are empty', () => {
    for (const letter of ['m', 'd']) {
      const frame = new ScreenDriver().sandbox().press('esc', letter).frame();
      expect(frame).toMatch(/here/);
    }
  });
});

describe('the tabs', () => {
  it('are of those panes that have something to show, and of those visited lately', () => {
    const empty = new ScreenDriver({ columns: 240, rows: 45 }).sandbox();
    expect(empty.frame()).not.toMatch(/Story|Metrics|Costs|Policy|Facts/);
    const screen = busySandbox({ columns: 240, rows: 45 });
    expect(screen.frame()).toMatch(/8 Metrics {2}9 Costs/);
    expect(screen.frame()).not.toMatch(/Story|Policy/);
    screen.press('esc', '2', 'down');
    expect(screen.frame()).toContain('7 Story');
    screen.press('F', 'esc', '3');
    expect(screen.frame()).toContain('F Facts');
  });

  it('lose their names from the far end where there is no room, and keep their keys', () => {
    const frame = busySandbox({ columns: 120, rows: 36 }).frame();
    expect(frame).toMatch(/2 Messages .*3 Events {2}4 Resources {2}5 (Timeline {2})?8 {2}9 ╮/);
    const narrow = busySandbox({ columns: 60, rows: 16 }).press('esc', 'd').frame();
    expect(narrow.split('\n')[1]).toMatch(/1 Stage {2}2 Messages .*8 {2}9 ┤d Policy├/);
  });

  it('are what Tab goes round where one pane is shown at a time', () => {
    const screen = busySandbox({ columns: 60, rows: 16 }).press('esc', '6');
    screen.press('tab');
    expect(focus(screen)).toBe('metrics');
    screen.press('tab', 'tab');
    expect(focus(screen)).toBe('prompt');
  });
});
