/**
 * Records of a stream that are given up: the function never took them. Where the mapping has a destination it is told
 * which they were, not what was in them: they can be read from the stream while it keeps them; a bucket gets both. Lambda Developer Guide,
 * Retain discarded batch records for a Kinesis event source.
 */
import { parseArn } from '../../../contract/arn.ts';
import { toUtcText } from '../../../contract/isoTime.ts';
import type { Context } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import { type Execution, functionKey, type LambdaState, newRequestId } from '../model.ts';
import { putTo, sendTo } from './destinations.ts';
import { eventText, type StreamEntry } from './kinesisRecord.ts';
import type { MappingRecord } from './mappingRecord.ts';
import { streamSettingsOf } from './streamSettings.ts';

export interface GivenUp {
  readonly entries: readonly StreamEntry[];
  readonly invokes: number;
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  /** The last try, when it ends with one. */
  readonly execution?: Execution;
}

export function giveUp(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  shardId: string,
  given: GivenUp,
): void {
  const { state } = context;
  const { counters, uuid, source, settings } = mapping;
  const slash = mapping.function.indexOf('/');
  const account = mapping.function.slice(0, slash);
  const name = mapping.function.slice(slash + 1);
  counters.givenUp = (counters.givenUp ?? 0) + given.entries.length;
  emit(context, {
    type: 'lambda/BatchGivenUp',
    by: name,
    function: name,
    mapping: uuid,
    source,
    shardId,
    records: given.entries.length,
    attempts: given.invokes,
    reason: given.condition,
  });
  const to = streamSettingsOf(settings).DestinationConfig.OnFailure.Destination;
  const record = state.functions.get(functionKey(account, name));
  if (to === undefined || record === undefined) return;
  const requestId = given.execution?.requestId ?? newRequestId(state);
  const body = bodyOf(context, { source, functionArn: record.arn, requestId, shardId }, given);
  if (parseArn(to)?.service !== 's3') {
    sendTo(context, record, { requestId }, to, JSON.stringify(body));
    return;
  }
  const place = { shardId, arn: source, region: state.region, role: record.config.role };
  const payload: unknown = JSON.parse(eventText(given.entries, place));
  const key = keyOf(context, uuid, shardId);
  putTo(context, record, { requestId }, to, key, JSON.stringify({ ...body, payload }));
}

/** `aws/lambda/<ESM-UUID>/<shardID>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<Random UUID>` */
function keyOf({ state, now }: Context<LambdaState>, uuid: string, shardId: string): string {
  const at = toUtcText(state.epoch + now).slice(0, 19);
  const day = at.slice(0, 10).replaceAll('-', '/');
  return `aws/lambda/${uuid}/${shardId}/${day}/${at.replaceAll(':', '.')}-${newRequestId(state)}`;
}

function bodyOf(
  { state, now }: Context<LambdaState>,
  of: { readonly source: string; functionArn: string; requestId: string; shardId: string },
  { entries, invokes, condition, execution }: GivenUp,
): object {
  const [first, last] = [entries[0], entries.at(-1)];
  return {
    requestContext: {
      requestId: of.requestId,
      functionArn: of.functionArn,
      condition,
      approximateInvokeCount: invokes,
    },
    ...(execution !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: execution.ending.error ?? null,
      },
    }),
    version: '1.0',
    timestamp: toUtcText(state.epoch + now),
    KinesisBatchInfo: {
      shardId: of.shardId,
      // UNSURE: of the last call of a window, which has no records.
      ...(first !== undefined && {
        startSequenceNumber: first.sequenceNumber,
        endSequenceNumber: last!.sequenceNumber,
        approximateArrivalOfFirstRecord: toUtcText(first.arrived),
        approximateArrivalOfLastRecord: toUtcText(last!.arrived),
      }),
      batchSize: entries.length,
      streamArn: of.source,
    },
  };
}
