import { describe, expect, it } from 'vitest';
import { fitsIn } from '../../src/tui/renderFrame.tsx';
import { ScreenDriver, type Size } from '../support/screenDriver.ts';

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Send', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
    {
      Sid: 'Fence',
      Effect: 'Deny',
      Action: 'sqs:PurgeQueue',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
  ],
});

const SEND = "aws sqs send-message --queue-url orders --message-body 'order 1' --profile bob";
const PUT = `aws iam put-user-policy --user-name bob --policy-name own --policy-document '${POLICY}'`;
const PURGE = 'aws sqs purge-queue --queue-url orders --profile bob || true';
const RECEIVE = 'aws sqs receive-message --queue-url orders --profile bob || true';

const start = (size: Size = { columns: 120, rows: 36 }): ScreenDriver =>
  new ScreenDriver(size)
    .sandbox()
    .run('aws sqs create-queue --queue-name orders')
    .run('aws iam create-user --user-name bob');

describe('the Policy pane', () => {
  it('says how to make a decision as long as there is none', () => {
    const frame = start().press('esc', 'd').frame();
    expect(frame).toContain('A policy decides when somebody else than the administrator calls.');
    expect(frame).toContain('aws sqs list-queues --profile bob');
  });

  it('shows the only decision in full, with the element that failed and both values', () => {
    const frame = start().run(PUT).run(RECEIVE).press('esc', 'd').frame();
    expect(frame).toContain('╳ bob may not call sqs:ReceiveMessage on orders.');
    expect(frame).toContain('arn:aws:iam::000000000000:user/bob');
    expect(frame).toContain('as it was decided at');
    expect(frame).toContain("inline policy own  the caller's own");
    expect(frame).toMatch(/○ statement Send {2}Allow {2}does not match/);
    expect(frame).toMatch(/✗ Action +sqs:SendMessage +the call has sqs:ReceiveMessage/);
  });

  it('marks the statement that decided, and shows the values of its condition', () => {
    const frame = start().run(PUT).run(PURGE).press('esc', 'd').frame();
    expect(frame).toMatch(/◆ statement Fence {2}Deny {2}matches, and decides/);
    expect(frame).toMatch(/✓ Condition +aws:SecureTransport Bool true +the call has true/);
    expect(frame).toContain('A Deny wins over every Allow.');
  });

  it('tells of a call that was let in by the policies as they are now', () => {
    const screen = start().run(PUT).run(SEND).press('esc', 'd');
    expect(screen.frame()).toContain('✓ bob may call sqs:SendMessage on orders.');
    expect(screen.frame()).toContain('by the policies as they are now');
    screen.press('i').run('aws iam delete-user-policy --user-name bob --policy-name own').press('esc', 'd');
    expect(screen.frame()).toContain('The call was let in then; the policies have changed since.');
  });

  it('lists several, chooses with the arrows, and keeps the choice when another comes', () => {
    const screen = start().run(PUT).run(SEND).run(RECEIVE).press('esc', 'd', 'down');
    expect(screen.frame()).toMatch(/▸✓ {2}bob +sqs:SendMessage/);
    expect(screen.frame()).toContain('2 of 2 decisions');
    screen.press('i').run(PURGE).press('esc', 'd');
    expect(screen.frame()).toMatch(/▸✓ {2}bob +sqs:SendMessage/);
    expect(screen.frame()).toContain('3 of 3 decisions');
  });

  it('unfolds with Enter where the list takes all the room, scrolls, and folds with Esc', () => {
    const screen = start({ columns: 60, rows: 16 }).run(PUT).run(SEND).run(RECEIVE).press('esc', 'd');
    expect(screen.frame()).not.toContain('statement');
    screen.press('enter');
    expect(screen.frame()).toContain('╳ bob may not call sqs:ReceiveMessage on orders.');
    expect(screen.frame()).toMatch(/▼ \d+ more rows/);
    for (let row = 0; row < 30; row++) screen.press('down');
    expect(screen.frame()).toContain('▲ the end');
    screen.press('esc');
    expect(screen.frame()).toMatch(/▸╳ {2}bob/);
  });

  it('finds decisions by caller, action or resource', () => {
    const screen = start().run(PUT).run(SEND).run(RECEIVE).press('esc', 'd', '/').type('send');
    expect(screen.frame()).toContain('1 decision');
    expect(screen.frame()).not.toContain('ReceiveMessage');
  });

  it('fits every size', () => {
    for (const size of [
      { columns: 60, rows: 16 },
      { columns: 80, rows: 24 },
      { columns: 120, rows: 36 },
      { columns: 200, rows: 50 },
    ]) {
      const screen = start(size).run(PUT).run(SEND).run(RECEIVE).press('esc', 'd');
      expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
      expect(fitsIn(screen.press('enter').frame(), size.columns, size.rows)).toBe(true);
    }
  });
});
