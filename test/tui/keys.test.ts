import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import '../../src/tui/bindings/table.ts';
import { circumstancesOf, footerBindings, keyTable } from '../../src/tui/keymap.ts';
import { keyNames, typed } from '../../src/tui/keys.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

const NONE = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
} as const;
const key = (flags: Partial<Key> = {}): Key => ({ ...NONE, ...flags }) as Key;

describe('the names of keys', () => {
  it('name what the terminal sent', () => {
    expect(keyNames('', key({ upArrow: true }))).toEqual(['up']);
    expect(keyNames('c', key({ ctrl: true }))).toEqual(['ctrl-c']);
    expect(keyNames('', key({ tab: true, shift: true }))).toEqual(['shift-tab']);
    expect(keyNames('', key())).toEqual(['f1']);
    expect(keyNames('b', key({ meta: true }))).toEqual(['alt-b']);
  });

  it('split a chunk of several characters', () => {
    expect(keyNames('a b\r', key())).toEqual(['a', 'space', 'b', 'enter']);
    expect(keyNames('\u0015a\u007F', key())).toEqual(['ctrl-u', 'a', 'backspace']);
  });

  it('leave control characters out', () => {
    expect(keyNames('a\u001b\u0000b', key())).toEqual(['a', 'b']);
  });

  it('say what they type', () => {
    expect(typed('space')).toBe(' ');
    expect(typed('é')).toBe('é');
    expect(typed('enter')).toBeUndefined();
  });
});

describe('the key table', () => {
  it('needs no function key, no Shift with an arrow and none of Ctrl+S Q B A Z', () => {
    const hard = /^(f[2-9]|f1\d|.*shift-(up|down|left|right)|ctrl-[sqb])$/;
    for (const binding of keyTable()) expect(binding.keys.filter((name) => hard.test(name))).toEqual([]);
  });

  it('gives each binding a key, words for the footer and a line of help', () => {
    for (const binding of keyTable()) {
      expect(binding.keys.length).toBeGreaterThan(0);
      expect(binding.about).not.toBe('');
    }
  });

  it('types letters in the prompt, also those that are commands in a pane', () => {
    const screen = new ScreenDriver().sandbox().type('nwhtq?:/ ');
    expect(screen.shell.store.get().line.text).toBe('nwhtq?:/ ');
  });

  it('acts on an empty line', () => {
    const screen = busySandbox().press('space');
    expect(screen.session.paused).toBe(true);
    screen.press('>');
    expect(screen.session.speed).toBe(2);
    screen.press('<');
    expect(screen.session.speed).toBe(1);
    screen.press(':');
    expect(screen.shell.store.get().popover?.type).toBe('palette');
  });

  it('steps to the next event and back on an empty line', () => {
    const screen = busySandbox();
    const before = screen.session.view().now;
    screen.press('right');
    expect(screen.session.view().now).toBeGreaterThan(before);
    screen.press('left');
    expect(screen.session.timeline().past).toBe(true);
  });

  it('leaves the prompt with Esc or Tab and returns with Enter or i', () => {
    for (const leave of ['esc', 'tab']) {
      for (const back of ['enter', 'i']) {
        const screen = new ScreenDriver().sandbox().press(leave);
        expect(screen.shell.store.get().focus).not.toBe('prompt');
        screen.press(back);
        expect(screen.shell.store.get().focus).toBe('prompt');
      }
    }
  });

  it('reads Esc and a letter that came as one as two keys', () => {
    const screen = new ScreenDriver().sandbox().press('alt-n');
    expect(screen.shell.store.get().popover?.type).toBe('kinds');
  });

  it('empties the line with Ctrl+C, then asks to leave, then leaves', () => {
    const screen = new ScreenDriver().sandbox().type('aws').press('ctrl-c');
    expect(screen.shell.store.get().line.text).toBe('');
    screen.press('ctrl-c');
    expect(screen.shell.store.get().popover?.type).toBe('quit');
    expect(screen.exits).toBe(0);
    screen.press('ctrl-c');
    expect(screen.exits).toBe(1);
  });

  it('stops what runs with Ctrl+C, and with Esc', () => {
    for (const stop of ['ctrl-c', 'esc']) {
      const screen = new ScreenDriver().sandbox().run('aws sqs create-queue --queue-name orders');
      screen.type('sleep 30').press('enter');
      expect(screen.session.running).toBeDefined();
      screen.press(stop);
      expect(screen.session.running).toBeUndefined();
      expect(screen.exits).toBe(0);
    }
  });

  it('destroys nothing with Esc, however often it is pressed', () => {
    const screen = busySandbox();
    screen.type('aws sqs').press('esc', 'esc', 'esc', 'esc');
    expect(screen.shell.world()).toBeDefined();
    expect(screen.session.view().resources.length).toBe(4);
    expect(screen.shell.store.get().line.text).toBe('aws sqs');
  });

  it('names in the footer only keys that work', () => {
    const screen = busySandbox().press('esc');
    const circumstances = circumstancesOf(screen.shell);
    for (const binding of footerBindings(keyTable(), circumstances)) {
      expect(binding.when?.(circumstances) ?? true).toBe(true);
    }
  });
});
