import { describe, expect, it } from 'vitest';
import { makeRelief, nextTick } from '../../src/tui/useTick.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

describe('the clock of the screen', () => {
  it('stands still while the world does', () => {
    const screen = new ScreenDriver().sandbox();
    expect(nextTick(screen.session, 10)).toBeUndefined();
  });

  it('ticks once a second while only countdowns run', () => {
    const screen = new ScreenDriver()
      .sandbox()
      .run('aws sqs create-queue --queue-name orders')
      .run('aws sqs send-message --queue-url orders --message-body a')
      .run('aws sqs receive-message --queue-url orders');
    screen.session.resume();
    screen.pass(12_000);
    expect(nextTick(screen.session, 10)).toBe(1_000);
  });

  it('ticks exactly when something falls due before that', () => {
    const screen = new ScreenDriver()
      .sandbox()
      .run('aws sqs create-queue --queue-name orders --attributes VisibilityTimeout=13')
      .run('aws sqs send-message --queue-url orders --message-body a')
      .run('aws sqs receive-message --queue-url orders');
    screen.session.resume();
    screen.pass(12_500);
    const wait = nextTick(screen.session, 10) ?? 0;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(500 + 20);
  });

  it('ticks as often as asked while messages move, and once a second without motion', () => {
    const screen = busySandbox();
    screen.session.resume();
    expect(nextTick(screen.session, 10)).toBeLessThanOrEqual(100);
    expect(nextTick(screen.session, 0)).toBeLessThanOrEqual(1_000);
  });

  it('halves the frames while ticks come late, and gives them back', () => {
    const relief = makeRelief();
    for (let tick = 0; tick < 30; tick++) relief.late(80, 100);
    expect(relief.factor()).toBe(2);
    for (let tick = 0; tick < 30; tick++) relief.late(5, 200);
    expect(relief.factor()).toBe(1);
  });
});
