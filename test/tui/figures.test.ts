import { describe, expect, it } from 'vitest';
import { ScreenDriver } from '../support/screenDriver.ts';

const stage = (...lines: readonly string[]): string => {
  const screen = new ScreenDriver().sandbox();
  for (const line of lines) screen.run(line);
  return screen.press('esc').frame();
};

describe('a resource without messages of its own, on the stage', () => {
  it('says what a topic publishes and delivers', () => {
    const frame = stage('aws sns create-topic --name news');
    expect(frame).toMatch(/│ published 0\/s +│/u);
    expect(frame).toMatch(/│ delivered 0 +│/u);
  });

  it('says what a bucket holds', () => {
    const frame = stage(
      'aws s3api create-bucket --bucket photos',
      'aws s3api put-object --bucket photos --key first',
    );
    expect(frame).toMatch(/objects 1 {2}holds 0/u);
  });

  it('says what a stream takes and gives', () => {
    const frame = stage('aws kinesis create-stream --stream-name clicks --shard-count 1', 'sleep 10');
    expect(frame).toMatch(/in 0\/s {2}out 0\/s/u);
  });
});
