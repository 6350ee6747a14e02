import { describe, expect, it } from 'vitest';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

const footer = (screen: ScreenDriver): string =>
  screen
    .frame()
    .replace(/\u001b\[[0-9;]*m/g, '')
    .trimEnd()
    .split('\n')
    .at(-1) ?? '';

describe('Tab in the prompt', () => {
  it('is said to complete only while there is something to complete', () => {
    const screen = busySandbox().type('aws sqs receive-message --queue-url orders').press('esc', 'i');
    expect(footer(screen.type(' '))).toMatch(/tab (take|complete)/);
    const done = busySandbox().paste('aws sqs delete-queue --queue-url orders --x y z');
    expect(footer(done)).toContain('tab panes');
    expect(done.press('tab').shell.store.get().focus).not.toBe('prompt');
  });
});

describe('a search at home', () => {
  it('stands on the first lesson found, so that Enter opens it', () => {
    const screen = new ScreenDriver().press('/').type('visibility timeout').press('enter', 'enter');
    expect(screen.shell.world()?.play?.view().title).toBe('The visibility timeout');
  });
});

describe('undo', () => {
  it('says that it happened', () => {
    const screen = busySandbox().run('app stop --name worker').press('esc', 'u');
    expect(screen.frame()).toContain('Undone.');
  });
});

describe('a palette without a match', () => {
  it('says what else can be done', () => {
    expect(busySandbox().press('ctrl-p').type('zzzz').frame()).toContain('typed in the prompt');
  });
});
