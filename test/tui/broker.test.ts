import { describe, expect, it } from 'vitest';
import type { ResourceView } from '../../src/contract/view.ts';
import type { Instant } from '../../src/engine/units.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import type { BrokerFields } from '../../src/tui/panes/brokerFields.ts';
import { brokerRows } from '../../src/tui/panes/brokerRows.ts';

const theme = makeTheme({ depth: 'none' });

const node = (number: number, up = true) => ({ number, zone: `us-east-1${'abc'[number - 1]}`, up, since: 0 });

const rowsOf = (more: Partial<BrokerFields>, queues: readonly ResourceView[] = [], columns = 116): string =>
  brokerRows(
    theme,
    {
      attributes: {},
      state: 'RUNNING',
      connections: 0,
      blocked: false,
      blockedBy: '',
      nodes: [node(1), node(2)],
      ...more,
    },
    queues,
    10_000 as Instant,
    columns,
  )
    .join('\n')
    .replaceAll(/\u001b\[\d+m/gu, '');

const queue = (name: string, leader: number): ResourceView => ({
  id: `brokerqueue/shop/${name}`,
  kind: 'brokerqueue',
  name,
  title: 'quorum queue',
  role: 'resource',
  order: 1,
  links: [],
  fields: { ready: 3, unacknowledged: 2, consumers: 0, type: 'quorum', leader },
});

const TAKEOVER = {
  from: 1,
  to: 2,
  reason: 'failure',
  began: 1_000,
  phases: [
    { name: 'lease', from: 1_000, until: 9_000 },
    { name: 'journal', from: 9_000, until: 12_000 },
    { name: 'ports', from: 12_000, until: 13_000 },
  ],
  fate: { kept: 212, redelivered: 7, lost: 18 },
  connectionsLost: 14,
  done: false,
  endsAtMs: 13_000,
} as const;

describe('the Broker pane', () => {
  it('draws exchanges with their keys, and what each node leads', () => {
    const bindings = [{ to: 'queue', destination: 'eu', routingKey: 'order.eu.*' }];
    const exchange = { name: 'orders', type: 'topic', published: 5, unroutable: 1, perSecond: 2, bindings };
    const rows = rowsOf({ virtualHosts: [{ name: '/', exchanges: [exchange] }], nodes: [node(1)] }, [
      queue('eu', 1),
    ]);
    expect(rows).toMatch(/orders topic .*5 published .*1 no binding/u);
    expect(rows).toContain('╰─ order.eu.* ─► eu');
    expect(rows).toMatch(/node 1 us-east-1a +up, leads eu/u);
    expect(rows).toMatch(/eu +3 +2 +none .*quorum +node 1/u);
  });

  it('follows the standby while it takes over, and says what becomes of the messages', () => {
    const rows = rowsOf({ active: 0, takeover: TAKEOVER, nodes: [node(1, false), node(2)] });
    expect(rows).toMatch(/node 1 failed, node 2 takes over .*3\.0 s to go/u);
    expect(rows).toMatch(/✓ lease runs out .*8\.0 s/u);
    expect(rows).toMatch(/◐ reads the journal .*3\.0 s/u);
    expect(rows).toMatch(/○ opens its ports/u);
    expect(rows).toMatch(/212 kept .*7 delivered again .*18 lost/u);
    expect(rows).toMatch(/node 1 +was active[\s\S]*down since/u);
  });

  it('tells the node that serves from the one that waits', () => {
    const rows = rowsOf({ active: 1, journal: { messages: 4, unacknowledged: 0, bytes: 2_048 } });
    expect(rows).toMatch(/node 1 .*active: has the lock[\s\S]*4 on disk .*2 KiB/u);
    expect(rows).toMatch(/node 2 .*standby/u);
  });

  it('keeps what a durable subscriber has not read', () => {
    const one = { topic: 'prices', durable: true, clientId: 'till', name: 's', active: false };
    const rows = rowsOf({ active: 1, subscriptions: [{ ...one, ready: 9, unacknowledged: 0 }] });
    expect(rows).toMatch(/till s +prices +9 +0 +away/u);
  });

  it('says that publishers wait when a limit is reached', () => {
    expect(rowsOf({ blocked: true, blockedBy: 'memory' })).toContain('memory: publishers wait');
  });
});

describe('the Broker pane at length', () => {
  const PAIR = {
    active: 1,
    journal: { messages: 12, unacknowledged: 3, bytes: 2_048 },
    memoryBytes: 900,
    memoryLimitBytes: 1_000,
    diskBytes: 10,
    diskLimitBytes: 1_000,
    connectionMeters: [
      { label: 'mqtt', used: 1, limit: 10 },
      { label: 'openwire', used: 10, limit: 10 },
    ],
  };

  it('puts a pair into its zones, with the journal below, and meters beside their limits', () => {
    const rows = rowsOf(PAIR);
    expect(rows).toMatch(/zone us-east-1a .*zone us-east-1b/u);
    expect(rows).toMatch(/node 1 +active: has the lock .*node 2 +standby: waits/u);
    expect(rows).toMatch(/12 on disk +◐ 3 unacknowledged/u);
    expect(rows).toMatch(/memory .* 90%/u);
    expect(rows).toMatch(/clients .*100% +10 of 10, most openwire/u);
    const lines = rows.split('\n');
    const box = lines.slice(lines.findIndex((line) => line.includes('╭─ EFS')));
    expect(new Set(box.slice(0, 3).map((line) => line.length)).size).toBe(1);
    expect(new Set(lines.slice(0, 4).map((line) => line.length)).size).toBe(1);
    // Narrow: one line a node.
    expect(rowsOf(PAIR, [], 50)).toMatch(/node 1 us-east-1a +active: has the lock/u);
  });

  it('follows a key to its queue and on to who consumes there', () => {
    const bindings = [{ to: 'queue', destination: 'eu', routingKey: 'order.#' }];
    const exchange = { name: 'orders', type: 'topic', published: 5, unroutable: 0, perSecond: 2, bindings };
    const reader = { tag: 'eu', prefetch: 1, delivered: 4 };
    const eu = queue('eu', 1);
    const busy = {
      ...eu,
      fields: {
        ...eu.fields,
        readers: [
          { ...reader, app: 'svc-1', unacknowledged: 1 },
          { ...reader, app: 'svc-2', unacknowledged: 0 },
        ],
      },
    };
    const rows = rowsOf({ virtualHosts: [{ name: '/', exchanges: [exchange] }], nodes: [node(1)] }, [busy]);
    expect(rows).toMatch(/order\.# ─► eu +●●●◐◐ +● 3 ◐ 2 +─► ■□ svc ×2/u);
    expect(rows).toMatch(/svc-1 +eu +1 +1 +4/u);
  });
});
