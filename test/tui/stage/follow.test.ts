import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/engine/units.ts';
import type { EventView } from '../../../src/projection/snapshot.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';
import { followMessage } from '../../../src/tui/stage/follow.ts';
import { STILL } from '../../../src/tui/stage/motion.ts';
import { paintStage } from '../../../src/tui/stage/picture.ts';
import { planStage, viewsById } from '../../../src/tui/stage/plan.ts';
import { lesson } from '../support/canned.ts';

const event = (type: string, by: string, fields: Record<string, unknown> = {}): EventView => ({
  sequence: 0,
  at: instant(0),
  type,
  by,
  fields: { queue: 'orders', messageId: 'a1f3', ...fields },
});

const { resources, now } = lesson();
const views = viewsById(resources);
const follow = (...events: EventView[]) => followMessage({ messageId: 'a1f3', label: 'a1f3', events, views });

describe('a followed message', () => {
  it('has a path through apps and queues, by worker where a worker took it', () => {
    const followed = follow(event('sqs/MessageSent', 'web'), event('sqs/MessageReceived', 'worker-1'));
    expect(followed?.path).toEqual(['app/web', 'queue/orders', 'app/worker']);
    expect(followed?.at).toBe('queue/orders');
    expect(followed?.state).toBe('inFlight');
  });

  it('is visible again after its time-out, and nowhere once deleted', () => {
    const received = [event('sqs/MessageSent', 'you'), event('sqs/MessageReceived', 'you')];
    expect(follow(...received, event('sqs/MessageVisible', 'sqs.amazonaws.com'))?.state).toBe('visible');
    expect(follow(...received, event('sqs/MessageDeleted', 'you'))?.at).toBeUndefined();
    expect(follow(...received, event('sqs/MessageDeadLettered', 'sqs', { to: 'orders-dlq' }))?.at).toBe(
      'queue/orders-dlq',
    );
  });

  it('is unknown when no event speaks of it', () => {
    expect(follow(event('sqs/MessageSent', 'web', { messageId: 'other' }))).toBeUndefined();
  });

  it('its wires and its mark are accent', () => {
    const theme = makeTheme();
    const plan = planStage({ resources, size: { width: 80, height: 9 } });
    const paint = (followed: ReturnType<typeof follow>): string =>
      paintStage(plan, { resources, now, motion: STILL, followed }, theme).join('\n');
    const accent = theme.codes('accent', false);
    expect(paint(undefined)).not.toContain(accent);
    expect(paint(follow(event('sqs/MessageReceived', 'worker-1')))).toContain(`${accent}╭─`);
    expect(paint(follow(event('sqs/MessageReceived', 'worker-1')))).toContain(
      `${theme.codes('accent', true)}◐`,
    );
  });
});
