import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/engine/units.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { type BufferFields, bufferRows, type DeliveryFields } from '../../src/tui/panes/bufferRows.ts';
import { ScreenDriver } from '../support/screenDriver.ts';

const theme = makeTheme({ depth: 'none' });

const buffer: BufferFields = {
  purpose: 'data',
  records: 40,
  bytes: 1_048_576,
  sizeBytes: 5_242_880,
  ageMs: 20_000,
  intervalMs: 60_000,
  dueAtMs: 100_000,
  fullAtMs: 140_000,
  bytesPerSecond: 52_429,
  first: 'interval',
  flushAtMs: 100_000,
  turningBytesPerSecond: 104_858,
};

const rowsOf = (more: Partial<DeliveryFields>): string =>
  bufferRows(
    theme,
    {
      bytes: 0,
      billedBytes: 0,
      bufferedRecords: 40,
      delivered: 0,
      failed: 0,
      backedUp: 0,
      dropped: 0,
      lost: 0,
      throttled: 0,
      buffers: [],
      waiting: [],
      written: [],
      log: [],
      ...more,
    },
    60_000 as Instant,
    100,
  )
    .join('\n')
    .replaceAll(/\u001b\[\d+m/gu, '');

describe('the Buffer pane', () => {
  it('says which comes first and what rate would turn it', () => {
    const rows = rowsOf({ buffers: [buffer] });
    expect(rows).toMatch(/size .*┃ 1 of 5 MiB +full 02:20\.0/u);
    expect(rows).toMatch(/time .*┃ 20\.0 s of 1 m +due 01:40\.0/u);
    expect(rows).toContain('Time is first: the buffer is written in 40.0 s.');
    expect(rows).toMatch(/Above 102 KiB\/s size\s+would\s+be\s+first/u);
  });

  it('says as how much is billed what came in', () => {
    expect(rowsOf({ bytes: 200_000, billedBytes: 10_240_000 })).toContain(
      '195 KiB came in, billed as 9.77 MiB',
    );
  });

  it('says below which rate time would be first', () => {
    const rows = rowsOf({ buffers: [{ ...buffer, first: 'size', fullAtMs: 80_000, flushAtMs: 80_000 }] });
    expect(rows).toContain('Size is first: the buffer is written in 20.0 s.');
    expect(rows).toMatch(/Below 102 KiB\/s/u);
  });

  it('lists what was written, newest first, each with its reason', () => {
    const object = { records: 3, bytes: 300, purpose: 'data' };
    const rows = rowsOf({
      delivered: 6,
      failed: 2,
      backedUp: 4,
      written: [
        { ...object, atMs: 10_000, key: 'older', reason: 'size' },
        { ...object, atMs: 20_000, key: 'newer', reason: 'interval' },
      ],
    });
    expect(rows).toMatch(/time was up .*newer\n.*full .*older/u);
    expect(rows).toContain('2 failed');
    expect(rows).toContain('4 backed up');
  });

  it('keeps to a small screen', () => {
    const frame = new ScreenDriver({ columns: 60, rows: 16 })
      .sandbox()
      .run('aws s3api create-bucket --bucket lake')
      .run(
        'aws firehose create-delivery-stream --delivery-stream-name logs --s3-destination-configuration RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::lake',
      )
      .run('sleep 1m')
      .press('esc', 'B')
      .frame();
    expect(frame).toContain('The buffer is empty');
    expect(frame.split('\n').every((row) => row.length <= 60)).toBe(true);
  });
});

describe('of several delivery streams', () => {
  const two = (): ScreenDriver =>
    ['old', 'new'].reduce(
      (screen, name) =>
        screen.run(
          `aws firehose create-delivery-stream --delivery-stream-name ${name} --s3-destination-configuration RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::lake`,
        ),
      new ScreenDriver().sandbox().run('aws s3api create-bucket --bucket lake').run('sleep 1m'),
    );

  it('the newest at work is shown until one is chosen', () => {
    const screen = two().run('sleep 1m').press('esc', 'B');
    expect(screen.frame()).toMatch(/▸new/u);
    screen.press('esc', 'i').run('aws firehose put-record --delivery-stream-name old --record Data=aGk=');
    expect(screen.press('esc', 'B').frame()).toMatch(/▸old/u);
    expect(screen.press('down').frame()).toMatch(/▸new/u);
  });

  it('the buffers stand in the middle where there is no queue', () => {
    const screen = two();
    expect(screen.frame()).toContain(' Buffer ');
    expect(screen.frame()).toContain('The buffer is empty');
    screen.run('aws sqs create-queue --queue-name orders');
    expect(screen.frame()).toContain('orders is empty');
  });
});
