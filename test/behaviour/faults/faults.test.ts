import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import { seconds } from '../../../src/engine/units.ts';
import { type Output, type World, world } from '../../support/world.ts';
import { grouped, fields as groupFields, instances } from '../autoscaling/support.ts';

const app = (w: World, operation: string, input: object): Output => w.call(operation, input, 'app');
const inject = (w: World, input: object): Output => w.call('Inject', input, 'fault');
const refused = (w: World, input: object): Output => w.refusal('Inject', input, 'fault');
const fields = (w: World, id: string): Output => w.view('app').find((one) => one.id === id)?.fields;

function working(more: object = {}): World {
  const w = world({}, CATALOG);
  const url = w.queue('orders');
  for (let n = 0; n < 60; n++) w.send(url, `order ${n}`);
  app(w, 'CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s', ...more });
  return w;
}

describe('a fault', () => {
  it('makes a consumer slow from its beginning to its end, and is told at both', () => {
    const w = working();
    inject(w, { kind: 'slow', on: 'app/worker', from: '10s', for: '20s', times: 5 });
    w.after(seconds(10.5));
    const before = fields(w, 'app/worker').processed;
    expect(before).toBeGreaterThanOrEqual(9);
    w.after(seconds(20));
    expect(fields(w, 'app/worker').processed - before).toBeLessThanOrEqual(5);
    w.after(seconds(20));
    expect(fields(w, 'app/worker').processed - before).toBeGreaterThan(18);
    expect(w.events('fault/Began')).toMatchObject([{ at: 10_000, on: 'app/worker', kind: 'slow' }]);
    expect(w.events('fault/Ended')).toMatchObject([{ at: 30_000 }]);
    expect(w.call('List', {}, 'fault').faults).toEqual([]);
  });

  it('crashes a consumer, which begins anew when the fault is over', () => {
    const w = working({ concurrency: 3 }).after(seconds(5));
    inject(w, { kind: 'crash', on: 'app/worker', for: '30s' });
    expect(w.events('app/Crashed')).toHaveLength(3);
    const { processed } = fields(w, 'app/worker');
    w.after(seconds(29));
    expect(fields(w, 'app/worker').processed).toBe(processed);
    w.after(seconds(10));
    expect(fields(w, 'app/worker').processed).toBeGreaterThan(processed);
  });

  it('crashes workers now and then, by chance', () => {
    const w = working({ concurrency: 10 });
    inject(w, { kind: 'crash', on: 'app/worker', chance: '1 in 2' });
    w.after(seconds(20));
    const crashed = w.events('app/Crashed').length;
    expect(crashed).toBeGreaterThan(3);
    expect(crashed).toBeLessThanOrEqual(10);
    expect(fields(w, 'app/worker').processed).toBeGreaterThan(0);
  });

  it('refuses the writes of a database, or makes them slow', () => {
    const w = world({}, CATALOG);
    app(w, 'CreateDatabase', { name: 'books', engine: 'rds' });
    app(w, 'CreateWebsite', { name: 'shop', rate: '20/s', to: 'database/books' });
    inject(w, { kind: 'refuse', on: 'database/books', from: '10s', for: '10s' });
    w.after(seconds(9));
    expect(fields(w, 'database/books').refusedWrites).toBe(0);
    w.after(seconds(21));
    expect(fields(w, 'database/books').refusedWrites).toBeGreaterThanOrEqual(195);
    inject(w, { kind: 'slow', on: 'database/books', times: 10 });
    w.after(seconds(20));
    expect(fields(w, 'database/books').writesPerSecond).toBeLessThan(6);
    expect(fields(w, 'app/shop').latencyMs.p95).toBeGreaterThan(1_000);
  });

  it('lets deleted messages come back, also in a calm world', () => {
    const w = world({}, CATALOG);
    const url = w.queue('orders', { VisibilityTimeout: '5' });
    for (let n = 0; n < 20; n++) w.send(url, `order ${n}`);
    inject(w, { kind: 'duplicate', on: 'queue/orders', chance: '1 in 1' });
    app(w, 'CreateConsumer', { name: 'worker', from: 'queue/orders', time: '10ms' });
    w.after(seconds(30));
    expect(fields(w, 'app/worker')).toMatchObject({ received: 40, repeatedEffects: 20 });
  });

  it('takes a key away, and gives it back', () => {
    const w = world({}, CATALOG);
    const { KeyMetadata } = w.call('CreateKey', {}, 'kms');
    w.call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyMetadata.KeyId }, 'kms');
    const url = w.queue('secret', { KmsMasterKeyId: 'alias/orders' });
    inject(w, { kind: 'deny-key', on: 'key/orders', for: '60s' });
    w.after(seconds(1));
    expect(w.refusal('SendMessage', { QueueUrl: url, MessageBody: 'a' }).code).toBe('KMS.DisabledException');
    w.after(seconds(60));
    w.send(url, 'a');
  });

  it('takes a zone down: its instances end, and others start elsewhere', () => {
    const w = grouped({ DesiredCapacity: 4 }).after(seconds(130));
    inject(w, { kind: 'zone-down', on: 'group/workers', zone: 'us-east-1a', for: '10m' });
    w.after(seconds(130));
    expect(groupFields(w)).toMatchObject({ inService: 4 });
    const zones = new Set(instances(w).map(({ AvailabilityZone }) => AvailabilityZone));
    expect([...zones]).toEqual(['us-east-1b']);
  });

  it('ends when it is cleared; one that has not begun leaves no trace', () => {
    const w = working();
    const { id } = inject(w, { kind: 'slow', on: 'app/worker', times: 100 });
    inject(w, { kind: 'crash', on: 'app/worker', from: '1h' });
    expect(w.call('List', {}, 'fault').faults).toMatchObject([
      { id, state: 'holds', times: 100 },
      { state: 'waits' },
    ]);
    w.call('Clear', { id }, 'fault');
    w.call('Clear', {}, 'fault');
    w.after(seconds(4_000));
    expect(w.events('fault/Ended')).toHaveLength(1);
    expect(w.events('app/Crashed')).toEqual([]);
    expect(w.refusal('Clear', { id }, 'fault').code).toBe('FaultNotFound');
  });

  it('is refused where it makes no sense, and says what would', () => {
    const w = working();
    const message = (input: object): string => refused(w, input).message;
    expect(message({ kind: 'drop-endpoint', on: 'endpoint/a' })).toContain('not modelled: drop-endpoint');
    expect(message({ kind: 'slow', on: 'queue/orders' })).toContain('write app/NAME or database/NAME');
    expect(message({ kind: 'slow', on: 'app/none' })).toContain('There is no app/none');
    expect(message({ kind: 'deny-key', on: 'key/none' })).toContain('There is no key/none');
    expect(message({ kind: 'duplicate', on: 'queue/orders', times: 3 })).toContain('it is for slow');
    expect(message({ kind: 'slow', on: 'app/worker', chance: '1 in 2' })).toContain('it is for crash');
    expect(message({ kind: 'crash', on: 'app/worker', chance: '3 in 2' })).toContain('a ratio');
    expect(message({ kind: 'slow', on: 'app/worker', for: 'long' })).toContain('a duration has a unit');
  });
});
