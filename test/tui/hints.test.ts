import { describe, expect, it } from 'vitest';
import { ScreenDriver, type Size } from '../support/screenDriver.ts';

const SIZES: readonly Size[] = [
  { columns: 120, rows: 36 },
  { columns: 80, rows: 24 },
  { columns: 60, rows: 16 },
];

describe.each(SIZES)('help that was asked for, at $columns × $rows', (size) => {
  const helped = (): ScreenDriver =>
    new ScreenDriver(size).lesson('sqs/visibility-timeout').press('a', 'enter', 'esc');

  it('is seen at once: the newest hint', () => {
    const screen = helped().press('h', 'h');
    expect(screen.frame()).toContain('Hint 2 of 2');
  });

  it('is seen at once: the solution', () => {
    expect(helped().press('h', 'h', 's').frame()).toContain('Solution');
  });
});

describe('the queue of the Messages pane', () => {
  it('is the newest, and a queue for dead letters only when no other is there', () => {
    const screen = new ScreenDriver()
      .sandbox()
      .run('aws sqs create-queue --queue-name first')
      .run('aws sqs create-queue --queue-name second');
    expect(screen.frame()).toContain('second is empty');
    screen.run('aws sqs send-message --queue-url first --message-body one');
    expect(screen.frame()).not.toContain('second is empty');
  });
});
