import { describe, expect, it } from 'vitest';
import { fitsIn } from '../../src/tui/renderFrame.tsx';
import { ScreenDriver, type Size } from '../support/screenDriver.ts';

const REDRIVE =
  '{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:dlq\\",\\"maxReceiveCount\\":\\"7\\"}';
const SIZES: readonly Size[] = [
  { columns: 60, rows: 16 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
];

const start = (size: Size = { columns: 120, rows: 36 }): ScreenDriver =>
  new ScreenDriver(size)
    .sandbox()
    .run(
      `aws sqs create-queue --queue-name billing --attributes '{"VisibilityTimeout":"10","RedrivePolicy":"${REDRIVE}"}' || true`,
    )
    .run('aws sqs create-queue --queue-name dlq')
    .run(
      `aws sqs create-queue --queue-name billing --attributes '{"VisibilityTimeout":"10","RedrivePolicy":"${REDRIVE}"}'`,
    )
    .run('aws sqs send-message --queue-url billing --message-body poison')
    .run('app create-consumer --name fn --from queue/billing --concurrency 2 --fail "1 in 1"')
    .run('time skip 65s');

/** The Messages pane of `billing`, its first message chosen. */
const chosen = (size?: Size): ScreenDriver => start(size).press('esc', '2', ']', ']', 'm');

describe('the Story pane', () => {
  it('tells the life of the message that was chosen, from its send to what can still happen', () => {
    const frame = chosen().frame();
    expect(frame).toContain('sent to billing');
    expect(frame).toMatch(/◐ +received by fn-1 {2}hidden 10 s/);
    expect(frame).toContain('back: its 10 s ran out');
    expect(frame).toContain('What can still happen');
    expect(frame).toContain('the next receive moves it to dlq');
    expect(frame).toMatch(/In short/);
    expect(frame).toContain('Time spent');
  });

  it('opens on an answer of the Console, too', () => {
    const screen = start().press('esc', '6', 'up', 'up', 'm');
    expect(screen.frame()).toContain('sent to billing');
  });

  it('goes to the instant of the chosen line, and keeps what came later in sight', () => {
    const screen = chosen().press('down', 'down', 'enter');
    expect(screen.session.timeline().past).toBe(true);
    const { at } = screen.session.position;
    expect(at).toBeLessThan(20_000);
    expect(screen.frame()).toContain('PAST');
    expect(screen.frame()).toMatch(/times more|thrice more|twice more/);
    screen.press('n');
    expect(screen.session.timeline().past).toBe(false);
  });

  it('folds equal rounds, and Enter unfolds them', () => {
    const screen = chosen();
    expect(screen.frame()).toContain('unfolds');
    const rows = screen.frame().split('\n');
    const folded = rows.findIndex((row) => row.includes('unfolds'));
    const first = rows.findIndex((row) => row.includes('sent to billing'));
    for (let row = first; row < folded; row++) screen.press('down');
    screen.press('enter');
    expect(screen.frame()).not.toContain('unfolds');
    expect(screen.session.timeline().past).toBe(false);
  });

  it('fits in every size', () => {
    for (const size of SIZES) {
      const screen = chosen(size).press('down');
      expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
      expect(screen.frame()).toContain('received by fn-1');
    }
  });
});

describe('two forks in the Timeline pane', () => {
  const forked = (size?: Size): ScreenDriver =>
    start(size)
      .run('world fork')
      .run('aws sqs set-queue-attributes --queue-url billing --attributes VisibilityTimeout=2')
      .run('time skip 20s')
      .press('esc', 't', 'c');

  it('stand side by side with what made them part', () => {
    const screen = forked();
    expect(screen.frame()).toContain('main against fork A');
    expect(screen.frame()).toContain('first difference');
    expect(screen.frame()).toContain('billing: attributes changed by you');
    expect(screen.frame()).toContain('because of fork A');
    screen.press('esc');
    expect(screen.frame()).not.toContain('main against fork A');
  });

  it('part at an instant that d goes to', () => {
    const screen = forked().press('d');
    expect(screen.session.timeline().past).toBe(true);
  });

  it('fit in every size', () => {
    for (const size of SIZES) {
      const screen = forked(size);
      expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
      expect(screen.frame()).toContain('first difference');
    }
  });
});
