import { describe, expect, it } from 'vitest';
import { ScreenDriver } from '../support/screenDriver.ts';

const RECEIVE = 'aws sqs receive-message --queue-url orders';
const open = (): ScreenDriver => new ScreenDriver().lesson('sqs/visibility-timeout');

describe('a lesson on the screen', () => {
  it('asks first, and holds the prompt until it is answered', () => {
    const screen = open();
    expect(screen.frame()).toContain('After a receive the message is');
    screen.type('x');
    expect(screen.shell.store.get().line.text).toBe('');
    screen.press('a', 'enter');
    expect(screen.frame()).toContain('Still to do');
    screen.type('aws');
    expect(screen.shell.store.get().line.text).toBe('aws');
  });

  it('goes on with Enter on an empty line once the goal is met', () => {
    const screen = open().press('a', 'enter').run(RECEIVE);
    expect(screen.frame()).toContain('go on');
    expect(screen.shell.world()?.play?.view().phase).toBe('reached');
    screen.press('enter');
    expect(screen.shell.world()?.play?.view().stepIndex).toBe(1);
  });

  it('says why a prediction was right or wrong, after the goal', () => {
    const screen = open().press('b', 'enter').run(RECEIVE);
    expect(screen.frame()).toMatch(/As you predicted|You predicted otherwise/);
  });

  it('shows hints one by one, and the solution when asked', () => {
    const screen = open().press('a', 'enter', 'esc', 'h');
    expect(screen.frame()).toContain('Hint 1 of');
    expect(screen.press('h', 's').frame()).toContain('Solution');
  });

  it('lets one play freely and come back with the world as it was', () => {
    const screen = open().press('a', 'enter', 'esc', 'p');
    expect(screen.frame()).toContain('free play');
    screen.press('i').run('aws sqs purge-queue --queue-url orders').press('esc', 'p');
    expect(screen.shell.store.get().popover?.type).toBe('comeBack');
    screen.press('enter');
    expect(screen.shell.world()?.play?.view().freePlay).toBe(false);
    expect(screen.session.view().resources[0]?.stock?.visible).toBe(1);
  });

  it('begins the lesson again in a new world, and shows that one', () => {
    const screen = open().press('a', 'enter').run(RECEIVE);
    const before = screen.session;
    screen.press('esc', 'R');
    expect(screen.session).not.toBe(before);
    expect(screen.shell.world()?.play?.view().phase).toBe('predict');
  });

  it('skips a step and says so in the list', () => {
    const screen = open().press('a', 'enter', 'esc', 'x');
    expect(screen.shell.world()?.play?.view().steps[0]?.state).toBe('skipped');
  });

  it('jumps to a step', () => {
    const screen = open().press('a', 'enter', 'esc', '1', 'j', 'down', 'down', 'enter');
    expect(screen.shell.world()?.play?.view().stepIndex).toBe(2);
  });

  it('ends with what to keep, what it proved, and what comes next', () => {
    const screen = new ScreenDriver().lesson('start/first-message');
    const play = screen.shell.world()!.play!;
    for (let turn = 0; turn < 40 && play.view().phase !== 'completed'; turn++) {
      const { phase, question } = play.view();
      if (phase === 'predict' || phase === 'review')
        screen.press('a', question?.answered === true ? 'enter' : 'enter');
      else if (phase === 'reached') screen.press('enter');
      else screen.press('esc', 'x');
    }
    const frame = screen.frame();
    expect(frame).toContain('Take with you');
    expect(frame).toContain('Your steps');
    expect(frame).toContain('next lesson');
    screen.press('esc');
    expect(screen.shell.world()).toBeUndefined();
  });
});
