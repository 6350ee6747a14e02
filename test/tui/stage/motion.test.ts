import { describe, expect, it } from 'vitest';
import type { ResourceView } from '../../../src/contract/view.ts';
import { instant } from '../../../src/engine/units.ts';
import type { EventView } from '../../../src/projection/snapshot.ts';
import { UNICODE } from '../../../src/tui/paint/marks.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';
import { isMoving, type MotionRequest, motionOf, TRANSIT_MS } from '../../../src/tui/stage/motion.ts';
import { drawStage } from '../../../src/tui/stage/picture.ts';
import { planStage, viewsById } from '../../../src/tui/stage/plan.ts';
import { consumer, producer, queue, workers } from '../support/canned.ts';

const theme = makeTheme();
const size = { width: 80, height: 9 };

const world = (perSecond = 0.5): ResourceView[] => [
  queue('orders', [3, 0, 0]),
  producer('web', 'queue/orders', perSecond, ['slow']),
  consumer('worker', 'queue/orders', perSecond, [
    { name: 'worker-1', state: 'idle' },
    { name: 'worker-2', state: 'idle' },
  ]),
];

const event = (at: number, type: string, by: string, more: Record<string, unknown> = {}): EventView => ({
  sequence: at,
  at: instant(at),
  type,
  by,
  fields: { queue: 'orders', messageId: 'a1f3', ...more },
});

function look(
  resources: readonly ResourceView[],
  events: readonly EventView[],
  now: number,
  more: Partial<MotionRequest> = {},
): string {
  const plan = planStage({ resources, size });
  const views = viewsById(resources);
  const motion = motionOf({ graph: plan.layout.graph, views, events, now, pace: 1, fps: 10, ...more });
  return drawStage(plan, { resources, now, motion }, theme).plainRows(UNICODE).join('\n');
}

const column = (text: string, mark: string): number =>
  text
    .split('\n')
    .map((row) => row.indexOf(mark))
    .find((at) => at >= 0) ?? -1;

describe('messages in motion', () => {
  it('a sent message travels from app to queue as a function of time', () => {
    const sent = [event(1_000, 'sqs/MessageSent', 'web')];
    const at = (now: number): number =>
      /web ([─●]*)►/.exec(look(world(), sent, now))?.[1]?.indexOf('●') ?? -1;
    expect(at(1_000)).toBe(0);
    expect(at(1_500)).toBeGreaterThan(at(1_100));
    expect(at(1_000 + TRANSIT_MS)).toBe(-1);
    expect(at(1_500)).toBe(at(1_500));
  });

  it('it is seen for at least 400 ms of wall time at any pace with marks', () => {
    const sent = [event(10_000, 'sqs/MessageSent', 'web')];
    for (const pace of [0.1, 1, 10]) {
      expect(look(world(), sent, 10_000 + 399 * pace, { pace })).toMatch(/web ─*●/);
      expect(look(world(), sent, 10_000 + TRANSIT_MS * pace, { pace })).not.toMatch(/web ─*●/);
    }
  });

  it('a received message travels to the worker that took it', () => {
    const taken = [event(1_000, 'sqs/MessageReceived', 'worker-2')];
    const text = look(world(), taken, 1_600);
    const row = text.split('\n').find((line) => line.includes('worker-2')) ?? '';
    expect(row).toMatch(/╰─*◐─*►/);
  });

  it('two to nine messages in one cell are a digit, more are a plus', () => {
    const some = Array.from({ length: 4 }, () => event(1_000, 'sqs/MessageSent', 'web'));
    const many = Array.from({ length: 12 }, () => event(1_000, 'sqs/MessageSent', 'web'));
    expect(look(world(), some, 1_500)).toMatch(/web ─*4─*►/);
    expect(look(world(), many, 1_500)).toMatch(/web ─*\+─*►/);
  });

  it('a wire that carries more than 20 marks a second says its rate', () => {
    const sent = [event(1_000, 'sqs/MessageSent', 'web')];
    const busy = look(world(30), sent, 1_500);
    expect(busy).toContain('30/s');
    expect(busy).not.toMatch(/web ─*●/);
    expect(look(world(3), sent, 1_500, { pace: 10 })).toContain('3/s');
    expect(look(world(3), sent, 1_500, { pace: 1 })).toMatch(/web ─*●/);
  });

  it('wires that join before a queue carry one figure together', () => {
    const resources = [
      queue('orders', [3, 0, 0]),
      producer('web', 'queue/orders', 30, ['30/s']),
      producer('app', 'queue/orders', 40, ['40/s']),
      producer('shop', 'queue/orders', 50, ['50/s']),
    ];
    const rows = look(resources, [], 0).split('\n');
    expect(rows.filter((row) => row.includes('120/s'))).toHaveLength(1);
    expect(rows.join('\n')).toMatch(/web ─*╮/);
    expect(rows.join('\n')).toMatch(/shop ─*╯/);
  });

  it('a wire changes over with some reserve, so that it does not flicker', () => {
    const resources = world(18);
    const plan = planStage({ resources, size });
    const request = {
      graph: plan.layout.graph,
      views: viewsById(resources),
      events: [],
      now: 0,
      pace: 1,
      fps: 10,
    };
    expect(motionOf(request).rates.size).toBe(0);
    const before = new Set(plan.layout.graph.edges.map((edge) => edge.key));
    expect(motionOf({ ...request, before }).rates.size).toBe(2);
  });

  it('with no frames a second nothing moves and wires say their rates', () => {
    const sent = [event(1_000, 'sqs/MessageSent', 'web')];
    const text = look(world(), sent, 1_500, { fps: 0 });
    expect(text).not.toMatch(/web ─*●/);
    expect(text).toContain('0.5/s');
  });

  it('a deletion is a tick in the tray and at the worker, then it is gone', () => {
    const gone = [event(1_000, 'sqs/MessageDeleted', 'worker-1')];
    expect(column(look(world(), gone, 1_100), '✓')).toBeGreaterThan(0);
    expect(look(world(), gone, 1_100)).toContain('worker-1 ✓ done');
    expect(look(world(), gone, 1_400)).not.toContain('✓');
  });

  it('a refusal stands at the door for a second', () => {
    const refused = [
      { ...event(1_000, 'app/Refused', 'web'), fields: { app: 'web', operation: 'SendMessage' } },
    ];
    expect(look(world(), refused, 1_900)).toMatch(/web ─*╳►/);
    expect(look(world(), refused, 2_100)).not.toContain('╳');
  });

  it('the picture is at rest when nothing has happened for a while', () => {
    const resources = world();
    const plan = planStage({ resources, size });
    const request = { graph: plan.layout.graph, views: viewsById(resources), pace: 1, fps: 10 };
    const events = [event(1_000, 'sqs/MessageSent', 'web')];
    expect(isMoving(motionOf({ ...request, events, now: 1_200 }))).toBe(true);
    expect(isMoving(motionOf({ ...request, events, now: 4_000 }))).toBe(false);
  });
});

describe('what a card shows', () => {
  it('the mark on the bar stands where hiding ends before the work does', () => {
    const resources = [
      queue('orders', [0, 1, 0]),
      consumer('worker-1', 'queue/orders', 0, [
        {
          name: 'worker-1',
          state: 'slow',
          since: instant(0),
          until: instant(40_000),
          messageId: 'a1f3',
          hiddenUntil: instant(30_000),
        },
      ]),
    ];
    const text = look(resources, [], 12_000);
    expect(text).toContain('worker-1 12 of 40 s');
    expect(text).toContain('━━━━━━─────────┃────');
    const rows = text.split('\n');
    const bar = rows.find((row) => row.includes('┃')) ?? '';
    const hint = rows.find((row) => row.includes('hidden to ▲')) ?? '';
    expect(hint.indexOf('▲')).toBe(bar.indexOf('┃'));
  });

  it('any state that is not zero shows at least one mark', () => {
    const text = look([queue('orders', [250_000, 1, 1]), ...world().slice(1)], [], 0);
    expect(text).toMatch(/visible {4}●+/);
    expect(text).toMatch(/in flight {2}◐ /);
    expect(text).toMatch(/delayed {4}◌ /);
    expect(text).toMatch(/● is \d+k/);
  });

  it('one square a worker until they are too many', () => {
    const resources = [queue('orders', [1, 0, 0]), consumer('fn', 'queue/orders', 1, workers('fn', 9, 2, 1))];
    expect(look(resources, [], 0)).toContain('■■■■■■■■■▣▣✗');
    expect(look(resources, [], 0)).toContain('2 slow, 1 down');
  });
});

describe('an app without its queue', () => {
  it('says which one is missing', () => {
    const text = look(world().slice(1), [], 0);
    expect(text).toContain('worker-1 no queue orders');
    expect(text).toMatch(/no queue +\S/);
    expect(text).not.toContain('no queue orde…');
  });
});
