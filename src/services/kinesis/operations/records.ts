/** Records in. A batch has rules of its own only for the whole request; each entry follows the single put's. */
import { PutRecord$, type PutRecordInput, PutRecords$, type PutRecordsInput } from '@aws-sdk/client-kinesis';
import type { Context } from '../../../engine/service.ts';
import { DRY_RUN, kinesisOperation, STREAM } from '../define.ts';
import { invalidArgument, streamNotFound, throughputExceeded } from '../errors.ts';
import { PARTITION_KEY_MAX, putBytesMax, RECORDS_OF_PUT_MAX } from '../limits.ts';
import type { KinesisState, Stream } from '../model.ts';
import { type StreamRef, streamAt } from '../rules/lookup.ts';
import {
  checkRecord,
  countCall,
  type GivenRecord,
  PutDone,
  putAll,
  sizeOf,
  utcSecond,
} from '../rules/putting.ts';
import { decode } from '../rules/sequenceNumber.ts';

/** Puts work while a stream is changed; before it is made, it is not found. */
function openStream(context: Context<KinesisState>, ref: StreamRef): Stream {
  const stream = streamAt(context, ref);
  if (stream.status === 'CREATING') {
    throw streamNotFound(stream, 'It is being made; it takes records when its status is ACTIVE.');
  }
  return stream;
}

const encryption = ({ keyId }: Stream): object => (keyId === undefined ? {} : { EncryptionType: 'KMS' });

export const putRecord = kinesisOperation<PutRecordInput>(PutRecord$, {
  summary: 'Puts one record into the shard that its partition key belongs to.',
  members: {
    ...STREAM,
    Data: { purpose: 'the record’s bytes' },
    PartitionKey: {
      purpose: 'what keeps records together',
      min: 1,
      max: PARTITION_KEY_MAX,
      unit: 'characters',
    },
    ExplicitHashKey: { purpose: 'a hash key instead of that of the partition key' },
    SequenceNumberForOrdering: { purpose: 'the number of the record before, for strict order' },
    DryRun: DRY_RUN,
  },
  handle(context, input) {
    const stream = openStream(context, input);
    const record = input as GivenRecord;
    const sizes = [sizeOf(record)];
    checkRecord(stream, record, sizes[0]!);
    checkOrdering(context, stream, input.SequenceNumberForOrdering);
    const outcomes = putAll(context, stream, [record], sizes);
    countCall(context, stream, 'PutRecord', sizes, outcomes);
    const [done] = outcomes;
    if (!(done instanceof PutDone)) throw throughputExceeded(done!.message, done!.why);
    return stream.keyId === undefined ? done : { ...done.toJSON(), EncryptionType: 'KMS' };
  },
});

/** Kinesis API Reference, PutRecord: the number of a record that was put before. */
function checkOrdering(
  { state, now }: Context<KinesisState>,
  { name, account }: Stream,
  given: string | undefined,
): void {
  if (given === undefined) return;
  const decoded = decode(given);
  if (decoded.type === 'full' && !decoded.closing && decoded.parts.second <= utcSecond(state, now)) return;
  throw invalidArgument(
    `ExclusiveMinimumSequenceNumber ${given} used in PutRecord on stream ${name} under account ${account} is invalid.`,
  );
}

export const putRecords = kinesisOperation<PutRecordsInput>(PutRecords$, {
  summary: 'Puts up to 500 records in one call; some may fail: look at FailedRecordCount.',
  members: {
    ...STREAM,
    Records: {
      purpose: 'the records, each with Data and PartitionKey',
      min: 1,
      max: RECORDS_OF_PUT_MAX,
      unit: 'entries',
    },
    DryRun: DRY_RUN,
  },
  handle(context, input) {
    const stream = openStream(context, input);
    const records = input.Records as readonly GivenRecord[];
    const sizes = records.map(sizeOf);
    for (let index = 0; index < records.length; index++) {
      checkRecord(stream, records[index]!, sizes[index]!, index + 1);
    }
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const max = putBytesMax(context.state.limits);
    if (bytes > max) {
      throw invalidArgument(
        `Records size exceeds ${max / 1_048_576} MB limit`,
        `The records and their keys have ${bytes} bytes; one request takes ${max}.`,
      );
    }
    const outcomes = putAll(context, stream, records, sizes);
    countCall(context, stream, 'PutRecords', sizes, outcomes);
    let failed = 0;
    const answers = outcomes.map((outcome) => {
      if (outcome instanceof PutDone) return outcome;
      failed++;
      return { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: outcome.message };
    });
    return { FailedRecordCount: failed, Records: answers, ...encryption(stream) };
  },
});
