import { describe, expect, it } from 'vitest';
import { fuzzy } from '../../src/tui/palette.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

describe('the palette', () => {
  it('finds letters in order, whole words first', () => {
    expect(fuzzy('Send a message', 'send')?.score).toBeLessThan(fuzzy('Pause or send', 'send')!.score);
    expect(fuzzy('Open the timeline', 'otl')).toBeDefined();
    expect(fuzzy('Open the timeline', 'xyz')).toBeUndefined();
    expect(fuzzy('New SQS queue', 'sqs')?.letters).toEqual([4, 5, 6]);
  });

  it('does what it names', () => {
    const screen = busySandbox().press('ctrl-p').type('pause').press('enter');
    expect(screen.session.paused).toBe(true);
    screen.press('ctrl-p').type('new sqs').press('enter');
    expect(screen.shell.store.get().popover).toMatchObject({ type: 'form', form: 'queue' });
  });

  it('puts a command into the prompt', () => {
    const screen = busySandbox().press('ctrl-p').type('receive').press('tab');
    expect(screen.shell.store.get().line.text).toBe('aws sqs receive-message --queue-url ');
  });

  it('goes to lessons from anywhere', () => {
    const screen = new ScreenDriver().press(':').type('visibility').press('enter');
    expect(screen.shell.world()?.play?.view().id).toBe('sqs/visibility-timeout');
  });

  it('names all that can be done with a lesson while one is played, and nothing of it otherwise', () => {
    const lesson = new ScreenDriver().lesson('sqs/visibility-timeout').press('a', 'enter', 'ctrl-p');
    expect(lesson.type('hint').frame()).toContain('Show a hint');
    const sandbox = new ScreenDriver().sandbox().press('ctrl-p');
    expect(sandbox.type('hint').frame()).not.toContain('Show a hint');
  });
});
