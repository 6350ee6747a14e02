import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import type { Output, World } from '../../support/world.ts';
import { autoscaling, GROUP, grouped } from './support.ts';

const app = (w: World, operation: string, input: object): Output => w.call(operation, input, 'app');
const fleet = (w: World): Output => w.view('app').find(({ id }) => id === 'app/crew');

function crewed(more: object = {}): World {
  const w = grouped();
  w.queue('orders', { VisibilityTimeout: '60' });
  app(w, 'CreateFleet', { name: 'crew', group: 'workers', from: 'queue/orders', time: '10s', ...more });
  return w;
}

const send = (w: World, count: number): void => {
  const url = w.call('GetQueueUrl', { QueueName: 'orders' }).QueueUrl;
  for (let n = 0; n < count; n++) w.send(url, `order ${n}`);
};

describe('a fleet', () => {
  it('has a worker for each instance in service, from the moment it is', () => {
    const w = crewed();
    expect(fleet(w).workers).toHaveLength(0);
    w.after(seconds(130));
    expect(fleet(w).workers).toMatchObject([{ name: 'crew-1' }, { name: 'crew-2' }]);
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 4 });
    expect(fleet(w.after(seconds(130))).workers).toHaveLength(4);
  });

  it('that is made late takes the instances that are there', () => {
    const w = grouped().after(seconds(130));
    w.queue('orders');
    app(w, 'CreateFleet', { name: 'crew', group: 'workers', from: 'queue/orders' });
    expect(fleet(w).workers).toHaveLength(2);
  });

  it('drains: a worker whose instance is to end finishes what it holds and takes no more', () => {
    const w = crewed().after(seconds(130));
    send(w, 40);
    w.after(seconds(5));
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 1 });
    w.after(seconds(50));
    expect(fleet(w).workers).toHaveLength(1);
    expect(fleet(w).fields).toMatchObject({ failed: 0 });
    expect(w.events('app/Crashed')).toEqual([]);
    w.after(seconds(300));
    expect(fleet(w).fields.repeatedEffects).toBe(0);
  });

  it('that crashes leaves what it held in flight, and it comes back', () => {
    const w = crewed({ onTermination: 'crash' }).after(seconds(130));
    send(w, 2);
    w.after(seconds(5));
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 1 });
    expect(w.events('app/Crashed')).toHaveLength(1);
    w.after(seconds(90));
    expect(fleet(w).fields).toMatchObject({ received: 3, processed: 2 });
  });

  it('that is not done when its instance is gone crashes, too', () => {
    const w = crewed({ time: '55s' }).after(seconds(130));
    send(w, 2);
    w.after(seconds(5));
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 1 });
    w.after(seconds(45));
    expect(w.events('app/Crashed')).toHaveLength(1);
  });

  it('needs a group that is there', () => {
    const w = grouped();
    expect(
      w.refusal('CreateFleet', { name: 'crew', group: 'none', from: 'queue/orders' }, 'app'),
    ).toMatchObject({
      code: 'GroupNotFound',
    });
  });
});
