/** What a stream is set to: retention, mode, encryption, monitoring, the largest record. */
import {
  DecreaseStreamRetentionPeriod$,
  type DecreaseStreamRetentionPeriodInput,
  DisableEnhancedMonitoring$,
  type DisableEnhancedMonitoringInput,
  EnableEnhancedMonitoring$,
  type EnableEnhancedMonitoringInput,
  IncreaseStreamRetentionPeriod$,
  type IncreaseStreamRetentionPeriodInput,
  StartStreamEncryption$,
  type StartStreamEncryptionInput,
  StopStreamEncryption$,
  type StopStreamEncryptionInput,
  UpdateMaxRecordSize$,
  type UpdateMaxRecordSizeInput,
  UpdateStreamMode$,
  type UpdateStreamModeInput,
} from '@aws-sdk/client-kinesis';
import type { Context } from '../../../engine/service.ts';
import { kinesisOperation, STREAM, STREAM_ARN, STREAM_ID } from '../define.ts';
import { invalidArgument, limitExceeded } from '../errors.ts';
import { DAY, KEY_CHANGES_MAX, MODE_CHANGES_MAX, RECORD_KIB, RETENTION_HOURS, UPDATING } from '../limits.ts';
import type { KinesisState, Stream, StreamMode } from '../model.ts';
import { accrue } from '../rules/billing.ts';
import { begin } from '../rules/changes.ts';
import { SHARD_METRICS } from '../rules/constraints.ts';
import { activeStream } from '../rules/lookup.ts';
import { setRetention } from '../rules/retention.ts';

type Ctx = Context<KinesisState>;

const HOURS = {
  purpose: 'for how long records are kept',
  min: RETENTION_HOURS.min,
  max: RETENTION_HOURS.max,
} as const;

function checkHours(hours: number): void {
  if (hours < RETENTION_HOURS.min) {
    throw invalidArgument(
      `Minimum allowed retention period is ${RETENTION_HOURS.min} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours > RETENTION_HOURS.max) {
    throw invalidArgument(
      `Maximum allowed retention period is ${RETENTION_HOURS.max} hours. Requested retention period (${hours} hours) is too long.`,
    );
  }
}

/** SIMPLER THAN AWS: it holds at once; there, the stream is UPDATING for a while. */
function retain(context: Ctx, stream: Stream, hours: number): object {
  accrue(stream, context.now);
  setRetention(context, stream, hours);
  return {};
}

export const increaseStreamRetentionPeriod = kinesisOperation<IncreaseStreamRetentionPeriodInput>(
  IncreaseStreamRetentionPeriod$,
  {
    summary: 'Keeps records longer; what is gone does not come back.',
    members: { ...STREAM, RetentionPeriodHours: HOURS },
    handle(context, input) {
      const stream = activeStream(context, input);
      const hours = input.RetentionPeriodHours!;
      checkHours(hours);
      const { name, retentionHours: has } = stream;
      if (hours < has) {
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${name} can not be shorter than existing retention period (${has} hours). Use DecreaseRetentionPeriod API.`,
        );
      }
      return retain(context, stream, hours);
    },
  },
);

export const decreaseStreamRetentionPeriod = kinesisOperation<DecreaseStreamRetentionPeriodInput>(
  DecreaseStreamRetentionPeriod$,
  {
    summary: 'Keeps records less long; older ones are gone at once.',
    members: { ...STREAM, RetentionPeriodHours: HOURS },
    handle(context, input) {
      const stream = activeStream(context, input);
      const hours = input.RetentionPeriodHours!;
      checkHours(hours);
      const { name, retentionHours: has } = stream;
      if (hours > has) {
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${name} can not be longer than existing retention period (${has} hours). Use IncreaseRetentionPeriod API.`,
        );
      }
      return retain(context, stream, hours);
    },
  },
);

/** Of a rolling day. */
function lately(instants: readonly number[], now: number): number[] {
  return instants.filter((at) => now - at < DAY);
}

export const updateStreamMode = kinesisOperation<UpdateStreamModeInput>(UpdateStreamMode$, {
  summary: 'Makes a stream provisioned or on demand, at most twice in 24 hours.',
  members: {
    StreamARN: STREAM_ARN,
    StreamModeDetails: { purpose: 'StreamMode=PROVISIONED or StreamMode=ON_DEMAND' },
    StreamId: STREAM_ID,
    WarmThroughputMiBps: { purpose: 'throughput to be ready for', notModelled: 'On-demand Advantage' },
  },
  handle(context, input) {
    const { now } = context;
    const stream = activeStream(context, input);
    const mode = input.StreamModeDetails!.StreamMode as StreamMode;
    if (mode === stream.mode) {
      // UNSURE: that it is accepted.
      return {};
    }
    const changes = lately(stream.modeChanges, now);
    if (changes.length >= MODE_CHANGES_MAX) {
      // UNSURE: the sentence.
      throw limitExceeded(
        `Stream ${stream.name} under account ${stream.account} has changed its mode ${MODE_CHANGES_MAX} times within the last 24 hours.`,
        `The mode can be changed again in ${DAY - (now - changes[0]!)} ms.`,
      );
    }
    stream.modeChanges = [...changes, now] as Stream['modeChanges'];
    begin(context, stream, { type: 'mode', mode }, UPDATING);
    return {};
  },
});

export const updateMaxRecordSize = kinesisOperation<UpdateMaxRecordSizeInput>(UpdateMaxRecordSize$, {
  summary: 'Sets how large a record can be, up to 10 MiB.',
  members: {
    StreamARN: STREAM_ARN,
    MaxRecordSizeInKiB: { purpose: 'the largest record', ...RECORD_KIB },
    StreamId: STREAM_ID,
  },
  handle(context, input) {
    const stream = activeStream(context, input);
    begin(context, stream, { type: 'recordSize', kib: input.MaxRecordSizeInKiB! }, UPDATING);
    return {};
  },
});

function changeKey(context: Ctx, stream: Stream, keyId: string | undefined): object {
  const { now } = context;
  const changes = lately(stream.keyChanges, now);
  if (changes.length >= KEY_CHANGES_MAX) {
    // UNSURE: the sentence.
    throw limitExceeded(
      `Stream ${stream.name} under account ${stream.account} has changed its encryption ${KEY_CHANGES_MAX} times within the last 24 hours.`,
    );
  }
  stream.keyChanges = [...changes, now] as Stream['keyChanges'];
  begin(context, stream, { type: 'encryption', keyId }, UPDATING);
  return {};
}

const ENCRYPTION = {
  ...STREAM,
  EncryptionType: { purpose: 'how it is encrypted', values: ['KMS'] },
  KeyId: { purpose: 'the key, by id, ARN or alias', refersTo: 'keyId' },
} as const;

export const startStreamEncryption = kinesisOperation<StartStreamEncryptionInput>(StartStreamEncryption$, {
  summary: 'Encrypts records that are put from now on with a key of KMS.',
  members: ENCRYPTION,
  handle: (context, input) => changeKey(context, activeStream(context, input), input.KeyId!),
});

export const stopStreamEncryption = kinesisOperation<StopStreamEncryptionInput>(StopStreamEncryption$, {
  summary: 'Encrypts no more records; those that are encrypted stay so.',
  members: ENCRYPTION,
  handle: (context, input) => changeKey(context, activeStream(context, input), undefined),
});

const MONITORING = {
  ...STREAM,
  ShardLevelMetrics: { purpose: 'which metrics of each shard', values: [...SHARD_METRICS, 'ALL'] },
} as const;

/** Refuses names that are none. */
function metricsIn(given: readonly string[]): string[] {
  const unknown = given.find((name) => name !== 'ALL' && !SHARD_METRICS.some((metric) => metric === name));
  if (unknown !== undefined) {
    throw invalidArgument(
      `1 validation error detected: Value '[${given.join(', ')}]' at 'shardLevelMetrics' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${[...SHARD_METRICS, 'ALL'].join(', ')}]]`,
    );
  }
  return given.includes('ALL') ? [...SHARD_METRICS] : [...given];
}

function monitor(stream: Stream, desired: readonly string[]): object {
  const before = stream.monitoring;
  stream.monitoring = Object.freeze(SHARD_METRICS.filter((metric) => desired.includes(metric)));
  return {
    StreamName: stream.name,
    CurrentShardLevelMetrics: [...before],
    DesiredShardLevelMetrics: [...stream.monitoring],
    StreamARN: stream.arn,
  };
}

export const enableEnhancedMonitoring = kinesisOperation<EnableEnhancedMonitoringInput>(
  EnableEnhancedMonitoring$,
  {
    summary: 'Reports metrics of each shard to CloudWatch.',
    members: MONITORING,
    handle(context, input) {
      const stream = activeStream(context, input);
      return monitor(stream, [...stream.monitoring, ...metricsIn(input.ShardLevelMetrics ?? [])]);
    },
  },
);

export const disableEnhancedMonitoring = kinesisOperation<DisableEnhancedMonitoringInput>(
  DisableEnhancedMonitoring$,
  {
    summary: 'Reports metrics of each shard no more.',
    members: MONITORING,
    handle(context, input) {
      const stream = activeStream(context, input);
      const gone = metricsIn(input.ShardLevelMetrics ?? []);
      return monitor(
        stream,
        stream.monitoring.filter((metric) => !gone.includes(metric)),
      );
    },
  },
);
