/**
 * Records that fail: each is written as a line of JSON under the error prefix. Firehose Developer Guide, Data
 * transformation failure handling; Amazon OpenSearch Service, Splunk and HTTP endpoints likewise.
 */

import { utf8Bytes } from '../../../contract/text.ts';
import { base64 } from '../../../engine/plainJson.ts';
import type { Context } from '../../../engine/service.ts';
import { emit, FIREHOSE_PRINCIPAL } from '../events.ts';
import { LOG_KEPT } from '../limits.ts';
import type { DeliveryStream, ErrorType, FirehoseRecord, FirehoseState } from '../model.ts';
import { put, type Sender } from './buffering.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
  /** What this kind of destination adds to the line. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export function fail(
  context: Context<FirehoseState>,
  stream: DeliveryStream,
  records: readonly FirehoseRecord[],
  type: ErrorType,
  problem: Problem | ((record: FirehoseRecord) => Problem),
  send: Sender,
): void {
  if (records.length === 0) return;
  const { state, now } = context;
  const problemOf = typeof problem === 'function' ? problem : () => problem;
  stream.counters.failed += records.length;
  emit(context, {
    type: 'firehose/RecordsFailed',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    result: type,
    records: records.length,
  });
  const first = problemOf(records[0]!);
  noteProblem(context, stream, first.code, first.message);
  for (const record of records) {
    stream.counters.failedBytes += record.size;
    const { code, message, attempts, more } = problemOf(record);
    const line = JSON.stringify({
      attemptsMade: attempts,
      arrivalTimestamp: state.epoch + record.at,
      errorCode: code,
      errorMessage: message,
      attemptEndingTimestamp: state.epoch + now,
      rawData: base64(record.data),
      ...more,
    });
    const failed: FirehoseRecord = Object.freeze({ ...record, data: utf8Bytes(`${line}\n`) });
    put(context, stream, failed, { purpose: type }, send);
  }
}

export function noteProblem(
  { now }: Pick<Context<FirehoseState>, 'now'>,
  stream: DeliveryStream,
  code: string,
  message: string,
): void {
  stream.log = [...stream.log.slice(1 - LOG_KEPT), Object.freeze({ at: now, code, message })];
}
