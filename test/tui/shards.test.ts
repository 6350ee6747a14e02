import { describe, expect, it } from 'vitest';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { ringRows } from '../../src/tui/panes/shardRing.ts';
import { ScreenDriver } from '../support/screenDriver.ts';

const streaming = (size = { columns: 120, rows: 36 }): ScreenDriver =>
  new ScreenDriver(size)
    .sandbox()
    .run('aws kinesis create-stream --stream-name clicks --shard-count 2')
    .run('sleep 10');

const SPLIT =
  'aws kinesis split-shard --stream-name clicks --shard-to-split shardId-000000000000 --new-starting-hash-key 85070591730234615865843651857942052863';

describe('the Shards pane', () => {
  it('unrolls the ring, with the range of each open shard', () => {
    const frame = streaming().press('esc', 'K').frame();
    expect(frame).toContain('clicks · provisioned · 2 open');
    expect(frame).toContain('s-0 00 to 7f');
    expect(frame).toContain('s-1 80 to ff');
    expect(frame).toContain('nobody reads it');
  });

  it('shows a closed shard with what it was split into', () => {
    const screen = streaming().run(SPLIT).run('sleep 10').press('esc', 'K', 'down', 'down', 'down');
    expect(screen.frame()).toMatch(/▸s-0 +□ closed/u);
    expect(screen.frame()).toMatch(/lineage .*s-0 ─ split ─► ■ s-2 ■ s-3/u);
  });

  it('marks the shard that takes far more than the others', () => {
    const { session } = streaming();
    const view = session.insight.shards('stream/clicks')!;
    const [first, second] = view.shards;
    const busy = { ...view, hot: 1, shards: [first!, { ...second!, recordsPerSecond: 900 }] };
    const rows = ringRows(makeTheme({ depth: 'none' }), busy, 76, 3).join('\n');
    expect(rows).toContain('s-1 80 to ff hot');
    expect(rows).toMatch(/one\s+key\s+cannot/u);
    expect(rows).toMatch(/^ {38}█{37}$/mu);
  });

  it('opens the story of the newest record of the chosen shard', () => {
    const screen = streaming();
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      screen.run(`aws kinesis put-record --stream-name clicks --partition-key ${key} --data aGk=`);
    }
    const puts = screen.session.events(0, 200).filter(({ type }) => type === 'kinesis/RecordPut');
    const newest = puts.findLast(({ fields }) => fields.shard === 0)!;
    const frame = screen.press('esc', 'K', 'm').frame();
    const where = screen.session.insight.findMessage(String(newest.fields.sequenceNumber));
    expect(where.ok).toBe(true);
    expect(frame).toContain('put to clicks  shard 0');
    expect(frame).toContain(String(newest.fields.sequenceNumber).slice(0, 20));
  });

  it('keeps to a small screen', () => {
    const frame = streaming({ columns: 60, rows: 16 }).press('esc', 'K').frame();
    expect(frame).toContain('s-1');
    expect(frame.split('\n').every((row) => row.length <= 60)).toBe(true);
  });
});
