/** Worlds as the pictures of the design show them, made by hand. */
import type { LinkView, ResourceId, ResourceView, WorkerView } from '../../../src/contract/view.ts';
import { type Instant, instant } from '../../../src/engine/units.ts';

export interface Canned {
  readonly now: Instant;
  readonly resources: readonly ResourceView[];
}

let order = 0;

const link = (
  to: ResourceId,
  type: LinkView['type'],
  perSecond = 0,
  refusedPerSecond = 0,
  label?: string,
): LinkView => ({
  to,
  type,
  perSecond,
  refusedPerSecond,
  ...(label === undefined ? {} : { label }),
});

type Extra = Partial<Omit<ResourceView, 'id' | 'kind' | 'name'>>;

function resource(kind: string, name: string, title: string, extra: Extra): ResourceView {
  order += 1;
  return {
    id: `${kind}/${name}`,
    kind,
    name,
    title,
    role: 'resource',
    order,
    fields: {},
    links: [],
    ...extra,
  };
}

export const queue = (
  name: string,
  stock: readonly [number, number, number],
  extra: Extra = {},
): ResourceView =>
  resource('queue', name, 'SQS', {
    stock: { visible: stock[0], inFlight: stock[1], delayed: stock[2] },
    ...extra,
  });

export function workers(name: string, working: number, slow = 0, crashed = 0, idle = 0): WorkerView[] {
  const states: WorkerView['state'][] = [
    ...Array.from({ length: working }, () => 'working' as const),
    ...Array.from({ length: slow }, () => 'slow' as const),
    ...Array.from({ length: crashed }, () => 'crashed' as const),
    ...Array.from({ length: idle }, () => 'idle' as const),
  ];
  return states.map((state, index) => ({ name: `${name}-${index + 1}`, state }));
}

export const producer = (
  name: string,
  to: ResourceId,
  perSecond: number,
  notes: readonly string[],
  refused = 0,
): ResourceView =>
  resource('app', name, 'producer', {
    role: 'source',
    notes,
    rates: { in: 0, out: perSecond, refused },
    links: [link(to, 'send', perSecond, refused)],
  });

export const consumer = (
  name: string,
  from: ResourceId,
  perSecond: number,
  list: readonly WorkerView[],
): ResourceView =>
  resource('app', name, 'consumer', {
    role: 'sink',
    workers: list,
    rates: { in: perSecond, out: perSecond, refused: 0 },
    links: [link(from, 'poll', perSecond)],
  });

/** Picture 02: one queue, a producer, two workers, the first slower than the timeout. */
export function lesson(): Canned {
  order = 0;
  const now = instant(72_400);
  return {
    now,
    resources: [
      queue('orders', [9, 2, 3], {
        scope: { label: 'hides', value: '30 s' },
        rates: { in: 0.5, out: 0.2, refused: 0 },
        links: [link('queue/orders-dlq', 'redrive', 0, 0, 'after 3 receives')],
      }),
      queue('orders-dlq', [1, 0, 0]),
      producer('web', 'queue/orders', 0.5, ['0.5/s']),
      consumer('worker', 'queue/orders', 0.2, [
        {
          name: 'worker-1',
          state: 'slow',
          since: instant(now - 12_000),
          until: instant(now + 28_000),
          messageId: 'a1f3-long-id',
          hiddenUntil: instant(now + 18_200),
        },
        { name: 'worker-2', state: 'polling', since: instant(now - 6_000), until: instant(now + 14_000) },
      ]),
    ],
  };
}

/** Picture 03: a flash sale. */
export function sandbox(): Canned {
  order = 0;
  const topic = (
    name: string,
    to: readonly (readonly [ResourceId, number, number])[],
    notes: readonly string[],
  ): ResourceView =>
    resource('topic', name, 'SNS', {
      notes,
      links: to.map(([id, rate, refused]) => link(id, 'deliver', rate, refused)),
    });
  return {
    now: instant(15_156_000),
    resources: [
      queue('billing', [5_040, 336, 0], {
        scope: { label: 'oldest', value: '15 s' },
        rates: { in: 420, out: 336, refused: 0 },
        links: [link('queue/billing-dlq', 'redrive', 0, 0, 'after 5')],
      }),
      queue('billing-dlq', [37, 0, 0]),
      queue('shipping.fifo', [9, 9, 0], { full: 'send', rates: { in: 300, out: 300, refused: 120 } }),
      queue('audit', [9_600, 0, 25_200], {
        scope: { label: 'delay', value: '60 s' },
        rates: { in: 420, out: 380, refused: 0 },
      }),
      topic(
        'orders.fifo',
        [
          ['queue/billing', 420, 0],
          ['queue/shipping.fifo', 300, 120],
          ['queue/audit', 420, 0],
        ],
        ['3 subscriptions'],
      ),
      producer('checkout', 'topic/orders.fifo', 420, ['app ×3', 'burst']),
      consumer('billing-fn', 'queue/billing', 336, workers('fn', 9, 2, 1)),
      consumer('ship', 'queue/shipping.fifo', 300, workers('ship', 3)),
      producer('clicks', 'stream/clickstream', 2_400, ['app', 'sine'], 990),
      resource('stream', 'clickstream', 'KDS', {
        full: 's-3',
        meters: [
          { label: 's-2', used: 410, limit: 1_000, unit: '/s' },
          { label: 's-3', used: 1_000, limit: 1_000, unit: '/s' },
        ],
        links: [link('delivery/lake', 'deliver', 1_400)],
      }),
      resource('delivery', 'lake', 'FH', {
        scope: { label: 'flush in', value: '0:22' },
        meters: [
          { label: 'size', used: 1_677_722, limit: 5_242_880, unit: 'B' },
          { label: 'time', used: 38, limit: 60, unit: 's' },
        ],
        links: [link('bucket/lake-bucket', 'deliver', 2)],
      }),
      resource('bucket', 'lake-bucket', 'S3', { role: 'sink', notes: ['212 objects', '1.04 GiB'] }),
    ],
  };
}

/** Picture 16, with queues alone: a marketplace of twenty resources. */
export function marketplace(): Canned {
  order = 0;
  const names = ['billing', 'shipping.fifo', 'fraud', 'audit', 'listings', 'emails', 'scans', 'thumbs'];
  const resources: ResourceView[] = [];
  names.forEach((name, index) => {
    const full = name === 'shipping.fifo';
    resources.push(
      queue(
        name,
        [[5_040, 9, 120, 9_600, 3, 0, 41_800, 14][index] ?? 0, [336, 9, 40, 0, 1, 0, 900, 2][index] ?? 0, 0],
        {
          rates: { in: 100 + index, out: 90 + index, refused: full ? 120 : 0 },
          ...(full ? { full: 'send' } : {}),
          links: index % 3 === 0 ? [link(`queue/${name}-dlq`, 'redrive', 0, 0, 'after 5')] : [],
        },
      ),
    );
    if (index % 3 === 0) resources.push(queue(`${name}-dlq`, [index * 3, 0, 0]));
  });
  const feeds: readonly (readonly [string, readonly number[]])[] = [
    ['web', [0, 1, 2, 3]],
    ['sellers', [4, 5]],
    ['scanner', [6]],
    ['uploads', [7]],
  ];
  for (const [name, targets] of feeds) {
    const topic = resource('topic', `${name}-events`, 'SNS', {
      notes: [`${targets.length} subscriptions`],
      links: targets.map((index) => link(`queue/${names[index]}`, 'deliver', 210, index === 1 ? 120 : 0)),
    });
    if (targets.length > 1) {
      resources.push(topic, producer(name, topic.id, 210, ['210/s']));
    } else {
      resources.push(producer(name, `queue/${names[targets[0] ?? 0]}`, 900, ['900/s']));
    }
  }
  resources.push(
    consumer('billing-fn', 'queue/billing', 336, workers('fn', 9, 2, 1)),
    consumer('ship', 'queue/shipping.fifo', 300, workers('ship', 3)),
    consumer('fraud-check', 'queue/fraud', 300, workers('fraud', 4)),
    consumer('index', 'queue/listings', 3, workers('index', 2)),
    consumer('mailer', 'queue/emails', 0, workers('mailer', 0, 0, 0, 1)),
    consumer('scan', 'queue/scans', 690, workers('scan', 8)),
    consumer('resize', 'queue/thumbs', 2, workers('resize', 2, 0, 0, 2)),
  );
  return { now: instant(128_402_000), resources };
}

/** Picture 17: many tenants, each with a producer, a queue, a dead-letter queue and a consumer. */
export function tenants(count = 24): Canned {
  order = 0;
  const resources: ResourceView[] = [
    queue('billing', [41, 12, 0], { rates: { in: 20, out: 20, refused: 0 } }),
    producer('shop', 'queue/billing', 20, ['20/s']),
    consumer('bill', 'queue/billing', 20, workers('bill', 2)),
  ];
  for (let index = 1; index <= count; index += 1) {
    const name = `tenant-${String(index).padStart(2, '0')}`;
    const odd = index === 7;
    resources.push(
      queue(name, odd ? [9_120, 20, 0] : [(index * 7) % 32, index % 4, 0], {
        rates: { in: 510, out: odd ? 498 : 510, refused: 0 },
        links: [link(`queue/${name}-dlq`, 'redrive', 0, 0, 'after 5')],
      }),
      queue(`${name}-dlq`, [odd ? 212 : 0, 0, 0]),
      producer(`${name}-app`, `queue/${name}`, 510, ['510/s']),
      consumer(`${name}-fn`, `queue/${name}`, 500, workers(name, odd ? 0 : 2, 0, odd ? 2 : 0)),
    );
  }
  return { now: instant(180_600_000), resources };
}

/** A cycle: a consumer that sends on what it could not do. */
export function cycle(): Canned {
  order = 0;
  const retry = consumer('retry', 'queue/orders', 4, workers('retry', 1));
  return {
    now: instant(60_000),
    resources: [
      queue('orders', [4, 1, 0], { rates: { in: 5, out: 5, refused: 0 } }),
      queue('later', [0, 0, 12], { rates: { in: 1, out: 1, refused: 0 } }),
      producer('web', 'queue/orders', 5, ['5/s']),
      { ...retry, links: [...retry.links, link('queue/later', 'send', 1)] },
      {
        ...consumer('again', 'queue/later', 1, workers('again', 1)),
        links: [link('queue/later', 'poll', 1), link('queue/orders', 'send', 1)],
      },
    ],
  };
}

export const CANNED = { lesson, sandbox, marketplace, tenants, cycle } as const;
