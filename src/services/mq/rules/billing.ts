/** What brokers have used. Amazon MQ pricing: by the hour of each instance, and by storage. */
import type { Usage } from '../../../contract/usage.ts';
import type { Instant } from '../../../engine/units.ts';
import { type Broker, type MqState, ON_PREMISES } from '../model.ts';

/** A cluster is three brokers, a pair is priced as its instances. */
const instancesBilled = ({ nodes }: Broker): number => nodes.length;

/** UNSURE: the prices of mq.m7g; here as mq.m5 of their size, the larger ones by their multiple. */
const M7G: Readonly<Record<string, readonly [size: string, times: number]>> = {
  medium: ['large', 0.5],
  '8xlarge': ['4xlarge', 2],
  '12xlarge': ['4xlarge', 3],
  '16xlarge': ['4xlarge', 4],
};

/** The line of the price list, and how often it counts. */
function instanceItem(instanceType: string): readonly [item: string, times: number] {
  if (!instanceType.startsWith('mq.m7g.')) return [`mq/${instanceType}-hours`, 1];
  const size = instanceType.slice('mq.m7g.'.length);
  const [like, times] = M7G[size] ?? [size, 1];
  return [`mq/mq.m5.${like}-hours`, times];
}

const storageItem = ({ storageType }: Broker): string =>
  storageType === 'EFS' ? 'mq/efs-storage' : 'mq/ebs-storage';

/** EBS is kept by each node of a cluster for itself; EFS is shared. */
const copies = ({ storageType, nodes }: Broker): number => (storageType === 'EFS' ? 1 : nodes.length);

function usedBy(broker: Broker, now: Instant): Usage[] {
  const { runningMs, runningSince, storage } = broker;
  const running = runningMs + (runningSince < 0 ? 0 : now - runningSince);
  const byteSeconds = storage.byteSeconds + (storage.bytes * (now - storage.since)) / 1000;
  const [item, times] = instanceItem(broker.settings.hostInstanceType);
  return [
    { item, quantity: running * instancesBilled(broker) * times },
    { item: storageItem(broker), quantity: byteSeconds * copies(broker) },
    { item: 'mq/zone-transfer', quantity: broker.counters.bytesBetweenZones },
  ].filter(({ quantity }) => quantity > 0);
}

/** Its instance type changes: hours until now are those of the old one. */
export function billInstances(state: MqState, broker: Broker, now: Instant): void {
  if (broker.runningSince < 0) return;
  const [item, times] = instanceItem(broker.settings.hostInstanceType);
  const running = broker.runningMs + now - broker.runningSince;
  state.used.set(item, (state.used.get(item) ?? 0) + running * instancesBilled(broker) * times);
  broker.runningMs = 0;
  broker.runningSince = now;
}

/** It goes: what it used until now is written down. */
export function billBroker(state: MqState, broker: Broker, now: Instant): void {
  for (const { item, quantity } of usedBy(broker, now)) {
    state.used.set(item, (state.used.get(item) ?? 0) + quantity);
  }
  broker.runningMs = 0;
  broker.runningSince = -1;
  broker.storage.byteSeconds = 0;
  broker.storage.since = now;
  broker.storage.bytes = 0;
  broker.counters.bytesBetweenZones = 0;
}

export const usage = ({ used, brokers }: MqState, now: Instant): readonly Usage[] => [
  ...[...used].map(([item, quantity]) => ({ item, quantity })),
  ...[...brokers.values()].flatMap((broker) => (broker.account === ON_PREMISES ? [] : usedBy(broker, now))),
];
