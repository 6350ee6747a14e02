/**
 * A producer's records: to a stream alone (PutRecord) or in batches (PutRecords), to a delivery stream the same way.
 * A batch is one request, and each of its records is taken or refused on its own.
 */
import { utf8Bytes } from '../../contract/text.ts';
import type { Context, Refusal } from '../../engine/service.ts';
import { call } from './calling.ts';
import type { AppsState, Producer } from './model.ts';
import { fill, pad } from './template.ts';
import type { SendToken } from './timers.ts';
import type { TargetKind } from './values.ts';

/** Targets that take records: bytes, of a stream with a partition key. */
export type RecordKind = Extract<TargetKind, 'stream' | 'delivery'>;

export const takesRecords = (kind: TargetKind): kind is RecordKind =>
  kind === 'stream' || kind === 'delivery';

export const putOperation = (kind: RecordKind, batch: number): string =>
  batch === 1 ? 'PutRecord' : kind === 'stream' ? 'PutRecords' : 'PutRecordBatch';

export function dataOf({ settings: { body, size } }: Producer, n: number): Uint8Array {
  const text = fill(body, n);
  return utf8Bytes(size === undefined ? text : pad(text, size));
}

export function putRecords(
  context: Context<AppsState>,
  app: Producer,
  numbers: readonly number[],
  token: SendToken,
): void {
  const { to, batch, key } = app.settings;
  const isStream = to.kind === 'stream';
  const where = isStream ? { StreamName: to.name } : { DeliveryStreamName: to.name };
  const records = numbers.map((n) => ({
    Data: dataOf(app, n),
    ...(isStream && { PartitionKey: fill(key, n) }),
  }));
  const one = isStream ? records[0] : { Record: records[0] };
  const input = { ...where, ...(batch === 1 ? one : { Records: records }) };
  const operation = putOperation(isStream ? 'stream' : 'delivery', batch);
  call(context, app, app.name, operation, input, token, isStream ? 'kinesis' : 'firehose');
}

interface EntryAnswer {
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

interface BatchAnswer {
  readonly FailedRecordCount?: number;
  readonly FailedPutCount?: number;
  /** Of PutRecords. */
  readonly Records?: readonly EntryAnswer[];
  /** Of PutRecordBatch. */
  readonly RequestResponses?: readonly EntryAnswer[];
}

export interface RefusedRecords {
  readonly refusal: Refusal;
  readonly numbers: readonly number[];
}

/** The refused records of an accepted call, those of one code together: they are tried again in one request. */
export function refusedRecords(
  output: object,
  numbers: readonly number[],
  inRecords?: readonly (readonly number[])[],
): readonly RefusedRecords[] {
  const { FailedRecordCount, FailedPutCount, Records, RequestResponses } = output as BatchAnswer;
  if ((FailedRecordCount ?? FailedPutCount ?? 0) === 0) return [];
  const byCode = new Map<string, { refusal: Refusal; numbers: number[] }>();
  (Records ?? RequestResponses ?? []).forEach(({ ErrorCode: code, ErrorMessage: message = '' }, index) => {
    if (code === undefined) return;
    const inside = inRecords?.[index] ?? [numbers[index]!];
    const known = byCode.get(code);
    if (known !== undefined) known.numbers.push(...inside);
    else {
      const fault = code === 'InternalFailure' ? 'server' : 'client';
      byCode.set(code, { refusal: { code, message, httpStatus: 400, fault }, numbers: [...inside] });
    }
  });
  return [...byCode.values()];
}
