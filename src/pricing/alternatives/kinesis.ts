/** Kinesis: the other capacity mode. */
import type { AlternativeRule } from './rule.ts';

const onDemand: AlternativeRule = {
  service: 'kinesis',
  name: 'streams on demand',
  why: 'No shards to plan: a stream costs by the hour and by data; a steady load of full shards is cheaper provisioned.',
  needs: ['provisioned.streamMs', 'provisioned.roundedBytes', 'provisioned.readBytes'],
  change: (fact, used) =>
    used('kinesis/shard-hours') === 0
      ? []
      : [
          { item: 'kinesis/shard-hours', quantity: -used('kinesis/shard-hours') },
          { item: 'kinesis/put-payload-units', quantity: -used('kinesis/put-payload-units') },
          { item: 'kinesis/on-demand-stream-hours', quantity: fact('provisioned.streamMs') },
          { item: 'kinesis/on-demand-data-in', quantity: fact('provisioned.roundedBytes') },
          { item: 'kinesis/on-demand-data-out', quantity: fact('provisioned.readBytes') },
        ],
};

const provisioned: AlternativeRule = {
  service: 'kinesis',
  name: 'provisioned shards',
  why: 'As many shards as the stream has now, by the hour, and units of 25 KB; whoever plans wrongly is throttled.',
  needs: ['onDemand.shardMs', 'onDemand.payloadUnits'],
  change: (fact, used) =>
    used('kinesis/on-demand-stream-hours') === 0
      ? []
      : [
          { item: 'kinesis/on-demand-stream-hours', quantity: -used('kinesis/on-demand-stream-hours') },
          { item: 'kinesis/on-demand-data-in', quantity: -used('kinesis/on-demand-data-in') },
          { item: 'kinesis/on-demand-data-out', quantity: -used('kinesis/on-demand-data-out') },
          { item: 'kinesis/shard-hours', quantity: fact('onDemand.shardMs') },
          { item: 'kinesis/put-payload-units', quantity: fact('onDemand.payloadUnits') },
        ],
};

export const KINESIS_ALTERNATIVES: readonly AlternativeRule[] = [onDemand, provisioned];
