import { describe, expect, it } from 'vitest';
import { Playground, queueUrl } from '../../support/playground.ts';
import { deny } from '../../support/questions.ts';

const setPolicy = (world: Playground, Policy: string) =>
  world.must('sqs', 'SetQueueAttributes', { QueueUrl: queueUrl('orders'), Attributes: { Policy } });

describe('an app', () => {
  it('is asked for permission like anybody, at each call', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '10/s' }).after(2_000);
    const before = world.figure('queue/orders', 'sent');
    expect(before).toBeGreaterThan(10);
    const nobody = deny({ Principal: '*', Action: 'sqs:SendMessage', Sid: 'Closed' });
    setPolicy(world, JSON.stringify({ Statement: nobody }));
    const closed = world.figure('queue/orders', 'sent');
    world.after(2_000);
    expect(world.figure('queue/orders', 'sent')).toBe(closed);
    expect(world.figure('app/web', 'failed')).toBeGreaterThan(10);
    expect(world.events('app/Refused').at(-1)).toMatchObject({ app: 'web', code: 'AccessDenied' });
    setPolicy(world, '');
    world.after(2_000);
    expect(world.figure('queue/orders', 'sent')).toBeGreaterThan(closed + 10);
  });
});
