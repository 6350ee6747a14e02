import { describe, expect, it } from 'vitest';
import { valueWords } from '../../src/projection/matcher.ts';
import { keyTable } from '../../src/tui/keymap.ts';
import { layoutHome } from '../../src/tui/layout.ts';
import { stripAnsi } from '../../src/tui/paint/text.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

describe('home', () => {
  it('has a line for what was begun last, also at 80 × 24', () => {
    const home = new ScreenDriver({ columns: 80, rows: 24 }).lesson('sqs/retention').press('q');
    expect(home.frame()).toContain('c Continue');
    expect(layoutHome(80, 24).facts?.height).toBe(9);
  });
});

describe('the form that saves a world', () => {
  it('offers its name, and the first letter takes the place of it', () => {
    const screen = new ScreenDriver();
    const { host, shell } = screen;
    const opened = host.openSandbox('sandbox');
    if (opened.ok) shell.show({ session: opened.value, play: undefined });
    screen.press('esc', 's');
    expect(screen.frame()).toMatch(/Name {2}sandbox/);
    screen.type('flash').press('backspace');
    expect(screen.frame()).toMatch(/Name {2}flas /);
    screen.press('enter');
    expect(host.kept.map(({ name }) => name)).toEqual(['flas']);
  });

  it('keeps the offered name when nothing is typed', () => {
    const screen = new ScreenDriver();
    const opened = screen.host.openSandbox('sandbox');
    if (opened.ok) screen.shell.show({ session: opened.value, play: undefined });
    screen.press('esc', 's', 'enter');
    expect(screen.host.kept.map(({ name }) => name)).toEqual(['sandbox']);
  });
});

describe('a popover', () => {
  it('keeps a blank column between its border and what is behind', () => {
    const lines = busySandbox({ columns: 80, rows: 24 }).press('esc', '?').frame().split('\n');
    const framed = lines.filter((line) => /[│╭╰] {1}[╭╰│]/.test(line.slice(0, 4)));
    expect(framed.length).toBeGreaterThan(10);
    for (const line of framed) expect(line).toMatch(/^[│╭╰├] .* [│╮╯┤]$/);
  });
});

describe('after an undo', () => {
  const undone = () =>
    new ScreenDriver({ columns: 120, rows: 45 })
      .sandbox()
      .run('aws sqs create-queue --queue-name orders')
      .pass(1_000)
      .run('aws sqs create-queue --queue-name bills')
      .press('esc', 'u');

  it('the Console says which line does not count any more', () => {
    const rows = undone().frame().split('\n');
    const at = rows.findIndex((row) => row.includes('undone: it is not in this fork'));
    expect(at).toBeGreaterThan(0);
    expect(rows.slice(0, at).some((row) => row.includes('--queue-name bills'))).toBe(true);
    expect(rows.filter((row) => row.includes('undone: it')).length).toBe(1);
  });

  it('the same line given again counts', () => {
    const screen = undone().press('i').run('aws sqs create-queue --queue-name bills');
    const frame = stripAnsi(screen.frame());
    expect(frame.split('undone: it is not').length).toBe(2);
    expect(frame.lastIndexOf('--queue-name bills')).toBeGreaterThan(frame.indexOf('undone: it is not'));
  });

  it('the line counts again in the fork it was given in', () => {
    const screen = undone();
    const first = screen.session.timeline().branches[0]!;
    screen.session.switchTo(first.id);
    expect(screen.frame()).not.toContain('undone');
  });
});

describe('a lesson', () => {
  it('says nothing of giving up when its goal ends a sleep', () => {
    const screen = new ScreenDriver({ columns: 120, rows: 45 }).lesson('sqs/first-queue');
    screen.run('aws sqs create-queue --queue-name orders').type('sleep 20').press('enter');
    screen.pass(20_000);
    expect(screen.shell.world()?.play?.view().phase).toBe('reached');
    expect(screen.frame()).not.toContain('given up');
  });
});

describe('the stage', () => {
  it('draws you as a taker while you hold a message', () => {
    const screen = busySandbox();
    expect(screen.frame()).toMatch(/you \w{4} \d+ of 30 s/);
    screen.pass(31_000);
    expect(screen.frame()).not.toMatch(/you \w{4} \d+ of 30 s/);
  });

  it('counts only what was made', () => {
    expect(busySandbox().frame()).toContain(' 4 resources');
  });
});

describe('a key that means the same everywhere', () => {
  it('is written once for all scopes in which no letter is typed', () => {
    for (const key of [':', '?']) {
      const rows = keyTable().filter(({ keys, scope }) => keys.includes(key) && !scope.startsWith('popover'));
      expect(new Set(rows.map(({ act }) => act)).size).toBe(1);
      expect(rows.length).toBeGreaterThan(4);
    }
  });
});

describe('a condition about money', () => {
  it('says small amounts with two digits', () => {
    expect(valueWords(0.0000041, 'usd')).toBe('$0.0000041');
    expect(valueWords(0, 'cost.usd')).toBe('$0');
    expect(valueWords(1.874, 'usd')).toBe('$1.87');
  });
});
