import { describe, expect, it } from 'vitest';
import { stripAnsi, width } from '../../src/tui/paint/text.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { costsRows } from '../../src/tui/panes/costsRows.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const view = (() => {
  const session = runLines(
    newWorld(),
    'K=$(aws kms create-key --query KeyMetadata.KeyId --output text)',
    'aws sqs create-queue --queue-name orders --attributes KmsMasterKeyId=$K',
    'aws sqs create-queue --queue-name late.fifo --attributes FifoQueue=true',
    'app create-producer --name web --to queue/orders --rate 5/s',
    "app create-producer --name shop --to queue/late.fifo --rate 5/s --group 'g-{1..9}'",
    'app create-consumer --name worker --from queue/orders --wait 0 --pause 200ms --time 300ms',
    'sleep 60',
  );
  return session.insight.cost();
})();

const drawn = (columns: number, rows: number, scroll = 0): string[] =>
  costsRows(makeTheme({}), view, scroll, { columns, rows }).map(stripAnsi);

describe('the rows of the Costs pane', () => {
  it.each([
    [118, 30],
    [76, 12],
    [58, 10],
    [40, 6],
  ])('fill %i × %i cells and no more', (columns, rows) => {
    const lines = drawn(columns, rows);
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
  });

  it('name each item with its quantity, price and cost, and the whole', () => {
    const text = drawn(118, 40).join('\n');
    expect(text).toMatch(/SQS requests, standard +[\d,]+ requests +\$0\.40 a million +━+/);
    expect(text).toMatch(/KMS calls +\d+ calls/);
    expect(text).toMatch(/^ all +\$0\.\d+$/m);
    expect(text).toContain('The same work of SQS, done differently');
    expect(text).toMatch(/with batches of ten +━.* -\$0\.\d+$/m);
    expect(text).toMatch(/as it is +━/);
    expect(text).toContain('Up to ten messages and 64 KB are one request');
  });

  it('say that more is below, and end with whose prices these are', () => {
    expect(drawn(76, 10).at(-2)).toMatch(/▼ \d+ more rows/);
    expect(drawn(76, 10, 100).at(-2)).toMatch(/the end/);
    expect(drawn(76, 10).at(-1)).toMatch(/Public list prices of \d{4}-\d\d-\d\d, us-east-1: check AWS/);
    expect(drawn(40, 10).at(-1)).toMatch(/list of \d{4}-\d\d-\d\d: check AWS/);
  });
});
