/**
 * What AWS bills. Amazon Kinesis Data Streams pricing: provisioned streams by shard-hours and PUT payload units of 25
 * KB, streams on demand by stream-hours and data in and out, fan-out by consumer-shard-hours and data.
 *
 * SIMPLER THAN AWS: retention over seven days, and what is stored on demand beyond a day, are not billed.
 */
import type { Usage, Work } from '../../contract/usage.ts';
import type { Instant } from '../../engine/units.ts';
import type { Billed, KinesisState } from './model.ts';
import { billedUntil } from './rules/billing.ts';
import { quietReads } from './rules/waiting.ts';

type Times = Omit<Billed, 'since'>;

function times({ streams, used }: KinesisState, now: Instant): Times {
  const total = { ...used.gone };
  for (const stream of streams.values()) {
    const billed = billedUntil(stream, now);
    total.shardMs += billed.shardMs;
    total.extendedShardMs += billed.extendedShardMs;
    total.onDemandMs += billed.onDemandMs;
    total.consumerShardMs += billed.consumerShardMs;
  }
  return total;
}

export function usage(state: KinesisState, now: Instant): readonly Usage[] {
  if (state.streamsMade === 0) return [];
  const { used } = state;
  const { shardMs, extendedShardMs, onDemandMs, consumerShardMs } = times(state, now);
  return [
    { item: 'kinesis/shard-hours', quantity: shardMs },
    { item: 'kinesis/put-payload-units', quantity: used.putPayloadUnits },
    { item: 'kinesis/get-records', quantity: used.getRecords + quietReads(state, now) },
    { item: 'kinesis/extended-retention', quantity: extendedShardMs },
    { item: 'kinesis/fan-out-shard-hours', quantity: consumerShardMs },
    { item: 'kinesis/fan-out-data', quantity: used.fanOutBytes },
    { item: 'kinesis/on-demand-stream-hours', quantity: onDemandMs },
    { item: 'kinesis/on-demand-data-in', quantity: used.onDemandBytesIn },
    { item: 'kinesis/on-demand-data-out', quantity: used.onDemandBytesOut },
    { item: 'kinesis/on-demand-fan-out-data', quantity: used.onDemandFanOutBytes },
  ].filter(({ quantity }) => quantity > 0);
}

/** Facts for the price of the other mode. */
export function work(state: KinesisState, now: Instant): Work {
  const { used, streams } = state;
  let provisionedMs = 0;
  let onDemandShardMs = 0;
  let readBytes = 0;
  for (const { mode, created, openShards, counters } of streams.values()) {
    if (mode === 'PROVISIONED') {
      provisionedMs += now - created;
      readBytes += counters.readBytes;
    } else onDemandShardMs += (now - created) * openShards;
  }
  return {
    'provisioned.streamMs': provisionedMs,
    'provisioned.roundedBytes': used.provisioned.roundedBytes,
    'provisioned.readBytes': readBytes,
    'onDemand.shardMs': onDemandShardMs,
    'onDemand.payloadUnits': used.onDemand.payloadUnits,
  };
}
