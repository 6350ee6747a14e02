import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/engine/units.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { type SubscriptionFields, subscriptionRows } from '../../src/tui/panes/subscriptionRows.ts';

const theme = makeTheme({ depth: 'none' });

const fields = (more: Partial<SubscriptionFields>): SubscriptionFields => ({
  topic: 'orders',
  protocol: 'sqs',
  endpoint: 'arn:aws:sqs:us-east-1:000000000000:billing',
  confirmed: true,
  delivered: 0,
  filteredOut: 0,
  retrying: 0,
  deadLettered: 0,
  lost: 0,
  filter: [],
  waiting: [],
  retryDelaysMs: [0, 20_000, 20_000],
  ...more,
});

const rowsOf = (more: Partial<SubscriptionFields>): string =>
  subscriptionRows(theme, fields(more), 5_000 as Instant, 76)
    .join('\n')
    .replaceAll(/\u001b\[\d+m/gu, '');

describe('a subscription', () => {
  it('says which key kept the newest message out', () => {
    const rows = rowsOf({
      filter: [
        { key: 'store', wanted: '["berlin"]', found: '"paris"', matched: false },
        { key: 'price', wanted: '[{"numeric":[">",10]}]', found: '12', matched: true },
      ],
    });
    expect(rows).toContain('did not pass: store.');
    expect(rows).toMatch(/╳ {2}store +\["berlin"\] +"paris"/u);
    expect(rows).toMatch(/✓ {2}price/u);
  });

  it('passes when all keys of one alternative match', () => {
    const rows = rowsOf({
      filter: [
        { key: 'a', wanted: '["1"]', found: 'absent', matched: false, alternative: 1 },
        { key: 'b', wanted: '["2"]', found: '"2"', matched: true, alternative: 2 },
      ],
    });
    expect(rows).toContain('passed its filter');
  });

  it('says when it is tried again, and how long each retry waits', () => {
    const rows = rowsOf({ waiting: [{ attempt: 2, nextAtMs: 25_000, reason: '500' }] });
    expect(rows).toContain('try 2 in 20.0 s');
    expect(rows).toMatch(/retries .+3, 0\.0 s to 20\.0 s/u);
  });

  it('says that nothing comes before the endpoint agrees', () => {
    expect(rowsOf({ confirmed: false, protocol: 'https' })).toContain('app visit');
  });

  it('shows no control character of a filter', () => {
    const rows = rowsOf({ filter: [{ key: '\u001b[31mx', wanted: '[]', found: '\u0007', matched: false }] });
    expect(rows).toContain('␛[31mx');
    expect(rows).not.toContain('\u0007');
  });
});
