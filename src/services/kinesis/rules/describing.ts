/** Streams, shards and consumers as AWS describes them. */
import type { Instant } from '../../../engine/units.ts';
import type { Consumer, KinesisState, Shard, Stream } from '../model.ts';
import { shardId } from '../model.ts';
import { decimal } from './hashRange.ts';
import { utcSecond } from './putting.ts';
import { closingNumber, sequenceNumber } from './sequenceNumber.ts';

const utc = ({ epoch }: KinesisState, at: Instant): number => epoch + at;

export function describedShard(state: KinesisState, shard: Shard): object {
  const { parents, closed, created, number } = shard;
  const shardCreated = utcSecond(state, created);
  const [parent, adjacent] = parents;
  return {
    ShardId: shard.id,
    ...(parent !== undefined && { ParentShardId: shardId(parent) }),
    ...(adjacent !== undefined && { AdjacentParentShardId: shardId(adjacent) }),
    HashKeyRange: { StartingHashKey: decimal(shard.start), EndingHashKey: decimal(shard.end) },
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumber({
        shardCreated,
        shard: number,
        number: 0,
        second: shardCreated,
      }),
      ...(closed !== undefined && {
        EndingSequenceNumber: closingNumber({
          shardCreated,
          shard: number,
          second: utcSecond(state, closed),
        }),
      }),
    },
  };
}

const modeDetails = ({ mode }: Stream): object => ({ StreamMode: mode });

/** What DescribeStream and DescribeStreamSummary have in common. */
export const described = (state: KinesisState, stream: Stream): object => ({
  StreamName: stream.name,
  StreamARN: stream.arn,
  StreamStatus: stream.status,
  StreamModeDetails: modeDetails(stream),
  RetentionPeriodHours: stream.retentionHours,
  StreamCreationTimestamp: utc(state, stream.created),
  EnhancedMonitoring: [{ ShardLevelMetrics: [...stream.monitoring] }],
  EncryptionType: stream.keyId === undefined ? 'NONE' : 'KMS',
  ...(stream.keyId !== undefined && { KeyId: stream.keyId }),
});

export const summarized = (state: KinesisState, stream: Stream): object => ({
  StreamName: stream.name,
  StreamARN: stream.arn,
  StreamStatus: stream.status,
  StreamModeDetails: modeDetails(stream),
  StreamCreationTimestamp: utc(state, stream.created),
});

export const describedConsumer = (state: KinesisState, { name, arn, status, created }: Consumer): object => ({
  ConsumerName: name,
  ConsumerARN: arn,
  ConsumerStatus: status,
  ConsumerCreationTimestamp: utc(state, created),
});
