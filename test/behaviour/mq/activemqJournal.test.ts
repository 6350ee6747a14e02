/** A persistent message is confirmed when the journal has it: EFS in several zones takes longer than EBS in one. */
import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { activeBroker, brokers, client } from '../../support/brokerClients.ts';
import type { World } from '../../support/world.ts';

const EBS = { DeploymentMode: 'SINGLE_INSTANCE', StorageType: 'EBS' } as const;

/** Messages that a producer gets accepted in ten seconds, of those that it would like to send. */
function accepted(more: object, settings: object = {}): number {
  const w: World = brokers();
  activeBroker(w, { ...more });
  const producer = {
    name: 'till',
    broker: 'shop',
    protocol: 'openwire',
    role: 'producer',
    destination: 'queue://q',
    rate: '900/s',
    ...settings,
  };
  w.call('CreateClient', producer, 'app');
  w.after(seconds(10));
  return w.view('app').find(({ id }) => id === 'app/till')!.fields.sent as number;
}

describe('the journal of ActiveMQ', () => {
  it('takes about 80 persistent messages a second of one producer on EFS, about 500 on EBS', () => {
    const [efs, ebs] = [accepted({}), accepted(EBS)];
    expect(efs).toBeGreaterThan(750);
    expect(efs).toBeLessThan(850);
    expect(ebs).toBeGreaterThan(4_800);
    expect(ebs).toBeLessThan(5_100);
  });

  it('lets several connections wait side by side, and is not asked for what is not persistent', () => {
    expect(accepted({}, { concurrency: 4 })).toBeGreaterThan(4 * 750);
    expect(accepted({}, { persistent: false })).toBeGreaterThan(8_900);
  });

  it('confirms when it has the message; consumers need not wait for that', () => {
    const w = brokers();
    activeBroker(w);
    const [till, worker] = [client(w, 'till').connect(), client(w, 'worker').connect()];
    worker.subscribe('queue://q');
    const sent = till.tell({
      do: 'publish',
      destination: 'queue://q',
      body: 'x',
      properties: { persistent: true },
      confirm: true,
    });
    expect(sent.some(({ is }) => is === 'confirmed')).toBe(false);
    expect(worker.bodies()).toEqual(['x']);
    w.afterMs(milliseconds(11));
    expect(till.news()).toEqual([]);
    w.afterMs(milliseconds(1));
    expect(till.news()).toEqual([{ is: 'confirmed', ok: true }]);
  });
});
