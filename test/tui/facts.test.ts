import { describe, expect, it } from 'vitest';
import { fitsIn } from '../../src/tui/renderFrame.tsx';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

const wide = { columns: 120, rows: 36 };

/** A learner who has met the first fact of a lesson, and is at home again. */
const begun = (): ScreenDriver =>
  new ScreenDriver(wide)
    .lesson('sqs/retention')
    .press('a', 'enter')
    .run("aws sqs send-message --queue-url archive --message-body 'keep me'")
    .run('time skip --for 5d')
    .press('enter', 'esc', 'q');

describe('the facts of the study guide', () => {
  it('are listed by service, with what was seen, asked and missed of each', () => {
    const frame = busySandbox().press('esc', 'F').frame();
    expect(frame).toMatch(/SQS +0 of 34 seen {2}0 asked {2}0 missed/);
    expect(frame).toContain('0/128 seen');
    expect(frame).toMatch(/▸□ SQS-01/);
  });

  it('stand side by side with the chosen one: the guide’s figure, today’s, and where it shows', () => {
    const frame = busySandbox().press('esc', 'F', 'down', 'down').frame();
    expect(frame).toMatch(/guide +max 256 KB {2}today 1,024 KiB/);
    expect(frame).toMatch(/shown in {2}How large a message may be, step/);
    expect(busySandbox().press('esc', 'F', 'down').frame()).toContain('default 4 days  today the same');
  });

  it('go from service to service with the arrows', () => {
    const screen = busySandbox().press('esc', 'F', 'right');
    expect(screen.frame()).toMatch(/▸□ SNS-01/);
    screen.press('right', 'left', 'left');
    expect(screen.frame()).toMatch(/▸□ SQS-01/);
  });

  it('are found by a word, and chosen by what is known of them', () => {
    const screen = busySandbox().press('esc', 'F', '/').type('long polling').press('enter');
    expect(screen.frame()).toMatch(/▸□ SQS-04/);
    expect(screen.frame()).not.toContain('SQS-01');
    screen.press('esc', 'a');
    expect(screen.frame()).toContain('once a step of a lesson has shown it to you');
    screen.press('a', 'a');
    expect(screen.frame()).toContain('128 not seen');
  });

  it('open the step that shows them', () => {
    const screen = busySandbox().press('esc', 'F', 'down', 'down', 'enter');
    expect(screen.shell.world()?.play?.view().id).toBe('sqs/size-limit');
    expect(screen.shell.world()?.play?.view().stepIndex).toBe(1);
  });

  it('open the step of one that was searched for', () => {
    const screen = busySandbox().press('esc', 'F', '/').type('Which service fits').press('enter', 'enter');
    expect(screen.shell.world()?.play?.view().id).toMatch(/^choosing\//);
  });

  it('are a screen of their own at home, and stand as they stood when one comes back', () => {
    const screen = new ScreenDriver(wide).press('f', 'down', 'down', 'down');
    expect(screen.frame()).toContain('Facts of the study guide');
    expect(screen.frame()).toContain('msg-playground › facts');
    screen.press('enter');
    expect(screen.shell.world()?.play).toBeDefined();
    screen.press('q');
    expect(screen.frame()).toMatch(/▸□ SQS-04/);
    screen.press('/').type('kms').press('enter', 'esc', 'esc');
    expect(screen.frame()).toContain('Learn');
  });

  it('show when and where a fact was seen', () => {
    const screen = begun().press('f', 'a');
    expect(screen.frame()).toMatch(/▸■ SQS-02/);
    expect(screen.frame()).toContain('2026-01-05, How long a message is kept');
  });

  it('fit every size', () => {
    for (const size of [
      { columns: 60, rows: 16 },
      { columns: 80, rows: 24 },
      { columns: 120, rows: 36 },
      { columns: 200, rows: 50 },
    ]) {
      const screen = busySandbox(size).press('esc', 'F', 'down');
      expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
      expect(screen.frame()).toMatch(/shown in/);
      expect(fitsIn(new ScreenDriver(size).press('f').frame(), size.columns, size.rows)).toBe(true);
    }
  });
});
