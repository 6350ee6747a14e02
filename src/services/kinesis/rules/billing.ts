/** Time that is billed: shards, streams on demand, consumers with fan-out. Brought up to date before any of it changes. */
import { between, type Instant } from '../../../engine/units.ts';
import { RETENTION_HOURS } from '../limits.ts';
import type { Billed, KinesisState, Stream } from '../model.ts';

const EXTENDED_HOURS_MAX = 168;

/** What is billed up to now. */
export function billedUntil(stream: Stream, now: Instant): Billed {
  const { billed, mode, openShards, retentionHours, consumers } = stream;
  const time = between(billed.since, now);
  const shardMs = mode === 'PROVISIONED' ? time * openShards : 0;
  const extended = retentionHours > RETENTION_HOURS.default && retentionHours <= EXTENDED_HOURS_MAX;
  return {
    since: now,
    shardMs: billed.shardMs + shardMs,
    extendedShardMs: billed.extendedShardMs + (extended ? shardMs : 0),
    onDemandMs: billed.onDemandMs + (mode === 'ON_DEMAND' ? time : 0),
    consumerShardMs: billed.consumerShardMs + shardMs * consumers.size,
  };
}

export const accrue = (stream: Stream, now: Instant): void => {
  Object.assign(stream.billed, billedUntil(stream, now));
};

/** A stream is gone; its time stays on the bill. */
export function settleBill({ used }: KinesisState, stream: Stream, now: Instant): void {
  const { shardMs, extendedShardMs, onDemandMs, consumerShardMs } = billedUntil(stream, now);
  used.gone.shardMs += shardMs;
  used.gone.extendedShardMs += extendedShardMs;
  used.gone.onDemandMs += onDemandMs;
  used.gone.consumerShardMs += consumerShardMs;
}
